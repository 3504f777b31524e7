"""Branches of the rules of planning (aspects, obligations, controls) that would clutter their pages."""

from __future__ import annotations

import pytest

from mkdocs_ems.diagnostics import Basis, Diagnostic, Severity
from mkdocs_ems.rules import example_files, run_rules
from support.rule_cases import in_example

SIGNIFICANT = "{likelihood: 3, severity: 3}"
MINOR = "{likelihood: 1, severity: 1}"


def register(kind: str, *rows: str, head: str = "") -> str:
    """A register of one kind; each row is its lines after the dash, joined by `; `."""
    text = f"id: REG-{kind.upper()}\ntype: {kind}\ntitle: {kind}\nowner: ROL-EHS\n{head}rows:\n"
    return text + "".join("  - " + "\n    ".join(row.split("; ")) + "\n" for row in rows)


def aspect(number: int, *more: str, title: str = "Nickel in rinse water", criteria: str = MINOR) -> str:
    """A row of the register of aspects."""
    fixed = (f"id: ASP-{number:03}", f"title: {title}", "process: PRC-001", "impacts: [{text: Toxic}]")
    return "; ".join((*fixed, f"criteria: {criteria}", *more))


def obligation(number: int, *more: str, kind: str = "legislation") -> str:
    """A row of the register of obligations."""
    fixed = (f"id: OBL-{number:03}", f"title: Duty {number}", f"citation: Act {number}", f"type: {kind}")
    return "; ".join((*fixed, "jurisdiction: GB-ENG", "owner: ROL-EHS", "how_it_applies: We comply.", *more))


def judged(code: str, **registers: str) -> list[Diagnostic]:
    """What one rule says of registers, named by their kind with `_`, beside the small EMS of the examples."""
    plural = {"process": "processes", "aspect": "aspects", "obligation": "obligations"}
    files = {
        "ems/ems.yml" if kind == "settings" else f"ems/registers/{plural.get(kind, kind + 's')}.yml": text
        for kind, text in registers.items()
    }
    return list(run_rules(in_example(files), select=(code,)).diagnostics)


def subjects(code: str, **registers: str) -> list[str | None]:
    """The ids of what a rule speaks of."""
    return [one.id for one in judged(code, **registers)]


def settings(**lines: str) -> str:
    """The small EMS's `ems.yml` with more lines."""
    more = "".join(f"{key}: {value}\n" for key, value in lines.items())
    return example_files()["ems/ems.yml"] + more


# --- Slips: what was meant is not told as missing from the other side ----------------------


@pytest.mark.parametrize(
    "link",
    [
        "aspects: [ASP-0001]",
        "aspects: ASP-001",
        "aspects: [asp-001]",
        'aspects: "ASP-009, ASP-001"',
        "aspects: {first: ASP-001}",
    ],
)
def test_a_slip_in_the_obligation_is_not_told_at_the_aspect_as_well(link: str) -> None:
    aspects = register("aspect", aspect(1, "topic: effluent"))
    files = {"aspect": aspects, "obligation": register("obligation", obligation(1, link))}
    assert subjects("ASP016", **files) == []
    assert judged("SCH001", **files) or judged("REF001", **files)


def test_a_slip_that_means_another_aspect_excuses_nobody_else() -> None:
    aspects = register("aspect", aspect(1, "topic: effluent"), aspect(2, "topic: air", title="Fume"))
    obligations = register("obligation", obligation(1, "aspects: ASP-002"))
    assert subjects("ASP016", aspect=aspects, obligation=obligations) == ["ASP-001"]


def test_a_row_without_an_id_still_answers_what_it_names() -> None:
    nameless = "title: Somebody forgot; aspects: [ASP-001]"
    aspects = register("aspect", aspect(1, "condition: emergency"))
    scenarios = register("emergency-scenario", nameless)
    files = {"aspect": aspects, "emergency": scenarios}
    assert subjects("ASP017", **files) == []


def test_a_row_whose_id_is_taken_still_answers_what_it_names() -> None:
    rows = (obligation(1), obligation(1, "aspects: [ASP-001]"))
    aspects = register("aspect", aspect(1, "topic: effluent"))
    assert subjects("ASP016", aspect=aspects, obligation=register("obligation", *rows)) == []


# --- Aspects --------------------------------------------------------------------------------


def test_where_every_aspect_is_withdrawn_no_life_cycle_is_asked_for() -> None:
    assert judged("ASP003", aspect=register("aspect", aspect(1, "status: withdrawn"))) == []


