"""When something was last checked or maintained, from the records of inspections.

Shared by the rules that ask whether that was too long ago; judges nothing itself. What was
not done, and what is dated after the day, is no check.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date

from mkdocs_ems import dataclass
from mkdocs_ems.model import ControlRow, Entry, InspectionRecord
from mkdocs_ems.rules.values import AuditContext
from mkdocs_ems.text import fold


@dataclass(frozen=True, slots=True)
class Inspected:
    """The last day of each, by the id of the control, or by the folded name of a point."""

    checks: Mapping[str, date] = field(default_factory=dict)
    upkeep: Mapping[str, date] = field(default_factory=dict)
    points: Mapping[str, date] = field(default_factory=dict)


def inspected(context: AuditContext) -> Inspected:
    """The last check and upkeep of each control, and the last look at each point."""
    checks: dict[str, date] = {}
    upkeep: dict[str, date] = {}
    points: dict[str, date] = {}
    for entry, record in context.each(InspectionRecord):
        day = record.period_end or record.date or unread_day(entry, context)
        if day is None or day > context.as_of or record.result == "not-done":
            continue
        if record.control is not None:
            _note(upkeep if record.kind == "maintenance" else checks, record.control, day)
        if record.point is not None:
            _note(points, named(record.point), day)
    return Inspected(checks, upkeep, points)


def unread_day(entry: Entry, context: AuditContext) -> date | None:
    """Today for a record whose day is written and cannot be read: that has a finding, and one is enough."""
    lost = any(route[0] in ("date", "period_end") for route in entry.dropped if route)
    return context.as_of if lost else None


def named(point: str) -> str:
    """The name of a point as it is compared."""
    return " ".join(fold(point).split())


def latest(*days: date | None) -> date | None:
    """The latest of some days, of which any may be unknown."""
    return max((day for day in days if day is not None), default=None)


def controls_in_use(context: AuditContext) -> Iterator[tuple[Entry, ControlRow]]:
    """Every control that is neither withdrawn nor only planned."""
    return (one for one in context.each(ControlRow) if one[1].status in (None, "active"))


def _note(known: dict[str, date], key: str, day: date) -> None:
    if day > known.get(key, date.min):
        known[key] = day
