"""Whether two rows are the same thing: by their titles, and by what else is written of them.

A title is reworded, a column is filled in, and it is still the same aspect. Only where
hardly anything is kept are there two. Nothing here judges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from mkdocs_ems.source import Data
from mkdocs_ems.text import fold

_TELLING = 4
"""Shorter words say little of what a thing is."""
_WORDS = 3
"""A text of so many words is hardly the same by chance."""
_NEAR = 0.6
_NOT_THE_THING = ("id", "title", "status", "last_reviewed", "notes")


def same_words(one: str, other: str) -> bool:
    """Whether two titles may be titles of one thing: a telling word in common, or nearly the same letters."""
    here, there = _telling(one), _telling(other)
    if not here.isdisjoint(there):
        return True
    return SequenceMatcher(None, fold(one), fold(other)).ratio() >= _NEAR


def shares_words(old: Data, new: Data) -> bool | None:
    """Whether any text of some length stands in both rows; None where one of them has no such text."""
    here, there = set(_texts(old)), set(_texts(new))
    return not here.isdisjoint(there) if here and there else None


def alike(old: Data, new: Data) -> bool:
    """Whether two rows say the same but for their ids: most of the old one stands in the new one."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return False
    columns = [column for column in old if column not in _NOT_THE_THING]
    kept = sum(old[column] == new.get(column) for column in columns)
    return bool(columns) and kept * 2 > len(columns)


def _telling(title: str) -> set[str]:
    # The beginning of a word is enough: rinse, rinsing; discharge, discharges.
    return {word[:5] for word in re.findall(r"[^\W\d_]+", fold(title)) if len(word) >= _TELLING}


def _texts(data: Data) -> Iterator[str]:
    """Every text of some length in a row, folded; its title and its notes left out."""
    if isinstance(data, str):
        if len(data.split()) >= _WORDS:
            yield " ".join(fold(data).split())
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in _NOT_THE_THING:
                yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)
