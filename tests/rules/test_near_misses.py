"""What lies beside the examples of the rules: other spellings, days at the edge, what is history already."""

from __future__ import annotations

from textwrap import indent

import pytest

from mkdocs_ems.diagnostics import Basis, Diagnostic, Severity
from mkdocs_ems.rules import example_files, run_rules
from support.rule_cases import in_example

_SMALL = example_files()


def _register(kind: str, *rows: str) -> dict[str, str]:
    head = f"id: REG-{kind.upper()}\ntype: {kind}\ntitle: {kind}\nowner: ROL-MD\nrows:\n"
    return {f"ems/registers/own-{kind}.yml": head + "".join(f"  - {{{row}}}\n" for row in rows)}


def _records(kind: str, slug: str, *rows: str) -> dict[str, str]:
    head = f"type: {kind}\ntitle: {kind}\nrows:\n"
    return {f"ems/records/{slug}/own.yml": head + "".join(f"  - {{{row}}}\n" for row in rows)}


def _found(code: str, *files: dict[str, str]) -> list[Diagnostic]:
    together = {path: text for one in files for path, text in one.items()}
    return [one for one in run_rules(in_example(together)).diagnostics if one.code == code]


# What took several days has no `date`, and is of its last day.

_ON_SITE = _register("provider", "id: SUP-001, title: Cleaners, status: approved, on_site: true")


def test_an_induction_that_took_two_days_is_one() -> None:
    said = "id: TRN-001, kind: induction, period_start: 2026-05-04, period_end: 2026-05-05"
    held = _records("training", "training", f"{said}, by: [ROL-EHS], providers: [SUP-001]")
    assert not _found("TRN007", _ON_SITE, held)


def test_a_complaint_over_several_days_is_answered_in_time_from_its_last() -> None:
    said = "id: COL-001, direction: in, kind: complaint, subject: Smell, by: [ROL-EHS], others: Neighbour"
    since = "period_start: 2026-03-03, period_end: {}"
    late = _records("communication", "communications", f"{said}, {since.format('2026-05-03')}")
    due = _records("communication", "communications", f"{said}, {since.format('2026-05-04')}")
    assert _found("COM002", late)
    assert not _found("COM002", due)


def test_a_week_of_talks_is_something_said_inside() -> None:
    said = "kind: briefing, direction: internal, subject: Talk, by: [ROL-EHS]"
    old = f"id: COL-001, date: 2025-03-31, {said}"
    new = f"id: COL-002, period_start: 2026-03-30, period_end: 2026-04-02, {said}"
    assert _found("COM004", _records("communication", "communications", old))
    assert not _found("COM004", _records("communication", "communications", old, new))


def test_an_audience_in_words_was_told_of_an_aspect() -> None:
    aspect = _register(
        "aspect",
        "id: ASP-001, title: Nickel, process: PRC-001, condition: normal, control: direct, "
        "criteria: {likelihood: 3, severity: 3}",
    )
    named = "id: AWR-001, title: Line, audience: Operators, items: [significant-aspects], date: 2026-02-01"
    assert _found("ASP013", aspect, _register("awareness", named.replace("significant-aspects", "policy")))
    assert not _found("ASP013", aspect, _register("awareness", named))


def test_a_record_that_does_not_say_something_is_told_so_in_a_sentence() -> None:
    said = "id: ANA-001, title: May, date: 2026-05-01, measurements: [MON-001]"
    (told,) = _found("REC003", _records("analysis", "analyses", said))
    assert "has nobody who made it and does not say what the results show" in told.message


def test_of_an_induction_it_is_asked_what_it_was_about_and_no_competence() -> None:
    said = "id: TRN-001, kind: induction, date: 2026-05-04, by: [ROL-EHS], providers: [SUP-001]"
    (told,) = _found("REC003", _ON_SITE, _records("training", "training", said))
    assert told.help == "add `subject: …`"


def test_where_nobody_can_tell_what_an_auditor_needs_no_audit_is_judged() -> None:
    roles = _register("role", "id: ROL-LAB, title: Laboratory, required_for: [auditor, compliance]")
    needs = "id: CMP-001, title: {}, required_by_roles: [ROL-LAB]{}"
    audit = _records(
        "audit", "audits", "id: AUD-001, kind: internal, date: 2026-04-01, team: {lead: PER-MAYA}"
    )
    held = _records("training", "training", "id: TRN-001, kind: course, date: 2026-05-04, people: [PER-BEN]")
    unsaid = _register("competence", needs.format("Law", ""))
    report = run_rules(in_example({**roles, **audit, **held, **unsaid}), select=("TRN009",))
    assert ["ROL-LAB" in one.reason for one in report.not_evaluated] == [True]
    assert report.diagnostics == ()
    said = _register("competence", needs.format("Auditing", ', clauses: ["9.2.2"]'))
    assert _found("TRN009", roles, audit, held, said)


