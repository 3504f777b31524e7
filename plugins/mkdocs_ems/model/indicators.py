"""What an indicator says, period by period: the readings of its measurements put together.

Readings of one period are added up where their unit adds up, and averaged where it does
not; the highest or lowest counts where that is the indicator's aggregation. Several
measurements are added together, and divided by the normaliser, in periods for which all of
them have a value. A reading in a unit that cannot be turned into the indicator's is left
out, never taken for something else. What the values mean for an objective is `progress`'s part.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from mkdocs_ems import dataclass
from mkdocs_ems.model.monitoring import IndicatorRow, MeasurementRow
from mkdocs_ems.model.periods import counting, frequency_of, numbered
from mkdocs_ems.model.series import Period, Reading
from mkdocs_ems.model.units import adds_up, convert, convertible
from mkdocs_ems.model.values import Model

_SPAN_WORDS = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One period's value."""

    period: Period
    value: float


@dataclass(frozen=True, slots=True)
class Part:
    """One period of an indicator before it is divided."""

    period: Period
    above: float
    below: float = 1.0

    @property
    def value(self) -> float:
        """The indicator's value in this period."""
        return self.above / self.below


def indicator_points(indicator: IndicatorRow, *, model: Model) -> tuple[Point, ...]:
    """An indicator's values in its own unit, one for each period, in their order."""
    return tuple(Point(one.period, one.value) for one in indicator_parts(indicator, model=model))


def indicator_parts(indicator: IndicatorRow, *, model: Model, as_of: date = date.max) -> tuple[Part, ...]:
    """The same, each with what is divided and by what; without readings that begin after a day."""
    sources = indicator_sources(indicator, model=model)
    if not sources:
        return ()
    tables = [_by_period(_known(one, model, as_of), one, indicator) for one in sources]
    together = _ACROSS.get(indicator.aggregation or "", math.fsum)
    days = sorted(set(tables[0]).intersection(*tables[1:]))
    values = {at: Part(tables[0][at].period, together(table[at].value for table in tables)) for at in days}
    if indicator.normaliser is None:
        return tuple(values.values())
    divisor = _measurement(indicator.normaliser, model)
    if divisor is None:
        return ()
    divided = _by_period(_known(divisor, model, as_of), divisor, indicator)
    scale = _scale(sources[0].unit, divisor.unit, indicator.unit)
    if scale is None:
        return ()
    return tuple(
        Part(part.period, part.above * scale, divided[at].value)
        for at, part in values.items()
        if at in divided and divided[at].value
    )


def indicator_sources(indicator: IndicatorRow, *, model: Model) -> tuple[MeasurementRow, ...]:
    """The measurements an indicator is made of: those it names, else those that name it."""
    if indicator.source:
        found = [_measurement(name, model) for name in indicator.source]
        # One that does not exist is a finding elsewhere; without it there is no honest total.
        return tuple(one for one in found if one is not None) if None not in found else ()
    if indicator.id is None:
        return ()
    return tuple(
        entry.entity
        for entry in model.entries
        if isinstance(entry.entity, MeasurementRow)
        and indicator.id in entry.entity.indicators
        and entry.entity.id != indicator.normaliser
    )


def comes_to(measurement: MeasurementRow, indicator: IndicatorRow) -> bool | None:
    """Whether a measurement's unit can become its indicator's; None where nobody can say."""
    if measurement.unit is None or indicator.unit is None or indicator.normaliser is not None:
        return True
    answer = convertible(measurement.unit, indicator.unit)
    per_period = _per_period(indicator)
    if answer is False and per_period and convertible(measurement.unit, per_period):
        return True
    return answer


def _measurement(name: str, model: Model) -> MeasurementRow | None:
    entry = model.by_id.get(name)
    return entry.entity if entry is not None and isinstance(entry.entity, MeasurementRow) else None


def _wanted(measurement: MeasurementRow, indicator: IndicatorRow) -> str | None:
    """The unit in which the readings of a source are put together."""
    if indicator.normaliser is not None:
        return measurement.unit
    if indicator.unit is None or measurement.unit is None:
        return indicator.unit or measurement.unit
    per_period = _per_period(indicator)
    if convertible(measurement.unit, indicator.unit) is False and per_period:
        # Tonnes weighed in a month are tonnes per month.
        return per_period
    return indicator.unit


def _per_period(indicator: IndicatorRow) -> str | None:
    """The unit of a total that makes the indicator's rate: `t/month` over a month is tonnes."""
    word = _SPAN_WORDS.get(indicator.frequency or "monthly")
    return f"{word} {indicator.unit}" if word and indicator.unit and "/" in indicator.unit else None


def _known(measurement: MeasurementRow, model: Model, as_of: date) -> Iterator[Reading]:
    series = model.series.get(measurement.id or "")
    return (one for one in (series.readings if series else ()) if one.period.first <= as_of)


def _by_period(
    readings: Iterable[Reading], measurement: MeasurementRow, indicator: IndicatorRow
) -> Mapping[tuple[date, date], Point]:
    """One value for each period, by its first and last day, in the unit that is wanted of a source."""
    wanted = _wanted(measurement, indicator)
    groups: dict[tuple[date, date], tuple[Period, list[float]]] = {}
    frequency = indicator.frequency if indicator.frequency and counting(indicator.frequency) else "monthly"
    for reading in readings:
        value = _in_unit(reading, measurement.unit, wanted)
        if value is not None:
            period = _period(reading.period, frequency)
            groups.setdefault((period.first, period.last), (period, []))[1].append(value)
    # A rate and a quotient are made of totals.
    of_totals = indicator.normaliser is not None or wanted not in (indicator.unit, measurement.unit)
    together = None if of_totals else _WITHIN.get(indicator.aggregation or "")
    if together is None:
        together = math.fsum if adds_up(measurement.unit) else _mean
    return {days: Point(period, together(values)) for days, (period, values) in groups.items()}


def _period(period: Period, frequency: str) -> Period:
    """The indicator's period that a reading belongs to; its own, where that is longer or the same."""
    number = counting(frequency)
    days = period.last.toordinal() - period.first.toordinal()
    if number is None or frequency_of(period) == frequency:
        return period
    middle = period.first.fromordinal(period.first.toordinal() + days // 2)
    try:
        whole = numbered(frequency, number(middle))
    except ValueError:
        return period
    return whole if days < whole.last.toordinal() - whole.first.toordinal() else period


def _in_unit(reading: Reading, planned: str | None, wanted: str | None) -> float | None:
    """A reading's value in the wanted unit; without a unit of its own it is in the planned one."""
    unit = reading.unit or planned
    if unit is None or wanted is None or unit == wanted:
        return reading.value
    return convert(reading.value, unit, wanted)


def _scale(above: str | None, below: str | None, wanted: str | None) -> float | None:
    """By what a quotient is multiplied to be in the indicator's unit."""
    if above is None or below is None or wanted is None:
        return 1.0
    quotient = f"{above}/({below})"
    # Of units that nobody knows, the indicator says itself what their quotient is.
    return 1.0 if convertible(quotient, wanted) is None else convert(1.0, quotient, wanted)


def _last(values: Iterable[float]) -> float:
    *_, last = values
    return last


def _mean(values: list[float]) -> float:
    return math.fsum(values) / len(values)


_ACROSS: Mapping[str, Callable[[Iterable[float]], float]] = {"max": max, "min": min}
"""How several measurements come together where they are not added up."""

_WITHIN: Mapping[str, Callable[[list[float]], float]] = {"max": max, "min": min, "latest": _last}
"""How the readings of one period come together where neither their total nor their mean counts."""
