"""Significance as text for a terminal: for whoever rates aspects, not for whoever programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click
from rich import box
from rich.table import Table
from rich.text import Text

from mkdocs_ems.cli.tables import printed
from mkdocs_ems.compile import Compilation
from mkdocs_ems.diagnostics import Span
from mkdocs_ems.exports.significance import Change, ChangeKind, Comparison, judged, why_not
from mkdocs_ems.model.assessment import Assessment
from mkdocs_ems.model.method import Significance
from mkdocs_ems.model.method_words import PRECEDENCE, PartWords, TableWords, condition_words, method_words
from mkdocs_ems.model.saying import number_words
from mkdocs_ems.text import plural, show

_HEADINGS = {
    ChangeKind.BECOMES: "Become significant",
    ChangeKind.CEASES: "Cease to be significant",
    ChangeKind.OTHER: "Change only their score or band",
    ChangeKind.NOT_JUDGED: "Cannot be judged by the new method",
}


def significance_text(compilation: Compilation) -> str:
    """The method in words, then every aspect with its computation."""
    method = compilation.settings.significance
    lines = list(_method(method, compilation)) if method else ["ems.yml declares no method of significance."]
    rows = judged(compilation, method)
    table = _table("Id", "Aspect", "Score", "Band", "Verdict", "How it follows")
    for one in rows:
        made = one.assessment
        verdict = Text(_verdict(made), style="bold" if made.significant else "")
        cells = (one.aspect.id or "(no id)", one.aspect.name, _score(made), made.band or "")
        table.add_row(*_cells(*cells), verdict, Text(show(_how(made))))
    significant = sum(1 for one in rows if one.assessment.significant)
    last = (
        f"{plural(len(rows), 'aspect')}, {significant} significant; {show(compilation.snapshot.ref)}, "
        f"as of {compilation.as_of.isoformat()}. `ems significance --method FILE` shows what another "
        "method would change.\n"
    )
    head = "".join(f"{line}\n" for line in lines)
    return head + (_trimmed(table) if rows else "") + "\n" + last


def comparison_text(compilation: Compilation, comparison: Comparison, file: str) -> str:
    """What a changed method would change, one list for each sort of change, then the count of all."""
    lines = [click.style(show(f"What the method in {file} would change"), bold=True)]
    parts = ["".join(f"{line}\n" for line in lines)]
    for kind, heading in _HEADINGS.items():
        found = [change for change in comparison.changes if change.kind is kind]
        if found:
            parts.append(f"\n{click.style(f'{heading} ({len(found)})', bold=True)}\n")
            parts.append(_trimmed(_changes(found, kind)))
    parts.append(_summary(compilation, comparison))
    return "".join(parts)


def faults_text(file: str, faults: Iterable[tuple[Span, str]]) -> str:
    """What is wrong with a method, line by line."""
    lines = [f"{show(file)}:{span.line}:{span.column}: {show(said)}" for span, said in sorted(faults)]
    count = plural(len(lines), "fault")
    return "".join(f"{line}\n" for line in lines) + f"{count} in the method, so nothing was compared.\n"


def _table(*titles: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in titles:
        table.add_column(title, overflow="fold", no_wrap=title == "Id")
    return table


def _trimmed(table: Table) -> str:
    return printed(table).rstrip("\n") + "\n"


def _cells(*texts: str) -> tuple[Text, ...]:
    return tuple(Text(show(text)) for text in texts)


def _score(made: Assessment) -> str:
    return "-" if made.score is None else number_words(made.score)


def _verdict(made: Assessment) -> str:
    if made.significant is None:
        return "not judged"
    said = "significant" if made.significant else "not significant"
    return f"{said} (decided)" if made.overridden or made.judged else said


def _how(made: Assessment) -> str:
    """The computation, and what keeps it from being whole."""
    more = [one.message for one in made.problems if one.message not in made.computation]
    return "; ".join(part for part in (made.computation, *more) if part)


def _short(made: Assessment) -> str:
    band = f", {made.band}" if made.band else ""
    score = f" {_score(made)}{band}" if made.score is not None else f" {made.band}" if made.band else ""
    return f"{_verdict(made)}{':' if score else ''}{score}"


def _changes(found: list[Change], kind: ChangeKind) -> Table:
    last = "Why" if kind is ChangeKind.NOT_JUDGED else "How it would follow"
    table = _table("Id", "Aspect", "Now", "Then", last)
    for one in found:
        why = why_not(one.after) if kind is ChangeKind.NOT_JUDGED else _how(one.after)
        ends = (_short(one.before), _short(one.after))
        table.add_row(*_cells(one.aspect.id or "(no id)", one.aspect.name, *ends, why))
    return table


def _summary(compilation: Compilation, comparison: Comparison) -> str:
    counts = comparison.counts
    same = comparison.aspects - len(comparison.changes)
    said = (
        f"{counts[ChangeKind.BECOMES]} would become significant, "
        f"{counts[ChangeKind.CEASES]} would cease to be, "
        f"{counts[ChangeKind.OTHER]} would change only their score or band, "
        f"{counts[ChangeKind.NOT_JUDGED]} could not be judged, {same} would stay as they are"
    )
    state = f"{show(compilation.snapshot.ref)}, as of {compilation.as_of.isoformat()}"
    return f"\n{plural(comparison.aspects, 'aspect')}: {said}; {state}. Nothing was written.\n"


def _method(method: Significance, compilation: Compilation) -> Iterator[str]:
    said = method_words(method)
    yield click.style(show(said.title), bold=True)
    node = compilation.graph.nodes.get(said.document or "")
    document = f"{said.document} {node.title}" if node else said.document or "no document"
    yield f"  Explained in: {show(document)}"
    yield f"  {said.scored}"
    for part in said.parts:
        yield from _part(part)
    yield ""
    yield f"  {PRECEDENCE}"


def _part(part: PartWords) -> Iterator[str]:
    if part.conditions:
        title = f": {part.title}" if part.title else ""
        yield ""
        yield click.style(show(f"  For {condition_words(part.conditions)}{title}"), bold=True)
    for label, sentence in part.steps:
        yield f"  {show(label)}: {show(sentence)}"
    for title, condition in part.always:
        yield f"  Always significant: {show(title)} ({show(condition)})"
    for scale in part.criteria:
        yield ""
        yield f"  {show(scale.title)}"
        width = max((len(one.value) for one in scale.values), default=0)
        for one in scale.values:
            points = f" (counts {one.points})" if one.points else ""
            yield f"    {show(one.value):<{width}}  {show(one.meaning)}{points}"
    if part.table is not None:
        yield ""
        yield f"  {show(part.table.title)}"
        yield from _lookup(part.table)


def _lookup(found: TableWords) -> Iterator[str]:
    """A lookup table, its last criterion across."""
    table = _table(*found.down, *(f"{found.across} {column}" for column in found.columns))
    for down, across in found.lines:
        table.add_row(*_cells(*down, *across))
    for line in printed(table).splitlines():
        yield f"  {line}".rstrip()
