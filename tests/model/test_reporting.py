"""When reports fall due, and which communication meets them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_ems.model import CommunicationRecord, ObligationRow
from mkdocs_ems.model.obligations import Reporting
from mkdocs_ems.model.periods import counting, numbered, read_period
from mkdocs_ems.model.reporting import MOST, due_date, due_periods, reports

FREQUENCIES = st.sampled_from(["monthly", "quarterly", "half-yearly", "yearly"])
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))


def _plan(**said: object) -> Reporting:
    return Reporting.model_validate({"each": "yearly", **said})


def _due(period: str, **said: object) -> date:
    read = read_period(period)
    assert read is not None
    return due_date(_plan(**said), read)


@pytest.mark.parametrize(
    ("period", "said", "due"),
    [
        ("2025", {"within": "1 month"}, date(2026, 1, 31)),
        ("2025", {"due_day": "01-31"}, date(2026, 1, 31)),
        ("2025", {"due_day": "04-01"}, date(2026, 4, 1)),
        ("2026", {"due_day": "09-30", "due_in": "same-year"}, date(2026, 9, 30)),
        ("2023", {"due_day": "02-29"}, date(2024, 2, 29)),
        ("2024", {"due_day": "02-29"}, date(2025, 2, 28)),
        ("2026-06", {"each": "monthly", "within": "1 month"}, date(2026, 7, 31)),
        ("2026-01", {"each": "monthly", "within": "1 month"}, date(2026, 2, 28)),
        ("2028-01", {"each": "monthly", "within": "1 month"}, date(2028, 2, 29)),
        ("2026-06", {"each": "monthly", "within": "28 days"}, date(2026, 7, 28)),
        ("2026-Q2", {"each": "quarterly"}, date(2026, 6, 30)),
        ("2026-Q2", {"each": "quarterly", "due_day": "01-31"}, date(2026, 6, 30)),
        ("9999", {"within": "1 month"}, date.max),
        ("9999", {"due_day": "01-31"}, date(9999, 1, 31)),
    ],
)
def test_the_due_date_follows_from_the_period_and_the_plan(
    period: str, said: dict[str, object], due: date
) -> None:
    assert _due(period, **said) == due


@given(each=FREQUENCIES, day=DAYS, months=st.integers(1, 24))
def test_so_many_months_after_a_period_are_due_on_the_last_day_of_a_month(
    each: str, day: date, months: int
) -> None:
    number = counting(each)
    assert number is not None
    period = numbered(each, number(day))
    due = due_date(_plan(each=each, within=f"{months} months"), period)
    assert due.day == monthrange(due.year, due.month)[1]
    assert due.year * 12 + due.month == period.last.year * 12 + period.last.month + months


@given(each=FREQUENCIES, day=DAYS, days=st.integers(1, 400))
def test_so_many_days_after_a_period_are_counted_from_its_last_day(each: str, day: date, days: int) -> None:
    number = counting(each)
    assert number is not None
    period = numbered(each, number(day))
    assert due_date(_plan(each=each, within=f"{days} days"), period) == period.last + timedelta(days)


@given(
    each=FREQUENCIES,
    first=DAYS,
    today=DAYS,
    within=st.sampled_from([None, "28 days", "1 month", "6 months", "2 years"]),
)
def test_from_the_first_period_on_every_report_is_due_once_its_day_has_passed(
    each: str, first: date, today: date, within: str | None
) -> None:
    plan = _plan(each=each, within=within, first=str(first.year))
    found = due_periods(plan, since=None, as_of=today)
    assert all(due_date(plan, one) < today for one in found)
    assert all((after.first - before.last).days == 1 for before, after in pairwise(found))
    number = counting(each)
    assert number is not None
    if found:
        assert due_date(plan, numbered(each, number(found[-1].last) + 1)) >= today
        assert found[0].first.year == first.year or len(found) == MOST
    else:
        begin = numbered(each, number(date(first.year, 1, 1)))
        assert due_date(plan, begin) >= today


@given(month_day=st.dates(date(2024, 1, 1), date(2024, 12, 31)), year=st.integers(1990, 2090))
def test_a_day_of_the_year_is_that_day_or_the_end_of_february(month_day: date, year: int) -> None:
    due = _due(str(year), due_day=month_day.strftime("%m-%d"))
    assert due.year == year + 1
    assert (due.month, due.day) in ((month_day.month, month_day.day), (2, 28))


def test_without_a_first_period_only_the_latest_is_asked_for() -> None:
    found = due_periods(_plan(due_day="01-31"), since=None, as_of=date(2026, 6, 1))
    assert [one.text for one in found] == ["2025"]
    assert due_periods(_plan(due_day="01-31"), since=None, as_of=date(2026, 1, 31))[0].text == "2024"


def test_no_report_is_due_on_a_period_before_the_duty_began() -> None:
    plan = _plan(due_day="01-31", first="2020")
    found = due_periods(plan, since=date(2024, 7, 1), as_of=date(2026, 6, 1))
    assert [one.text for one in found] == ["2024", "2025"]


def test_a_report_that_is_never_due_ends_the_search() -> None:
    assert due_periods(_plan(within="9000 years"), since=None, as_of=date(2026, 6, 1)) == ()
    assert due_periods(_plan(within="1 month"), since=None, as_of=date(1, 1, 5)) == ()


def _obligation(*references: str) -> ObligationRow:
    return ObligationRow.model_validate(
        {
            "id": "OBL-1",
            "conditions": [
                {
                    "ref": ref,
                    "text": "Report",
                    "kind": "reporting",
                    "report": {"each": "half-yearly", "within": "1 month", "first": "2025"},
                }
                for ref in references
            ],
        }
    )


def _sent(**said: object) -> CommunicationRecord:
    return CommunicationRecord.model_validate({"id": "COL-1", "direction": "out", **said})


def test_a_communication_meets_the_condition_and_period_that_it_names() -> None:
    one = _obligation("4.1", "4.2")
    sent = [
        _sent(date="2025-08-02", condition="4.1", period_start="2025-01-01", period_end="2025-06-30"),
        _sent(date="2026-01-20", condition="4.1", period_start="2025-07-01", period_end="2025-12-31"),
        _sent(date="2026-01-20", period_start="2025-07-01", period_end="2025-12-31"),
    ]
    found = list(reports(one, one.conditions[0], sent, as_of=date(2026, 6, 1)))
    assert [(due.due, due.late, due.record is not None) for due in found] == [
        (date(2025, 7, 31), True, True),
        (date(2026, 1, 31), False, True),
    ]
    other = list(reports(one, one.conditions[1], sent, as_of=date(2026, 6, 1)))
    assert [due.record for due in other] == [None, None]


def test_the_only_condition_with_reports_need_not_be_named() -> None:
    one = _obligation("4.1")
    sent = [
        _sent(date="2026-01-31", period_start="2025-07-01", period_end="2025-12-31"),
        _sent(date="2026-01-02", direction="in", period_start="2025-01-01", period_end="2025-06-30"),
        _sent(date="2025-07-01", period="2025-Q2"),
        _sent(period_start="2025-01-01", period_end="2025-06-30"),
    ]
    found = list(reports(one, one.conditions[0], sent, as_of=date(2026, 6, 1)))
    assert [due.record is not None for due in found] == [False, True]
    plain = one.conditions[0].model_copy(update={"report": None})
    assert list(reports(one, plain, sent, as_of=date(2026, 6, 1))) == []