def test_a_stage_that_cannot_be_read_may_have_been_any() -> None:
    rows = (aspect(1, "lifecycle_stage: [prodction]"), aspect(2, "lifecycle_stage: [production]"))
    assert judged("ASP003", aspect=register("aspect", *rows)) == []


def test_the_whole_register_is_asked_for_by_the_standard_and_each_row_by_the_own_rule() -> None:
    rows = register("aspect", aspect(1, "lifecycle_stage: [production]"))
    (whole,) = judged("ASP003", aspect=rows)
    assert (whole.id, whole.basis, whole.span.line) == ("REG-ASPECT", Basis.STANDARD, 1)
    own = settings(aspects="{stage_required: true}")
    (row,) = judged("ASP003", settings=own, aspect=register("aspect", aspect(1)))
    assert (row.id, row.basis) == ("ASP-001", Basis.OWN_RULE)


@pytest.mark.parametrize(
    ("links", "others", "found"),
    [
        ("monitoring: [MON-001]", {}, 0),
        ("controls: [OPC-001]", {"measurement": "id: MON-001; title: pH; why: [OPC-001]"}, 0),
        ("controls: [OPC-001]", {"measurement": "id: MON-001; title: pH"}, 1),
        ("objectives: [OBJ-001]", {"objective": "id: OBJ-001; title: Less; kpi: KPI-001"}, 0),
        ("objectives: [OBJ-001]", {"objective": "id: OBJ-001; title: Less"}, 1),
        (
            "objectives: [OBJ-001]",
            {"objective": "id: OBJ-001; title: Less; kpi: KPI-001; status: withdrawn"},
            1,
        ),
        ("notes: None", {"objective": "id: OBJ-001; title: Less; kpi: KPI-001; basis: [ASP-001]"}, 0),
        ("obligations: [OBL-009]", {}, 1),
    ],
)
def test_an_aspect_is_watched_through_what_it_is_linked_to(
    links: str, others: dict[str, str], found: int
) -> None:
    rows = {kind: register(kind, row) for kind, row in others.items()}
    aspects = register("aspect", aspect(1, links, "control: direct", criteria=SIGNIFICANT))
    assert subjects("ASP011", aspect=aspects, **rows) == (["ASP-001"] if found else [])


@pytest.mark.parametrize(
    ("more", "basis"),
    [
        ("control: direct", Basis.STANDARD),
        ("notes: Nobody said", Basis.STANDARD),
        ("control: influence", Basis.PRACTICE),
        ("condition: emergency", Basis.PRACTICE),
    ],
)
def test_only_of_its_own_operations_is_monitoring_said_to_be_asked_by_the_standard(
    more: str, basis: Basis
) -> None:
    (one,) = judged("ASP011", aspect=register("aspect", aspect(1, more, criteria=SIGNIFICANT)))
    assert one.basis is basis


@pytest.mark.parametrize(("why", "found"), [("OBL-001", 0), ("OBL-001, ASP-002", 1), ("ASP-001", 0)])
def test_what_an_obligation_has_measured_for_other_aspects_does_not_watch_this_one(
    why: str, found: int
) -> None:
    rows = {
        "aspect": register(
            "aspect",
            aspect(1, "obligations: [OBL-001]", "control: direct", criteria=SIGNIFICANT),
            aspect(2, "control: direct"),
        ),
        "obligation": register(
            "obligation", obligation(1, "conditions: [{text: Chromium, limit: 1, parameter: MON-001}]")
        ),
        "measurement": register("measurement", f"id: MON-001; title: Chromium; why: [{why}]"),
    }
    assert subjects("ASP011", **rows) == (["ASP-001"] if found else [])


def test_a_measured_control_that_was_given_up_watches_nothing() -> None:
    rows = {
        "aspect": register("aspect", aspect(1, "controls: [OPC-001]", criteria=SIGNIFICANT)),
        "control": register("control", "id: OPC-001; title: Check; status: withdrawn"),
        "measurement": register("measurement", "id: MON-001; title: pH; why: [OPC-001]"),
    }
    assert subjects("ASP011", **rows) == ["ASP-001"]


def test_dates_that_cannot_be_read_are_not_called_missing_from_their_register() -> None:
    rows = (aspect(1, "assessed_on: 3 March 2026"), aspect(2, "assessed_on: 4 March 2026"))
    assert judged("ASP014", aspect=register("aspect", *rows, head="review_every: 1 year\n")) == []


def test_a_date_that_cannot_be_read_is_not_called_missing() -> None:
    rows = register("aspect", aspect(1, "review_every: 1 year", "assessed_on: 3 March 2026"))
    assert judged("ASP014", aspect=rows) == []


