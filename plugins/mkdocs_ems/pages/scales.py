"""The scales of a chart: values and days to places, and ticks whose labels people read with ease.

Pure arithmetic: no markup, no content. A scale keeps the order of what it places.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from mkdocs_ems import dataclass
from mkdocs_ems.pages import words
from mkdocs_ems.pages.lettering import width

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_NO_LENGTH = 1e-100
"""Values so near to each other cannot be told apart by steps between them."""
_GAP = 12
"""Between two labels below each other's neighbour, in units of the picture."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale from values to places along an axis."""

    first: float
    last: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Where a value stands; the middle where the scale has no length."""
        if self.last == self.first:
            return (self.start + self.end) / 2
        share = (value - self.first) / (self.last - self.first)
        return self.start + share * (self.end - self.start)


def nice_ticks(low: float, high: float, *, most: int = 6) -> tuple[float, ...]:
    """Round values at equal steps that take in all from the lowest to the highest.

    Args:
        low: the lowest value.
        high: the highest value, not below `low`.
        most: how many steps there may be.
    """
    if high - low < _NO_LENGTH:
        spread = abs(high) * 0.1 if abs(high) > _NO_LENGTH else 1.0
        low, high = low - spread, high + spread
    rough = (high - low) / most
    magnitude = 10.0 ** math.floor(math.log10(rough))
    for step in (*_STEPS, 20.0):
        unit = step * magnitude
        first, last = math.floor(low / unit + 1e-9), math.ceil(high / unit - 1e-9)
        if last - first <= most:
            break
    digits = max(0, 1 - math.floor(math.log10(unit)))
    return tuple(round(number * unit, digits) for number in range(first, last + 1))


def day_ticks(
    first: date, last: date, *, room: float, size: float, finest: str
) -> tuple[tuple[date, str], ...]:
    """Days with labels, as close to each other as the labels let them be.

    Months and years stand at their last day, where their readings stand too.

    Args:
        first: the first day of the axis.
        last: its last day.
        room: how long the axis is.
        size: the size of the letters.
        finest: `day`, `month` or `year`: no closer than this.
    """
    ways: list[tuple[str, int]] = [("day", step) for step in (1, 2, 7, 14)] if finest == "day" else []
    ways += [("month", step) for step in (1, 2, 3, 6)] if finest != "year" else []
    ways += [("year", step) for step in (1, 2, 5, 10, 20, 50, 100, 500, 1000)]
    days = (last - first).days or 1
    for unit, step in ways:
        # Never more than a label a letter wide would leave room for.
        if days / {"day": 1, "month": 28, "year": 365}[unit] / step > room / size:
            continue
        made = tuple(_ticks(first, last, unit, step))
        if made and _apart(made, days, room, size):
            return made
    return ()


def _ticks(first: date, last: date, unit: str, step: int) -> Iterator[tuple[date, str]]:
    if unit == "day":
        for days in range(0, (last - first).days + 1, step):
            day = first + timedelta(days=days)
            yield day, f"{day.day} {words.month(day)}"
        return
    months = step if unit == "month" else 12 * step
    number = -(-(first.year * 12 + first.month) // months) * months
    while (number - 1) // 12 <= min(last.year, date.max.year - 1):
        day = date(number // 12, number % 12 + 1, 1) - timedelta(days=1)
        if first <= day <= last:
            yield day, words.month(day) if unit == "month" else str(day.year)
        number += months


def _apart(ticks: Sequence[tuple[date, str]], days: int, room: float, size: float) -> bool:
    """Whether no label touches the next."""
    a_day = room / days
    return all(
        (there[0] - here[0]).days * a_day >= (width(here[1], size) + width(there[1], size)) / 2 + _GAP
        for here, there in pairwise(ticks)
    )


def spread(places: Sequence[float], *, apart: float, start: float, end: float) -> tuple[float, ...]:
    """Places moved so that none is nearer to another than `apart`, in their order, within a frame.

    Where the frame is too short for all of them they stand as close as they must.
    """
    if not places:
        return ()
    order = sorted(range(len(places)), key=lambda index: (places[index], index))
    apart = min(apart, (end - start) / max(len(places) - 1, 1))
    moved = [0.0] * len(places)
    at = start - apart
    for index in order:
        at = moved[index] = max(places[index], at + apart, start)
    at = end + apart
    for index in reversed(order):
        at = moved[index] = min(moved[index], at - apart)
    return tuple(moved)
