"""How far an objective is (6.2): the value that counts, what was asked for by then, and a verdict.

The objective's own aggregation comes before its indicator's; what each of them means stands
in `aggregation`. A target is missed when its day has passed without it, and before that day
where nothing to come can undo what was read: the highest value of the twelve months to the
target's day, or their total, is beyond it already. Judges one objective; who has to do
something about it is the rules' part.
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from enum import StrEnum

from mkdocs_ems import dataclass
from mkdocs_ems.model.aggregation import (
    counted,
    days_after,
    in_unit,
    is_total,
    known_parts,
    total_of,
    year_before,
)
from mkdocs_ems.model.indicators import Part, Point, indicator_points
from mkdocs_ems.model.monitoring import Aggregation, IndicatorRow
from mkdocs_ems.model.objectives import ObjectiveRow
from mkdocs_ems.model.periods import following, read_period
from mkdocs_ems.model.units import convert
from mkdocs_ems.model.values import Model
from mkdocs_ems.text import plural

__all__ = ["Point", "Progress", "ProgressState", "amount", "figure", "indicator_points", "progress"]

_SAME = 1e-9
"""Values that differ by less, of one, are the same: thirds do not come out even."""


class ProgressState(StrEnum):
    """The verdict on an objective on a day."""

    MET = "met"
    NOT_MET_YET = "not met yet"
    MISSED = "missed"
    NO_DATA = "no data"


NO_DATA = ProgressState.NO_DATA


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an objective stands on a day."""

    points: tuple[Point, ...]
    """What the indicator says, one for each period, in the objective's unit."""
    counted: tuple[Point, ...]
    """The value that counts, as of each period, after aggregation."""
    value: float | None
    """The value that decides: the last one that counts, at the latest on the target's day."""
    unit: str | None
    state: ProgressState
    words: str
    """The verdict in a sentence."""
    expected: float | None = None
    """What the interim targets, else the straight line from baseline to target, ask for at that time."""
    behind: bool = False
    """Whether the value is worse than what is expected."""


def progress(objective: ObjectiveRow, *, model: Model, as_of: date) -> Progress:
    """Judge an objective by the readings of its indicator.

    Args:
        objective: the objective.
        model: everything written; readings of later days do not count.
        as_of: the day.
    """
    unit = _unit(objective, model)
    entry = model.by_id.get(objective.kpi or "")
    indicator = entry.entity if entry is not None and isinstance(entry.entity, IndicatorRow) else None
    if indicator is None:
        return _nothing(unit, "no indicator shows how far it is")
    how: Aggregation = objective.aggregation or indicator.aggregation or "latest"
    parts = in_unit(known_parts(indicator, how, model=model, as_of=as_of), indicator.unit, unit)
    if parts is None:
        return _nothing(unit, f"the indicator's {indicator.unit} cannot be turned into {unit}")
    if not parts:
        return _nothing(unit, f"{indicator.id or 'its indicator'} has no reading")
    points = tuple(Point(one.period, one.value) for one in parts)
    judged = _Judged(objective, indicator, how, unit, parts, model.settings.intervals.reading_grace_days)
    return judged.verdict(points, as_of)