def test_the_later_of_assessment_and_review_counts() -> None:
    rows = (
        aspect(1, "assessed_on: 2026-03-01", "last_reviewed: 2020-03-01"),
        aspect(2, "assessed_on: 2020-03-01", "last_reviewed: 2026-03-01"),
        aspect(3, "last_reviewed: 2020-03-01"),
    )
    text = register("aspect", *rows, head="review_every: 1 year\n")
    assert subjects("ASP014", aspect=text) == ["ASP-003"]


def test_that_no_row_was_ever_assessed_is_told_once_but_a_single_gap_at_its_row() -> None:
    head = "review_every: 1 year\n"
    none = register("aspect", aspect(1), aspect(2), aspect(3, "status: withdrawn"), head=head)
    (whole,) = judged("ASP014", aspect=none)
    assert whole.id == "REG-ASPECT"
    assert "none of its 2 aspects" in whole.message
    some = register("aspect", aspect(1), aspect(2, "assessed_on: 2026-03-01"), head=head)
    assert subjects("ASP014", aspect=some) == ["ASP-001"]
    assert subjects("ASP014", aspect=register("aspect", aspect(1), head=head)) == ["ASP-001"]


@pytest.mark.parametrize(
    ("topic", "found"),
    [
        ("air", 1),
        ("effluent", 1),
        ("water-use", 1),
        ("chemicals", 1),
        ("waste-haz", 1),
        ("waste-nonhaz", 1),
        ("refrigerant", 1),
        ("energy", 0),
        ("ghg", 0),
        ("transport", 0),
        ("product-use", 0),
    ],
)
def test_an_obligation_is_asked_for_where_the_topic_is_mostly_regulated(topic: str, found: int) -> None:
    rows = register("aspect", aspect(1, f"topic: {topic}"))
    assert len(judged("ASP016", aspect=rows)) == found


def test_an_unknown_scenario_is_told_once_and_not_as_missing() -> None:
    rows = register("aspect", aspect(1, "condition: emergency", "emergency: [EMR-009]"))
    assert judged("ASP017", aspect=rows) == []
    assert subjects("REF001", aspect=rows) == ["ASP-001"]


def test_a_withdrawn_scenario_is_told_by_the_graver_rule_alone() -> None:
    rows = register("aspect", aspect(1, "condition: emergency", "emergency: [EMR-001]"))
    scenarios = register("emergency-scenario", "id: EMR-001; title: Spill; status: withdrawn")
    assert subjects("ASP017", aspect=rows, emergency=scenarios) == ["ASP-001"]
    assert judged("REF003", aspect=rows, emergency=scenarios) == []


def test_of_three_alike_each_is_compared_with_the_first_of_its_activity() -> None:
    rows = (
        aspect(1, "activity: Rinsing"),
        aspect(2, "activity: Stripping", criteria=SIGNIFICANT),
        aspect(3, "activity: stripping"),
        aspect(4, criteria=SIGNIFICANT),
    )
    found = judged("ASP019", aspect=register("aspect", *rows))
    assert [one.id for one in found] == ["ASP-003", "ASP-004"]
    assert [one.related[0].message.partition(" ")[0] for one in found] == ["ASP-002", "ASP-001"]


@pytest.mark.parametrize("more", ["site: north", "process: PRC-002", "condition: abnormal", "title: Zinc"])
def test_rows_that_differ_in_what_they_are_about_are_no_doubles(more: str) -> None:
    key = more.partition(":")[0]
    first = aspect(1, "site: south", "condition: normal")
    second = "; ".join(
        part for part in aspect(2, criteria=SIGNIFICANT).split("; ") if not part.startswith(f"{key}:")
    )
    condition = "" if key == "condition" else "; condition: normal"
    assert subjects("ASP019", aspect=register("aspect", first, f"{second}{condition}; {more}")) == []


def test_the_same_score_twice_is_left_to_the_reader() -> None:
    assert judged("ASP019", aspect=register("aspect", aspect(1), aspect(2))) == []


def test_verdicts_are_compared_where_people_judge_without_a_score() -> None:
    text = 'schema: 1\norganisation: {name: Works}\nstandards: [{standard: iso14001, edition: "2026"}]\n'
    rows = (
        "id: ASP-001; title: Nickel; process: PRC-001; significant: true",
        "id: ASP-002; title: NICKEL; process: PRC-001; significant: false",
        "id: ASP-003; title: nickel; process: PRC-001",
    )
    found = judged("ASP019", settings=text, aspect=register("aspect", *rows))
    assert [(one.id, one.related[0].span.line) for one in found] == [("ASP-002", 6)]
    assert "not significant here, significant there" in found[0].message


