"""What a report for a reviewer is made of: sentences that keep our own words apart from those of others.

Composed once, and laid out as text or as Markdown by modules of their own. Whatever comes
from content or commits stands in a `Said` or a `Marked`, so that whoever lays it out makes it
harmless and cannot forget to; a plain string is always ours.
"""

from __future__ import annotations

from collections.abc import Iterable

from mkdocs_ems import dataclass
from mkdocs_ems.redline import Change, Piece

MOST_NAMES = 20
"""So many names are listed; of the others only the number is told."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text of others."""

    text: str
    most: int = 300
    """Characters that are shown of it."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text of others with what went and what came."""

    pieces: tuple[Piece, ...]

    def side(self, change: Change) -> Marked:
        """One side of it alone: what stayed, and what went or came."""
        return Marked(tuple(one for one in self.pieces if one.change in (Change.SAME, change)))


Phrase = tuple[str | Said | Marked, ...]
"""One after the other, without spaces of its own."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: whole entries, of which the first are shown where there is no room for all."""

    title: str
    """Sections that follow one another under one title share it."""
    rank: int
    """What counts most is filled in first."""
    entries: tuple[tuple[Phrase, ...], ...]
    """Each as many phrases as there are columns; one where there are none."""
    noun: str
    """What an entry is, for who counts those that are left out."""
    head: Phrase = ()
    """What stands above the entries."""
    columns: tuple[str, ...] = ()
    """Of a table; none for a list."""
    unlisted: int = 0
    """How many more entries there are, where they are too many to be handed over."""


def listed(texts: Iterable[str], *, nobody: str = "nobody", most: int = MOST_NAMES) -> Phrase:
    """Several texts of others with commas between; what there is too much of is counted."""
    found = list(texts)
    made: list[str | Said | Marked] = []
    for at, text in enumerate(found[:most]):
        made += [", ", Said(text)] if at else [Said(text)]
    if len(found) > most:
        made.append(f" and {len(found) - most:,} more")
    return tuple(made) or (nobody,)
