"""What analyses cover: of each measurement the days, and of each objective the day of the last look.

An analysis names measurements, indicators (which stand for the measurements they are made
of) and objectives (which stand for their indicator). Without a first day it begins where
the one before it ended. Judges nothing itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from mkdocs_ems import dataclass
from mkdocs_ems.model import AnalysisRecord, IndicatorRow, ObjectiveRow
from mkdocs_ems.model.aggregation import days_after
from mkdocs_ems.rules.values import AuditContext

Days = tuple[date, date]
"""First and last day."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """All analyses up to a day."""

    measurements: Mapping[str, Sequence[Days]]
    """The days that are analysed, in order and without overlap."""
    objectives: Mapping[str, date]
    """The last day up to which the progress of an objective was looked at."""
    since: date | None
    """The first day that any analysis covers; None where there is none."""


def analysed(context: AuditContext) -> Analysed:
    """What the analyses cover that say what the results show."""
    sources = {row.id: _made_of(row) for _, row in context.each(IndicatorRow) if row.id}
    indicators = {row.id: row.kpi for _, row in context.each(ObjectiveRow) if row.id}
    days: defaultdict[str, list[Days]] = defaultdict(list)
    objectives: dict[str, date] = {}
    since: date | None = None
    before = date.min
    for record, end in _in_order(context):
        start = record.period_start or min(days_after(before, 1), end)
        before = end
        since = start if since is None else min(since, start)
        named = (*record.indicators, *(kpi for one in record.objectives if (kpi := indicators.get(one))))
        for name in {*record.measurements, *(one for kpi in named for one in sources.get(kpi, ()))}:
            days[name].append((start, end))
        shown = set(record.indicators)
        for one in {*record.objectives, *(name for name, kpi in indicators.items() if kpi in shown)}:
            objectives[one] = max(end, objectives.get(one, end))
    return Analysed({name: tuple(_merged(found)) for name, found in days.items()}, objectives, since)


def _in_order(context: AuditContext) -> Sequence[tuple[AnalysisRecord, date]]:
    found = []
    for _, record in context.each(AnalysisRecord):
        end = record.period_end or record.date
        if record.closed and end is not None and (record.date or end) <= context.as_of:
            found.append((record, end))
    return sorted(found, key=lambda one: one[1])


def _made_of(row: IndicatorRow) -> tuple[str, ...]:
    return (*row.source, row.normaliser) if row.normaliser else row.source


def _merged(days: Sequence[Days]) -> Iterator[Days]:
    """Spans of days that touch or overlap as one."""
    begin, end = None, date.min
    for first, last in sorted(days):
        if begin is None:
            begin, end = first, last
        elif first <= end or first - end == timedelta(days=1):
            end = max(end, last)
        else:
            yield begin, end
            begin, end = first, last
    if begin is not None:
        yield begin, end
