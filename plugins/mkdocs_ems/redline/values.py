"""What a redline is made of: lines, and in each the pieces that stayed, went and came.

Values only. They hold the text as it is written, invisible characters included;
whoever shows them escapes and makes visible.
"""

from __future__ import annotations

from enum import StrEnum

from mkdocs_ems import dataclass


class Change(StrEnum):
    """What happened to a line or to a piece of it."""

    SAME = "same"
    CHANGED = "changed"
    """Of a line alone: some of its pieces went or came."""
    CAME = "came"
    WENT = "went"


class Form(StrEnum):
    """What a line is in its document."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "list item"
    CELLS = "table row"
    CODE = "code"
    ROW = "row"
    """A row of a register: its id and title; its fields follow as lines of their own."""
    FIELD = "field"
    COMMENT = "comment"
    FOLD = "unchanged"
    """Stands for `count` rows, fields or lines of text (`of`) that are the same in both."""
    SPACING = "spacing"
    """In `count` places nothing but spaces, line ends or the numbers of list items differ."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, went or came."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a redline."""

    form: Form
    change: Change
    pieces: tuple[Piece, ...] = ()
    label: str = ""
    """The name of a field with those around it (`effectiveness / due`), the id of a row."""
    depth: int = 0
    """The level of a heading, or how far a list item or a field is set in."""
    count: int = 0
    """For `FOLD` and `SPACING`: how many."""
    of: Form | None = None
    """For `FOLD`: of which form they are."""
    moved: bool = False
    """A row that stands at another place among the others."""