# Nonconformities

_CLOSED = (
    "id: NCR-001, title: No label, owner: ROL-EHS, source: inspection, detected_on: 2026-01-10, "
    "correction: {what: Labelled}, impact_mitigation: None, cause: {text: Nobody told}, similar_check: Done, "
    "ems_changes: {risks: false, aspects: false, documents: false}, processes: [PRC-001], "
    'criterion_clauses: ["8.1"], corrective_actions: [ACT-009], '
    "effectiveness: {method: Walk, result: effective, date: 2026-03-10, by: ROL-MD}, "
    "status: closed, closed_on: 2026-03-12"
)


def _action(said: str) -> dict[str, str]:
    path = "ems/registers/actions.yml"
    row = f"id: ACT-009, title: Tell people, source: [NCR-001], owner: ROL-EHS, due: 2026-12-31, {said}"
    return {path: f"{_SMALL[path]}  - {{{row}}}\n"}


_DONE = _action("status: done, done_on: 2026-02-20, evidence: [Minutes]")


def test_a_case_is_not_closed_while_its_action_is_still_to_be_done() -> None:
    case = _register("nonconformity", _CLOSED)
    (told,) = _found("NCR005", case, _action("status: open"))
    assert "ACT-009 (Tell people) is still to be done" in told.message
    assert not _found("NCR005", case, _DONE)
    assert not _found("NCR005", case, _action("status: cancelled"))


def test_a_case_is_not_closed_before_it_was_found_cured() -> None:
    early = _CLOSED.replace("closed_on: 2026-03-12", "closed_on: 2026-03-09")
    (told,) = _found("NCR005", _register("nonconformity", early), _DONE)
    assert "was closed on 2026-03-09" in told.message


def test_a_promised_answer_is_late_also_once_actions_are_agreed() -> None:
    waits = "id: NCR-001, title: Late sheets, source: complaint, response_due: 2026-05-31, status: {}"
    assert _found("NCR004", _register("nonconformity", waits.format("actions-agreed")))
    assert not _found("NCR004", _register("nonconformity", waits.format("closed")))


_OPEN = "id: NCR-001, title: Drum, source: inspection, status: open, detected_on: {}"


@pytest.mark.parametrize(("found_on", "told"), [("2026-02-28", 1), ("2026-03-01", 0)])
def test_a_case_without_a_day_is_late_after_three_months_as_is_usual(found_on: str, told: int) -> None:
    found = _found("NCR004", _register("nonconformity", _OPEN.format(found_on)))
    assert [(one.basis, one.severity) for one in found] == [(Basis.PRACTICE, Severity.WARNING)] * told


def test_a_case_without_a_day_is_late_after_what_the_organisation_decided() -> None:
    settings = {"ems/ems.yml": _SMALL["ems/ems.yml"] + "intervals: {nonconformity: 30 days}\n"}
    (told,) = _found("NCR004", settings, _register("nonconformity", _OPEN.format("2026-05-01")))
    assert (told.basis, told.severity) == (Basis.OWN_RULE, Severity.ERROR)
    assert "you allow 30 days" in told.message


@pytest.mark.parametrize(("judged_on", "told"), [("2026-05-31", 1), ("2026-06-01", 0)])
def test_a_case_waits_for_the_day_on_which_its_effect_is_judged(judged_on: str, told: int) -> None:
    waits = f"{_OPEN.format('2026-01-12')}, effectiveness: {{method: Walk, due: {judged_on}}}"
    assert len(_found("NCR004", _register("nonconformity", waits))) == told


def test_a_deputy_does_not_hide_that_the_owner_found_the_cure() -> None:
    path = "ems/registers/roles.yml"
    deputy = {
        path: _SMALL[path].replace("required_for:", "deputies: [{person: PER-MAYA}]\n    required_for:")
    }
    case = _register("nonconformity", _CLOSED.replace("by: ROL-MD", "by: PER-BEN"))
    assert _found("NCR006", case, _DONE, deputy)
    assert not _found("NCR006", _register("nonconformity", _CLOSED), _DONE, deputy)


