"""Who holds which competence, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_ems.diagnostics import Anchor
from mkdocs_ems.model import CompetenceRow, Entry, Model, PersonRow, RoleRow, TrainingRecord, default_settings
from mkdocs_ems.model.competence import (
    CompetenceState,
    Holding,
    Matrix,
    competence_matrix,
    required_competences,
)

TODAY = date(2026, 6, 1)
HOLDERS = {"ROL-ETP": ("PER-1", "PER-2"), "ROL-LAB": ("PER-3",)}


def _entries(records: list[Mapping[str, Any]], competence: Mapping[str, Any]) -> list[Entry]:
    rows = [
        Entry(
            "competence",
            CompetenceRow.model_validate({"id": "CMP-1", "required_by_roles": ["ROL-ETP"], **competence}),
            Anchor("c.yml", ("rows", 0)),
            "REG-CMP",
        ),
        Entry(
            "role",
            RoleRow.model_validate({"id": "ROL-LAB", "competences": ["CMP-2"]}),
            Anchor("r.yml", ()),
            "R",
        ),
        Entry("competence", CompetenceRow.model_validate({"id": "CMP-2"}), Anchor("c.yml", ("rows", 1)), "C"),
        Entry("person", PersonRow.model_validate({"id": "PER-9"}), Anchor("p.yml", ("rows", 0)), "P"),
    ]
    for number, record in enumerate(records, start=1):
        given = {"id": f"TRN-{number}", "people": ["PER-1"], "competences": ["CMP-1"], **record}
        rows.append(
            Entry("training", TrainingRecord.model_validate(given), Anchor("t.yml", ("rows", number)), None)
        )
    return rows


def _matrix(*records: Mapping[str, Any], as_of: date = TODAY, **competence: object) -> Matrix:
    entries = _entries(list(records), competence)
    by_id = {one.entity.id: one for one in entries if one.entity.id}
    model = Model(default_settings(), "ems.yml", tuple(entries), by_id, ())
    return competence_matrix(model, holders=HOLDERS, as_of=as_of)


def _state(*records: Mapping[str, Any], person: str = "PER-1", **competence: object) -> Holding:
    return _matrix(*records, **competence).holding(person, "CMP-1")


def test_a_role_needs_what_it_names_and_what_names_it() -> None:
    entries = _entries([], {})
    by_id = {one.entity.id: one for one in entries if one.entity.id}
    model = Model(default_settings(), "ems.yml", tuple(entries), by_id, ())
    assert required_competences(model) == {"ROL-ETP": ("CMP-1",), "ROL-LAB": ("CMP-2",)}


def test_nobody_needs_a_competence_that_is_withdrawn() -> None:
    assert _state(status="withdrawn").state is CompetenceState.NOT_REQUIRED


def test_who_has_no_record_lacks_what_the_role_needs() -> None:
    found = _state()
    assert (found.state, found.roles, found.until) == (CompetenceState.MISSING, ("ROL-ETP",), None)


def test_a_training_that_was_passed_holds_for_good_where_nothing_limits_it() -> None:
    found = _state({"date": "2020-01-01", "result": "passed"})
    assert (found.state, found.until) == (CompetenceState.HELD, None)


@pytest.mark.parametrize(
    ("day", "months", "until", "state"),
    [
        ("2024-02-29", 12, date(2025, 2, 28), CompetenceState.EXPIRED),
        ("2024-02-29", 48, date(2028, 2, 29), CompetenceState.HELD),
        ("2025-12-31", 6, date(2026, 6, 30), CompetenceState.HELD),
        ("2025-06-01", 12, date(2026, 6, 1), CompetenceState.HELD),
        ("2025-05-31", 12, date(2026, 5, 31), CompetenceState.EXPIRED),
    ],
)
def test_a_training_holds_to_the_same_day_so_many_months_later(
    day: str, months: int, until: date, state: CompetenceState
) -> None:
    found = _state({"date": day, "result": "passed"}, validity_months=months)
    assert (found.until, found.state) == (until, state)


def test_the_day_on_the_certificate_comes_before_the_usual_validity() -> None:
    found = _state({"date": "2020-01-01", "result": "passed", "valid_to": "2027-03-31"}, validity_months=12)
    assert (found.state, found.until) == (CompetenceState.HELD, date(2027, 3, 31))


def test_being_there_is_no_proof_until_it_shows_that_it_worked() -> None:
    there = {"date": "2026-01-01", "result": "attended"}
    assert _state(there).state is CompetenceState.MISSING
    assert _state({**there, "effectiveness": {"result": "effective"}}).state is CompetenceState.HELD
    assert _state({"date": "2026-01-01"}).state is CompetenceState.MISSING


@pytest.mark.parametrize(
    "later",
    [
        {"result": "failed"},
        {"result": "passed", "failed": ["PER-1"]},
        {"result": "passed", "effectiveness": {"result": "not-effective"}},
    ],
)
def test_who_fails_later_holds_nothing_any_more(later: Mapping[str, Any]) -> None:
    first = {"date": "2026-01-01", "result": "passed"}
    found = _state(first, {"date": "2026-03-01", **later})
    assert found.state is CompetenceState.MISSING
    assert found.record is not None
    assert found.record.entity.id == "TRN-2"
    again = _state(first, {"date": "2026-03-01", **later}, {"date": "2026-04-01", "result": "passed"})
    assert again.state is CompetenceState.HELD


def test_who_failed_alone_does_not_take_it_from_the_others() -> None:
    both = {"date": "2026-01-01", "result": "passed", "people": ["PER-1", "PER-2"], "failed": ["PER-1"]}
    assert _state(both, person="PER-2").state is CompetenceState.HELD
    assert _state(both).state is CompetenceState.MISSING


def test_the_certificate_that_reaches_furthest_decides() -> None:
    long = {"date": "2025-01-01", "result": "passed", "valid_to": "2028-01-01"}
    short = {"date": "2026-01-01", "result": "passed", "valid_to": "2026-03-01"}
    assert _state(long, short).until == date(2028, 1, 1)


def test_a_training_that_lies_ahead_is_planned_and_one_whose_day_has_passed_is_not() -> None:
    ahead = _state({"planned_on": "2026-07-01"})
    assert (ahead.state, ahead.planned_on) == (CompetenceState.PLANNED, date(2026, 7, 1))
    assert _state({"planned_on": "2026-05-31"}).state is CompetenceState.MISSING
    assert _state({"date": "2026-07-01", "result": "passed"}).state is CompetenceState.PLANNED


def test_what_has_expired_stays_expired_while_its_refresher_is_planned() -> None:
    old = {"date": "2024-01-01", "result": "passed", "valid_to": "2025-01-01"}
    found = _state(old, {"planned_on": "2026-07-01"})
    assert (found.state, found.until) == (CompetenceState.EXPIRED, date(2025, 1, 1))
    assert found.planned_on == date(2026, 7, 1)


def test_what_nobody_needs_is_shown_while_it_is_held_and_no_longer() -> None:
    held = _matrix({"date": "2026-01-01", "result": "passed", "people": ["PER-9"]})
    assert held.holding("PER-9", "CMP-1").state is CompetenceState.HELD
    assert held.holding("PER-9", "CMP-1").roles == ()
    over = _matrix({"date": "2024-01-01", "result": "passed", "valid_to": "2025-01-01", "people": ["PER-9"]})
    assert "PER-9" not in over.by_person()


def test_the_rows_of_the_matrix_are_people_with_what_they_need_or_hold() -> None:
    rows = _matrix({"date": "2026-01-01", "result": "passed"}).by_person()
    assert [(who, [one.competence for one in ones]) for who, ones in rows.items()] == [
        ("PER-1", ["CMP-1"]),
        ("PER-2", ["CMP-1"]),
        ("PER-3", ["CMP-2"]),
    ]


def test_what_was_held_on_an_earlier_day_is_known() -> None:
    found = _matrix({"date": "2024-01-01", "result": "passed", "valid_to": "2025-01-01"})
    assert found.held_on("PER-1", "CMP-1", date(2024, 6, 1))
    assert not found.held_on("PER-1", "CMP-1", date(2023, 12, 31))
    assert not found.held_on("PER-1", "CMP-1", date(2025, 1, 2))


@given(day=st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), months=st.integers(1, 1200))
def test_a_competence_ends_in_the_month_that_its_validity_says(day: date, months: int) -> None:
    matrix = _matrix({"date": day, "result": "passed"}, validity_months=months, as_of=day)
    found = matrix.holding("PER-1", "CMP-1")
    assert found.until is not None
    after = found.until.year * 12 + found.until.month - day.year * 12 - day.month
    assert (after, found.state) == (months, CompetenceState.HELD)
    assert found.until.day <= day.day


def test_of_people_and_competences_that_there_are_not_nothing_is_kept() -> None:
    ghosts = [f"PER-G{number}" for number in range(5_000)]
    record = {"people": ghosts, "competences": [f"CMP-G{number}" for number in range(50)]}
    strangers = {"people": ["PER-1"], "competences": ["CMP-G1"]}
    assert not _matrix(*[{**record, "date": "2026-01-05", "result": "passed"}] * 20).proofs
    assert not _matrix({**strangers, "date": "2026-01-05", "result": "passed"}).proofs


def test_who_is_named_twice_in_a_record_is_shown_once() -> None:
    record = {"people": ["PER-1", "PER-1"], "competences": ["CMP-1", "CMP-1"]}
    found = _matrix({**record, "date": "2026-01-05", "result": "passed"})
    assert {key: len(proofs) for key, proofs in found.proofs.items()} == {("PER-1", "CMP-1"): 1}
