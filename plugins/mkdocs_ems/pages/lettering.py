"""How wide text will be in a picture, before any browser has seen it; and text broken into lines by it.

The manual ships no font, so widths are those of common sans-serif fonts, a little
rounded up: what fits here fits in all of them. Nothing here makes markup.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

_NARROW = dict.fromkeys("ijlIftr.,;:'|!()[]{}/\\-` ·", 0.34)
_BROAD = dict.fromkeys("mwMW@%—…½", 0.9)
_CAPITALS = dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ&", 0.7)
_WIDTHS: Mapping[str, float] = {**_CAPITALS, **_BROAD, **_NARROW}
_USUAL = 0.57
_FULL = 1.05
"""A character of a script whose characters fill a square."""


def width(text: str, size: float) -> float:
    """About how wide a text is, in the unit of its size."""
    return _letters(text) * size


@lru_cache(maxsize=4096)  # words come back: titles have most of theirs in common
def _letters(text: str) -> float:
    if text.isascii():
        return sum([_WIDTHS.get(one, _USUAL) for one in text])
    return sum([_WIDTHS.get(one, _USUAL if one < "\u1100" else _FULL) for one in text])


def cut(text: str, room: float, size: float) -> str:
    """As much of a text as the room holds, with an ellipsis where something is left out."""
    if not text or width(text, size) <= room:
        return text
    room -= width("…", size)
    end = 0
    for one in text:
        room -= width(one, size)
        if room < 0:
            break
        end += 1
    return f"{text[:end].rstrip()}…"


def lines(text: str, room: float, size: float, *, most: int, indent: float = 0) -> tuple[str, ...]:
    """A text in lines that the room holds, the last one cut where there is more than `most`.

    Args:
        text: words with spaces between them.
        room: the width of a line.
        size: the size of the letters.
        most: how many lines there may be.
        indent: what stands before the first line on the same line.
    """
    made: list[str] = []
    line, left = "", room - indent
    space = width(" ", size)
    words = text.split()
    for index, word in enumerate(words):
        wide = width(word, size)
        needed = wide + space if line else wide
        if needed <= left or (not line and left == room):
            line = f"{line} {word}" if line else word
            left -= needed
            continue
        if len(made) == most - 1:
            made.append(" ".join([line, *words[index:]] if line else words[index:]))
            break
        made.append(line)
        line, left = word, room - wide
    else:
        made.append(line)
    # A word alone may be wider than the room, and the last line holds all that is left.
    first, *others = made
    return (cut(first, room - indent, size), *(cut(one, room, size) for one in others))
