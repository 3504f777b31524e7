"""Objectives and indicators in pictures: what was read, what counts, what was asked for, the verdict.

The verdict itself is the model's (`model.progress`); here it gets a chart and a table that
holds the same numbers. Nothing here judges.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from markupsafe import Markup, escape

from mkdocs_ems import dataclass
from mkdocs_ems.graph import Node
from mkdocs_ems.model import IndicatorRow, ObjectiveRow
from mkdocs_ems.model.entities import Baseline, Target
from mkdocs_ems.model.periods import frequency_of, read_period
from mkdocs_ems.model.progress import (
    Point,
    Progress,
    ProgressState,
    amount,
    figure,
    indicator_points,
    progress,
)
from mkdocs_ems.model.units import convert
from mkdocs_ems.pages import words
from mkdocs_ems.pages.charts import Chart, Level, Size, Spot, drawn
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.view import View

LATEST = 24
"""So many periods stand in the table."""
_FAR_APART = 1.5
"""What counts and is so many times what is read in a period is a total: no picture holds both."""

_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}[.,;]?)")
_COUNTS = {
    "latest": "the latest reading",
    "sum": "the sum of the last twelve months",
    "mean": "the mean of the last twelve months",
    "max": "the highest of the last twelve months",
    "min": "the lowest of the last twelve months",
    "rolling3": "the mean of the last three periods",
    "rolling12": "the last twelve months together",
    "ratio-of-sums": "the sums of the last twelve months, one divided by the other",
}


@dataclass(frozen=True, slots=True)
class PointLine:
    """One period of the table."""

    period: str
    read: str
    counts: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """What was asked for by a day."""

    name: str
    value: str
    when: str


def progress_of(node: Node, view: View) -> Progress:
    """How far an objective is on the manual's day."""
    assert isinstance(node.entity, ObjectiveRow), "asked of objectives alone"
    return progress(node.entity, model=view.shown.model, as_of=view.shown.as_of)


def progress_section(node: Node, view: View, _links: Links) -> Markup:
    """Verdict, chart, what was asked for, and the numbers of an objective."""
    objective = node.entity
    assert isinstance(objective, ObjectiveRow), "the table of sections names this kind"
    found = progress_of(node, view)
    how = _aggregation(objective, view)
    body = render(
        "progress.html",
        id=node.id,
        verdict=verdict_words(found),
        strong=calls_for_action(found),
        said=kept(said_words(found)),
        expected=_expected(found),
        charts=_charts(node.id, objective, found, how),
        how=how,
        plan=_plan(objective),
        lines=_lines(found.points, found.counted),
        both=found.counted != found.points,
        unit=found.unit,
        earlier=max(0, len(found.points) - LATEST),
    )
    return Markup(body)  # noqa: S704 - an autoescaping template


def values_section(node: Node, view: View, _links: Links) -> Markup:
    """Chart and numbers of an indicator."""
    indicator = node.entity
    assert isinstance(indicator, IndicatorRow), "the table of sections names this kind"
    points = indicator_points(indicator, model=view.shown.model)
    chart = Chart(
        anchor=f"chart-{node.id}",
        title=f"{node.id} {node.title}",
        said=f"{_range(points, indicator.unit)} The table below holds the numbers." if points else "",
        unit=indicator.unit or "",
        line=_spots(points),
        finest=_finest(points),
    )
    body = render(
        "values.html",
        id=node.id,
        chart=drawn(chart) if indicator.chart else "",
        said=_range(points, indicator.unit) if points else "",
        lines=_lines(points, ()),
        unit=indicator.unit,
        earlier=max(0, len(points) - LATEST),
    )
    return Markup(body)  # noqa: S704 - an autoescaping template


def chart_of(node: Node, found: Progress, *sizes: Size) -> Markup:
    """The chart of what counts for an objective; nothing where it has no reading."""
    assert isinstance(node.entity, ObjectiveRow), "asked of objectives alone"
    return drawn(_chart(node.id, node.entity, found), *sizes)


def verdict_words(found: Progress) -> str:
    """The verdict in two or three words."""
    return words.sentence(found.state.value)


def said_words(found: Progress) -> str:
    """The verdict in a sentence."""
    return f"{words.sentence(words.with_months(found.words))}."


def kept(sentence: str) -> Markup:
    """A sentence in which no date is broken over two lines."""
    pieces = _DAY.split(sentence)
    return Markup("").join(
        Markup('<span class="ems-keep">%s</span>') % piece if index % 2 else escape(piece)
        for index, piece in enumerate(pieces)
    )


def calls_for_action(found: Progress) -> bool:
    """Whether somebody has to act: it is missed, or behind."""
    return found.state is ProgressState.MISSED or found.behind


def value_words(found: Progress) -> str:
    """The value that decides, with its unit; empty where there is none."""
    return "" if found.value is None else amount(found.value, found.unit)


def target_words(objective: ObjectiveRow) -> str:
    """The target with its unit; empty where there is none."""
    target = objective.target
    return "" if target is None else amount(target.value, target.unit or objective.unit)


def _aggregation(objective: ObjectiveRow, view: View) -> str:
    """Which value counts, in words."""
    how = objective.aggregation
    entry = view.shown.model.by_id.get(objective.kpi or "")
    if how is None and entry is not None and isinstance(entry.entity, IndicatorRow):
        how = entry.entity.aggregation
    return _COUNTS[how or "latest"]


