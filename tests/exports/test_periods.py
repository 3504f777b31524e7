"""From when to when an issue or an interim approval applies, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mkdocs_ems.compile import controlled_state
from mkdocs_ems.control import ControlState, DocumentControl, Interim, Issue, IssueState, Pending, Waiting
from mkdocs_ems.control.periods import issue_last, state_words
from mkdocs_ems.exports import document_history, issue_rows
from mkdocs_ems.exports.periods import interim_period, issue_period
from mkdocs_ems.git import Repository
from support.demonstration import AS_OF


@pytest.fixture(scope="module")
def control(demo: Path) -> Iterator[ControlState]:
    with Repository.open(demo) as repository:
        now = datetime(2026, 11, 20, tzinfo=UTC)
        yield controlled_state(repository, ref="main", as_of=date.fromisoformat(AS_OF), now=now).control


@pytest.fixture
def document(control: ControlState) -> DocumentControl:
    return control.documents["WI-06"]


@pytest.fixture
def issue(document: DocumentControl) -> Issue:
    return document.issues[0]


@pytest.fixture
def interim(document: DocumentControl) -> Interim:
    return document.interims[0]


def test_the_last_day_of_an_issue_is_the_day_before_its_end(issue: Issue, document: DocumentControl) -> None:
    assert issue.effective_to == date(2026, 2, 24)
    assert issue_last(issue) == date(2026, 2, 23)
    assert issue_period(issue, document) == "in force from 2025-12-02 to 2026-02-23, replaced by issue 2"


def test_an_end_that_is_still_to_come_is_told_as_one(issue: Issue, document: DocumentControl) -> None:
    current = replace(issue, state=IssueState.IN_FORCE)
    assert issue_period(current, document).endswith("to 2026-02-23, to be replaced by issue 2")


def test_an_issue_that_was_replaced_on_its_own_day_was_in_force_for_a_part_of_it(
    issue: Issue, document: DocumentControl
) -> None:
    brief = replace(issue, effective_from=date(2025, 12, 2), effective_to=date(2025, 12, 2))
    assert issue_period(brief, document) == "in force for a part of 2025-12-02 only, withdrawn"
    assert issue_last(brief) is None


def test_an_issue_that_ended_before_it_began_was_never_in_force(
    issue: Issue, document: DocumentControl
) -> None:
    postponed = replace(issue, effective_from=date(2026, 3, 1))
    assert issue_period(postponed, document).startswith("never in force: replaced by issue 2 on 2026-02-24")


def test_an_interim_approval_that_ran_to_its_end_names_its_last_day(interim: Interim) -> None:
    whole = replace(interim, ended=None, ended_by="")
    assert interim_period(whole) == "in force from 2026-10-15 to 2026-10-22"


def test_an_interim_approval_that_was_replaced_names_what_by(interim: Interim) -> None:
    assert (interim.ended, interim.ended_by) == (date(2026, 10, 19), "replaced by issue 3")
    assert interim_period(interim) == "in force from 2026-10-15 to 2026-10-18, replaced by issue 3"


def test_an_interim_approval_that_was_replaced_at_once_was_never_in_force(interim: Interim) -> None:
    assert interim_period(replace(interim, ended=interim.valid_from)) == "never in force: replaced by issue 3"


def test_of_two_states_at_once_the_interim_text_is_the_one_that_applies(
    interim: Interim, document: DocumentControl
) -> None:
    running = replace(document, interim=replace(interim, state=IssueState.INTERIM))
    assert running.in_force is not None
    assert state_words(running.in_force, running).startswith("suspended until the interim approval ends")


def test_a_draft_with_one_approval_of_two_says_so(control: ControlState) -> None:
    document = control.documents["P-08"]
    pending = document.pending
    assert pending is not None
    waiting = Waiting(("ROL-EHS",), 1, (), given=1)
    half: Pending = replace(pending, waits_for=(waiting,))
    assert document_history(replace(document, pending=half))[-1].given == "1 of 2"
    assert document_history(document)[-1].given == "none"


def test_a_review_of_a_former_content_stays_with_its_issue(control: ControlState) -> None:
    document = control.documents["WI-06"]
    forgotten = replace(document, reviews=())
    rows = issue_rows(replace(control, documents={document.id: forgotten}))
    (row,) = (row for row in rows if row["reviewed"])
    assert (row["id"], row["issue"]) == ("WI-06", 3)
