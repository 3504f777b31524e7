"""Readings against limits, in words: within, above an alert, beyond what law or permit allow.

Values are compared in the unit of the measurement or of the condition; where a unit cannot
be turned into the other, that is what is said. Makes no markup and finds no fault: the
rules do that.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import StrEnum

from mkdocs_ems import dataclass
from mkdocs_ems.model import MeasurementRow, Model, Period, Reading
from mkdocs_ems.model.obligations import Condition
from mkdocs_ems.model.units import convert
from mkdocs_ems.pages import words


class Stand(StrEnum):
    """Where a reading stands."""

    OVER = "over"
    ALERT = "alert"
    WITHIN = "within"
    UNKNOWN = "unknown"
    NO_LIMIT = "no limit"


@dataclass(frozen=True, slots=True)
class Judged:
    """A figure against the limits."""

    stand: Stand
    words: str


@dataclass(frozen=True, slots=True)
class Watched:
    """A condition with a limit, and what its measurement says."""

    figure: str
    """What is compared: `2.2 mg/L`, `mean of 12 months 1.1 mg/L`; empty without readings."""
    period: str
    judged: Judged
    beyond: tuple[str, ...] = ()
    """Periods of the last twelve months in which a reading was beyond the limit, newest first."""


_BARE = frozenset({"1", "-", "count", "pH"})
"""Units that are not said behind a number: what is counted or measured says it."""

_NO_READINGS = Judged(Stand.UNKNOWN, "no readings yet")
_OTHER_UNIT = Judged(Stand.UNKNOWN, "not comparable: another unit")


def amount(value: float, unit: str | None, qualifier: str = "") -> str:
    """A reading as people write it: `< 0.05 mg/L`, `about 12 t`."""
    sign = {"<": "< ", ">": "> ", "est": "about "}.get(qualifier, "")
    said = f"{sign}{words.number(value)}"
    return f"{said} {unit}" if unit and unit not in _BARE else said


def in_unit(reading: Reading, unit: str | None) -> float | None:
    """The value of a reading in a unit; None where it cannot be turned into it."""
    if not unit or not reading.unit or reading.unit == unit:
        return reading.value
    return convert(reading.value, reading.unit, unit)


def judge(reading: Reading, row: MeasurementRow) -> Judged:
    """A reading against the limits of its measurement."""
    limits = row.limits
    if limits is None:
        return Judged(Stand.NO_LIMIT, "")
    value = in_unit(reading, row.unit)
    if value is None:
        return _OTHER_UNIT
    for stand, most, least, said in (
        (Stand.OVER, limits.legal_max, limits.legal_min, ("over the limit of {}", "below the limit of {}")),
        (Stand.ALERT, limits.alert_max, limits.alert_min, ("above the alert of {}", "below the alert of {}")),
    ):
        found = _beyond(value, reading.qualifier, most, least)
        if found is None:
            return Judged(Stand.UNKNOWN, "too coarse to say")
        if found:
            mark = most if found > 0 else least
            return Judged(stand, said[0 if found > 0 else 1].format(words.number(mark or 0)))
    if (limits.legal_max, limits.legal_min, limits.alert_max, limits.alert_min) == (None,) * 4:
        return Judged(Stand.NO_LIMIT, "")
    return Judged(Stand.WITHIN, "within the limits")


def _beyond(value: float, qualifier: str, most: float | None, least: float | None) -> int | None:
    """Above (1), below (-1) or within (0); None where `<` or `>` leave it open."""
    if most is not None and value > most:
        return None if qualifier == "<" else 1
    if least is not None and value < least:
        return None if qualifier == ">" else -1
    if (most is not None and qualifier == ">") or (least is not None and qualifier == "<"):
        return None
    return 0


def watch(condition: Condition, *, model: Model) -> Watched | None:
    """What the measurement of a condition says against its limit; None for one without a limit."""
    if condition.limit is None or condition.parameter is None:
        return None
    entry = model.by_id.get(condition.parameter)
    row = entry.entity if entry else None
    series = model.series.get(condition.parameter)
    if not isinstance(row, MeasurementRow) or series is None or not series.readings:
        return Watched("", "", _NO_READINGS)
    unit = condition.unit or row.unit
    last = series.readings[-1]
    year = [one for one in series.readings if (last.period.last - one.period.last).days < 365]
    values = [(one, in_unit(one, unit)) for one in year]
    known = [(one, value) for one, value in values if value is not None]
    if len(known) < len(values):
        return Watched(amount(last.value, last.unit, last.qualifier), words.period(last.period), _OTHER_UNIT)
    if condition.statistic in (None, "each", "max"):
        beyond = [one for one, value in known if _passes(value, one.qualifier, condition)]
        value = known[-1][1]
        figure = amount(value, unit, last.qualifier)
        judged = _against(value, last.qualifier, condition)
        return Watched(
            figure, words.period(last.period), judged, tuple(words.period(one.period) for one in beyond[::-1])
        )
    name, value = _statistic(condition.statistic or "", [value for _, value in known])
    span = _span(year[0].period, last.period)
    return Watched(f"{name} {amount(round(value, 6), unit)}", span, _against(value, "", condition))


def _passes(value: float, qualifier: str, condition: Condition) -> bool:
    most = condition.limit if condition.sense == "at-most" else None
    least = condition.limit if condition.sense == "at-least" else None
    return bool(_beyond(value, qualifier, most, least))


def _against(value: float, qualifier: str, condition: Condition) -> Judged:
    most = condition.limit if condition.sense == "at-most" else None
    least = condition.limit if condition.sense == "at-least" else None
    found = _beyond(value, qualifier, most, least)
    if found is None:
        return Judged(Stand.UNKNOWN, "too coarse to say")
    if found:
        return Judged(Stand.OVER, "over the limit" if found > 0 else "below the limit")
    return Judged(Stand.WITHIN, "within the limit")


def _statistic(name: str, values: Sequence[float]) -> tuple[str, float]:
    if name == "mean":
        return "mean", math.fsum(values) / len(values)
    if name == "sum":
        return "sum", math.fsum(values)
    ranked = sorted(values)
    return "95th percentile", ranked[math.ceil(0.95 * len(ranked)) - 1]


def _span(first: Period, last: Period) -> str:
    if first == last:
        return words.period(last)
    return f"{words.period(first)} to {words.period(last)}"
