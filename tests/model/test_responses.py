"""When a drill or an incident says what it has to say, and is closed."""

from __future__ import annotations

from datetime import date

from mkdocs_ems.model import DrillRecord, IncidentRecord

DAY = date(2026, 6, 16)


def test_a_drill_is_closed_once_it_says_how_it_went_and_what_was_learnt() -> None:
    assert not DrillRecord(date=DAY).closed
    assert not DrillRecord(date=DAY, result="effective").closed
    assert DrillRecord(date=DAY, result="effective", lessons="Nothing has to change.").closed


def test_an_incident_is_closed_once_it_is_investigated_and_something_follows_or_says_why_not() -> None:
    assert not IncidentRecord(date=DAY, result="effective", lessons="Learnt.").closed
    assert not IncidentRecord(date=DAY, investigated_on=DAY).closed
    assert not IncidentRecord(date=DAY, actions=("ACT-001",)).closed
    assert IncidentRecord(date=DAY, investigated_on=DAY, actions=("ACT-001",)).closed
    assert IncidentRecord(date=DAY, investigated_on=DAY, nonconformity="NCR-001").closed
    assert IncidentRecord(date=DAY, investigated_on=DAY, no_action_reason="The tray held it.").closed
