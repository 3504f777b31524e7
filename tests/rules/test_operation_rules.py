"""The rules on operation and emergencies: what counts as the last check, to the day; what is told once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from mkdocs_ems.diagnostics import Basis, Diagnostic, Severity
from mkdocs_ems.rules import run_rules
from support.rule_cases import compiled

AS_OF = date(2026, 6, 1)


def found(*codes: str, as_of: date = AS_OF, intervals: str = "{}", **files: str) -> list[Diagnostic]:
    """What rules find in registers by their type, and in records by theirs, below `rec_`."""
    texts = {"ems/ems.yml": f"schema: 1\norganisation: {{name: Small Works}}\nintervals: {intervals}\n"}
    for name, rows in files.items():
        key = name.removeprefix("rec_").replace("_", "-")
        if name.startswith("rec_"):
            texts[f"ems/records/{key}.yml"] = f"type: {key}\nrows:\n{rows}"
        else:
            texts[f"ems/registers/{key}.yml"] = f"id: REG-{key.upper()}\ntype: {key}\nrows:\n{rows}"
    return list(run_rules(compiled(texts, as_of=as_of), select=codes).diagnostics)


def ids(diagnostics: Sequence[Diagnostic]) -> list[str | None]:
    return [one.id for one in diagnostics]


CONTROL = "  - {id: OPC-001, title: Scrubber, verification: {every: 1 week}}\n"


@pytest.mark.parametrize(
    ("checked", "late"),
    [("2026-05-22", False), ("2026-05-21", True), ("2026-06-01", False)],
)
def test_a_weekly_check_may_come_three_days_late_and_not_four(checked: str, late: bool) -> None:  # noqa: FBT001 - a case
    record = f"  - {{id: CHK-001, date: {checked}, control: OPC-001, result: in-order}}\n"
    assert bool(found("OPC005", control=CONTROL, rec_inspection=record)) is late


def test_what_was_not_done_and_what_lies_ahead_is_no_check() -> None:
    records = (
        "  - {id: CHK-001, date: 2026-04-01, control: OPC-001, result: in-order}\n"
        "  - {id: CHK-002, date: 2026-05-30, control: OPC-001, result: not-done}\n"
        "  - {id: CHK-003, date: 2026-06-02, control: OPC-001, result: in-order}\n"
        "  - {id: CHK-004, date: 2026-05-30, control: OPC-001, kind: maintenance, result: in-order}\n"
    )
    (finding,) = found("OPC005", control=CONTROL, rec_inspection=records)
    assert "the last was on 2026-04-01" in finding.message


def test_a_check_of_several_days_counts_from_its_last() -> None:
    record = "  - {id: CHK-001, period_end: 2026-05-31, control: OPC-001, result: in-order}\n"
    assert not found("OPC005", "OPC006", control=CONTROL, rec_inspection=record)


def test_a_month_after_the_last_of_january_ends_with_february() -> None:
    control = "  - {id: OPC-001, title: Penstock, verification: {every: 1 month, last: 2028-01-31}}\n"
    grace = "{check_grace_days: 0}"
    assert not found("OPC005", control=control, intervals=grace, as_of=date(2028, 2, 29))
    assert found("OPC005", control=control, intervals=grace, as_of=date(2028, 3, 1))


def test_a_control_never_checked_is_told_by_one_rule_alone() -> None:
    rows = CONTROL + "  - {id: OPC-002, title: Alarm, verification: {every: 1 week, last: 2026-01-01}}\n"
    assert [(one.code, one.id) for one in found("OPC005", "OPC006", control=rows)] == [
        ("OPC006", "OPC-001"),
        ("OPC005", "OPC-002"),
    ]


def test_a_suspended_provider_is_asked_for_nothing() -> None:
    rows = (
        "  - {id: SUP-001, title: Carrier, status: suspended, evaluated_every: 1 year, on_site: true,\n"
        "     licences: [{kind: Carrier, valid_to: 2020-01-01}]}\n"
    )
    assert not found("SUP", provider=rows)


@pytest.mark.parametrize(
    ("valid_to", "intervals", "severity", "basis"),
    [
        ("2026-05-31", "{}", Severity.ERROR, Basis.LAW),
        ("2026-06-01", "{}", Severity.WARNING, Basis.PRACTICE),
        ("2026-06-20", "{renewal_warning_days: 30}", Severity.WARNING, Basis.OWN_RULE),
        ("2026-07-20", "{renewal_warning_days: 30}", None, None),
    ],
)
def test_a_licence_breaks_law_only_after_its_last_day(
    valid_to: str, intervals: str, severity: Severity | None, basis: Basis | None
) -> None:
    rows = f"  - {{id: SUP-001, title: Carrier, licences: [{{kind: Carrier, valid_to: {valid_to}}}]}}\n"
    told = [(one.severity, one.basis) for one in found("SUP003", provider=rows, intervals=intervals)]
    assert told == ([] if severity is None else [(severity, basis)])


SCENARIO = "  - {id: EMR-001, title: Spill, drill_interval_months: 12}\n"


def test_a_drill_counts_at_once_and_an_incident_once_it_is_evaluated() -> None:
    event = "  - {{id: {0}, date: 2026-05-20, scenarios: [EMR-001]{1}}}\n"
    assert not found("EMR002", emergency_scenario=SCENARIO, rec_drill=event.format("DRL-001", ""))
    assert found("EMR002", emergency_scenario=SCENARIO, rec_incident=event.format("INC-001", ""))
    evaluated = event.format("INC-001", ", result: effective, lessons: None needed")
    assert not found("EMR002", emergency_scenario=SCENARIO, rec_incident=evaluated)


def test_a_late_drill_by_what_is_usual_is_a_warning_and_by_your_own_interval_an_error() -> None:
    rows = "  - {id: EMR-001, title: Spill, last_drill: 2025-03-01}\n"
    (usual,) = found("EMR002", emergency_scenario=rows)
    (own,) = found("EMR002", emergency_scenario=rows, intervals="{drills: 6 months}")
    assert (usual.severity, usual.basis) == (Severity.WARNING, Basis.PRACTICE)
    assert (own.severity, own.basis) == (Severity.ERROR, Basis.STANDARD)


def test_equipment_that_three_scenarios_share_is_told_once() -> None:
    piece = "equipment: [{name: Red kits, place: Yard, check_interval: 1 month}]"
    rows = "".join(f"  - {{id: EMR-00{n}, title: Spill, {piece}}}\n" for n in (1, 2, 3))
    assert ids(found("EMR006", emergency_scenario=rows)) == ["EMR-001"]
    record = "  - {id: CHK-001, date: 2026-05-20, point: red  KITS, result: in-order}\n"
    assert not found("EMR006", emergency_scenario=rows, rec_inspection=record)


def test_a_critical_role_with_two_holders_needs_no_deputy() -> None:
    role = "  - {id: ROL-SHL, title: Shift leader, critical: true}\n"
    one = "  - {id: PER-A, title: A, roles: [{role: ROL-SHL}]}\n"
    two = one + "  - {id: PER-B, title: B, roles: [{role: ROL-SHL}]}\n"
    assert ids(found("ROL005", role=role, person=one)) == ["ROL-SHL"]
    assert not found("ROL005", role=role, person=two)
    assert not found("ROL005", role=role)  # that nobody holds it, ROL004 says


def test_a_system_without_any_processes_is_told_at_its_settings() -> None:
    (finding,) = found("CTX012")
    assert finding.span.path == "ems/ems.yml"