# --- Obligations ----------------------------------------------------------------------------


@pytest.mark.parametrize(("last", "found"), [("2025-06-01", 0), ("2025-05-31", 1), ("2026-05-31", 0)])
def test_a_source_is_late_from_the_day_after_its_interval(last: str, found: int) -> None:
    row = obligation(1, "check_interval: 1 year", f"last_checked_source: {last}")
    assert len(judged("OBL003", obligation=register("obligation", row))) == found


def test_what_was_replaced_is_not_checked_any_more() -> None:
    row = obligation(1, "check_interval: 1 year", "superseded_by: OBL-002")
    rows = register("obligation", row, obligation(2))
    assert judged("OBL003", obligation=rows) == []


def test_that_no_source_was_ever_checked_is_told_once() -> None:
    rows = register("obligation", obligation(1), obligation(2))
    found = judged("OBL003", settings=settings(intervals="{sources: 6 months}"), obligation=rows)
    assert [one.id for one in found] == ["REG-OBLIGATION"]


@pytest.mark.parametrize(
    ("valid_to", "severity", "basis"),
    [
        ("2026-05-31", Severity.ERROR, Basis.STANDARD),
        ("2026-06-01", Severity.WARNING, Basis.PRACTICE),
        ("2026-08-30", Severity.WARNING, Basis.PRACTICE),
        ("2026-08-31", None, None),
    ],
)
def test_a_permit_is_told_ninety_days_before_its_end_and_gravely_after_it(
    valid_to: str, severity: Severity | None, basis: Basis | None
) -> None:
    row = obligation(1, f"valid_to: {valid_to}", kind="permit")
    found = judged("OBL004", obligation=register("obligation", row))
    assert [(one.severity, one.basis) for one in found] == ([(severity, basis)] if severity else [])


def test_a_renewal_window_that_was_declared_is_an_own_rule() -> None:
    row = register("obligation", obligation(1, "valid_to: 2026-07-01", kind="permit"))
    own = settings(intervals="{renewal_warning_days: 90}")
    assert [one.basis for one in judged("OBL004", settings=own, obligation=row)] == [Basis.OWN_RULE]
    lead = register(
        "obligation", obligation(1, "valid_to: 2026-07-01", "renewal_lead_days: 30", kind="permit")
    )
    assert [one.basis for one in judged("OBL004", obligation=lead)] == [Basis.OWN_RULE]
    short = register(
        "obligation", obligation(1, "valid_to: 2026-07-02", "renewal_lead_days: 30", kind="permit")
    )
    assert judged("OBL004", obligation=short) == []


@pytest.mark.parametrize(
    "more", ["applicable: no", "applicable: threshold-below", "status: repealed", "superseded_by: OBL-002"]
)
def test_a_permit_that_does_not_count_here_is_asked_for_nothing(more: str) -> None:
    row = obligation(
        1,
        "valid_to: 2026-01-01",
        "reason: None",
        "conditions: [{text: Nickel, limit: 2}]",
        more,
        kind="permit",
    )
    rows = register("obligation", row, obligation(2, "processes: [PRC-001]"))
    for code in ("OBL004", "OBL005", "OBL006", "OBL007"):
        assert subjects(code, obligation=rows) == [], code
    assert subjects("OBL010", obligation=rows) == ["OBL-002"]


@pytest.mark.parametrize(
    ("kind", "found"),
    [("permit", 1), ("licence", 1), ("consent", 1), ("registration", 0), ("customer", 0)],
)
def test_permits_licences_and_consents_are_asked_for_their_conditions(kind: str, found: int) -> None:
    assert len(judged("OBL005", obligation=register("obligation", obligation(1, kind=kind)))) == found


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("kind: limit, limit: 2", 1),
        ("limit: 2", 1),
        ("kind: monitoring, limit: 2", 1),
        ("kind: limit, limit: 0", 1),
        ("kind: limit", 0),
        ("kind: record, limit: 2", 0),
        ("kind: technical, limit: 110", 0),
        ("kind: limit, limit: 2, parameter: MON-001", 0),
        ("kind: limit, limit: 2, parameter: MON-999", 0),
    ],
)
def test_a_numeric_limit_needs_a_measurement(condition: str, found: int) -> None:
    rows = register("obligation", obligation(1, f"conditions: [{{text: Nickel, {condition}}}]"))
    assert len(judged("OBL006", obligation=rows)) == found


