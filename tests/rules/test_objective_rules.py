"""The rules on objectives: the branches that their pages do not show."""

from __future__ import annotations

from datetime import date

import pytest

from mkdocs_ems.rules import run_rules
from support.rule_cases import in_example

RULES = ("OBJ002", "OBJ003", "OBJ004", "OBJ005", "OBJ006", "OBJ008", "OBJ010", "OBJ011", "OBJ013")
WHOLE = (
    "basis: [OBL-001], policy_commitments: [compliance], function_level: Line, responsible: ROL-EHS, "
    "resources: Money, evaluation_method: By looking, programme: [ACT-001]"
)
NUMBERS = "kpi: KPI-001, unit: L/m2, baseline: {value: 46}, target: {value: 38, date: 2026-12-31}"
HEAD = "id: REG-OBJECTIVES\ntype: objective\ntitle: Objectives\nowner: ROL-MD\nrows:\n"


def codes(objective: str, *, actions: str = "", readings: str = "") -> list[str]:
    files = {
        "ems/registers/objectives.yml": f"{HEAD}  - {{id: OBJ-001, title: Use less water, {objective}}}\n"
    }
    if actions:
        files["ems/registers/actions.yml"] = (
            f"id: REG-ACTIONS\ntype: action\ntitle: Actions\nowner: ROL-MD\nrows:\n{actions}"
        )
    if readings:
        files["ems/registers/m2.yml"] = (
            "id: REG-M2\ntype: measurement\ntitle: More\nowner: ROL-MD\nrows:\n"
            "  - {id: MON-009, title: Water, unit: L/m2, indicators: [KPI-001]}\n"
        )
        files["ems/records/readings/a.csv"] = "parameter,period,value,unit\n" + readings
    report = run_rules(in_example(files), select=RULES)
    assert report.as_of == date(2026, 6, 1)
    return [one.code for one in report.diagnostics]


def test_an_objective_with_everything_has_no_finding() -> None:
    assert codes(f"{WHOLE}, {NUMBERS}") == []


@pytest.mark.parametrize(
    ("without", "code"),
    [
        ("policy_commitments: [compliance], ", "OBJ006"),
        ("function_level: Line, ", "OBJ013"),
        ("responsible: ROL-EHS, ", "OBJ002"),
        ("resources: Money, ", "OBJ002"),
        ("evaluation_method: By looking, ", "OBJ002"),
        (", programme: [ACT-001]", "OBJ008"),
    ],
)
def test_what_is_left_out_is_told_once_and_by_one_rule(without: str, code: str) -> None:
    assert without in WHOLE
    assert codes(f"{WHOLE.replace(without, '')}, {NUMBERS}") == [code]


@pytest.mark.parametrize("status", ["achieved", "not-achieved", "withdrawn"])
def test_a_closed_objective_is_asked_nothing_of_its_planning(status: str) -> None:
    assert codes(f"status: {status}, target: {{value: 38, date: 2025-12-31}}") == []


@pytest.mark.parametrize(
    "written",
    [
        "policy_commitments: {a: b}, ",
        "function_level: [Line], ",
        "responsible: [ROL-EHS], ",
        "resources: [Money], ",
        "evaluation_method: [By looking], ",
        "programme: ACT-001, ",
    ],
)
def test_what_was_written_and_cannot_be_used_is_not_called_missing(written: str) -> None:
    name = written.partition(":")[0]
    kept = ", ".join(part for part in WHOLE.split(", ") if not part.startswith(name))
    assert codes(f"{kept}, {written}{NUMBERS}") == []


def test_an_action_that_names_the_objective_is_its_programme() -> None:
    objective = f"{WHOLE.replace(', programme: [ACT-001]', '')}, {NUMBERS}"
    action = "  - {id: ACT-001, title: Do it, source: [%s], owner: ROL-EHS, due: 2026-12-31, status: %s}\n"
    assert codes(objective, actions=action % ("OBJ-001", "open")) == []
    assert codes(objective, actions=action % ("OBJ-001", "cancelled")) == ["OBJ008"]
    assert codes(objective, actions=action % ("RSK-001", "open")) == ["OBJ008"]


def test_an_action_that_does_not_exist_is_the_finding_of_the_reference_alone() -> None:
    assert codes(f"{WHOLE.replace('ACT-001', 'ACT-999')}, {NUMBERS}") == []


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("kpi: KPI-001, unit: L/m2, baseline: {value: 46}, target: {value: 46, date: 2026-12-31}", []),
        (
            "unit: '%', direction: increase, baseline: {value: 60}, target: {value: 50, date: 2026-12-31}",
            ["OBJ005"],
        ),
        ("unit: m3/m2, kpi: KPI-001, baseline: {value: 1}, target: {value: 2, date: 2026-12-31}", ["OBJ005"]),
        ("unit: drops, kpi: KPI-001, baseline: {value: 1}, target: {value: 2, date: 2026-12-31}", ["OBJ004"]),
        ("kpi: KPI-001, target: {value: 2, unit: kg, date: 2026-12-31}", ["OBJ004"]),
        ("kpi: KPI-999, unit: kg, target: {value: 2, date: 2026-12-31}", []),
        ("kpi: KPI-001, target: {value: 2, date: 2026-05-31}", ["OBJ003"]),
        ("kpi: KPI-001, target: {value: 2, date: 2026-05-31}, status: [approved]", []),
        ("kpi: KPI-001, target: {value: 2, date: 2026-05-31}, status: proposed", ["OBJ003"]),
    ],
)
def test_numbers_are_held_against_each_other(numbers: str, expected: list[str]) -> None:
    assert codes(f"{WHOLE}, {numbers}") == expected


HIGH = "MON-009,2026-02,45,L/m2\nMON-009,2026-03,45,L/m2\nMON-009,2026-04,45,L/m2\n"
DONE = (
    "  - {id: ACT-001, title: Do it, source: [RSK-001], owner: ROL-EHS, due: 2026-02-28, status: done, "
    "done_on: 2026-02-20}\n"
)


@pytest.mark.parametrize(
    ("objective", "actions", "expected"),
    [
        ("", "", []),
        ("", DONE, ["OBJ010"]),
        ("off_track_response: We wait", DONE, []),
        ("off_track_response: [We wait]", DONE, []),
        ("status: proposed", DONE, []),
        ("status: withdrawn", DONE, []),
        ("status: not-achieved", DONE, []),
        ("status: achieved", DONE, ["OBJ011"]),
        ("status: achieved, closed_on: 2026-03-31", DONE, []),
    ],
    ids=[
        "an action is open",
        "nothing",
        "decided",
        "decided, misread",
        "proposed",
        "given up",
        "missed",
        "claimed",
        "no value then",
    ],
)
def test_readings_behind_the_course_want_an_answer_and_contradict_a_claim(
    objective: str, actions: str, expected: list[str]
) -> None:
    more = f", {objective}" if objective else ""
    numbers = NUMBERS.replace("{value: 46}", '{value: 46, period: "2025"}')
    assert codes(f"{WHOLE}, {numbers}{more}", actions=actions, readings=HIGH) == expected
