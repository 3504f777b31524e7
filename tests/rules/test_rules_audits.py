"""Branches of the rules on audits and management reviews that would clutter their pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mkdocs_ems.compile import compile_state
from mkdocs_ems.diagnostics import Basis, Diagnostic, Severity
from mkdocs_ems.git import Repository
from mkdocs_ems.rules import example_files, run_rules
from support.rule_cases import AS_OF, compiled
from support.story import Story

EXAMPLE = example_files()
SETTINGS = EXAMPLE["ems/ems.yml"]


def found(code: str, *files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """What one rule says of files beside the small EMS of the examples."""
    everything = dict(EXAMPLE)
    for some in files:
        everything |= some
    return run_rules(compiled(everything), select=(code,)).diagnostics


def messages(code: str, *files: Mapping[str, str]) -> list[str]:
    return [one.message for one in found(code, *files)]


def programme(*planned: str, more: str = "") -> dict[str, str]:
    """A complete programme with these audits planned, each one line of YAML."""
    lines = "".join(f"      - {{{one}}}\n" for one in planned)
    text = (
        "id: REG-AUP\ntype: audit-programme\ntitle: Programmes\nowner: ROL-MD\nrows:\n  - id: AUP-001\n"
        "    cycle_from: 2025-01-01\n    cycle_to: 2027-12-31\n    frequency: Yearly\n    methods: On site\n"
        "    responsibilities: EHS plans\n    planning: A week before\n    reporting: To the MD\n"
        f"    risk_basis: The line first\n{more}" + (f"    planned:\n{lines}" if lines else "")
    )
    return {"ems/registers/audit-programmes.yml": text}


def records(kind: str, *rows: str) -> dict[str, str]:
    text = f"type: {kind}\ntitle: All\nrows:\n" + "".join(f"  - {{{row}}}\n" for row in rows)
    return {f"ems/records/{kind}s/all.yml": text}


def register(kind: str, *rows: str) -> dict[str, str]:
    lines = "".join(f"  - {{{row}}}\n" for row in rows)
    head = f"id: REG-MORE-{kind.upper()}\ntype: {kind}\ntitle: More\nowner: ROL-MD\nrows:\n"
    return {f"ems/registers/more-{kind}.yml": head + lines}


# --- The programme ------------------------------------------------------------------------


def test_a_programme_for_another_standard_or_withdrawn_is_no_programme() -> None:
    for more in ("    standards: [iso9001]\n", "    status: withdrawn\n"):
        assert messages("AUD001", programme(more=more)) == ["there is no internal audit programme"]


def test_an_empty_register_of_programmes_is_where_the_missing_one_is_told() -> None:
    empty = {"ems/registers/p.yml": "id: REG-AUP\ntype: audit-programme\ntitle: P\nowner: ROL-MD\nrows: []\n"}
    (one,) = found("AUD001", empty)
    assert (one.id, one.span.path) == ("REG-AUP", "ems/registers/p.yml")


def test_a_programme_that_only_begins_later_does_not_hold_today() -> None:
    later = programme()["ems/registers/audit-programmes.yml"].replace("2025-01-01", "2026-07-01")
    assert messages("AUD001", {"ems/registers/p.yml": later}) == [
        "no audit programme holds today: AUP-001 begins only on 2026-07-01"
    ]


def test_a_programme_without_the_days_of_its_cycle_is_told_once() -> None:
    undated = programme()["ems/registers/audit-programmes.yml"].replace("    cycle_to: 2027-12-31\n", "")
    assert messages("AUD001", {"ems/registers/p.yml": undated}) == ["AUP-001 does not say `cycle_to`"]


def test_of_many_clauses_that_nobody_audits_the_first_are_named_and_the_rest_counted() -> None:
    (message,) = messages("AUD002", programme('audit: AUD-1, month: 2026-09, clauses: ["4", "5", "6", "7"]'))
    assert message.startswith(
        "11 clauses of the edition of 2026 are in no internal audit from 2025-01-01 to "
    )
    assert message.endswith(
        "8.1 Operational planning and control, 8.2 Emergency preparedness and response, "
        "9.1.1 General, 9.1.2 Evaluation of compliance, 9.2.1 General and 6 more"
    )


def test_an_audit_without_an_id_is_overdue_with_its_month() -> None:
    (one,) = found("AUD004", programme("title: Yard, month: 2026-Q1"))
    assert one.message == "the audit Yard was planned for 2026-Q1 and has not been made, 62 days after"
    assert one.help == (
        "make it and keep its record and give it its id under `audit`, or plan another `month` with "
        "`moved_from` and `reason`"
    )


def test_an_audit_by_the_certification_body_fulfils_the_plan_it_stands_in() -> None:
    plan = programme("audit: AUD-1, title: Surveillance, month: 2026-03")
    assert messages("AUD004", plan, records("audit", "id: AUD-1, date: 2026-03-04, kind: external")) == []
    assert len(messages("AUD004", plan, records("audit", "id: AUD-1"))) == 1


def test_an_audit_that_was_put_off_without_a_reason_is_a_warning() -> None:
    (one,) = found("AUD004", programme("audit: AUD-1, month: 2026-09, moved_from: 2026-03"))
    assert one.severity is Severity.WARNING


# --- Audits -------------------------------------------------------------------------------

OWNED = register("process", "id: PRC-009, title: Store, owner: ROL-EHS")


def test_who_works_in_a_process_by_a_role_or_as_a_person_does_not_audit_it() -> None:
    store = register("process", "id: PRC-009, title: Store")
    audit = records("audit", "id: AUD-1, date: 2026-03-12, processes: [PRC-009], team: {lead: PER-ZOE}")
    by_role = register("role", "id: ROL-STO, title: Keeper, processes: [PRC-009]")
    holder = register("person", "id: PER-ZOE, title: Zoe, roles: [{role: ROL-STO}]")
    assert messages("AUD005", store, audit, by_role, holder) == [
        "in AUD-1 the auditor PER-ZOE (Zoe) answers for or works in PRC-009 (Store)"
    ]
    herself = register("person", "id: PER-ZOE, title: Zoe, processes: [PRC-009]")
    assert len(messages("AUD005", store, audit, herself)) == 1
    assert messages("AUD005", store, audit, register("person", "id: PER-ZOE, title: Zoe")) == []


def test_a_deputy_of_the_owner_may_audit() -> None:
    roles = {
        "ems/registers/roles.yml": EXAMPLE["ems/registers/roles.yml"].replace(
            "    title: EHS manager\n", "    title: EHS manager\n    deputies: [{person: PER-ZOE}]\n"
        )
    }
    zoe = register("person", "id: PER-ZOE, title: Zoe")
    audit = records("audit", "id: AUD-1, date: 2026-03-12, processes: [PRC-009], team: {lead: PER-ZOE}")
    assert messages("AUD005", OWNED, roles, zoe, audit) == []


def test_the_processes_of_the_plan_count_where_the_record_names_none() -> None:
    plan = programme("audit: AUD-1, month: 2026-03, processes: [PRC-009], auditors: [ROL-MD]")
    audit = records("audit", "id: AUD-1, date: 2026-03-12, team: {lead: ROL-EHS}")
    (one,) = found("AUD005", OWNED, plan, audit)
    assert one.id == "AUD-1"


def test_a_plan_is_not_judged_any_more_once_its_audit_was_made() -> None:
    plan = programme("audit: AUD-1, month: 2026-03, processes: [PRC-009], auditors: [ROL-EHS]")
    made = records("audit", "id: AUD-1, date: 2026-03-12, team: {lead: ROL-MD}")
    assert len(messages("AUD005", OWNED, plan)) == 1
    assert messages("AUD005", OWNED, plan, made) == []


def test_who_wrote_the_issue_in_force_on_the_day_does_not_audit_the_document(tmp_path: Path) -> None:
    maya, ben = "Maya Holm <maya@small.example>", "Ben Okoro <ben@small.example>"
    procedure = EXAMPLE["ems/procedures/rinse-water.md"]
    story = Story(tmp_path / "repository")
    story.commit(dict(EXAMPLE), by=maya, date="2026-01-05")
    story.branch("wording")
    story.commit(
        {"ems/procedures/rinse-water.md": procedure.replace("Read", "Note")}, by=ben, date="2026-02-02"
    )
    story.switch()
    story.merge("wording", by=maya, date="2026-02-03")
    rows = "team: {lead: PER-BEN}, documents: [PRO-001]"
    story.commit(
        records("audit", f"id: AUD-1, date: 2026-03-12, {rows}", f"id: AUD-2, date: 2026-01-20, {rows}"),
        by=maya,
        date="2026-03-20",
    )
    with Repository.open(story.flush()) as repository:
        state = compile_state(repository, ref="main", as_of=AS_OF, now=datetime(2026, 6, 1, tzinfo=UTC))
        (one,) = run_rules(state, select=("AUD005",)).diagnostics
    assert one.message == "in AUD-1 the auditor PER-BEN (Ben Okoro) wrote PRO-001 (Treating rinse water)"


def test_objectives_are_asked_of_audits_by_the_edition_of_2026_alone() -> None:
    audit = records("audit", "id: AUD-1, date: 2026-03-12, scope: All, criteria: [ISO 14001]")
    assert messages("AUD006", audit) == ["AUD-1 does not say its `objectives`"]
    by_2015 = {"ems/ems.yml": SETTINGS.replace('edition: "2026"', 'edition: "2015"')}
    assert messages("AUD006", audit, by_2015) == []


def test_how_soon_an_audit_is_reported_is_the_organisations_own() -> None:
    audit = records("audit", "id: AUD-1, date: 2026-05-12")
    assert messages("AUD007", audit) == []
    soon = {"ems/ems.yml": SETTINGS + "intervals: {audit_report_days: 14}\n"}
    assert messages("AUD007", audit, soon) == [
        "AUD-1 was made on 2026-05-12, 20 days ago, and has not been reported"
    ]


def test_a_nonconformity_that_names_the_finding_answers_it() -> None:
    finding = records("finding", "id: FND-1, audit: AUD-1, grade: major")
    assert len(messages("AUD009", finding)) == 1
    own = {"ems/ems.yml": SETTINGS + "own_fields: [{name: found_by, form: reference, of: [nonconformity]}]\n"}
    raised = register("nonconformity", "id: NCR-1, title: N, found_by: FND-1")
    assert messages("AUD009", finding, own, raised) == []


def test_an_old_nonconformity_is_revisited_by_a_planned_audit_of_its_process() -> None:
    old = records("audit", "id: AUD-1, date: 2025-03-12, processes: [PRC-001]")
    finding = records("finding", "id: FND-1, audit: AUD-1, grade: minor")
    assert messages("AUD010", programme(), old, finding) == [
        "no audit looks again at what earlier ones found: FND-1"
    ]
    again = programme("audit: AUD-2, month: 2026-09, processes: [PRC-001]")
    assert messages("AUD010", again, old, finding) == []
    recent = records("audit", "id: AUD-1, date: 2026-03-12, processes: [PRC-001]")
    assert messages("AUD010", programme(), recent, finding) == []


# --- Management reviews -------------------------------------------------------------------


def review(more: str = "", *, identity: str = "MRV-1", day: str = "2026-02-20") -> str:
    return f"id: {identity}, date: {day}, chair: ROL-MD{more and ', '}{more}"


def test_that_a_review_is_overdue_is_told_by_who_set_the_interval() -> None:
    late = records("management-review", review(day="2025-04-01"))
    (usual,) = found("MRV001", late)
    assert usual.basis is Basis.PRACTICE
    (own,) = found("MRV001", late, {"ems/ems.yml": SETTINGS + "intervals: {management_review: 6 months}\n"})
    assert own.basis is Basis.OWN_RULE
    (never,) = found("MRV001")
    assert never.basis is Basis.STANDARD


def test_a_review_that_is_still_to_be_held_and_one_of_another_system_do_not_count() -> None:
    to_come = review(day="2026-09-01")
    other = review("standards: [iso9001]", identity="MRV-2", day="2026-02-01")
    (one,) = found("MRV001", records("management-review", to_come, other))
    assert one.message == "there is no record of a management review"


def test_only_the_last_review_is_judged_by_what_it_says() -> None:
    thin = review("outputs: {suitability: Yes}", identity="MRV-0", day="2025-02-20")
    for code in ("MRV002", "MRV003"):
        (one,) = found(code, records("management-review", thin, review()))
        assert one.id == "MRV-1"


def test_further_parts_of_a_review_add_to_it() -> None:
    first = review("outputs: {suitability: Yes, adequacy: Yes, effectiveness: Yes}")
    second = review(
        "part_of: MRV-1, outputs: {improvement_decisions: A rinse, ems_changes_resources: None}",
        identity="MRV-2",
        day="2026-03-10",
    )
    assert len(messages("MRV003", records("management-review", first))) == 1
    assert messages("MRV003", records("management-review", first, second)) == []


def test_a_role_of_top_management_that_nobody_marked_is_not_missed() -> None:
    roles = EXAMPLE["ems/registers/roles.yml"].replace("    top_management: true\n", "")
    alone = "id: MRV-1, date: 2026-02-20, chair: ROL-EHS"
    assert messages("MRV004", records("management-review", alone)) == [
        "nobody of top management was at MRV-1"
    ]
    assert messages("MRV004", records("management-review", alone), {"ems/registers/roles.yml": roles}) == []


@pytest.mark.parametrize(
    ("state", "missed"),
    [
        ("status: open", True),
        ("status: done, done_on: 2026-03-10", True),
        ("status: done, done_on: 2026-01-10", False),
        ("status: cancelled", False),
    ],
)
def test_what_was_still_to_be_done_on_the_day_of_the_review_has_to_be_looked_at(
    state: str, *, missed: bool
) -> None:
    action = register("action", f"id: ACT-9, title: Probe, source: [MRV-0], owner: ROL-EHS, {state}")
    both = records("management-review", review(identity="MRV-0", day="2025-02-20"), review())
    assert bool(found("MRV005", action, both)) is missed


def test_data_are_measured_by_the_review_before_where_no_period_is_given() -> None:
    audit = records("audit", "id: AUD-1, date: 2025-03-12")
    named = review("inputs: {audits: {data: [AUD-1]}}")
    before = review(identity="MRV-0", day="2025-05-20")
    assert messages("MRV007", audit, records("management-review", named)) == []
    assert messages("MRV007", audit, records("management-review", before, named)) == [
        "MRV-1 looks back to 2025-05-20, but rests on what is older: AUD-1 of 2025-03-12"
    ]


def test_old_data_under_earlier_actions_are_no_fault() -> None:
    audit = records("audit", "id: AUD-1, date: 2020-03-12")
    named = review("inputs: {previous_actions: {data: [AUD-1]}, ncr_ca: {data: [AUD-1]}}")
    assert messages("MRV007", audit, records("management-review", named)) == []
