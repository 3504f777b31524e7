"""What two long texts have in common at their beginning and end, left out before they are read.

A new issue mostly changes a few lines. What is left out is counted in lines; the
heading above the first change and a block on either side of the changes stay.
"""

from __future__ import annotations

from collections.abc import Sequence

from mkdocs_ems import dataclass
from mkdocs_ems.redline.values import Change, Form, Line, Piece

_FENCES = ("```", "~~~")


@dataclass(frozen=True, slots=True)
class Trimmed:
    """The middles of two texts, and lines that stand for what was left out before and behind them."""

    lead: tuple[Line, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    trail: tuple[Line, ...]


def trimmed(before: Sequence[str], after: Sequence[str]) -> Trimmed:
    """The parts of two Markdown texts that differ, with a block around them."""
    if _fenced(before) or _fenced(after):
        # Cut within a fence, the rest would be read as what it is not.
        return Trimmed((), tuple(before), tuple(after), ())
    shortest = min(len(before), len(after))
    start = common(before, after)
    stop = common_end(before, after, most=shortest - start)
    heading = _heading_above(before, start)
    start = _block_before(before, start)
    stop = len(before) - _block_behind(before, len(before) - stop)
    return Trimmed(
        _lead(before[:start], heading if heading < start else -1),
        tuple(before[start : len(before) - stop]),
        tuple(after[start : len(after) - stop]),
        _fold(before[len(before) - stop :]),
    )


def common(before: Sequence[str], after: Sequence[str], *, most: int | None = None) -> int:
    """How many lines, or characters, at the beginning are the same; by halving, for slices compare fast."""
    low, high = 0, min(len(before), len(after)) if most is None else most
    if before[:high] == after[:high]:
        return high
    while low + 1 < high:
        middle = (low + high) // 2
        if before[low:middle] == after[low:middle]:
            low = middle
        else:
            high = middle
    return low


def common_end(before: Sequence[str], after: Sequence[str], *, most: int | None = None) -> int:
    """How many lines, or characters, at the end are the same."""
    here, there = len(before), len(after)
    low, high = 0, min(here, there) if most is None else most
    if before[here - high :] == after[there - high :]:
        return high
    while low + 1 < high:
        middle = (low + high) // 2
        if before[here - middle : here - low] == after[there - middle : there - low]:
            low = middle
        else:
            high = middle
    return low


def _fenced(lines: Sequence[str]) -> bool:
    """Whether a fence stands in a text; nearly all have nothing that looks like one."""
    text = "\n".join(lines)
    return any(fence in text for fence in _FENCES) and any(
        line.lstrip(" \t").startswith(_FENCES) for line in lines
    )


def _heading_above(lines: Sequence[str], at: int) -> int:
    for place in range(at - 1, -1, -1):
        if lines[place].startswith("#"):
            return place
    return -1


def _block_before(lines: Sequence[str], at: int) -> int:
    """The beginning of the block before the one that holds a line."""
    for _ in range(2):
        while at and lines[at - 1].strip():
            at -= 1
        while at and not lines[at - 1].strip():
            at -= 1
    while at and lines[at - 1].strip():
        at -= 1
    return at


def _block_behind(lines: Sequence[str], at: int) -> int:
    """The end of the block behind the one that holds the line before this one."""
    for _ in range(2):
        while at < len(lines) and lines[at].strip():
            at += 1
        while at < len(lines) and not lines[at].strip():
            at += 1
    return at


def _lead(lines: Sequence[str], heading: int) -> tuple[Line, ...]:
    if heading < 0:
        return _fold(lines)
    text = lines[heading].strip()
    depth = len(text) - len(text.lstrip("#"))
    shown = Line(Form.HEADING, Change.SAME, (Piece(Change.SAME, text.lstrip("#").strip()),), depth=depth)
    return (*_fold(lines[:heading]), shown, *_fold(lines[heading + 1 :]))


def _fold(lines: Sequence[str]) -> tuple[Line, ...]:
    count = sum(1 for line in lines if line.strip())
    return (Line(Form.FOLD, Change.SAME, count=count, of=Form.TEXT),) if count else ()
