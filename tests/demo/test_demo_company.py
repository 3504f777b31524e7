"""The demonstration company is what it is said to be: its registers, its readings, its verdicts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TypeVar

import pytest

from mkdocs_ems.compile import Compilation, compile_state
from mkdocs_ems.demo import write_demo
from mkdocs_ems.git import Repository
from mkdocs_ems.model.aspects import AspectRow
from mkdocs_ems.model.assessed import assessed
from mkdocs_ems.model.context import ContextIssueRow
from mkdocs_ems.model.controls import ControlRow
from mkdocs_ems.model.emergencies import EmergencyScenarioRow
from mkdocs_ems.model.improvement import NonconformityRow
from mkdocs_ems.model.objectives import ObjectiveRow
from mkdocs_ems.model.obligations import ObligationRow
from mkdocs_ems.model.progress import progress
from mkdocs_ems.model.risks import ActionRow
from mkdocs_ems.model.shapes import Entity

Row = TypeVar("Row", bound=Entity)

AS_OF = date(2026, 11, 20)

CONDITIONS = {"abnormal": {5, 11, 17, 18, 21}, "emergency": {13, 14, 15, 16}}
STAGES = {
    6: {"end-of-life"},
    11: {"maintenance"},
    13: {"inbound-transport"},
    18: {"maintenance"},
    20: {"packaging"},
    21: {"maintenance"},
    23: {"distribution"},
    24: {"raw-material"},
    25: {"use", "end-of-life"},
}
SCORES = {
    1: "3 5 S",
    2: "2 4 S",
    3: "4 4 S",
    4: "5 4 S",
    5: "2 5 S",
    6: "5 3 S",
    7: "4 3 S",
    8: "4 2",
    9: "5 3 S",
    10: "5 3 S",
    11: "4 2",
    12: "5 3 S",
    13: "2 5 S",
    14: "1 5 S",
    15: "1 5 S",
    16: "2 5 S",
    17: "3 3",
    18: "3 4 S",
    19: "3 3",
    20: "5 2",
    21: "2 4 S",
    22: "3 3",
    23: "4 2",
    24: "5 4 S",
    25: "3 2",
}
INFLUENCE = {23, 24, 25}

VERDICTS = {
    "OBJ-001": ("met", 10.6),
    "OBJ-002": ("not met yet", 39.1),
    "OBJ-003": ("not met yet", 5.88),
    "OBJ-004": ("missed", 2.2),
    "OBJ-005": ("not met yet", 243.3),
    "OBJ-006": ("missed", 1114),
    "OBJ-007": ("not met yet", 72.7),
    "OBJ-008": ("missed", 6),
}


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Compilation]:
    target = tmp_path_factory.mktemp("company") / "demo"
    write_demo(target)
    with Repository.open(target) as opened:
        yield compile_state(opened, ref="main", as_of=AS_OF, now=datetime(2026, 11, 20, 12, tzinfo=UTC))


def rows(compiled: Compilation, kind: type[Row]) -> dict[str, Row]:
    found = (entry.entity for entry in compiled.model.entries)
    return {str(one.id): one for one in found if isinstance(one, kind)}


def test_there_are_25_aspects_and_each_has_its_condition_and_life_cycle_stage(compiled: Compilation) -> None:
    aspects = rows(compiled, AspectRow)
    assert list(aspects) == [f"ASP-{number:03}" for number in range(1, 26)]
    for number, aspect in enumerate(aspects.values(), start=1):
        condition = next((name for name, some in CONDITIONS.items() if number in some), "normal")
        assert (aspect.id, aspect.condition) == (aspect.id, condition)
        assert (aspect.id, set(aspect.lifecycle_stage)) == (aspect.id, STAGES.get(number, {"production"}))
        assert (aspect.id, aspect.control) == (aspect.id, "influence" if number in INFLUENCE else "direct")


def test_each_aspect_has_its_scores_and_comes_out_significant_or_not(compiled: Compilation) -> None:
    found = {}
    for _, aspect, assessment in assessed(compiled.model, compiled.model.settings.significance):
        likelihood, severity = (aspect.criteria[name] for name in ("likelihood", "severity"))
        found[int(str(aspect.id)[4:])] = f"{likelihood} {severity}{' S' if assessment.significant else ''}"
    assert found == SCORES


def test_every_control_and_obligation_of_an_aspect_names_the_aspect_too(compiled: Compilation) -> None:
    aspects, controls = rows(compiled, AspectRow), rows(compiled, ControlRow)
    obligations = rows(compiled, ObligationRow)
    forth = {(name, other) for name, one in aspects.items() for other in (*one.controls, *one.obligations)}
    back = {(aspect, name) for name, one in (controls | obligations).items() for aspect in one.aspects}
    assert forth == back


def test_there_are_20_obligations_and_two_of_them_are_below_their_thresholds(compiled: Compilation) -> None:
    obligations = rows(compiled, ObligationRow)
    assert list(obligations) == [f"OBL-{number:03}" for number in range(1, 21)]
    below = {name for name, one in obligations.items() if one.applicable == "threshold-below"}
    assert below == {"OBL-009", "OBL-017"}
    assert all(obligations[name].reason for name in below)


@pytest.mark.parametrize("name", list(VERDICTS))
def test_each_objective_comes_to_its_verdict(compiled: Compilation, name: str) -> None:
    objective = rows(compiled, ObjectiveRow)[name]
    found = progress(objective, model=compiled.model, as_of=AS_OF)
    verdict, value = VERDICTS[name]
    assert found.state.value == verdict
    assert found.value == pytest.approx(value, abs=0.05)
    assert len(found.points) == 12


def test_there_are_six_scenarios_and_every_emergency_among_the_aspects_has_one(compiled: Compilation) -> None:
    scenarios = rows(compiled, EmergencyScenarioRow)
    assert list(scenarios) == [f"EMR-{number:03}" for number in range(1, 7)]
    answered = {aspect for one in scenarios.values() for aspect in one.aspects}
    assert {f"ASP-{number:03}" for number in CONDITIONS["emergency"]} <= answered
    assert all("EP-01" in one.response and one.drill_interval_months == 12 for one in scenarios.values())


def test_all_four_environmental_conditions_are_determined_in_both_directions(compiled: Compilation) -> None:
    issues = rows(compiled, ContextIssueRow).values()
    determined = {one.topic for one in issues if one.relevant is not None}
    assert {"climate", "pollution", "resource-availability", "biodiversity-ecosystem"} <= determined
    assert {one.direction for one in issues} == {"affects-us", "we-affect", "both"}
    assert {one.kind for one in issues} == {"internal", "external"}


def test_the_exceedance_of_june_is_answered_by_a_nonconformity(compiled: Compilation) -> None:
    exceedance = rows(compiled, NonconformityRow)["NCR-001"]
    assert [(one.measurement, one.period) for one in exceedance.readings] == [("MON-004", "2026-06")]
    june = next(one for one in compiled.model.series["MON-004"].readings if one.period.text == "2026-06")
    assert june.value == 2.2


def test_every_nonconformity_names_the_process_in_which_it_arose(compiled: Compilation) -> None:
    found = {name: case.processes for name, case in rows(compiled, NonconformityRow).items()}
    assert len(found) == 7
    assert all(found.values()), found
    assert found["NCR-001"] == ("PRC-04",)


def test_every_limit_of_the_consent_is_a_condition_that_something_watches(compiled: Compilation) -> None:
    consent = next(body for path, body in bodies(compiled) if path.endswith("EXT-002-effluent-consent.md"))
    named = set(re.findall(r"^\| (2\([a-z]\)) \|", consent, re.MULTILINE))
    conditions = rows(compiled, ObligationRow)["OBL-003"].conditions
    assert named == {one.ref for one in conditions if one.limit is not None and one.parameter}
    assert len(named) > 5


def test_the_water_and_the_electricity_of_a_year_belong_to_the_same_area(compiled: Compilation) -> None:
    electricity, water = (rows(compiled, ObjectiveRow)[one].baseline for one in ("OBJ-001", "OBJ-002"))
    rinsing = rows(compiled, AspectRow)["ASP-012"].quantity
    issue = rows(compiled, ContextIssueRow)["ISS-001"].description or ""
    used = re.search(r"([\d.]+) GWh of electricity", issue)
    assert used
    assert electricity
    assert water
    assert rinsing
    assert rinsing.value
    area = float(used[1]) * 1_000_000 / electricity.value
    assert rinsing.value * 1_000 / water.value == pytest.approx(area, rel=0.02)


@pytest.mark.parametrize("name", [f"OBJ-00{number}" for number in range(1, 9)])
def test_what_an_objective_costs_is_what_its_actions_cost(compiled: Compilation, name: str) -> None:
    objective = rows(compiled, ObjectiveRow)[name]
    actions = rows(compiled, ActionRow)
    spent = sum(pounds(actions[one].resources) for one in objective.programme)
    said = pounds(re.sub(r", of which £[\d,]+", "", objective.resources or ""))
    assert said == spent


def pounds(text: str | None) -> int:
    return sum(int(one.replace(",", "")) for one in re.findall(r"£(\d[\d,]*\d)", text or ""))


def bodies(compiled: Compilation) -> Iterator[tuple[str, str]]:
    for path, source in compiled.sources.files.items():
        if source.body is not None:
            yield path, source.body.text
