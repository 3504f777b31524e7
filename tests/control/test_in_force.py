"""What was in force on a day: as the register of that day has it, for every day of a story."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from mkdocs_ems.cli.landed import state_on_the_day
from mkdocs_ems.cli.options import Question
from mkdocs_ems.control import ControlState
from mkdocs_ems.control.in_force import Kind, Period, in_force_on, periods, periods_of
from mkdocs_ems.git import Repository
from support.chain import Chain, Work
from support.company import company, land_record, procedure

PATH = "procedures/waste.md"
DAY = timedelta(days=1)

Holding = Mapping[str, tuple[Kind, int]]


def told(control: ControlState, day: date) -> Holding:
    """What the spans say of a day."""
    return {key: (one.kind, one.number) for key, one in in_force_on(periods(control), day).items()}


def registered(control: ControlState) -> Holding:
    """What document control of that very day says."""
    found: dict[str, tuple[Kind, int]] = {}
    for document in control.documents.values():
        if document.interim is not None:
            found[document.id] = (Kind.INTERIM, document.interims.index(document.interim) + 1)
        elif document.in_force is not None:
            found[document.id] = (Kind.ISSUE, document.in_force.number)
    return found


def on(chain: Chain, day: date) -> ControlState:
    """Document control of a chain that ends with what had landed by a day."""
    cut = Chain()
    cut.shelf, cut.commits = chain.shelf, chain.commits
    for event in chain.events:
        if event.date.date() <= day:
            cut.events.append(event)
            for change in event.changes:
                if change.new_blob is None:
                    cut.tree.pop(change.path, None)
                else:
                    cut.tree[change.path] = (change.new_mode, change.new_blob)
    return cut.control(str(day))


def spans(chain: Chain) -> list[tuple[Kind, int, str, str | None]]:
    return [
        (one.kind, one.number, str(one.begin), str(one.last) if one.last else None)
        for one in periods_of(chain.document("PRO-001"))
    ]


def test_an_issue_is_in_force_to_the_day_before_the_next_one() -> None:
    chain = company(**{PATH: procedure()})
    chain.merge(Work({PATH: procedure("Again.")}, by="ann"), by="eve", on="2026-03-01")
    assert spans(chain) == [
        (Kind.ISSUE, 1, "2026-01-05", "2026-02-28"),
        (Kind.ISSUE, 2, "2026-03-01", None),
    ]


def test_an_interim_approval_interrupts_the_issue_in_whose_place_it_stands() -> None:
    chain = company(**{PATH: procedure()})
    chain.commit({PATH: procedure("Draft.")}, by="ann", on="2026-03-01")
    land_record(chain, PATH, by="eve", on="2026-03-02", issue=2, meaning="interim", valid_until="2026-03-10")
    assert spans(chain) == [
        (Kind.ISSUE, 1, "2026-01-05", "2026-03-01"),
        (Kind.INTERIM, 1, "2026-03-02", "2026-03-10"),
        (Kind.ISSUE, 1, "2026-03-11", None),
    ]


def test_an_issue_that_was_replaced_on_its_first_day_has_no_day() -> None:
    chain = company(**{PATH: procedure()})
    chain.merge(Work({PATH: procedure("Again.")}, by="ann"), by="eve", on="2026-03-01T08:00")
    chain.merge(Work({PATH: procedure("Better.")}, by="ann"), by="eve", on="2026-03-01T16:00")
    assert [number for _, number, *_ in spans(chain)] == [1, 3]


def test_what_is_approved_for_a_later_day_is_told_before_that_day() -> None:
    chain = company(**{PATH: procedure()})
    chain.commit({PATH: procedure("Later.")}, by="ann", on="2026-03-01")
    land_record(chain, PATH, by="eve", on="2026-03-02", issue=2, effective_from="2026-05-01")
    assert spans(chain)[1] == (Kind.ISSUE, 2, "2026-05-01", None)


def test_what_nobody_approved_has_no_day() -> None:
    chain = company()
    chain.commit({PATH: procedure()}, by="ann")
    assert spans(chain) == []


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("write", "merge", "approve", "later", "interim", "withdraw", "delete", "wait")),
        st.sampled_from(("ann", "ben", "eve", "otto")),
        st.integers(0, 3),
    ),
    max_size=9,
)


def play(chain: Chain, what: str, who: str, days: int) -> None:
    """One step of a story; steps that are impossible are left out."""
    now = chain.now + timedelta(days=days, hours=1)
    when, there = now.isoformat(), f"ems/{PATH}" in chain.tree
    text = procedure(f"Text of {now}.")
    records = 1 + sum(1 for path in chain.tree if "/approvals/" in path)
    if what == "write":
        chain.commit({PATH: text}, by=who, on=when)
    elif what == "merge":
        chain.merge(Work({PATH: text}, by="ann"), by=who, on=when)
    elif what == "delete" and there:
        chain.commit({PATH: None}, by=who, on=when)
    elif what in {"approve", "later", "interim", "withdraw"} and there:
        document = chain.document("PRO-001")
        said: dict[str, object] = {"issue": document.next_issue, "meaning": "approval", "n": records}
        said["previous"] = list(document.previous)
        if what == "later":
            said["effective_from"] = str(now.date() + 2 * DAY)
        if what == "interim":
            said |= {"meaning": "interim", "valid_until": str(now.date() + 3 * DAY)}
        if what == "withdraw":
            number = document.issues[-1].number if document.issues else 1
            said |= {"meaning": "withdrawal", "issue": number}
        chain.now = now
        land_record(chain, PATH, by=who, on=when, **said)


@budget(max_examples=30, deadline=None)
@given(STEPS)
def test_the_spans_of_a_story_say_of_each_day_what_the_register_of_that_day_says(
    steps: list[tuple[str, str, int]],
) -> None:
    chain = company(**{PATH: procedure()})
    for step in steps:
        play(chain, *step)
    whole = chain.control()
    day = date(2026, 1, 5)
    while day <= chain.now.date():
        assert told(whole, day) == registered(on(chain, day)), day
        day += DAY


@budget(max_examples=20, deadline=None)
@given(STEPS)
def test_of_a_document_there_is_at_most_one_span_on_a_day(steps: list[tuple[str, str, int]]) -> None:
    chain = company(**{PATH: procedure()})
    for step in steps:
        play(chain, *step)
    found: list[Period] = [one for one in periods(chain.control()) if one.document == "PRO-001"]
    assert all(one.last is None or one.begin <= one.last for one in found)
    for one, following in pairwise(found):
        assert one.last is not None
        assert one.last < following.begin


@pytest.mark.parametrize("day", ["2025-03-20", "2025-09-30", "2026-03-24", "2026-06-30", "2026-11-19"])
def test_the_demonstration_says_of_a_day_what_its_register_of_that_day_says(demo: Path, day: str) -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)

    def control(asked: str) -> ControlState:
        question = Question(ref="main", as_of=date.fromisoformat(asked), trust_root=None, now=now)
        with Repository.open(demo) as repository:
            return state_on_the_day(repository, question).control

    assert told(control("2026-11-20"), date.fromisoformat(day)) == registered(control(day))
