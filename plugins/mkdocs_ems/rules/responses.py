"""When each emergency response was last put to the test, by drills and by real events.

Shared by the rules on emergency preparedness; judges nothing itself. A drill counts from its day;
a real event counts as a test once it was evaluated: until then nobody knows what it showed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from mkdocs_ems.model import (
    DrillRecord,
    EmergencyScenarioRow,
    Entry,
    IncidentRecord,
    ResponseRecord,
)
from mkdocs_ems.rules.checks import unread_day
from mkdocs_ems.rules.values import AuditContext


def scenarios_in_use(context: AuditContext) -> Iterator[tuple[Entry, EmergencyScenarioRow]]:
    """Every emergency scenario that is neither withdrawn nor only planned."""
    return (one for one in context.each(EmergencyScenarioRow) if one[1].status in (None, "active"))


def events(context: AuditContext) -> Iterator[tuple[Entry, ResponseRecord, date]]:
    """Every drill and incident up to the day, with its date."""
    for kind in (DrillRecord, IncidentRecord):
        for entry, record in context.each(kind):
            day = record.date or record.period_end or unread_day(entry, context)
            if day is not None and day <= context.as_of:
                yield entry, record, day


def last_tests(context: AuditContext) -> Mapping[str, date]:
    """The last day on which the response to each scenario was tested, by the scenario's id."""
    last: dict[str, date] = {}
    for _, record, day in events(context):
        if isinstance(record, DrillRecord) or record.evaluated:
            for scenario in record.scenarios:
                last[scenario] = max(day, last.get(scenario, day))
    return last
