"""Drafts, interim approvals and withdrawals to come: what pages say applies, and from when to when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Protocol

import pytest

from mkdocs_ems.control import (
    Act,
    Content,
    DocumentControl,
    Interim,
    Issue,
    IssueState,
    Manifest,
    Meaning,
    Pending,
    Person,
    Waiting,
)
from mkdocs_ems.pages import Manual, Page

DOCUMENT, HISTORY = "documents/PRO-001/index.html", "histories/PRO-001/index.html"
PENDING, REGISTER, START = "pending/index.html", "document-register/index.html", "index.html"
PLATING = "ems/procedures/plating.md"
TEXTS = {"old": "# Plating\n\nBelow 60.\n", "new": "# Plating\n\nBelow 55.\n"}


class Shown(Protocol):
    manual: Manual
    pages: Mapping[str, Page]

    def html(self, path: str) -> str: ...


Render = Callable[..., Shown]
MakeIssue = Callable[..., Issue]
MakeDocument = Callable[..., DocumentControl]


@pytest.fixture
def interim(issue: MakeIssue) -> Interim:
    """A text that Ada released for twelve days; Ben wrote it."""
    made = issue(5, PLATING, content=Content(PLATING, "new", ()))
    return Interim(
        content=made.content,
        manifest=Manifest("", {}),
        event=made.event,
        act=replace(made.approvals[0], meaning=Meaning.INTERIM, sentence="Released by Ada Wren."),
        valid_from=date(2026, 11, 28),
        valid_until=date(2026, 12, 10),
        state=IssueState.INTERIM,
        authors=made.authors,
        summary="Cool the bath",
    )


@pytest.fixture
def leaving(issue: MakeIssue, document: MakeDocument) -> DocumentControl:
    """A procedure in force whose withdrawal is approved for a later day."""
    only = issue(1, PLATING, effective_to=date(2026, 12, 15))
    act = replace(
        only.approvals[0],
        meaning=Meaning.WITHDRAWAL,
        effective_from=date(2026, 12, 15),
        done=datetime(2026, 11, 22, tzinfo=UTC),
        sentence="Ada Wren <b>withdrew</b> it on 2026-11-22.",
    )
    return document(
        "PRO-001", PLATING, "procedure", only, withdrawals=(act,), withdrawn_from=date(2026, 12, 15)
    )


def test_a_draft_does_not_show_the_approval_of_another_issue_as_its_own(
    render: Render, issue: MakeIssue, document: MakeDocument, pending: Pending
) -> None:
    draft = replace(pending, content=Content(PLATING, "draft", ()))
    plating = document("PRO-001", PLATING, "procedure", issue(2, PLATING), pending=draft)
    shown = render(documents=[plating], draft=True)
    said = shown.pages[DOCUMENT].before
    assert "<dt>Approved</dt><dd>nobody yet</dd>" in said
    assert "<dt>In force from</dt>" not in said
    assert "<dt>Level</dt>" not in said
    assert "issue 2 (Rev C), from 2026-03-02; recorded; author and approver" in said
    assert "<li>Issue 2 (Rev C): Approved by Ada Wren on 2026-03-02, recorded by the approver.</li>" in said
    row = _row(shown.html(REGISTER), "PRO-001")
    assert "<td>draft<br>" in row
    assert "issue 2 (Rev C) is in force" in row
    assert "2026-03-02" not in row
    assert "<td>none</td>" in row
    assert '<span class="ems-aside">issue 2 (Rev C)</span>' in shown.html(REGISTER)


def test_a_draft_that_one_of_two_approved_says_who_did_so_far(
    render: Render, issue: MakeIssue, document: MakeDocument, pending: Pending
) -> None:
    one = issue(2, PLATING).approvals[0]
    draft = replace(pending, content=Content(PLATING, "draft", ()), acts=(one,))
    shown = render(documents=[document("PRO-001", PLATING, "procedure", pending=draft)], draft=True)
    said = shown.pages[DOCUMENT].before
    assert (
        "<dt>Approved</dt><dd><ul><li>not by all who must; so far:</li><li>Approved by Ada Wren on 2026-03-02"
        in said
    )
    assert "<dt>In force meanwhile</dt><dd>nothing</dd>" in said


def test_a_withdrawal_for_a_later_day_is_told_on_every_page_and_the_issue_stays_in_force(
    render: Render, leaving: DocumentControl
) -> None:
    shown = render(documents=[leaving], draft=False, texts=TEXTS)
    said = "in force; withdrawal approved, ends 2026-12-15"
    before = shown.pages[DOCUMENT].before
    assert f"<dt>State</dt><dd>{said}</dd>" in before
    assert "<strong>Withdrawal approved.</strong>" in before
    assert "withdrawal approved, ends 2026-12-15 · " in before  # on paper too
    assert "from 2026-03-02 to 2026-12-14, to be withdrawn" in shown.pages[DOCUMENT].after
    assert "The withdrawal takes effect on 2026-12-15." in shown.pages[DOCUMENT].after
    for page in (HISTORY, PENDING, START):
        assert said in shown.html(page)
    assert "withdrawal approved, ends 2026-12-15" in _row(shown.html(REGISTER), "PRO-001")
    assert "<b>withdrew" not in shown.html(PENDING) + shown.html(HISTORY)


def test_an_issue_in_whose_place_an_interim_text_applies_is_suspended_on_every_page(
    render: Render, issue: MakeIssue, document: MakeDocument, pending: Pending, interim: Interim
) -> None:
    draft = replace(pending, content=interim.content)
    fourth = issue(4, PLATING, content=Content(PLATING, "old", ()))
    plating = document(
        "PRO-001", PLATING, "procedure", fourth, pending=draft, interims=(interim,), interim=interim
    )
    shown = render(documents=[plating], draft=False, texts=TEXTS)
    page, history = shown.pages[DOCUMENT], shown.html(HISTORY)
    assert "That text applies; issue 4 is suspended meanwhile." in page.before
    assert "<dt>Suspended</dt><dd>issue 4, until the interim ends</dd>" in page.before
    assert "<dt>Written by</dt><dd>Ben Elm</dd>" in page.before
    assert '<th scope="row">interim</th><td>interim</td><td>from 2026-11-28 to 2026-12-10</td>' in page.after
    assert "suspended until the interim approval ends (last day 2026-12-10)" in page.after
    assert '<span class="ems-badge ems-badge--plain">suspended</span>' in history
    assert "<dt>State</dt><dd>suspended until the interim approval ends (last day 2026-12-10)</dd>" in history
    assert "is not shown" not in history
    assert "It is the text that applies for the interim" in history
    assert ">in force<" not in page.before + page.after + history
    row = _row(shown.html(REGISTER), "PRO-001")
    assert "to 2026-12-10; issue 4 is suspended" in row
    assert "issue 4 is suspended meanwhile" in shown.html(PENDING)


def test_an_interim_that_was_replaced_ended_on_the_day_before_and_says_by_what(
    render: Render, issue: MakeIssue, document: MakeDocument, interim: Interim
) -> None:
    sixth = issue(6, PLATING, effective_from=date(2026, 12, 2))
    over = replace(
        interim, state=IssueState.SUPERSEDED, ended=date(2026, 12, 2), ended_by="replaced by issue 6"
    )
    plating = document("PRO-001", PLATING, "procedure", sixth, interims=(over,))
    html = render(documents=[plating], draft=False, texts=TEXTS).html(HISTORY)
    assert "from 2026-11-28 to 2026-12-01, replaced by issue 6" in html
    assert "<dt>Written by</dt><dd>Ben Elm</dd>" in html


def test_an_issue_that_was_replaced_before_its_day_was_never_in_force(
    render: Render, issue: MakeIssue, document: MakeDocument
) -> None:
    early = issue(
        1,
        PLATING,
        state=IssueState.SUPERSEDED,
        effective_from=date(2026, 12, 1),
        effective_to=date(2026, 11, 22),
    )
    second = issue(2, PLATING, effective_from=date(2026, 11, 22))
    html = render(documents=[document("PRO-001", PLATING, "procedure", early, second)], draft=False).html(
        HISTORY
    )
    assert (
        "never in force: replaced by issue 2 on 2026-11-22, before it came into force on 2026-12-01" in html
    )


def test_an_issue_that_was_replaced_on_its_first_day_applied_for_a_part_of_it(
    render: Render, issue: MakeIssue, document: MakeDocument
) -> None:
    first = issue(1, PLATING, state=IssueState.SUPERSEDED, effective_to=date(2026, 3, 2))
    plating = document("PRO-001", PLATING, "procedure", first, issue(2, PLATING))
    html = render(documents=[plating], draft=False).html(HISTORY)
    assert "for a part of 2026-03-02 only, replaced by issue 2" in html


def test_a_withdrawn_text_that_still_lies_there_waits_in_a_whole_sentence(
    render: Render, issue: MakeIssue, document: MakeDocument, pending: Pending
) -> None:
    missing = "issue 1 is withdrawn from 2026-06-01 on: delete the file, or have it approved again as issue 2"
    waiting = replace(pending, content=Content(PLATING, "old", ()), missing=missing, since=date(2026, 6, 1))
    plating = document("PRO-001", PLATING, "procedure", issue(1, PLATING), pending=waiting)
    shown = render(documents=[plating], draft=True)
    said = shown.pages[DOCUMENT].before
    assert "2026-06-01 (182 days)" in shown.html(PENDING)
    assert "<dt>Waits since</dt><dd>2026-06-01</dd>" in shown.html(HISTORY)
    assert f"A draft of issue 2 waits since 2026-06-01: {missing}." in said


def test_an_interim_that_an_approved_issue_will_replace_names_that_issue(
    render: Render, document: MakeDocument, interim: Interim
) -> None:
    short = replace(interim, ended=date(2026, 12, 5), ended_by="replaced by issue 5")
    plating = document("PRO-001", PLATING, "procedure", interims=(short,), interim=short)
    shown = render(documents=[plating], draft=False, texts=TEXTS)
    assert "It ends after 2026-12-04, to be replaced by issue 5." in shown.pages[DOCUMENT].before
    assert "from 2026-11-28 to 2026-12-04, to be replaced by issue 5" in shown.html(HISTORY)


def test_where_some_have_approved_the_pending_page_says_how_many_of_how_many(
    render: Render, document: MakeDocument, pending: Pending
) -> None:
    waits = (Waiting(("ROL-MD",), 1, (), given=1),)
    draft = replace(pending, content=Content(PLATING, "draft", ()), waits_for=waits)
    shown = render(documents=[document("PRO-001", PLATING, "procedure", pending=draft)], draft=False)
    assert "1 more approval of 2, by ROL-MD Managing Director" in shown.html(PENDING)


def test_who_approved_as_a_deputy_is_told_with_whom_that_deputised(
    render: Render, issue: MakeIssue, document: MakeDocument
) -> None:
    made = issue(2, PLATING)
    ben = Person(None, "Ben Elm", "ben@wrenholt.example")
    act: Act = replace(made.approvals[0], person=ben, deputy_for="ROL-MD")
    plating = document("PRO-001", PLATING, "procedure", replace(made, approvals=(act,)))
    html = render(documents=[plating], draft=False, texts=TEXTS).html(HISTORY)
    assert "role ROL-MD, as deputy of Ada Wren" in html


def _row(html: str, identity: str) -> str:
    """One document's row of the document register."""
    table = html.split("<tbody>", 1)[1].split("</tbody>", 1)[0]
    return next(row for row in table.split("<tr>") if f">{identity}</a>" in row.split("</th>", 1)[0])
