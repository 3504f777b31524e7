"""Rows at another place: as few as explain the new order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from mkdocs_ems.changes.values import Written


class Neighbours:
    """Rows of all registers of a state, with the rows before them."""

    def __init__(
        self, old: Mapping[str, Written], new: Mapping[str, Written], partners: Mapping[str, str]
    ) -> None:
        """Compare the orders of two states.

        Args:
            old: the entities of the one.
            new: the entities of the other.
            partners: of each entity that both have, the new key to the old one.
        """
        self.after: dict[str, str | None] = {}
        """The row before each row of the new state."""
        self.moved: set[str] = set()
        """Rows that stand at another place among those that stayed, by their new keys."""
        today = {before: now for now, before in partners.items()}
        for key, register in new.items():
            rows = register.rows or ()
            self.after |= dict(zip(rows, (None, *rows), strict=False))
            earlier = old[partners[key]].rows if key in partners else None
            if earlier:
                stayed = [today[row] for row in earlier if row in today]
                self.moved.update(moved_rows(stayed, rows))


def moved_rows(before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    """The fewest rows that, moved, turn one order into the other; in the new order.

    All but a longest run that stands in the same order on both sides. Rows that only one
    side has are passed over.
    """
    at = {row: index for index, row in enumerate(before)}
    common = [row for row in after if row in at]
    ends: list[int] = []
    """The least place at which a run of each length can end; and who ends it."""
    enders: list[int] = []
    earlier: list[int | None] = []
    for index, row in enumerate(common):
        place = at[row]
        length = bisect_left(ends, place)
        earlier.append(enders[length - 1] if length else None)
        ends[length : length + 1] = [place]
        enders[length : length + 1] = [index]
    staying = set()
    last = enders[-1] if enders else None
    while last is not None:
        staying.add(last)
        last = earlier[last]
    return tuple(row for index, row in enumerate(common) if index not in staying)
