"""The report for reviewers as plain text: for a terminal, and for who reads a log."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from mkdocs_ems.redline import Change, Piece, visible
from mkdocs_ems.report.phrases import Marked, Phrase, Said, Section
from mkdocs_ems.report.review import ReviewReport, opening, sections
from mkdocs_ems.text import plural, show


def review_text(report: ReviewReport) -> str:
    """The whole report; in a changed text `[-` `-]` are around what went, `{+` `+}` around what came."""
    lines = [_phrase(opening(report))]
    if not report.nothing:
        for title, group in groupby(sections(report), key=lambda one: one.title):
            lines += ["", title]
            lines += [line for section in group for line in _section(section)]
    return "\n".join(lines) + "\n"


def _section(section: Section) -> Iterator[str]:
    indent = "  "
    if section.head:
        yield f"  {_phrase(section.head)}"
        indent = "    "
    for entry in section.entries:
        if section.columns:
            yield from _row(entry, section.columns, indent)
        else:
            yield from (f"{indent}- {_phrase(phrase)}" for phrase in entry)
    if section.unlisted:
        yield f"{indent}… and {plural(section.unlisted, f'more {section.noun}')}"


def _row(entry: tuple[Phrase, ...], columns: tuple[str, ...], indent: str) -> Iterator[str]:
    first, *others = (_phrase(phrase) for phrase in entry)
    yield f"{indent}{first}"
    for column, said in zip(columns[1:], others, strict=True):
        if said:
            yield f"{indent}  {column.lower()}: {said}"


def _phrase(phrase: Phrase) -> str:
    return "".join(_part(part) for part in phrase)


def _part(part: str | Said | Marked) -> str:
    match part:
        case Said():
            rest = len(part.text) - part.most
            more = f" … ({rest:,} more)" if rest > 0 else ""
            return (show(" ".join(part.text[: part.most].split("\n"))) or "(empty)") + more
        case Marked():
            return "".join(map(_piece, part.pieces))
        case _:
            return part


def _piece(piece: Piece) -> str:
    text = " ".join(piece.text.split("\n"))
    match piece.change:
        case Change.WENT:
            return f"[-{visible(text)}-]"
        case Change.CAME:
            return f"{{+{visible(text)}+}}"
        case _:
            return show(text)
