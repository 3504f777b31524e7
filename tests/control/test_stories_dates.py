"""Dates in real repositories: they decide nothing but days, and what cannot be right is told."""

from __future__ import annotations

from mkdocs_ems.control import Fault, FaultReason
from support.company import company, procedure
from support.story import Story
from support.told import PATH, approvers, begin, control, document, record

NOTES = "ems/notes.txt"


def faults(story: Story, *, as_of: str = "2026-12-31", asked: bool = False) -> list[Fault]:
    return list(control(story, as_of=as_of, asked=asked).faults)


def reasons(story: Story, *, as_of: str = "2026-12-31", asked: bool = False) -> list[FaultReason]:
    return [fault.reason for fault in faults(story, as_of=as_of, asked=asked)]


def test_a_sound_history_has_no_odd_date(story: Story) -> None:
    begin(story).commit({PATH: procedure()}, by="ann")
    story.commit({NOTES: "1"}, by="ben")
    assert faults(story) == []


def test_a_commit_of_2099_is_told_once_however_many_follow(story: Story) -> None:
    begin(story).commit({NOTES: "1"}, by="ann", date="2026-02-01", committed="2099-01-01")
    bad = story.head
    for at in range(3):
        story.commit({NOTES: f"x{at}"}, by="ben")
    late, odd = faults(story)
    assert (late.reason, late.event) == (FaultReason.AFTER_AS_OF, bad)
    assert "is dated 2099-01-01, after 2026-12-31, the day of this check" in late.words
    assert (odd.reason, odd.event) == (FaultReason.ODD_DATE, bad)
    assert "and landed before commit" in odd.words


def test_a_commit_of_2099_is_told_also_where_somebody_asked_for_a_date(story: Story) -> None:
    begin(story).commit({NOTES: "1"}, by="ann", date="2026-02-01", committed="2099-01-01")
    story.commit({NOTES: "2"}, by="ben")
    assert reasons(story, asked=True) == [FaultReason.ODD_DATE]


def test_what_landed_after_the_date_that_somebody_asked_for_is_simply_later(story: Story) -> None:
    begin(story).commit({NOTES: "1"}, by="ann", date="2026-06-01")
    assert faults(story, as_of="2026-02-01", asked=True) == []
    assert reasons(story, as_of="2026-02-01") == [FaultReason.AFTER_AS_OF]


def test_the_events_after_a_date_in_2099_still_count_in_their_order(story: Story) -> None:
    begin(story).commit({NOTES: "1"}, by="ann", date="2026-02-01", committed="2099-01-01")
    story.branch("work")
    story.commit({PATH: procedure()}, by="ann", date="2026-02-02")
    story.switch()
    story.merge("work", by="eve")
    issues = document(story, as_of="2099-01-01").issues
    assert [issue.effective_from.isoformat() for issue in issues] == ["2099-01-01"]
    assert document(story).in_force is None


def test_a_date_of_1970_is_told_as_none_at_all(story: Story) -> None:
    begin(story).commit({NOTES: "1"}, by="ann", date="1970-01-01T00:00", committed="2026-02-01")
    (fault,) = faults(story)
    assert fault.reason is FaultReason.ODD_DATE
    assert "by Ann has no date that can be read" in fault.words


def test_a_date_before_1990_is_told_of_a_commit_behind_a_merge_too(story: Story) -> None:
    begin(story).branch("work")
    story.commit({NOTES: "1"}, by="ann", date="1985-05-05")
    story.switch()
    story.merge("work", by="ben", date="2026-02-01")
    (fault,) = faults(story)
    assert fault.event == story.head
    assert "is dated 1985-05-05" in fault.words


def test_a_clock_that_went_back_by_a_month_is_told_and_one_that_differs_by_an_hour_is_not(
    story: Story,
) -> None:
    begin(story).commit({NOTES: "1"}, by="ann", date="2026-03-01")
    story.commit({NOTES: "2"}, by="ben", date="2026-02-28T23:00")
    assert faults(story) == []
    story.commit({NOTES: "3"}, by="ben", date="2026-02-01")
    bad = story.head
    story.commit({NOTES: "4"}, by="ann", date="2026-03-02")
    assert [(fault.reason, fault.event) for fault in faults(story)] == [(FaultReason.ODD_DATE, bad)]


def test_of_thousands_without_dates_some_are_told_and_the_rest_counted() -> None:
    told = company()
    for at in range(30):
        told.commit({"notes.txt": str(at)}, on="1980-01-01")
    found = [fault for fault in told.control("2026-12-31").faults if fault.reason is FaultReason.ODD_DATE]
    assert len(found) == 21
    assert found[-1].words == "10 more commits have such a date"


def test_a_merge_dated_before_what_it_approves_was_written_counts_and_is_told(story: Story) -> None:
    begin(story).branch("work")
    story.commit({PATH: procedure()}, by="ann", date="2026-02-10")
    story.switch()
    story.merge("work", by="eve", date="2026-02-09")
    found = document(story)
    assert approvers(story) == ["PER-EVE"]
    (fault,) = found.faults
    assert fault.reason is FaultReason.BEFORE_CONTENT
    assert "the merge by Eve is dated 2026-02-09 09:00" in fault.words


def test_a_record_dated_before_what_a_merge_brought_in_was_written_is_told(story: Story) -> None:
    begin(story).branch("work")
    story.commit({PATH: procedure()}, by="ann", date="2026-02-10")
    story.switch()
    story.merge("work", by="ben", date="2026-02-11")
    story.commit(record(story, by="eve", date="2026-02-09T09:00:00Z"), by="eve")
    assert approvers(story) == ["PER-EVE"]
    assert [fault.reason for fault in document(story).faults] == [FaultReason.BEFORE_CONTENT]
