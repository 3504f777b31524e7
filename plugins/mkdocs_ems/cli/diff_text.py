"""What differs between two states as text for a terminal: readable without colour.

Every line begins with what happened: `+` it came, `-` it went, `~` it changed, `>` it stands
elsewhere. Lays out and colours; decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import click

from mkdocs_ems.changes.gathering import by_document, by_entity
from mkdocs_ems.changes.layout import RECORD_FILE
from mkdocs_ems.changes.redlining import lines, readings
from mkdocs_ems.changes.telling import (
    RECORDS,
    Sentence,
    acts,
    counted,
    facts,
    key_sentence,
    nothing,
    sentences,
)
from mkdocs_ems.changes.values import (
    Added,
    Change,
    Comparison,
    Moved,
    Named,
    Removed,
    Side,
    TextChanged,
    Written,
    held_in,
)
from mkdocs_ems.changes.written import FILE, REGISTER, RULES
from mkdocs_ems.cli.redlines import LEGEND, redline_terminal
from mkdocs_ems.cli.wrapping import folded, wrapped
from mkdocs_ems.git import WORK_TREE
from mkdocs_ems.redline import Change as Fate
from mkdocs_ems.redline import Form, Line, Piece
from mkdocs_ems.redline.matching import Work
from mkdocs_ems.text import plural, show

_MOST_ROWS = 20
"""Of so many new rows of one register the fields are shown; of more only the titles."""
_MARKS = {Fate.SAME: ">", Fate.CAME: "+", Fate.WENT: "-", Fate.CHANGED: "~"}
_HEADED = (RULES, REGISTER, RECORD_FILE)
"""Kinds that no heading names."""
_ITSELF = {REGISTER: "the register itself", RECORD_FILE: "the file itself"}
_HEAD = "     "
"""What the lines about one entity begin with."""


def diff_text(comparison: Comparison, *, titles: Mapping[str, str], names: Mapping[str, str]) -> str:
    """All that differs.

    Args:
        comparison: what differs.
        titles: what documents are called, by id.
        names: what kinds are called, by key.
    """
    said = [*wrapped(_opening(comparison)), ""]
    if not comparison.changes:
        said += wrapped(nothing(comparison).told(str))
    else:
        said += _summary(comparison)
    work = Work()
    # A file of readings too: beside its values it says who measured with what, and what came in between.
    for document, changes in by_document(comparison).items():
        said += ["", *_document(document, changes, titles, names, work)]
    said += _readings(comparison)
    said += _afterwards(comparison)
    if comparison.changes:
        said += ["", *wrapped(f"{LEGEND}; > stands elsewhere")]
    return "\n".join(said) + "\n"


def _opening(comparison: Comparison) -> str:
    before, after = comparison.before, comparison.after
    how = "as staff read them" if after.approved else "as landed"
    return f"From {_side(before)} to {_side(after)}, {how}."


def _side(one: Side) -> str:
    at = one.commit[:12] if one.commit is not None else "no commit yet"
    if one.dirty:
        at = f"with changes since {at}"
    told = f"{at}, " if not one.ref.startswith(at) else ""
    name = "the work tree" if one.ref == WORK_TREE else one.ref
    return f"{name} ({told}as of {one.as_of.isoformat()})"


def _summary(comparison: Comparison) -> list[str]:
    held = by_document(comparison)
    documents = plural(len([one for one in held if one is not None]), "document")
    where = f" in {documents}" if len(held) > (None in held) else ""
    changes = comparison.changes
    return wrapped(f"{plural(len(changes), 'change')}{where}: {counted(changes)}.")


# --- one document -----------------------------------------------------------------------


def _document(
    document: str | None,
    changes: tuple[Change, ...],
    titles: Mapping[str, str],
    names: Mapping[str, str],
    work: Work,
) -> Iterator[str]:
    """A document or register with all that it holds; under None files that belong to none."""
    if document is None:
        yield click.style("Other files", bold=True)
    else:
        own = next((one.of for one in changes if one.of.key == document), None)
        yield click.style(show(_heading(document, own, titles, names)), bold=True)
    new = sum(isinstance(one, Added) and one.of.key != document and _says(one.written) for one in changes)
    brief = new > _MOST_ROWS
    if brief:
        told = (
            f"{new:,} rows are new: only their titles are shown; --format markdown shows all that they say."
        )
        yield from wrapped(told, indent="  ")
    for key, held in by_entity(changes).items():
        yield from _entity(held, work, is_document=key == document, brief=brief)


def _says(written: Written) -> bool:
    return bool(written.fields or written.text)


def _heading(document: str, own: Named | None, titles: Mapping[str, str], names: Mapping[str, str]) -> str:
    title = titles.get(document) or (own.title if own is not None else "")
    name = held_in(document)
    said = f"{name} {title}" if title and title not in (document, name) else name
    kind = names.get(own.kind, own.kind) if own is not None and own.kind not in _HEADED else ""
    return f"{said} ({kind.lower()})" if kind else said


def _entity(changes: tuple[Change, ...], work: Work, *, is_document: bool, brief: bool) -> Iterator[str]:
    of = changes[0].of
    mark = _mark(changes)
    if not is_document:
        title = f" {of.title}" if of.title not in (of.id, of.key, of.path) else ""
        name = of.path if of.kind == FILE or of.document is None else of.id or f"row without an id, {of.key}"
        yield _styled(f"  {mark} {name}{title}", mark)
    elif isinstance(changes[0], Added | Removed):
        what = _ITSELF.get(of.kind, "the record" if of.path.startswith("records/") else "the document")
        yield _styled(f"  {mark} {what} is {'new' if mark == '+' else 'gone'} ({of.path})", mark)
    for change in changes:
        yield from _told(change, work, brief=brief and isinstance(change, Added) and not is_document)
    for sentence in acts(changes):
        yield from _sentence(sentence, indent=_HEAD)
    stands = [Line(Form.TEXT, Fate.CHANGED, tuple(_on_one_line(facts(changes, work=work))))]
    if stands[0].pieces:
        yield from _fields(stands, indent=_HEAD)


def _on_one_line(found: Iterable[Line]) -> Iterator[Piece]:
    for at, line in enumerate(found):
        yield Piece(Fate.SAME, f"{'; ' if at else ''}{line.label} ")
        yield from line.pieces


def _mark(changes: tuple[Change, ...]) -> str:
    first = changes[0]
    if isinstance(first, Added | Removed):
        return "+" if isinstance(first, Added) else "-"
    return ">" if all(isinstance(one, Moved) for one in changes) else "~"


def _styled(line: str, mark: str) -> str:
    return click.style(show(line), fg={"+": "green", "-": "red"}.get(mark))


def _told(change: Change, work: Work, *, brief: bool) -> Iterator[str]:
    for sentence in sentences(change):
        yield from _sentence(sentence, indent=_HEAD)
    found = () if brief else lines(change, work=work)
    if isinstance(change, TextChanged):
        yield f"{_HEAD}~ text:"
        yield from _redline(found, indent=_HEAD + "    ")
    else:
        yield from _fields(found, indent=_HEAD)


def _sentence(one: Sentence, *, indent: str) -> Iterator[str]:
    first, *others = wrapped(f"{_MARKS[one.fate]} {one.told(str)}", indent=indent)
    yield first
    yield from (f"  {line}" for line in others)


def _redline(found: Iterable[Line], *, indent: str) -> Iterator[str]:
    for line in redline_terminal(found).splitlines():
        if line.strip():
            yield from (f"{indent}{one[4:]}" for one in folded(line))


def _fields(found: Iterable[Line], *, indent: str) -> Iterator[str]:
    """Fields stand directly behind their marks: what they belong to stands above them."""
    for line in redline_terminal(found).splitlines():
        mark, said = line[:2], line[2:].lstrip(" ")
        yield from (f"{indent}{one[4:]}" for one in folded(mark + said))


# --- what belongs to no document --------------------------------------------------------


def _readings(comparison: Comparison) -> Iterator[str]:
    if comparison.measured:
        yield ""
        yield click.style("Measured values", bold=True)
        yield from _fields(readings(comparison.measured), indent="  ")


def _afterwards(comparison: Comparison) -> Iterator[str]:
    if comparison.keys:
        yield ""
        yield click.style("Keys that may sign", bold=True)
        for one in comparison.keys:
            yield from _sentence(key_sentence(one), indent="  ")
    if comparison.rewritten:
        yield ""
        files = ", ".join(comparison.rewritten)
        yield from wrapped(f"Only differently written (spaces, comments, order of keys): {files}")
    if comparison.records:
        yield ""
        yield from wrapped(f"{RECORDS}: {', '.join(comparison.records)}")
    if comparison.not_paired:
        yield ""
        rows = plural(comparison.not_paired, "row")
        yield from wrapped(f"{rows} that are gone were too many to be looked for under other ids.")
