"""A redline for a terminal: readable without colour, coloured where there is a terminal.

Every line begins with what happened to it: `-` it went, `+` it came, `~` it changed;
within a changed line `[-` `-]` are around what went, `{+` `+}` around what came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from mkdocs_ems.redline import Change, Form, Line, Piece, visible
from mkdocs_ems.text import plural, show

LEGEND = "- went, + came, ~ changed: [-the old words-] {+the new words+}"
"""What the marks mean, for the foot of a redline."""

_MARKS = {Change.SAME: " ", Change.CHANGED: "~", Change.CAME: "+", Change.WENT: "-"}
_NOUNS = {Form.ROW: "row", Form.FIELD: "field"}


def redline_terminal(lines: Iterable[Line], *, indent: str = "") -> str:
    """The lines of a redline as text that ends with a line feed; empty where nothing changed.

    Args:
        lines: what `redline` gave.
        indent: what every line begins with.
    """
    return "".join(f"{indent}{line}\n" for one in lines for line in _line(one))


def _line(line: Line) -> Iterator[str]:
    if line.form is Form.FOLD:
        of = line.of or Form.TEXT
        yield click.style(f"  … {plural(line.count, _NOUNS.get(of, 'line'))} unchanged", dim=True)
        return
    if line.form is Form.SPACING:
        places = plural(line.count, "place")
        yield f"~ in {places} only spaces, line ends or numbers of list items differ"
        return
    if line.form is Form.ROW and line.change is not Change.SAME:
        yield ""
    said = _before(line) + "".join(_piece(piece, line.change) for piece in line.pieces)
    moved = " (moved to another place)" if line.moved else ""
    text = f"{_MARKS[line.change]} {said}{moved}".rstrip()
    bold = line.form in (Form.HEADING, Form.ROW)
    yield click.style(text, bold=True) if bold else text


def _before(line: Line) -> str:
    """What stands before the words of a line: how far it is set in, its mark, the field's name."""
    match line.form:
        case Form.HEADING:
            return "#" * line.depth + " "
        case Form.ITEM:
            return "  " * line.depth + "- "
        case Form.ROW:
            return f"{visible(line.label)} " if line.label else "a row without an id "
        case Form.FIELD:
            return f"  {visible(line.label)}: " if line.label else "  "
        case _:
            return ""


def _piece(piece: Piece, change: Change) -> str:
    if piece.change is Change.SAME:
        return show(piece.text)
    text = visible(piece.text)
    went = piece.change is Change.WENT
    if change is Change.CHANGED:
        text = f"[-{text}-]" if went else f"{{+{text}+}}"
    return click.style(text, fg="red" if went else "green")
