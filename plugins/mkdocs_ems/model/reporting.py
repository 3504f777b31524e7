"""When a duty to report falls due, period by period, and which communication meets it (7.4.3).

The periods are those of the calendar. A report is due so long after the end of its period
(`within`: a month after June is the last day of July, a month after January the last of
February), on a day of the year (`due_day`; 29 February is the 28th in other years), or on the
period's last day where neither is said. Nothing here judges whether being late was wrong.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date

from mkdocs_ems import dataclass
from mkdocs_ems.model.communications import CommunicationRecord
from mkdocs_ems.model.obligations import Condition, ObligationRow, Reporting
from mkdocs_ems.model.periods import counting, numbered, read_period
from mkdocs_ems.model.series import Period

MOST = 120
"""So many periods back are looked at: ten years of months."""


@dataclass(frozen=True, slots=True)
class DueReport:
    """One period whose report is due, with the communication that brought it."""

    period: Period
    due: date
    record: CommunicationRecord | None = None

    @property
    def late(self) -> bool:
        """Whether it was sent, and after its day."""
        return self.record is not None and self.record.date is not None and self.record.date > self.due


def due_date(plan: Reporting, period: Period) -> date:
    """The day by which the report on a period has to be sent."""
    if plan.due_day is not None and plan.each == "yearly":
        year = period.last.year + (plan.due_in == "following-year")
        month, day = (int(part) for part in plan.due_day.split("-"))
        year = min(year, date.max.year)
        return date(year, month, min(day, monthrange(year, month)[1]))
    if plan.within is None:
        return period.last
    # From the first day after the period, so that a month ends where the calendar's does.
    next_day = period.last.toordinal() + 1
    if next_day > date.max.toordinal():
        return date.max
    end = plan.within.after(date.fromordinal(next_day))
    return end if end == date.max else date.fromordinal(end.toordinal() - 1)


def due_periods(plan: Reporting, *, since: date | None, as_of: date) -> tuple[Period, ...]:
    """The periods whose report was due before a day, the latest last.

    Without a first period only the latest of them: what was before is kept elsewhere.

    Args:
        plan: which periods have a report, and when it is due.
        since: the day from which the duty binds; periods that ended before it have no report.
        as_of: the day.
    """
    number = counting(plan.each)
    assert number is not None, "every frequency of a plan of reports is counted"
    first = read_period(plan.first) if plan.first else None
    lowest = number(first.first) if first else 0
    found: list[Period] = []
    at = number(as_of)
    while at >= lowest and len(found) < (MOST if first else 1):
        try:
            period = numbered(plan.each, at)
        except ValueError:
            break
        if since is not None and period.last < since:
            break
        if due_date(plan, period) < as_of:
            found.append(period)
        elif (as_of - period.last).days > _FURTHEST:
            break
        at -= 1
    return tuple(reversed(found))


_FURTHEST = 4000
"""Days after a period beyond which no report is still to come, for all that is asked for in practice."""


def reports(
    obligation: ObligationRow, condition: Condition, sent: Sequence[CommunicationRecord], *, as_of: date
) -> Iterator[DueReport]:
    """Yield each period of a duty whose report was due, with the first communication that meets it.

    Args:
        obligation: the obligation.
        condition: its condition, with the plan of its reports.
        sent: the communications that name the obligation.
        as_of: the day.
    """
    if condition.report is None:
        return
    single = sum(one.report is not None for one in obligation.conditions) == 1
    by_period: dict[tuple[date, date], CommunicationRecord] = {}
    for record in sorted(sent, key=lambda one: one.date or date.max):
        named = record.condition == condition.ref if record.condition else single
        days = _days(record)
        if named and record.direction != "in" and record.date is not None and days is not None:
            by_period.setdefault(days, record)
    for period in due_periods(condition.report, since=obligation.effective_from, as_of=as_of):
        yield DueReport(
            period, due_date(condition.report, period), by_period.get((period.first, period.last))
        )


def _days(record: CommunicationRecord) -> tuple[date, date] | None:
    """The days that a report is on."""
    named = read_period(record.period) if record.period else None
    if named is not None:
        return named.first, named.last
    if record.period_start is not None and record.period_end is not None:
        return record.period_start, record.period_end
    return None
