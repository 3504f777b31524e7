"""From an indicator's periods to the value that counts, as of each of them.

    latest          the period's value
    rolling3        the mean of the last three periods
    rolling12       of the twelve months that end with the period: the total where the unit adds
                    up (tCO2e, kWh), the mean where it does not (kWh/m2, %, t/month)
    sum             the total of those twelve months
    mean, max, min  of those twelve months
    ratio-of-sums   the total of those twelve months, divided by the normaliser's total

A total counts only over twelve whole months. Values are what was read; nothing is rounded.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate

from mkdocs_ems.model.indicators import Part, Point, indicator_parts, indicator_sources
from mkdocs_ems.model.monitoring import Aggregation, IndicatorRow
from mkdocs_ems.model.periods import counting, following, frequency_of, numbered
from mkdocs_ems.model.series import Period
from mkdocs_ems.model.units import adds_up, convert
from mkdocs_ems.model.values import Model

_WHOLE = 0.97
"""So much of twelve months is twelve months: fifty-two weeks are."""
_SILENCE = 800
"""Days without an event of which each period is counted: more than any twelve months reach back."""


def counted(parts: Sequence[Part], how: Aggregation, *, total: bool) -> Iterator[Point]:
    """The value that counts, as of each period for which there is one.

    Args:
        parts: the indicator's periods, in their order.
        how: the aggregation.
        total: whether what counts over twelve months is a total.
    """
    if how == "latest":
        yield from (Point(one.period, one.value) for one in parts)
    elif how == "rolling3":
        threes = zip(parts, parts[1:], parts[2:], strict=False)
        yield from (Point(three[-1].period, _mean(three)) for three in threes)
    else:
        yield from _over_twelve_months(parts, how, total=total)


def _over_twelve_months(parts: Sequence[Part], how: Aggregation, *, total: bool) -> Iterator[Point]:
    together = _TOGETHER.get(how, math.fsum if total else _mean_of)
    values = [one.value for one in parts]
    filled = list(accumulate(map(_days, parts), initial=0))
    start = 0
    for index, one in enumerate(parts, start=1):
        first = year_before(one.period.last)
        while parts[start].period.first < first:
            start += 1
        whole = one.period.last.toordinal() - first.toordinal() + 1
        if start == index or (total and filled[index] - filled[start] < _WHOLE * whole):
            continue
        if how != "ratio-of-sums":
            yield Point(one.period, together(values[start:index]))
        elif below := math.fsum(part.below for part in parts[start:index]):
            yield Point(one.period, math.fsum(part.above for part in parts[start:index]) / below)


def is_total(indicator: IndicatorRow, how: Aggregation, unit: str | None) -> bool:
    """Whether what counts over twelve months is a total.

    Args:
        indicator: the indicator.
        how: the aggregation that counts, which may be an objective's.
        unit: the unit in which it is judged, for an indicator that names none.
    """
    if how == "rolling12":
        return indicator.normaliser is None and adds_up(indicator.unit or unit)
    return how == "sum"


def known_parts(indicator: IndicatorRow, how: Aggregation, *, model: Model, as_of: date) -> tuple[Part, ...]:
    """What an indicator is made of, as far as it is known on a day."""
    if indicator.aggregation != how:
        indicator = indicator.model_copy(update={"aggregation": how})
    parts = indicator_parts(indicator, model=model, as_of=as_of)
    if how in ("latest", "max", "min"):
        return parts
    known = tuple(one for one in parts if one.period.last <= as_of)
    sources = indicator_sources(indicator, model=model)
    if how in ("sum", "rolling12") and all(one.frequency == "event" for one in sources):
        return tuple(_with_quiet_periods(known, as_of))
    return known


def _with_quiet_periods(parts: Sequence[Part], as_of: date) -> Iterator[Part]:
    """What is written down whenever it happens did not happen in the periods between."""
    for index, one in enumerate(parts):
        yield one
        end = parts[index + 1].period.first if index + 1 < len(parts) else days_after(as_of, 1)
        yield from _quiet(one.period, end)


def _quiet(before: Period, end: date) -> Iterator[Part]:
    """The periods from one to a day; of a silence of many years only what the years around it count."""
    last, period = before, following(before)
    while last.last < period.first and period.last < end:
        yield Part(period, 0.0)
        if (period.last - before.last).days > _SILENCE and (end - period.last).days > 2 * _SILENCE:
            frequency = frequency_of(period)
            number = counting(frequency)
            assert number is not None, "every length has a frequency that is counted"
            period = numbered(frequency, number(days_after(end, -_SILENCE)))
        last, period = period, following(period)


def in_unit(parts: tuple[Part, ...], unit: str | None, wanted: str | None) -> tuple[Part, ...] | None:
    """The same in another unit; None where that cannot be done."""
    if unit is None or wanted is None or unit == wanted:
        return parts
    if convert(1.0, unit, wanted) is None:
        return None
    turned = ((one, convert(one.value, unit, wanted)) for one in parts)
    return tuple(Part(one.period, value * one.below, one.below) for one, value in turned if value is not None)


def _mean(parts: Sequence[Part]) -> float:
    return _mean_of([one.value for one in parts])


def total_of(parts: Sequence[Part]) -> float:
    """All periods added up."""
    return math.fsum(one.value for one in parts)


def _mean_of(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


_TOGETHER: Mapping[str, Callable[[Sequence[float]], float]] = {"mean": _mean_of, "max": max, "min": min}
"""How twelve months come together, where that does not depend on what adds up."""


def _days(part: Part) -> int:
    """How long a part's period is."""
    return part.period.last.toordinal() - part.period.first.toordinal() + 1


def days_after(day: date, count: int) -> date:
    """So many days later, as far as the calendar goes."""
    return date.fromordinal(min(max(day.toordinal() + count, 1), date.max.toordinal()))


def year_before(day: date) -> date:
    """The first day of the twelve months that end with a day."""
    after = days_after(day, 1)
    if after.year == 1:
        return date.min
    if (after.month, after.day) == (2, 29):
        return date(after.year - 1, 3, 1)
    return after.replace(year=after.year - 1)