@dataclass(frozen=True, slots=True)
class _Judged:
    """One objective with everything that its verdict rests on."""

    objective: ObjectiveRow
    indicator: IndicatorRow
    how: Aggregation
    unit: str | None
    parts: tuple[Part, ...]
    grace: int

    def verdict(self, points: tuple[Point, ...], as_of: date) -> Progress:
        values = tuple(counted(self.parts, self.how, total=self._is_total()))
        day, target = self._day(), self._in_unit(self.objective.target)
        in_time = [one for one in values if day is None or one.period.last <= day]
        if not in_time:
            return self._too_little(Progress(points, values, None, self.unit, NO_DATA, ""), target, as_of)
        last = in_time[-1]
        expected = self._expected(last.period.last)
        found = Progress(points, values, last.value, self.unit, NO_DATA, "", expected)
        if target is None:
            words = f"{self._amount(last.value)} in {last.period.text}; no target can be compared with it"
            return replace(found, words=words)
        state, words = self._state(last, target, as_of)
        behind = expected is not None and self._short(last.value, expected) > 0
        return replace(found, state=state, words=words, behind=behind)

    def _state(self, last: Point, target: float, as_of: date) -> tuple[ProgressState, str]:
        day, short = self._day(), self._short(last.value, target)
        asked = self._amount(target) + (f" by {day}" if day else "")
        now = f"{self._amount(last.value)} {self._manner(last)}"
        if short <= 0:
            return ProgressState.MET, f"{now}; the target is {asked}"
        if day is not None and as_of > day and self._all_in(last, day, as_of):
            return ProgressState.MISSED, f"{now}; the target is {asked}, missed by {figure(short)}"
        beyond = self._beyond_repair(target, day) if day is not None else None
        if beyond is not None:
            there = f"{self._amount(beyond.value)} {'in' if self.how in ('max', 'min') else 'up to'}"
            words = f"{there} {beyond.period.text}; nothing to come can bring that to the target, {asked}"
            return ProgressState.MISSED, words
        return ProgressState.NOT_MET_YET, f"{now}; the target is {asked}"

    def _too_little(self, found: Progress, target: float | None, as_of: date) -> Progress:
        """There are readings, but too few for a value that counts."""
        needs = "three periods" if self.how == "rolling3" else "twelve months"
        many = plural(len(found.points), "period")
        found = replace(
            found, words=f"there are readings of {many}, and {needs} before the target's day count"
        )
        day = self._day()
        if target is None or not self._is_total() or (day is not None and as_of > day):
            return found
        so_far = total_of(self.parts)
        beyond = self._beyond_repair(target, day) if day is not None else None
        state = ProgressState.NOT_MET_YET if beyond is None else ProgressState.MISSED
        if self._way() == "increase" and self._short(so_far, target) <= 0:
            state = ProgressState.MET
        words = f"{self._amount(so_far)} so far; the target is {self._amount(target)}"
        return replace(found, value=so_far, state=state, words=words + (f" by {day}" if day else ""))

    # --- The value that counts ----------------------------------------------------------

    def _is_total(self) -> bool:
        """Whether what counts is a total."""
        return is_total(self.indicator, self.how, self.unit)

    # --- The target ---------------------------------------------------------------------

    def _day(self) -> date | None:
        return self.objective.target.date if self.objective.target else None

    def _short(self, value: float, asked: float) -> float:
        """By how much a value misses what is asked; 0 or less where it does not."""
        if math.isclose(value, asked, rel_tol=_SAME, abs_tol=_SAME):
            return 0.0
        match self._way():
            case "decrease":
                return value - asked
            case "increase":
                return asked - value
            case _:
                return abs(value - asked)

    def _way(self) -> str:
        """Down, up, or neither."""
        named = (self.objective.direction, self.indicator.direction)
        for one in named:
            if one in ("decrease", "increase"):
                return one
        begin, target = self._in_unit(self.objective.baseline), self._in_unit(self.objective.target)
        if begin is None or target is None or begin == target:
            return "stay"
        return "decrease" if target < begin else "increase"

    def _in_unit(self, stated: object) -> float | None:
        """The value of a baseline or target in the unit of the objective."""
        value, unit = getattr(stated, "value", None), getattr(stated, "unit", None)
        if value is None or unit is None or self.unit is None:
            return value
        return convert(value, unit, self.unit)

    def _all_in(self, last: Point, day: date, as_of: date) -> bool:
        """Whether the readings reach the target's day, or have had the time to."""
        return following(last.period).last > day or as_of.toordinal() > day.toordinal() + self.grace

    def _beyond_repair(self, target: float, day: date) -> Point | None:
        """What lies in the target's twelve months and is beyond it, whatever comes; None where nothing is."""
        first, way = year_before(day), self._way()
        window = [one for one in self.parts if first <= one.period.first and one.period.last <= day]
        worst = {("max", "decrease"): max, ("min", "increase"): min}.get((self.how, way))
        if worst is not None and window:
            point = worst(window, key=lambda one: one.value)
            return Point(point.period, point.value) if self._short(point.value, target) > 0 else None
        if self._is_total() and way == "decrease" and window and all(one.value >= 0 for one in window):
            total = total_of(window)
            return Point(window[-1].period, total) if self._short(total, target) > 0 else None
        return None

    def _expected(self, day: date) -> float | None:
        """What is asked for by a day: the last interim target that is due, else the straight line."""
        goal, begin = self.objective.target, self._in_unit(self.objective.baseline)
        target = self._in_unit(goal)
        if goal is None or goal.date is None or target is None:
            return None
        if day >= goal.date:
            return target
        if self.objective.interim_targets:
            due = [one for one in self.objective.interim_targets if one.date <= day]
            return max(due, key=lambda one: one.date).value if due else begin
        start = self._start()
        if begin is None or start >= goal.date:
            return None
        gone = (day - start).days / (goal.date - start).days
        return begin + (target - begin) * min(1.0, max(0.0, gone))

    def _start(self) -> date:
        """Where the straight line begins: where the baseline's period ends, else before the first reading."""
        written = self.objective.baseline.period if self.objective.baseline else None
        period = read_period(written) if written else None
        return period.last if period else days_after(self.parts[0].period.first, -1)

    # --- Words --------------------------------------------------------------------------

    def _amount(self, value: float) -> str:
        return amount(value, self.unit)

    def _manner(self, last: Point) -> str:
        if self.how == "latest":
            return f"in {last.period.text}"
        name = {
            "rolling3": "as the mean of the three periods",
            "max": "at most in the twelve months",
            "min": "at least in the twelve months",
            "ratio-of-sums": "over the twelve months",
        }.get(self.how, "in the twelve months" if self._is_total() else "as the mean of the twelve months")
        return f"{name} to {last.period.text}"


# --- Parts ------------------------------------------------------------------------------


def _unit(objective: ObjectiveRow, model: Model) -> str | None:
    """The unit that an objective is judged in."""
    if objective.unit is not None:
        return objective.unit
    if objective.target is not None and objective.target.unit is not None:
        return objective.target.unit
    entry = model.by_id.get(objective.kpi or "")
    return getattr(entry.entity, "unit", None) if entry is not None else None


def _nothing(unit: str | None, words: str) -> Progress:
    return Progress((), (), None, unit, NO_DATA, words)


def amount(value: float, unit: str | None) -> str:
    """A value with its unit, where that is more than a number of things."""
    return figure(value) if unit in (None, "1", "count", "pH") else f"{figure(value)} {unit}"


def figure(value: float) -> str:
    """A value as a reader wants it: four figures, and all of a greater number."""
    if not value or not math.isfinite(value):
        return "0" if not value else str(value)
    size = math.floor(math.log10(abs(value)))
    if abs(size) > 12:
        return f"{value:.3g}"
    text = f"{value:,.{max(0, 3 - size)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
