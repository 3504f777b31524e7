"""The values of a criterion's scale, found however they are written, and the cells of a table of them.

Pure look-ups: what is at fault is left out here and told in `method_faults`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache

from mkdocs_ems.model.expressions import Value
from mkdocs_ems.model.method import Lookup, Scale
from mkdocs_ems.text import fold

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")


def scale_value(scale: Scale, text: str) -> tuple[str, Value] | None:
    """The scale's own spelling of a value and what it counts; None where the scale has no such value."""
    key: str | None = text
    if text not in scale.values:
        number, folded = number_of(text), fold(text)
        same = (one for one in scale.values if fold(one) == folded or (number and number_of(one) == number))
        key = next(same, None)
    if key is None:
        return None
    points = scale.points.get(key)
    if points is not None:
        return key, Fraction(str(points))
    number = number_of(key)
    return key, key if number is None else number


def cells(lookup: Lookup, criteria: Mapping[str, Scale]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every cell of a table that can be used: the scales' spellings that lead to it, and its result."""
    scales = [criteria[name] for name in lookup.criteria if name in criteria]
    if scales and len(scales) == len(lookup.criteria):
        yield from _below(lookup.table, scales, ())


def _below(
    level: Mapping[str, object], scales: list[Scale], above: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], str]]:
    scale = scales[len(above)]
    last = len(above) + 1 == len(scales)
    for word, inside in level.items():
        found = scale_value(scale, word)
        if found is None:
            continue
        if last and isinstance(inside, str) and inside.strip():
            yield (*above, found[0]), inside.strip()
        elif not last and isinstance(inside, dict):
            yield from _below(inside, scales, (*above, found[0]))


@lru_cache(maxsize=1024)
def number_of(text: str) -> Fraction | None:
    """The number that a text is; None where it is a word."""
    return Fraction(text) if _NUMBER.fullmatch(text) else None
