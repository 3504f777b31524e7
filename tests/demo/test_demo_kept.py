"""Records of the demonstration land on their day, and what was found out later lands later."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from mkdocs_ems.demo.kept import kept
from mkdocs_ems.demo.versions import Versions, story_data

DRILLS = "ems/records/drills/2026.yml"
WALKS = "ems/records/inspections/weekly-walks-2026.yml"
PHOTOGRAPH = "ems/records/inspections/CHK-W-2026-15-pump-label.txt"


def days() -> list[str]:
    """The days as far as which a step of the story brings records."""
    return [str(step["kept"]) for step in story_data("history.yml")["steps"] if "kept" in step]


def test_a_record_is_not_there_before_its_day() -> None:
    assert DRILLS not in kept(until="2026-01-20")
    assert b"DRL-2026-01" in kept(until="2026-01-21")[DRILLS]


def test_how_a_drill_was_judged_lands_when_the_plan_was_looked_at_again() -> None:
    assert b"result" not in kept(until="2026-01-28")[DRILLS]
    assert b"result: effective" in kept(until="2026-01-29")[DRILLS]


def test_what_is_added_to_a_walk_lands_when_it_was_added() -> None:
    assert b"amendments" not in kept(until="2026-06-15")[WALKS]
    assert b"amendments" in kept(until="2026-06-16")[WALKS]


def test_a_file_of_evidence_lands_with_the_record_that_names_it() -> None:
    assert PHOTOGRAPH not in kept(until="2026-04-07")
    assert PHOTOGRAPH in kept(until="2026-04-08")


def test_a_training_that_is_planned_is_entered_some_weeks_before() -> None:
    planned = "ems/records/training/2026.yml"
    assert b"TRN-2026-26" not in kept(until="2026-09-07")[planned]
    assert b"TRN-2026-26" in kept(until="2026-09-08")[planned]


def test_the_story_brings_every_record_whole_and_never_goes_back() -> None:
    assert all(one <= other for one, other in pairwise(days()))
    last = kept(until=days()[-1])
    assert last == {path: Versions().read(path, 1) for path in last}
    assert last.keys() == kept(until="2027-12-31").keys()


def test_no_record_waits_longer_than_thirty_days_for_the_next_step() -> None:
    told = [date.fromisoformat(day) for day in days()]
    assert all(other - one <= timedelta(days=30) for one, other in pairwise(told))
