"""Values that are out of line by a decimal place: ten or a hundred times their neighbours, or a part of them.

Looks for slips of writing, not for trends: the neighbours have to agree among themselves,
and a shift of the point has to bring the value back among them. Where a tenfold change is
nothing odd (few things counted, values near zero, below a limit of detection) nothing is
said. Judges nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from mkdocs_ems.model import MeasurementRow, Reading, Series

FACTORS = (10.0, 100.0, 0.1, 0.01)

_BESIDE = 3
"""So many readings to either side are neighbours."""
_FEWEST = 4
_AGREE = 2.0
"""Neighbours agree where the greatest is at most so many times the least."""
_SUSPECT = 5.0
"""A value within so many times the one beside it is not looked at any closer."""
_COUNTED = 100
"""Whole numbers below are taken for things counted."""
_NEAR_ZERO = 0.05
"""Part of the greatest value that matters, below which a value is near zero."""


def jumps(series: Series, row: MeasurementRow) -> Iterator[tuple[Reading, float]]:
    """Readings that are out of line, each with the factor by which it is."""
    readings = series.readings
    if len(readings) <= _FEWEST:
        return
    small = _near_zero(readings, row)
    for index, reading in enumerate(readings):
        value, beside = reading.value, readings[index - 1 if index else 1].value
        # Most values are near the one before: nothing more is asked of them.
        if beside > 0 and beside <= value * _SUSPECT and value <= beside * _SUSPECT:
            continue
        if value <= 0 or reading.comment is not None or reading.qualifier in ("<", ">"):
            continue
        around = (*readings[max(0, index - _BESIDE) : index], *readings[index + 1 : index + 1 + _BESIDE])
        factor = _factor(reading, around, small)
        if factor is not None:
            yield reading, factor


def _near_zero(readings: Sequence[Reading], row: MeasurementRow) -> float:
    """Up to which value nothing is odd: a part of the limit, else of what is usual here."""
    limits = row.limits
    named = (limits.legal_max, limits.alert_max) if limits else ()
    highest = next((one for one in named if one is not None and one > 0), None)
    usual = highest if highest is not None else median(one.value for one in readings)
    return max(0.0, usual * _NEAR_ZERO)


def _factor(reading: Reading, around: Sequence[Reading], small: float) -> float | None:
    values = [one.value for one in around if one.unit == reading.unit and one.qualifier not in ("<", ">")]
    if len(values) > _FEWEST:
        # A second slip nearby must not hide this one.
        middle = median(values)
        values.remove(max(values, key=lambda value: abs(value - middle)))
    if len(values) < _FEWEST or min(values) <= small or max(values) > min(values) * _AGREE:
        return None
    if all(one.is_integer() and one < _COUNTED for one in values):
        return None
    return next((one for one in FACTORS if _fits(reading.value / one, values)), None)


def _fits(value: float, values: Sequence[float]) -> bool:
    """Whether a value would be nothing odd among these."""
    return min(values) * 0.7 <= value <= max(values) * 1.4
