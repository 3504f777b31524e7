"""What the rules on readings share: how many of a measurement's readings are told one by one.

A limit entered with a slip puts half a million readings beyond it. Judges nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from mkdocs_ems.rules.excesses import Excess
from mkdocs_ems.text import plural

T = TypeVar("T")

MOST = 50
"""So many readings of one measurement are told; the last says how many more there are."""


def bounded(excesses: Iterable[Excess]) -> Iterator[tuple[Excess, str]]:
    """The first readings of each measurement, with what to add to the last of them."""
    by_measurement: dict[str | None, list[Excess]] = {}
    for one in excesses:
        by_measurement.setdefault(one.measurement.id, []).append(one)
    for found in by_measurement.values():
        yield from the_first(found)


def the_first(found: Iterable[T]) -> Iterator[tuple[T, str]]:
    """The first of what was found of one measurement, with what to add to the last of them."""
    every = iter(found)
    kept = list(islice(every, MOST))
    rest = sum(1 for _ in every)
    for number, one in enumerate(kept, start=1):
        last = rest and number == MOST
        yield one, f"; the same is so of {plural(rest, 'more reading')}" if last else ""