def test_each_limit_without_a_measurement_is_told_at_its_place() -> None:
    conditions = (
        "conditions: [{text: A, limit: 1}, {text: B, limit: 2, parameter: MON-001}, {text: C, limit: 3}]"
    )
    found = judged("OBL006", obligation=register("obligation", obligation(1, conditions)))
    assert [one.message.rpartition(": ")[2] for one in found] == ["A", "C"]
    assert found[0].span.column < found[1].span.column


@pytest.mark.parametrize(
    ("kind", "taker", "found"),
    [
        ("corporate", "objective", 0),
        ("voluntary", "objective", 0),
        ("legislation", "objective", 1),
        ("corporate", "control", 1),
    ],
)
def test_only_a_commitment_of_ones_own_is_taken_up_by_an_objective(kind: str, taker: str, found: int) -> None:
    rows = register("obligation", obligation(1, "processes: [PRC-001]"), obligation(2, kind=kind))
    other = "id: OBJ-001; title: Less; basis: [OBL-002]"
    if taker == "control":
        other = "id: OPC-001; title: Check; obligations: [OBL-002]"
    assert len(judged("OBL007", obligation=rows, **{taker: register(taker, other)})) == found


def test_of_many_that_count_on_a_repealed_law_the_first_are_named_and_the_rest_counted() -> None:
    rows = register(
        "aspect", *(aspect(number, "obligations: [OBL-002]", title=f"A{number}") for number in range(1, 7))
    )
    repealed = register("obligation", obligation(1), obligation(2, "status: repealed"))
    (one,) = judged("OBL008", aspect=rows, obligation=repealed)
    assert "ASP-001, ASP-002, ASP-003 and 3 more still name it" in one.message
    assert len(one.related) == 3
    assert judged("REF003", aspect=rows, obligation=repealed) == []


def test_an_objective_that_rests_on_a_repealed_law_is_told_at_the_objective() -> None:
    repealed = register("obligation", obligation(1), obligation(2, "status: repealed"))
    objectives = register("objective", "id: OBJ-001; title: Less; basis: [OBL-002]")
    assert judged("OBL008", obligation=repealed, objective=objectives) == []
    assert subjects("REF003", obligation=repealed, objective=objectives) == ["OBJ-001"]


def test_a_successor_alone_shows_that_an_obligation_is_over() -> None:
    rows = register("obligation", obligation(1), obligation(2, "superseded_by: OBL-001", "applicable: yes"))
    (one,) = judged("OBL008", obligation=rows)
    assert one.message == "OBL-002 (Duty 2) is superseded: it is still marked `applicable: yes`"


def test_a_missing_successor_is_good_practice_and_a_repealed_law_needs_none() -> None:
    gone = (obligation(2, "status: superseded"), obligation(3, "status: repealed"))
    found = judged("OBL008", obligation=register("obligation", obligation(1), *gone))
    assert [(one.id, one.basis) for one in found] == [("OBL-002", Basis.PRACTICE)]


@pytest.mark.parametrize(
    ("plan", "missing"),
    [
        ("notes: None", "how often and how"),
        ("evaluation: {frequency_months: 12}", "how"),
        ("evaluation: {method: records}", "how often"),
        ("evaluation: {frequency_months: 12, method: records}", None),
        ("effective_from: 2026-06-02", None),
        ("effective_from: 2026-06-01", "how often and how"),
        ("status: pending", None),
        ("status: amended", "how often and how"),
    ],
)
def test_what_a_plan_of_evaluation_lacks_is_named(plan: str, missing: str | None) -> None:
    found = judged("OBL010", obligation=register("obligation", obligation(1, plan)))
    assert [one.message for one in found] == (
        [f"OBL-001 (Duty 1) does not say {missing} compliance is evaluated"] if missing else []
    )


# --- Controls -------------------------------------------------------------------------------


def test_what_is_withdrawn_gives_a_control_no_purpose() -> None:
    controls = register("control", "id: OPC-001; title: Check")
    aspects = register("aspect", aspect(1, "status: withdrawn", "controls: [OPC-001]"))
    assert subjects("OPC002", control=controls, aspect=aspects) == ["OPC-001"]


def test_an_obligation_that_names_a_control_gives_it_a_purpose() -> None:
    controls = register("control", "id: OPC-001; title: Check")
    obligations = register("obligation", obligation(1, "controls: [OPC-001]"))
    assert subjects("OPC002", control=controls, obligation=obligations) == []
    assert subjects("OPC002", control=controls) == ["OPC-001"]