def _expected(found: Progress) -> str:
    if found.expected is None or found.state is not ProgressState.NOT_MET_YET:
        return ""
    asked = f"By then {amount(found.expected, found.unit)} was asked for"
    return f"{asked}: it is behind." if found.behind else f"{asked}: it is on its way."


def _charts(identity: str, objective: ObjectiveRow, found: Progress, how: str) -> list[tuple[Markup, str]]:
    """The pictures, each with what it shows."""
    if not found.points:
        return []
    main = _chart(identity, objective, found)
    planned = "; dotted: what was planned" if main.course else ""
    if not found.counted or _is_far(found):
        read = Chart(
            anchor=f"read-{identity}",
            title=f"{identity}, what was read in each period",
            said=f"{_range(found.points, found.unit)} The table below holds the numbers.",
            unit=found.unit or "",
            line=_spots(found.points),
            finest=_finest(found.points),
        )
        pictures = [(drawn(main), f"Line: {how}{planned}.")] if found.counted else []
        return [*pictures, (drawn(read), "What was read in each period.")]
    circles = "; circles: what was read in each period" if main.dots else ""
    return [(drawn(main), f"Line: {how}{circles}{planned}.")]


def _chart(identity: str, objective: ObjectiveRow, found: Progress) -> Chart:
    counted = found.counted or found.points
    levels: list[Level] = []
    target, begin = _in_unit(objective.target, found.unit), _in_unit(objective.baseline, found.unit)
    if found.counted and target is not None:
        levels.append(Level(target, "target", "target"))
    if found.counted and begin is not None:
        levels.append(Level(begin, "start"))
    goal = f" Target: {target_words(objective)}" if objective.target else ""
    goal += f" by {words.day(objective.target.date)}." if objective.target and objective.target.date else "."
    return Chart(
        anchor=f"chart-{identity}",
        title=f"{identity} {objective.name}",
        said=f"{verdict_words(found)}: {said_words(found)}{goal if objective.target else ''}",
        unit=found.unit or "",
        line=_spots(counted),
        dots=_spots(found.points) if found.counted not in ((), found.points) and not _is_far(found) else (),
        course=_course(objective, found) if found.counted else (),
        levels=tuple(levels),
        finest=_finest(counted),
    )


def _is_far(found: Progress) -> bool:
    """Whether what counts is a total that dwarfs what is read in a period."""
    if not found.points or not found.counted:
        return False
    most = max(abs(one.value) for one in found.points)
    return max(abs(one.value) for one in found.counted) > _FAR_APART * most


def _course(objective: ObjectiveRow, found: Progress) -> tuple[Spot, ...]:
    """From the start over the interim targets to the target."""
    target, begin = objective.target, objective.baseline
    if target is None or target.date is None or not found.points:
        return ()
    period = read_period(begin.period) if begin and begin.period else None
    start = period.last if period else found.points[0].period.first
    steps = sorted(objective.interim_targets, key=lambda one: one.date)
    spots = [Spot(one.date, one.value) for one in steps]
    value, first = _in_unit(target, found.unit), _in_unit(begin, found.unit)
    if value is None:
        return ()
    if first is not None and start < target.date and all(start < spot.day for spot in spots):
        spots.insert(0, Spot(max(start, _earliest(found.points)), first))
    return (*spots, Spot(target.date, value))


def _in_unit(stated: Baseline | Target | None, unit: str | None) -> float | None:
    """A start or target in the unit of the picture; None where there is none, or it cannot be turned."""
    if stated is None or stated.unit is None or unit is None:
        return None if stated is None else stated.value
    return convert(stated.value, stated.unit, unit)


def _earliest(points: Sequence[Point]) -> date:
    """The axis of days begins with the readings: an older start stands there."""
    return points[0].period.first


def _spots(points: Sequence[Point]) -> tuple[Spot, ...]:
    return tuple(Spot(one.period.last, one.value) for one in points)


def _finest(points: Sequence[Point]) -> str:
    if not points:
        return "month"
    frequency = frequency_of(points[-1].period)
    return {"daily": "day", "weekly": "day", "yearly": "year"}.get(frequency, "month")


def _range(points: Sequence[Point], unit: str | None) -> str:
    low, high = (figure(way(one.value for one in points)) for way in (min, max))
    last = f"the latest is {amount(points[-1].value, unit)} in {words.period(points[-1].period)}"
    return f"{low} to {high} {unit or ''}".rstrip() + f"; {last}."


def _plan(objective: ObjectiveRow) -> list[PlanLine]:
    """Start, interim targets and target."""
    made: list[PlanLine] = []
    if objective.baseline is not None:
        begin = objective.baseline
        made.append(PlanLine("Start", amount(begin.value, begin.unit or objective.unit), begin.period or ""))
    made += [
        PlanLine("Interim target", amount(one.value, objective.unit), words.day(one.date))
        for one in sorted(objective.interim_targets, key=lambda step: step.date)
    ]
    if objective.target is not None:
        day = objective.target.date
        made.append(PlanLine("Target", target_words(objective), words.day(day) if day else ""))
    return made


def _lines(points: Sequence[Point], counted: Sequence[Point]) -> list[PointLine]:
    """The newest periods first, what was read beside what counts."""
    counts = {one.period: figure(one.value) for one in counted}
    return [
        PointLine(words.period(one.period), figure(one.value), counts.get(one.period, ""))
        for one in reversed(points[-LATEST:])
    ]