def test_a_clause_is_the_same_with_its_edition_written_before_it() -> None:
    again = "id: NCR-002, title: Again, processes: [PRC-001], detected_on: 2026-05-30, status: open, "
    same = _register("nonconformity", _CLOSED, again + 'criterion_clauses: ["2026:8.1"]')
    other = _register("nonconformity", _CLOSED, again + 'criterion_clauses: ["2015:8.1"]')
    assert _found("NCR007", same, _DONE)
    assert not _found("NCR007", other, _DONE)


def test_of_improvements_begun_this_year_nothing_is_asked_yet() -> None:
    idea = "id: IMP-001, title: LED, status: proposed, proposed_on: {}"
    assert not _found("IMP001", _register("improvement", idea.format("2025-06-01")))
    assert _found("IMP001", _register("improvement", idea.format("2025-05-31")))


# Certificates, gap analyses, other standards


def _certificate(said: str, *events: str) -> dict[str, str]:
    listed = "".join(f"      - {{{one}}}\n" for one in events)
    row = indent(said, "    ").replace("    ", "  - ", 1)
    head = "id: REG-CRT\ntype: certification\ntitle: Certificates\nowner: ROL-MD\nrows:\n"
    return {"ems/registers/certifications.yml": f"{head}{row}    events:\n{listed}"}


@pytest.mark.parametrize(
    "decided",
    [
        pytest.param("2019-05-01", id="its first decision is written"),
        pytest.param("2025-04-20", id="that of its renewal is written"),
    ],
)
def test_a_renewed_certificate_is_surveyed_in_calendar_years(decided: str) -> None:
    said = f"id: CRT-001\ntitle: ISO 14001\nstatus: valid\ndecision_date: {decided}\nexpires_on: 2028-04-30\n"
    assert not _found("CRT001", _certificate(said, "kind: recertification, done: 2025-03-10"))


def test_a_year_of_a_renewed_certificate_without_an_audit_is_told() -> None:
    said = "id: CRT-001\ntitle: ISO 14001\nstatus: valid\ndecision_date: 2018-04-20\nexpires_on: 2027-04-30\n"
    (told,) = _found("CRT001", _certificate(said, "kind: recertification, done: 2024-03-10"))
    assert "was not surveyed in 2025" in told.message


def test_a_certificate_runs_out_also_where_nobody_wrote_its_status() -> None:
    said = "id: CRT-001\ntitle: ISO 14001\nexpires_on: 2026-05-31\n"
    assert _found("CRT002", _certificate(said, "kind: surveillance, done: 2026-02-01"))


def test_an_audit_of_quality_is_none_before_the_certification_of_the_environment() -> None:
    said = "id: CRT-001\ntitle: First\nstatus: planned\n"
    coming = _certificate(said, "kind: stage-2, planned: 2026-07-01")
    audit = "id: AUD-001, title: Q, kind: internal, date: 2026-04-10, reported_on: 2026-04-12"
    (told,) = _found("CRT003", coming, _records("audit", "audits", f"{audit}, standards: [iso9001]"))
    assert "no internal audit and no management review" in told.message
    (told,) = _found("CRT003", coming, _records("audit", "audits", audit))
    assert "no internal audit" not in told.message


def test_a_clause_without_a_status_was_not_assessed() -> None:
    whole = [f'id: GAP-{at:03}, title: C, clause: "{at}", status: met' for at in range(4, 11)]
    assert not _found("GAP001", _register("gap-assessment", *whole))
    (told,) = _found(
        "GAP001", _register("gap-assessment", *whole[:-1], whole[-1].replace(", status: met", ""))
    )
    assert "ISO 14001:2026 says nothing of 10" in told.message


def test_a_gap_analysis_of_another_standard_is_called_by_its_name() -> None:
    row = 'id: GAP-001, title: C, clause: "iso9001:8.4", status: met'
    (told,) = _found("GAP001", _register("gap-assessment", row))
    assert "for ISO 9001:2015 says nothing" in told.message


def test_clauses_of_another_standard_count_where_audits_and_cases_name_them() -> None:
    audit = "id: AUD-001, title: Both, standards: [iso14001, iso9001], date: 2026-04-10, audited_clauses: "
    case = 'id: NCR-001, title: No label, standards: [iso9001], criterion_clauses: ["{}"]'
    assert not _found("IMS001", _records("audit", "audits", f'{audit}["9.2", "iso9001:8.4"]'))
    assert _found("IMS001", _records("audit", "audits", f'{audit}["9.2"]'))
    assert not _found("IMS001", _register("nonconformity", case.format("iso9001:8.4")))
    assert _found("IMS001", _register("nonconformity", case.format("iso45001:8.1")))


