"""Readings beyond a limit: by law, by the organisation's own alert, or beyond all that is plausible.

Worked out once for the rules on readings. The limits of a measurement are turned into the
unit of its readings once for each unit, so that half a million sound readings cost two
comparisons each. Which rule speaks of what, and who answers, is the rules' part.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum, auto

from mkdocs_ems import dataclass
from mkdocs_ems.compile import Compilation
from mkdocs_ems.model import (
    Entry,
    MeasurementRow,
    Model,
    NonconformityRow,
    ObligationRow,
    Period,
    Reading,
    Series,
)
from mkdocs_ems.model.periods import read_period
from mkdocs_ems.model.progress import amount
from mkdocs_ems.model.units import convert


class Limit(Enum):
    """By whose will a limit stands; the gravest first."""

    LEGAL = auto()
    IMPLAUSIBLE = auto()
    ALERT = auto()


@dataclass(frozen=True, slots=True)
class Bound:
    """One limit of a measurement."""

    limit: Limit
    value: float
    unit: str | None
    highest: bool
    """Whether it is the highest allowed value, or the lowest."""
    name: str
    """Where it stands, in words."""
    since: date = date.min
    statistic: str = "each"
    obligation: str | None = None
    """The obligation whose condition it is; None for a limit of the measurement itself."""
    condition: str | None = None
    """The reference of that condition."""

    @property
    def words(self) -> str:
        """The limit as a reader knows it."""
        return f"{amount(self.value, self.unit)} ({self.name})"


@dataclass(frozen=True, slots=True)
class Excess:
    """One reading, or one year's figure, beyond a limit."""

    entry: Entry
    measurement: MeasurementRow
    reading: Reading
    """For a year's figure the year's last reading."""
    value: str
    """What is compared, in words: `2.2 mg/L in 2026-06`."""
    bound: Bound
    period: Period
    answered: bool
    """Whether a nonconformity names the measurement and the period."""
    passed: tuple[Bound, ...]
    """All limits that it passes, the gravest among them."""

    @property
    def words(self) -> str:
        """The value and the limit in words."""
        side = "above" if self.bound.highest else "below"
        return f"{self.value} is {side} {self.bound.words}"


def excesses(compilation: Compilation) -> tuple[Excess, ...]:
    """Every reading beyond a limit of its measurement, each with the gravest."""
    model = compilation.model
    if not model.series:
        return ()
    conditions, answers = _conditions(model), _answers(compilation)
    found: list[Excess] = []
    for entry in model.entries:
        row = entry.entity
        if not isinstance(row, MeasurementRow) or row.id is None or model.by_id[row.id] is not entry:
            continue
        series = model.series.get(row.id)
        bounds = (*_own(row), *conditions.get(row.id, ()))
        if series is None or not bounds or row.status == "withdrawn":
            continue
        judged = _Judged(entry, row, answers.get(row.id, ()))
        single = [one for one in bounds if one.statistic == "each"]
        found.extend(judged.readings(series, single))
        for bound in bounds:
            if bound.statistic != "each":
                found.extend(judged.years(series, bound, compilation.as_of))
    return tuple(found)


def _own(row: MeasurementRow) -> Iterator[Bound]:
    """What the row itself says."""
    limits = row.limits
    if limits is None:
        return
    for limit, name, low, high in (
        (Limit.LEGAL, "limit by law", limits.legal_min, limits.legal_max),
        (Limit.IMPLAUSIBLE, "plausible", limits.plausible_min, limits.plausible_max),
        (Limit.ALERT, "alert", limits.alert_min, limits.alert_max),
    ):
        if low is not None:
            yield Bound(limit, low, row.unit, highest=False, name=name)
        if high is not None:
            yield Bound(limit, high, row.unit, highest=True, name=name)


def _conditions(model: Model) -> Mapping[str, Sequence[Bound]]:
    """The limits that obligations in force set, by measurement."""
    found: defaultdict[str, list[Bound]] = defaultdict(list)
    for entry in model.entries:
        row = entry.entity
        if not isinstance(row, ObligationRow) or not row.conditions or not _binds(row):
            continue
        for one in row.conditions:
            if one.parameter is not None and one.limit is not None:
                statistic = one.statistic if one.statistic in ("mean", "sum", "percentile-95") else "each"
                name = f"{row.id or row.name}, condition {one.ref}" if one.ref else row.id or row.name
                found[one.parameter].append(
                    Bound(
                        Limit.LEGAL,
                        one.limit,
                        one.unit,
                        highest=one.sense == "at-most",
                        name=name,
                        since=row.effective_from or date.min,
                        statistic=statistic,
                        obligation=row.id,
                        condition=one.ref,
                    )
                )
    return found


