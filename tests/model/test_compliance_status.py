"""The compliance status: which evaluation counts, when the next is due, which breaches are open."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_ems.model.compliance_status import (
    ObligationStatus,
    compliance_status,
    last_statement,
    measured_for,
)
from support.content import model_of

AS_OF = date(2026, 6, 1)
TWO_CONDITIONS = "conditions: [{ref: 2a, text: Metals}, {ref: 2b, text: pH}]"


def status(
    evaluations: str,
    *,
    obligation: str = "evaluation: {frequency_months: 12}",
    others: str = "",
    as_of: date = AS_OF,
) -> ObligationStatus:
    files = {
        "registers/obligations.yml": f"type: obligation\nrows:\n  - {{id: OBL-001, {obligation}}}\n",
        "records/compliance-evaluations/a.yml": f"type: compliance-evaluation\nrows: [{evaluations}]\n",
        "registers/nonconformities.yml": f"type: nonconformity\nrows: [{others}]\n",
    }
    model = model_of(files)
    assert model.findings == ()
    (one,) = compliance_status(model, as_of=as_of)
    return one


def evaluation(number: int, day: str, result: str = "compliant", more: str = "") -> str:
    return f"{{id: EVC-{number:03}, obligation: OBL-001, date: {day}, result: {result}{more}}}, "


def test_the_latest_evaluation_of_the_whole_counts() -> None:
    one = status(evaluation(1, "2025-02-01", "non-compliant") + evaluation(2, "2026-02-01"))
    assert (one.last, one.result, one.due) == (date(2026, 2, 1), "compliant", date(2027, 2, 1))
    assert [found.record.id for found in one.evaluations] == ["EVC-001", "EVC-002"]


def test_an_evaluation_of_a_later_day_does_not_count() -> None:
    one = status(evaluation(1, "2026-06-01") + evaluation(2, "2026-06-02", "non-compliant"))
    assert (one.last, one.result) == (date(2026, 6, 1), "compliant")


def test_evaluations_of_single_conditions_cover_only_these() -> None:
    first = evaluation(1, "2026-02-01", more=", conditions: [2A]")
    one = status(first, obligation=TWO_CONDITIONS)
    assert (one.last, one.missing, one.result) == (None, ("2b",), "compliant")
    second = evaluation(2, "2025-09-01", "partial", ", conditions: [2b]")
    both = status(first + second, obligation=TWO_CONDITIONS)
    assert (both.last, both.missing, both.result) == (date(2025, 9, 1), (), "partial")


def test_a_condition_without_a_reference_is_covered_only_by_an_evaluation_of_the_whole() -> None:
    unnamed = "conditions: [{ref: 2a, text: Metals}, {text: pH}]"
    one = status(evaluation(1, "2026-02-01", more=", conditions: [2a]"), obligation=unnamed)
    assert (one.last, one.missing) == (None, ("",))
    assert status(evaluation(1, "2026-02-01"), obligation=unnamed).last == date(2026, 2, 1)


def test_an_evaluation_may_promise_the_next_one_sooner_and_never_later() -> None:
    sooner = status(evaluation(1, "2026-02-01", more=", next_due: 2026-05-01"))
    assert (sooner.due, sooner.overdue(AS_OF)) == (date(2026, 5, 1), True)
    later = status(evaluation(1, "2026-02-01", more=", next_due: 2029-05-01"))
    assert later.due == date(2027, 2, 1)


def test_an_evaluation_that_came_to_unknown_evaluated_nothing() -> None:
    one = status(evaluation(1, "2026-02-01", "unknown"))
    assert (one.last, one.missing, one.due, one.settled, one.result) == (None, (), None, False, "unknown")
    assert one.left_open is not None
    before = status(evaluation(1, "2025-02-01") + evaluation(2, "2026-02-01", "unknown"))
    assert (before.last, before.due, before.result) == (date(2025, 2, 1), date(2026, 2, 1), "unknown")
    after = status(evaluation(1, "2026-02-01", "unknown") + evaluation(2, "2026-03-01"))
    assert (after.last, after.result, after.left_open) == (date(2026, 3, 1), "compliant", None)


def test_a_condition_of_which_nobody_could_tell_is_still_to_be_evaluated() -> None:
    first = evaluation(1, "2026-02-01", more=", conditions: [2a]")
    second = evaluation(2, "2026-03-01", "unknown", ", conditions: [2b]")
    one = status(first + second, obligation=TWO_CONDITIONS)
    assert (one.last, one.missing, one.result) == (None, ("2b",), "unknown")


def test_what_came_to_no_result_may_promise_another_look_sooner_and_never_later() -> None:
    known = evaluation(1, "2025-09-01")
    sooner = status(known + evaluation(2, "2026-02-01", "unknown", ", next_due: 2026-04-01"))
    assert sooner.due == date(2026, 4, 1)
    never = status(evaluation(1, "2026-02-01", "unknown", ", next_due: 2026-12-01"))
    assert never.due is None


def test_a_record_without_day_or_result_does_not_count_and_is_known() -> None:
    one = status("{id: EVC-001, obligation: OBL-001, date: 2026-02-01}")
    assert (one.evaluations, one.unfinished, one.last) == ((), True, None)
    assert status("").unfinished is False


def test_an_evaluation_begins_after_the_one_before_it() -> None:
    one = status(
        evaluation(1, "2025-02-01")
        + evaluation(2, "2025-06-01", more=", period_end: 2025-05-31")
        + evaluation(3, "2026-02-01")
        + evaluation(4, "2026-03-01", more=", period_start: 2026-01-01")
    )
    assert [found.begins for found in one.evaluations] == [
        None,
        date(2025, 2, 2),
        date(2025, 6, 1),
        date(2026, 1, 1),
    ]


def test_open_breaches_are_those_named_either_way_or_by_a_reading() -> None:
    model = model_of(
        {
            "registers/obligations.yml": """\
                type: obligation
                rows:
                  - {id: OBL-001, conditions: [{text: Nickel, parameter: MON-001}]}
                """,
            "registers/measurements.yml": """\
                type: measurement
                rows: [{id: MON-001}, {id: MON-002, why: [OBL-001]}]
                """,
            "registers/nonconformities.yml": """\
                type: nonconformity
                rows:
                  - {id: NCR-001, evaluations: [EVC-001]}
                  - {id: NCR-002}
                  - {id: NCR-003, readings: [{measurement: MON-001, period: 2026-03}]}
                  - {id: NCR-004, readings: [{measurement: MON-002, period: 2026-03}], status: closed}
                  - {id: NCR-005, evaluations: [EVC-001], closed_on: 2026-04-01}
                  - {id: NCR-006}
                """,
            "records/compliance-evaluations/a.yml": """\
                {id: EVC-001, type: compliance-evaluation, obligation: OBL-001, date: 2026-04-01,
                 result: partial, nonconformities: [NCR-002, NCR-004]}
                """,
        }
    )
    (one,) = compliance_status(model, as_of=AS_OF)
    assert one.breaches == ("NCR-001", "NCR-002", "NCR-003")
    assert measured_for(model) == {"MON-001": {"OBL-001"}, "MON-002": {"OBL-001"}}


def test_what_does_not_bind_today_has_no_status() -> None:
    model = model_of(
        {
            "registers/obligations.yml": """\
                type: obligation
                rows:
                  - {id: OBL-001, applicable: no}
                  - {id: OBL-002, status: pending}
                  - {id: OBL-003, effective_from: 2026-06-02}
                  - {id: OBL-004, status: repealed}
                  - {id: OBL-005, effective_from: 2026-06-01}
                """
        }
    )
    assert [one.obligation.id for one in compliance_status(model, as_of=AS_OF)] == ["OBL-005"]


def test_the_overall_status_is_stated_by_an_evaluation_or_a_management_review() -> None:
    files = {
        "records/compliance-evaluations/a.yml": """\
            type: compliance-evaluation
            rows:
              - {id: EVC-001, scope: overall, date: 2026-01-10, result: compliant}
              - {id: EVC-002, scope: overall, date: 2026-02-10}
              - {id: EVC-003, obligation: OBL-001, date: 2026-05-10, result: compliant}
            """,
    }
    stated = last_statement(model_of(files), as_of=AS_OF)
    assert stated is not None
    assert (stated.entry.entity.id, stated.on) == ("EVC-001", date(2026, 1, 10))
    files["records/management-reviews/a.yml"] = """\
        {id: MRV-001, type: management-review, date: 2026-03-10, inputs: {compliance: {text: All met}}}
        """
    stated = last_statement(model_of(files), as_of=AS_OF)
    assert stated is not None
    assert stated.entry.entity.id == "MRV-001"
    assert last_statement(model_of(files), as_of=date(2026, 1, 9)) is None


def test_an_overall_status_that_nobody_could_tell_is_not_stated() -> None:
    said = "{id: EVC-001, type: compliance-evaluation, scope: overall, date: 2026-01-10, result: unknown}"
    assert last_statement(model_of({"records/compliance-evaluations/a.yml": said}), as_of=AS_OF) is None


DAYS = st.dates(min_value=date(1996, 1, 1), max_value=date(2104, 12, 31))


@given(DAYS, st.integers(min_value=1, max_value=60))
def test_the_next_evaluation_is_due_so_many_calendar_months_later(day: date, months: int) -> None:
    one = status(
        evaluation(1, day.isoformat()), obligation=f"evaluation: {{frequency_months: {months}}}", as_of=day
    )
    due = one.due
    assert due is not None
    assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == months
    last = calendar.monthrange(due.year, due.month)[1]
    assert due.day == min(day.day, last), "the same day, or the last one of a shorter month"
    assert not one.overdue(due)
    assert one.overdue(due + timedelta(days=1))


def test_leap_days_and_month_ends_stay_in_their_month() -> None:
    def due(day: str, months: int) -> date | None:
        one = status(
            evaluation(1, day),
            obligation=f"evaluation: {{frequency_months: {months}}}",
            as_of=date(2030, 1, 1),
        )
        return one.due

    assert due("2024-02-29", 12) == date(2025, 2, 28)
    assert due("2024-02-29", 48) == date(2028, 2, 29)
    assert due("2025-08-31", 6) == date(2026, 2, 28)
    assert due("2025-12-31", 2) == date(2026, 2, 28)
