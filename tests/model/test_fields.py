"""Scalars are read as exactly what their field wants."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from mkdocs_ems.model import AspectRow, Entity
from mkdocs_ems.model.entities import Condition, Quantity
from mkdocs_ems.model.fields import Interval
from mkdocs_ems.model.forms import number_words


@pytest.mark.parametrize("text", ["0", "12", "-3", "0.5", "1e3", "2.50"])
def test_a_number_is_read_as_json_writes_it(text: str) -> None:
    assert Condition.model_validate({"text": "x", "limit": text}).limit == float(text)


@pytest.mark.parametrize(
    "text",
    [
        "1,5",
        "010",
        "+3",
        ".5",
        "5.",
        "0x10",
        "1_000",
        "1e999",
        "1e31",
        "-1e31",
        "inf",
        "nan",
        "٣",
        "true",
        "",
    ],
)
def test_a_number_written_otherwise_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        Condition.model_validate({"text": "x", "limit": text})


@pytest.mark.parametrize("text", ["2026-1-31", "31.01.2026", "2026-02-30", "2026-01-31T00:00:00", "0"])
def test_a_day_that_is_no_iso_date_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        Entity.model_validate({"last_reviewed": text})


@pytest.mark.parametrize("text", ["yes", "no", "True", "on", "1"])
def test_a_flag_is_true_or_false_and_nothing_else(text: str) -> None:
    with pytest.raises(ValidationError):
        AspectRow.model_validate({"significant": text})


@pytest.mark.parametrize("text", ["2026.0", "2e3", "99999999999999999999"])
def test_a_whole_number_has_no_decimals_and_fits(text: str) -> None:
    with pytest.raises(ValidationError):
        Quantity.model_validate({"value": "1", "unit": "t", "year": text})


def test_values_that_have_the_type_already_pass() -> None:
    row = AspectRow(score=3, significant=True, assessed_on=date(2026, 1, 31), review_every=Interval(12, 0))
    assert (row.score, row.significant, row.assessed_on) == (3.0, True, date(2026, 1, 31))


def test_text_stays_what_was_written() -> None:
    assert Entity.model_validate({"notes": " no "}).notes == "no"
    assert Entity.model_validate({"tags": ["1.10", "010", "12:30", "null"]}).tags == (
        "1.10",
        "010",
        "12:30",
        "null",
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [("1 day", "1 day"), ("2 weeks", "14 days"), ("18 months", "18 months"), ("24 months", "2 years")],
)
def test_an_interval_reads_as_calendar_time(text: str, shown: str) -> None:
    assert str(Entity.model_validate({"review_every": text}).review_every) == shown


def test_a_month_after_the_last_of_january_is_the_last_of_february() -> None:
    assert Interval(1, 0).after(date(2027, 1, 31)) == date(2027, 2, 28)
    assert Interval(12, 0).after(date(2024, 2, 29)) == date(2025, 2, 28)
    assert Interval(0, 14).after(date(2026, 12, 25)) == date(2027, 1, 8)


@settings(deadline=None)
@given(
    st.builds(Interval, months=st.integers(0, 120_000), days=st.integers(0, 70_000)),
    st.dates(),
)
def test_an_interval_never_goes_back_and_never_leaves_the_calendar(every: Interval, day: date) -> None:
    assert day <= every.after(day) <= date.max


@settings(deadline=None)
@given(
    st.builds(Interval, months=st.integers(0, 60), days=st.integers(0, 800)),
    st.dates(),
    st.integers(-3, 3),
)
def test_an_interval_has_passed_from_the_day_after_its_last(every: Interval, day: date, shift: int) -> None:
    due = every.after(day)
    other = date.fromordinal(min(max(due.toordinal() + shift, 1), date.max.toordinal()))
    assert every.passed(day, on=other) == (due < other)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1e400", "too great"),
        ("-" + "9" * 50, "too great"),
        ("1e-400", "too near to nought"),
        ("007", "begins with 0"),
    ],
)
def test_a_number_that_is_refused_for_its_size_says_so(text: str, said: str) -> None:
    assert said in number_words(text)[0]