def _binds(row: ObligationRow) -> bool:
    """Whether an obligation holds here and today."""
    return row.applicable in (None, "yes") and row.status not in ("repealed", "superseded", "pending")


def _answers(compilation: Compilation) -> Mapping[str, Sequence[Period]]:
    """The periods that nonconformities name, by measurement; a slip in its id counts as what was meant."""
    meant = {one.target: one.suggestion for one in compilation.graph.dangling if one.suggestion}
    found: defaultdict[str, list[Period]] = defaultdict(list)
    for entry in compilation.model.entries:
        row = entry.entity
        for one in row.readings if isinstance(row, NonconformityRow) else ():
            period = read_period(one.period)
            if period is not None:
                found[meant.get(one.measurement, one.measurement)].append(period)
    return found


@dataclass(frozen=True, slots=True)
class _Judged:
    """One measurement whose readings are compared."""

    entry: Entry
    row: MeasurementRow
    answers: Sequence[Period]

    def readings(self, series: Series, bounds: Sequence[Bound]) -> Iterator[Excess]:
        """Every single reading beyond a limit."""
        by_unit: dict[str | None, tuple[float, float, tuple[tuple[Bound, float], ...]]] = {}
        for reading in series.readings:
            if reading.unit not in by_unit:
                turned = tuple(self._turned(bounds, reading.unit))
                low = max((at for bound, at in turned if not bound.highest), default=-math.inf)
                high = min((at for bound, at in turned if bound.highest), default=math.inf)
                by_unit[reading.unit] = low, high, turned
            low, high, turned = by_unit[reading.unit]
            if low <= reading.value <= high:
                continue
            passed = [bound for bound, at in turned if _beyond(reading, bound, at)]
            if passed:
                gravest = min(passed, key=lambda one: one.limit.value)
                value = f"{self._amount(reading.value, reading.unit)} in {reading.period.text}"
                yield self._excess(reading, value, gravest, reading.period, tuple(passed))

    def years(self, series: Series, bound: Bound, as_of: date) -> Iterator[Excess]:
        """Every calendar year whose total, mean or 95th percentile is beyond a limit."""
        by_year: defaultdict[int, list[tuple[Reading, float]]] = defaultdict(list)
        for reading in series.readings:
            value = self._in(bound.unit, reading)
            if value is not None and reading.period.first >= bound.since:
                by_year[reading.period.last.year].append((reading, value))
        for year, pairs in by_year.items():
            whole = Period(date(year, 1, 1), date(year, 12, 31), f"{year:04}")
            values = [value for _, value in pairs]
            # A total that has passed its limit stays beyond it; a mean may still come back.
            if bound.statistic != "sum" and whole.last > as_of:
                continue
            work_out, name = _FIGURES[bound.statistic]
            found = work_out(values)
            if found > bound.value if bound.highest else (found < bound.value and whole.last <= as_of):
                words = f"the {name} of {year:04}, {self._amount(found, bound.unit or self.row.unit)},"
                yield self._excess(pairs[-1][0], words, bound, whole, (bound,))

    def _excess(
        self, reading: Reading, value: str, bound: Bound, period: Period, passed: tuple[Bound, ...]
    ) -> Excess:
        answered = any(one.first <= period.last and period.first <= one.last for one in self.answers)
        named = replace(bound, unit=bound.unit or self.row.unit)
        return Excess(self.entry, self.row, reading, value, named, period, answered, passed)

    def _turned(self, bounds: Sequence[Bound], unit: str | None) -> Iterator[tuple[Bound, float]]:
        """The limits in the unit of a reading, as far as they can be turned into it."""
        for bound in bounds:
            own, wanted = bound.unit or self.row.unit, unit or self.row.unit
            at = bound.value if own is None or wanted is None else convert(bound.value, own, wanted)
            if at is not None:
                yield bound, at

    def _in(self, unit: str | None, reading: Reading) -> float | None:
        own, wanted = reading.unit or self.row.unit, unit or self.row.unit
        return reading.value if own is None or wanted is None else convert(reading.value, own, wanted)

    def _amount(self, value: float, unit: str | None) -> str:
        return amount(value, unit or self.row.unit)


def _beyond(reading: Reading, bound: Bound, at: float) -> bool:
    """Whether a reading passes a limit for certain: `<2` may be anything below."""
    if reading.period.last < bound.since:
        return False
    if bound.highest:
        return reading.value > at and reading.qualifier != "<"
    return reading.value < at and reading.qualifier != ">"


def _percentile_95(values: Sequence[float]) -> float:
    """The smallest value that at least 95 of 100 do not exceed."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


_FIGURES: Mapping[str, tuple[Callable[[Sequence[float]], float], str]] = {
    "mean": (_mean, "mean"),
    "sum": (math.fsum, "total"),
    "percentile-95": (_percentile_95, "95th percentile"),
}