def test_an_audit_of_another_standard_alone_is_not_overdue_here() -> None:
    planned = "{title: Q, month: 2026-02, standards: [%s]}"
    row = "id: AUP-001, title: Cycle, cycle_from: 2026-01-01, cycle_to: 2026-12-31, planned: [%s]"
    assert not _found("AUD004", _register("audit-programme", row % (planned % "iso9001")))
    assert _found("AUD004", _register("audit-programme", row % (planned % "iso9001, iso14001")))


# Evaluations, instruments, providers


def test_an_owner_in_person_is_who_holds_the_role_that_evaluated() -> None:
    obligations, kept = "ems/registers/obligations.yml", "ems/records/compliance-evaluations/2026.yml"
    owned = {obligations: _SMALL[obligations].replace("    owner: ROL-EHS", "    owner: PER-BEN")}
    alone = {kept: _SMALL[kept].replace("ROL-MD", "ROL-EHS")}
    assert _found("EVC006", owned, alone)
    assert not _found("EVC006", owned)


def _probe(*calibrations: str) -> tuple[dict[str, str], dict[str, str]]:
    path = "ems/registers/measurements.yml"
    done = ", ".join(f"{{certificate: A, {one}}}" for one in calibrations)
    row = f"id: CAL-001, title: Probe, traceability: NPL, interval: 12 months, calibrations: [{done}]"
    used = {path: _SMALL[path].replace('unit: "1"', 'unit: "1"\n    instrument: CAL-001')}
    return _register("instrument", row), used


def test_an_instrument_that_failed_is_not_used_further() -> None:
    failed = "date: 2026-01-31, result: fail, impact_assessment: None of them matters"
    (told,) = _found("CAL001", *_probe(failed))
    assert "failed its calibration of 2026-01-31; MON-001 is measured by it" in told.message
    assert not _found("CAL001", *_probe(failed, "date: 2026-01-31, result: adjusted"))
    assert not _found("CAL001", *_probe("date: 2026-01-31, result: fail")), "CAL003 tells it"


def test_a_licence_that_a_later_line_renews_is_history() -> None:
    row = "id: SUP-001, title: Haulier, status: approved, licences: [{}]"
    old = "{kind: Carrier, number: A1, valid_to: 2025-08-31}"
    new = "{kind: carrier, number: A2, valid_to: 2028-08-31}"
    other = "{kind: Permit, valid_to: 2028-08-31}"
    assert not _found("SUP003", _register("provider", row.replace("{}", f"{old}, {new}")))
    assert _found("SUP003", _register("provider", row.replace("{}", f"{old}, {other}")))
    assert _found("SUP003", _register("provider", row.replace("{}", f"{new}, {old}")))


# Changes, promises, evidence, wording

_CHANGE = "id: CHG-001, title: Pump, requested_on: 2025-09-01, "


def test_a_change_that_is_in_place_by_its_status_was_approved() -> None:
    (told,) = _found("CHG002", _register("change", f"{_CHANGE}status: implemented"))
    assert "is in place, and nobody approved it" in told.message
    assert not _found("CHG002", _register("change", f"{_CHANGE}status: approved"))


def test_a_change_that_was_put_back_is_not_reviewed() -> None:
    change = f"{_CHANGE}status: implemented, implemented_on: 2025-10-01, temporary_until: 2025-11-01"
    assert _found("CHG005", _register("change", change))
    assert not _found("CHG005", _register("change", f"{change}, reverted_on: 2025-10-30"))


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("change", "id: CHG-001, title: Pump, implemented_on: {}"),
        ("improvement", "id: IMP-001, title: LED, done_on: {}"),
        ("gap-assessment", "id: GAP-001, title: C, assessed_on: {}"),
        ("certification", "id: CRT-001, title: C, events: [{{kind: surveillance, done: {}}}]"),
    ],
)
def test_what_is_done_was_not_done_tomorrow(kind: str, said: str) -> None:
    assert _found("SCH002", _register(kind, said.format("2026-06-02")))
    assert not _found("SCH002", _register(kind, said.format("2026-06-01")))


def test_a_record_that_is_promised_from_next_month_on_is_not_missing() -> None:
    path = "ems/procedures/rinse-water.md"
    walk = "records: [{type: inspection, every: 1 week, of: [OPC-001], since: %s}]"
    text = _SMALL[path].replace("owner: ROL-EHS", f"owner: ROL-EHS\n{walk}")
    assert not _found("REC006", {path: text % "2026-07-01"})
    assert _found("REC006", {path: text % "2026-05-01"})


