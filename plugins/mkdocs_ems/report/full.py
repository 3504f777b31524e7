"""The report as people read it on a terminal: each finding with its line, why it matters, how to mend it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator

from rich.cells import cell_len

from mkdocs_ems.diagnostics import Diagnostic, Span
from mkdocs_ems.report.summary import summary, verdict
from mkdocs_ems.report.values import CheckResult, Profile
from mkdocs_ems.text import show

Paint = Callable[[str, str], str]
"""Colours a text by the name of a role: error, warning, info, place, quiet, strong."""

_LONGEST_LINE = 160


def plain(text: str, _role: str) -> str:
    """No colour."""
    return text


def render_full(result: CheckResult, *, profile: Profile, width: int = 100, paint: Paint = plain) -> str:
    """Return the findings, then the rules that could not be judged, then one summary."""
    blocks = ["\n".join(_block(one, result, width, paint)) for one in result.report.diagnostics]
    return "\n\n".join([*blocks, "\n".join(_closing(result, profile, width, paint))]) + "\n"


def _block(one: Diagnostic, result: CheckResult, width: int, paint: Paint) -> Iterator[str]:
    head = f"{one.severity.value}[{one.code}] {one.name}"
    yield f"{paint(head, one.severity.value)}"
    yield from textwrap.wrap(show(one.message), width, initial_indent="  ", subsequent_indent="  ")
    yield from _excerpt(one.span, result, paint, mark="^")
    for place in one.related:
        yield f"  {paint('see', 'quiet')} {show(place.message)}"
        yield from _excerpt(place.span, result, paint, mark="-")
    yield from _note(
        "why", f"{_upper(one.basis.words)}. {result.why.get(one.code, '')}".strip(), width, paint
    )
    yield from _note("fix", one.help, width, paint)


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _excerpt(span: Span, result: CheckResult, paint: Paint, *, mark: str) -> Iterator[str]:
    gutter = " " * len(str(span.line))
    place = f"{show(span.path)}:{span.line}:{span.column}"
    yield f" {gutter}{paint('-->', 'quiet')} {paint(place, 'place')}"
    line = result.lines.get((span.path, span.line), "")
    if not line.strip() or "\0" in line:
        return  # nothing that could be read
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    end = max(start + 1, min(end, len(line)))
    cut = max(0, start - 60) if len(line) > _LONGEST_LINE else 0
    text, before, marked = line[cut : cut + _LONGEST_LINE], line[cut:start], line[start:end] or " "
    bar = paint("|", "quiet")
    yield f" {gutter} {bar}"
    yield f" {paint(str(span.line), 'quiet')} {bar} {show(text.expandtabs(1))}"
    indent = " " * cell_len(show(before.expandtabs(1)))
    room = _LONGEST_LINE - len(before)
    carets = mark * max(1, cell_len(show(marked[:room].expandtabs(1))))
    yield f" {gutter} {bar} {indent}{paint(carets, 'error')}"


def _note(word: str, text: str, width: int, paint: Paint) -> Iterator[str]:
    if not text:
        return
    indent = f"  {word}: "
    lines = textwrap.wrap(show(text), width, initial_indent=indent, subsequent_indent=" " * len(indent))
    lines[0] = f"  {paint(word, 'strong')}: {lines[0][len(indent) :]}"
    yield from lines


def _closing(result: CheckResult, profile: Profile, width: int, paint: Paint) -> Iterator[str]:
    report = result.report
    for waived in report.waived:
        one = waived.diagnostic
        text = f"{one.code} on {one.id or one.span.path}: {waived.reason}"
        yield from _note(f"waived until {waived.until.isoformat()}", text, width, paint)
    for unjudged in report.not_evaluated:
        yield from _note("not evaluated", f"{unjudged.code} {unjudged.name}: {unjudged.reason}", width, paint)
    if report.waived or report.not_evaluated:
        yield ""
    yield from textwrap.wrap(summary(result), width)
    yield paint(verdict(result, profile), "error" if result.fails(profile) else "strong")
