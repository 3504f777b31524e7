"""A promise is kept by what names it, period by period; what nobody promised is not asked for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_ems.model.fields import Interval
from mkdocs_ems.model.keeping import MOST_ALTOGETHER, MOST_PERIODS, Keeping, Turn, kept
from mkdocs_ems.model.promises import promises
from support.content import model_of

WALKS = """\
type: inspection
rows:
  - {id: CHK-001, title: Walk, date: 2026-01-05, form: FRM-001, result: in-order}
  - {id: CHK-002, title: Walk, date: 2026-01-25, form: FRM-001, result: not-done, reason: Snow}
  - {id: CHK-003, title: Walk of another form, date: 2026-01-14, form: FRM-002, result: in-order}
"""


def form(promise: str, *, identity: str = "FRM-001", more: str = "") -> str:
    return (
        f"---\nid: {identity}\ntype: form\ntitle: Walk\nowner: ROL-EHS\n{more}records:\n  - {promise}\n---\n"
    )


def only(files: dict[str, str], *, as_of: str, grace: int = 0) -> Keeping:
    (found,) = kept(model_of(files), as_of=date.fromisoformat(as_of), grace=grace)
    return found


def told(keeping: Keeping) -> dict[str, Turn]:
    return {one.period.text: one.turn for one in keeping.periods}


def test_each_week_stands_as_kept_missing_or_open() -> None:
    files = {
        "forms/walk.md": form("{type: inspection, every: 1 week}"),
        "records/inspections/2026.yml": WALKS,
    }
    found = only(files, as_of="2026-02-04", grace=3)
    assert told(found) == {
        "2026-W02": Turn.KEPT,
        "2026-W03": Turn.MISSING,
        "2026-W04": Turn.KEPT,
        "2026-W05": Turn.OPEN,
        "2026-W06": Turn.OPEN,
    }
    assert [one.entity.id for one in found.periods[0].records] == ["CHK-001"]
    assert [one.text for one in found.missing] == ["2026-W03"]


def test_the_owner_sees_to_it_where_nobody_is_named() -> None:
    files = {"forms/walk.md": form("{type: inspection, every: 1 week}")}
    (promise,) = promises(model_of(files))
    assert (promise.by, promise.of, promise.kind) == ("ROL-EHS", "FRM-001", "inspection")


def test_the_first_whole_period_is_the_first_that_is_promised() -> None:
    files = {"forms/walk.md": form("{type: inspection, every: 1 month, since: 2026-01-02}")}
    assert told(only(files, as_of="2026-03-31")) == {"2026-02": Turn.MISSING, "2026-03": Turn.OPEN}


def test_a_promise_that_has_ended_is_asked_no_further() -> None:
    promise = "{type: inspection, every: 1 month, since: 2026-01-01, until: 2026-02-28}"
    assert list(told(only({"forms/walk.md": form(promise)}, as_of="2026-06-30"))) == ["2026-01", "2026-02"]


def test_other_intervals_are_counted_from_the_first_day() -> None:
    fortnight = form("{type: inspection, every: 2 weeks, since: 2026-01-05}")
    found = only({"forms/walk.md": fortnight, "records/inspections/2026.yml": WALKS}, as_of="2026-02-20")
    assert told(found) == {
        "2026-01-05 to 2026-01-18": Turn.KEPT,
        "2026-01-19 to 2026-02-01": Turn.KEPT,
        "2026-02-02 to 2026-02-15": Turn.MISSING,
        "2026-02-16 to 2026-03-01": Turn.OPEN,
    }
    two_months = form("{type: inspection, every: 2 months, since: 2025-11-01}")
    assert list(told(only({"forms/walk.md": two_months}, as_of="2026-02-20"))) == [
        "2025-11 to 2025-12",
        "2026-01 to 2026-02",
    ]


def test_days_of_the_week_on_which_none_is_ever_made_are_not_asked() -> None:
    days = [f"2026-01-{day:02}" for day in (5, 6, 7, 8, 9, 12, 13, 15, 16)]
    rows = "".join(f"  - {{id: CHK-{day[-2:]}, date: {day}, form: FRM-001}}\n" for day in days)
    records = f"type: inspection\nrows:\n{rows}"
    files = {
        "forms/walk.md": form("{type: inspection, every: 1 day}"),
        "records/inspections/2026.yml": records,
    }
    found = told(only(files, as_of="2026-01-17"))
    assert found["2026-01-14"] is Turn.MISSING
    assert found["2026-01-10"] is Turn.NOT_ASKED


def test_one_promise_of_several_things_is_kept_for_each() -> None:
    promise = "{type: inspection, every: 1 week, of: [FRM-001, FRM-002], since: 2026-01-12}"
    files = {"forms/walk.md": form(promise), "records/inspections/2026.yml": WALKS}
    found = kept(model_of(files), as_of=date(2026, 1, 18), grace=0)
    assert {one.promise.of: told(one) for one in found} == {
        "FRM-001": {"2026-W03": Turn.OPEN},
        "FRM-002": {"2026-W03": Turn.KEPT},
    }


@pytest.mark.parametrize("more", ["superseded_by: FRM-002\n"])
def test_what_is_superseded_promises_nothing(more: str) -> None:
    assert promises(model_of({"forms/walk.md": form("{type: inspection, every: 1 week}", more=more)})) == ()


@pytest.mark.parametrize(
    ("verification", "status", "count"),
    [
        ("{every: 1 week}", "active", 1),
        ("{every: 1 week, records_kept: The log of the crane}", "active", 0),
        ("{frequency: each shift}", "active", 0),
        ("{every: 1 week}", "withdrawn", 0),
    ],
)
def test_a_control_promises_what_its_verification_says(verification: str, status: str, count: int) -> None:
    rows = f"  - {{id: OPC-001, title: Valve, status: {status}, verification: {verification}}}\n"
    controls = f"id: REG-OPC\ntype: control\nrows:\n{rows}"
    assert len(promises(model_of({"registers/controls.yml": controls}))) == count


def test_what_is_neither_begun_nor_dated_has_no_periods() -> None:
    found = only({"forms/walk.md": form("{type: inspection, every: 1 week}")}, as_of="2026-02-04")
    assert (found.periods, found.last) == ((), None)


@given(
    st.sampled_from([(0, 1), (0, 7), (0, 10), (1, 0), (2, 0), (3, 0), (6, 0), (12, 0), (18, 0)]),
    st.dates(date(1, 1, 1), date.max),
    st.dates(date(1, 1, 1), date.max),
)
def test_periods_follow_one_another_without_a_hole(every: tuple[int, int], since: date, as_of: date) -> None:
    said = Interval(*every)
    words = f"{every[0]} months" if every[0] else f"{every[1]} days"
    promise = f"{{type: inspection, every: {words}, since: {since.isoformat()}}}"
    (found,) = kept(model_of({"forms/walk.md": form(promise)}), as_of=as_of, grace=0)
    assert found.promise.every == said
    for one, after in zip(found.periods, found.periods[1:], strict=False):
        assert one.period.last.toordinal() + 1 == after.period.first.toordinal()


def test_of_one_promise_the_last_periods_are_looked_at_and_the_number_of_the_others_is_said() -> None:
    promise = form("{type: inspection, every: 1 day, since: 2010-01-01}")
    found = only({"forms/walk.md": promise}, as_of="2026-02-04")
    days = (date(2026, 2, 4) - date(2009, 12, 31)).days
    assert (found.count, found.unseen) == (MOST_PERIODS, days - MOST_PERIODS)
    assert found.periods[-1].period.text == "2026-02-04"
    assert found.latest(1) == found.periods[-1:]


def test_all_promises_together_have_a_limit_beyond_which_nothing_is_looked_at() -> None:
    promise = "{type: inspection, every: 1 day, since: 2015-01-01, of: [%s]}"
    things = ", ".join(f"OPC-{number:04}" for number in range(5_000))
    found = kept(model_of({"forms/walk.md": form(promise % things)}), as_of=date(2026, 2, 4), grace=0)
    assert sum(one.count for one in found) == MOST_ALTOGETHER
    assert all(one.begun and not one.missing and one.unseen for one in found if not one.count)


def test_a_record_over_years_is_put_down_in_no_more_periods_than_the_limit() -> None:
    promise = form("{type: inspection, every: 1 day, since: 2015-01-01}")
    records = "".join(
        f"  - {{id: CHK-{one}, form: FRM-001, period_start: 2015-01-01, period_end: 2026-01-01}}\n"
        for one in range(100)
    )
    walks = f"type: inspection\nrows:\n{records}"
    found = only({"forms/walk.md": promise, "records/inspections/2026.yml": walks}, as_of="2026-02-04")
    assert (found.begun, found.count, found.last) == (True, 0, date(2026, 1, 1))


def test_a_thing_that_is_listed_twice_is_promised_once() -> None:
    promise = "{type: inspection, every: 1 week, of: [OPC-001, OPC-001]}"
    assert len(promises(model_of({"forms/walk.md": form(promise)}))) == 1


def test_a_promise_whose_first_whole_period_is_to_come_has_begun_and_asks_for_nothing() -> None:
    promise = form("{type: inspection, every: 1 month, since: 2026-01-02}")
    found = only({"forms/walk.md": promise}, as_of="2026-01-20")
    assert (found.begun, found.count, found.missing, found.unseen) == (True, 0, (), 0)