@pytest.mark.parametrize(
    ("things", "reason"),
    [
        (1, "of OPC-000 the last 4,000 periods were looked at, those before were not. Let `since`"),
        (60, "periods: those of OPC-050, OPC-051, OPC-052, OPC-053, OPC-054, OPC-055 and 4 more were not"),
    ],
)
def test_periods_that_are_too_many_to_be_looked_at_are_told(things: int, reason: str) -> None:
    path = "ems/procedures/rinse-water.md"
    named = ", ".join(f"OPC-{number:03}" for number in range(things))
    walk = f"records: [{{type: inspection, every: 1 day, of: [{named}], since: 2010-01-01}}]"
    report = run_rules(
        in_example({path: _SMALL[path].replace("owner: ROL-EHS", f"owner: ROL-EHS\n{walk}")}),
        select=("REC006",),
    )
    (said,) = (one.reason for one in report.not_evaluated)
    assert reason in said
    assert len(report.diagnostics) == min(things, 50)


@pytest.mark.parametrize(
    ("file", "help_"),
    [
        ("https://scans.example/a.pdf", "`links`"),
        ("ems/policy.md", "`file: policy.md`"),
        ("C:/scans/a.pdf", "from the content folder on"),
    ],
)
def test_a_path_that_cannot_be_evidence_says_what_to_write(file: str, help_: str) -> None:
    shown = f'id: CHK-001, title: pH, date: 2026-05-01, evidence: [{{file: "{file}"}}]'
    (told,) = _found("REC005", _records("inspection", "inspections", shown))
    assert help_ in (told.help or "")


def test_the_certificate_of_a_calibration_is_looked_up_as_any_evidence() -> None:
    (told,) = _found(
        "REC005", *_probe("date: 2026-01-31, result: pass, evidence: [{file: records/gone.pdf}]")
    )
    assert "records/gone.pdf as evidence, and that file is not there" in told.message


def test_the_third_item_of_a_list_is_no_note_of_copyright() -> None:
    path = "ems/procedures/rinse-water.md"
    assert not _found("DOC022", {path: f"{_SMALL[path]}\nWe keep (a) the law, (b) permits, (c) ISO 14001.\n"})
    assert _found("DOC022", {path: f"{_SMALL[path]}\n(C) ISO 2015, all rights reserved\n"})


# Days at the ends of the calendar: a slip of a digit, or a word for "never".


def test_a_cycle_of_centuries_is_judged_as_any_other() -> None:
    cycle = "id: AUP-001, title: Cycle, cycle_from: 0026-01-01, cycle_to: 2028-12-31"
    (told,) = _found("AUD010", _register("audit-programme", cycle))
    assert "does not say on what it is based" in told.message


def test_what_is_never_measured_misses_no_week() -> None:
    path = "ems/registers/measurements.yml"
    never = _SMALL[path].replace(
        "    no_readings: In the log book at the outlet\n", "    starts: 9999-12-31\n"
    )
    assert not _found("MON002", {path: never.replace("frequency: daily", "frequency: weekly")})


# A day that cannot be read has its own finding, and what it would have shown is not missed as well.


def test_a_drill_with_an_unreadable_day_is_not_missed_too() -> None:
    scenario = _register("emergency-scenario", "id: EMR-001, title: Leak, response: [PRO-001]")
    drill = "id: DRL-001, title: Leak, date: {}, scenarios: [EMR-001]"
    assert not _found("EMR002", scenario, _records("drill", "drills", drill.format("3rd May")))
    assert _found("EMR002", scenario, _records("drill", "drills", drill.format("2024-05-03")))


def test_a_check_with_an_unreadable_day_is_not_missed_too() -> None:
    path = "ems/registers/controls.yml"
    monthly = (
        _SMALL[path].partition("    verification:")[0] + "    verification: {method: Log, every: 1 month}\n"
    )
    check = "id: CHK-001, title: Log, date: {}, control: OPC-001, result: in-order"
    assert not _found("OPC006", {path: monthly}, _records("inspection", "inspections", check.format("May")))
    late = _records("inspection", "inspections", check.format("2026-04-28"))
    assert _found("OPC005", {path: monthly}, late)


def test_a_review_with_an_unreadable_day_is_not_missed_too() -> None:
    review = "id: MRV-001, title: Review, date: {}"
    assert not _found("MRV001", _records("management-review", "reviews", review.format("last May")))
    assert _found("MRV001", _records("management-review", "reviews", review.format("2025-05-31")))
