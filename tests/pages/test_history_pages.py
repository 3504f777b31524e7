"""The history of a document and what is pending: what they say, and what they must not show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Protocol

import pytest

from mkdocs_ems.control import (
    Content,
    DocumentControl,
    Fault,
    FaultReason,
    Interim,
    Issue,
    IssueState,
    Manifest,
    Meaning,
    Part,
    Pending,
    Person,
    Waiting,
)
from mkdocs_ems.pages import Manual, Page, PageForm

HISTORY, PENDING = "histories/PRO-001/index.html", "pending/index.html"
PLATING = "ems/procedures/plating.md"
OLD = "---\nid: PRO-001\nowner: ROL-MD\n---\n\n# Plating\n\nKeep the bath below 60 °C.\n"
NEW = OLD.replace("60", "55")
DRAFT = NEW.replace("55", "secret 48")
TEXTS = {"old": OLD, "new": NEW, "draft": DRAFT}


class Shown(Protocol):
    manual: Manual
    pages: Mapping[str, Page]

    def html(self, path: str) -> str: ...


Render = Callable[..., Shown]
MakeIssue = Callable[..., Issue]
MakeDocument = Callable[..., DocumentControl]


@pytest.fixture
def plating(issue: MakeIssue, document: MakeDocument, pending: Pending) -> DocumentControl:
    """A procedure with two issues and a draft of the third."""
    first = issue(1, PLATING, content=Content(PLATING, "old", ()), state=IssueState.SUPERSEDED)
    picture = (Part("img/flow.png", "ems/procedures/img/flow.png", "f1" * 20),)
    second = issue(2, PLATING, content=Content(PLATING, "new", picture))
    draft = replace(pending, content=Content(PLATING, "draft", ()))
    return document("PRO-001", PLATING, "procedure", first, second, pending=draft)


def test_a_history_tells_each_issue_with_what_changed_in_it(render: Render, plating: DocumentControl) -> None:
    html = render(documents=[plating], draft=False, texts=TEXTS).html(HISTORY)
    assert "Keep the bath below <del>60</del><ins>55</ins> °C." in html
    assert "Compared with issue 1." in html
    assert "This is the first issue" in html
    assert "Approved by Ada Wren on 2026-03-02, recorded by the approver." in html
    assert "Level recorded; evidence: commit 000000000000; role ROL-MD." in html
    assert html.index("Issue 2 (Rev C)") < html.index("Issue 1")
    assert "img/flow.png is new" in html


def test_the_text_of_a_draft_stays_out_of_an_approved_manual(
    render: Render, plating: DocumentControl
) -> None:
    shown = render(documents=[plating], draft=False, texts=TEXTS)
    assert "Its text is not approved and is not shown." in shown.html(HISTORY)
    assert all("secret" not in shown.html(page.path) for page in shown.manual.pages)


def test_a_draft_of_the_manual_shows_what_the_draft_changes(render: Render, plating: DocumentControl) -> None:
    html = render(documents=[plating], draft=True, texts=TEXTS).html(HISTORY)
    assert "below <del>55</del><ins>secret 48</ins> °C." in html


def test_the_text_of_an_interim_that_has_run_out_is_not_shown(
    render: Render, plating: DocumentControl
) -> None:
    act = replace(plating.issues[1].approvals[0], meaning=Meaning.INTERIM, sentence="Released by Ada.")
    interim = Interim(
        content=Content(PLATING, "draft", ()),
        manifest=Manifest("", {}),
        event=replace(plating.issues[1].event, index=5),
        act=act,
        valid_from=date(2026, 11, 1),
        valid_until=date(2026, 11, 10),
        state=IssueState.INTERIM_EXPIRED,
    )
    over = replace(plating, pending=None, interims=(interim,))
    html = render(documents=[over], draft=False, texts=TEXTS).html(HISTORY)
    assert "Interim approval of 2026-11-01" in html
    assert "interim expired" in html
    assert "secret" not in html
    now = replace(interim, state=IssueState.INTERIM, valid_until=date(2026, 12, 5))
    shown = replace(plating, pending=None, interims=(now,), interim=now)
    assert "secret" in render(documents=[shown], draft=False, texts=TEXTS).html(HISTORY)


def test_a_history_is_drawn_without_git(render: Render, plating: DocumentControl) -> None:
    page = render(documents=[plating], draft=False, texts=TEXTS).pages[HISTORY]
    assert page.form is PageForm.ROW
    assert page.draw is not None


def test_without_the_texts_a_history_says_that_nothing_is_compared(
    render: Render, plating: DocumentControl
) -> None:
    assert "The texts are not at hand here" in render(documents=[plating], draft=False).html(HISTORY)


def test_doubts_about_evidence_stand_in_the_history(render: Render, plating: DocumentControl) -> None:
    fault = Fault(FaultReason.AUTHOR_APPROVES, "the approver is an author", "5e" * 20, person="PER-001")
    html = render(documents=[replace(plating, faults=(fault,))], draft=False, texts=TEXTS).html(HISTORY)
    assert "The approver is an author (commit 5e5e5e5e5e)." in html


def test_a_row_that_changed_is_told_by_id_and_field(
    render: Render, issue: MakeIssue, document: MakeDocument
) -> None:
    path = "ems/registers/aspects.yml"
    old = "id: REG-ASP\nrows:\n  - id: ASP-001\n    title: Mist\n    topic: air\n"
    first = issue(1, path, content=Content(path, "old", ()))
    second = issue(2, path, content=Content(path, "new", ()))
    register = document("REG-ASP", path, "aspect", first, second)
    texts = {"old": old, "new": old.replace("air", "water")}
    html = render(documents=[register], draft=False, texts=texts).html("histories/REG-ASP/index.html")
    assert ">ASP-001</a></strong> Mist</li>" in html
    assert "<strong>Topic:</strong> <del>air</del><ins>water</ins>" in html


def test_rows_that_changed_since_the_last_approval_are_marked(
    render: Render, small: Mapping[str, str], issue: MakeIssue, document: MakeDocument
) -> None:
    path = "ems/registers/aspects.yml"
    landed = small[path]
    last = issue(3, path, content=Content(path, "old", ()))
    register = document("REG-ASP", path, "aspect", last, control="periodic", landed=Content(path, "new", ()))
    texts = {"old": landed.replace("Mains water", "Water").split("  - id: ASP-003")[0], "new": landed}
    shown = render(documents=[register], draft=False, texts=texts)
    table = shown.html("registers/aspects/index.html")
    assert 'ASP-002</a><br><span class="ems-mark">changed since issue 3</span>' in table
    assert 'ASP-003</a><br><span class="ems-mark">new since issue 3</span>' in table
    assert "ASP-001</a></th>" in table
    row = shown.html("registers/aspects/ASP-002/index.html")
    assert "<strong>Changed since issue 3.</strong>" in row
    assert "since issue" not in shown.html("registers/aspects/ASP-001/index.html")
    history = shown.html("histories/REG-ASP/index.html")
    assert "Since issue 3" in history
    assert "<ins>Cardboard</ins>" in history


def test_a_mail_address_in_the_name_of_a_record_is_not_published(
    render: Render, plating: DocumentControl
) -> None:
    first, second = plating.issues
    evidence = "ems/records/approvals/PRO-001/2-approval-ada@wrenholt.example-1.yml"
    signed = replace(second, approvals=(replace(second.approvals[0], evidence=evidence),))
    html = render(documents=[replace(plating, issues=(first, signed))], draft=False, texts=TEXTS).html(
        HISTORY
    )
    assert "evidence: ems/records/approvals/PRO-001/2-approval-…-1.yml" in html
    assert "@" not in html


def test_an_interim_text_that_was_approved_later_names_its_issue(
    render: Render, plating: DocumentControl
) -> None:
    second = plating.issues[1]
    interim = Interim(
        content=second.content,
        manifest=Manifest("", {}),
        event=second.event,
        act=replace(second.approvals[0], meaning=Meaning.INTERIM),
        valid_from=date(2026, 2, 25),
        valid_until=date(2026, 3, 5),
        state=IssueState.SUPERSEDED,
    )
    html = render(
        documents=[replace(plating, pending=None, interims=(interim,))], draft=False, texts=TEXTS
    ).html(HISTORY)
    assert "Its text was approved as issue 2." in html
    assert html.index('id="issue-2"') < html.index('id="interim-1"') < html.index('id="issue-1"')


def test_personal_data_that_the_manual_does_not_publish_is_not_in_a_history(
    render: Render, issue: MakeIssue, document: MakeDocument
) -> None:
    path = "ems/registers/people.yml"
    old = (
        "id: REG-PER\n# ask ada@home.example\nrows:\n  - id: PER-001\n    title: Ada\n"
        "    git_identities: [ada@wrenholt.example]\n    notes: ill\n"
    )
    new = old.replace("Ada\n", "Ada Wren\n").replace("ada@", "a.wren@").replace("ill", "well")
    new += "  - {id: PER-002, title: Bo, git_identities: [bo@wrenholt.example]}\n"
    first = issue(1, path, content=Content(path, "old", ()))
    second = issue(2, path, content=Content(path, "new", ()))
    register = document("REG-PER", path, "person", first, second)
    html = render(documents=[register], draft=False, texts={"old": old, "new": new}).html(
        "histories/REG-PER/index.html"
    )
    assert "Ada<ins> Wren</ins>" in html
    assert "personal data" in html
    assert "@" not in html.replace("ben@wrenholt.example", "")
    assert "ill" not in html.replace("still", "").replace("will", "")


def test_what_is_pending_is_told_with_the_names_of_whom_it_waits_for(
    render: Render, plating: DocumentControl
) -> None:
    ada = Person("PER-001", "Ada W.", "ada@wrenholt.example")
    assert plating.pending
    waiting = replace(plating.pending, waits_for=(Waiting(("ROL-MD",), 1, (ada,)),))
    html = render(documents=[replace(plating, pending=waiting)], draft=False).html(PENDING)
    assert "1 approval by ROL-MD Managing Director: Ada Wren" in html
    assert "2026-11-20 (10 days)" in html
    assert '<dt>Ada Wren</dt><dd><a href="../documents/PRO-001/index.html"' in html


def test_what_nobody_is_free_to_approve_says_so(render: Render, plating: DocumentControl) -> None:
    assert plating.pending
    waiting = replace(plating.pending, waits_for=(Waiting(("ROL-MD",), 1, ()),))
    html = render(documents=[replace(plating, pending=waiting)], draft=False).html(PENDING)
    assert "nobody holds the role and is free to approve" in html


def test_a_manual_without_history_says_that_what_is_pending_is_not_known(drafted: Shown) -> None:
    html = drafted.html(PENDING)
    assert "Not known." in html
    assert "Nothing waits" not in html


def test_the_document_register_says_in_sentences_who_approved(approved: Shown) -> None:
    html = approved.html("document-register/index.html")
    assert "Approved by Ada Wren on 2026-03-02, recorded by the approver." in html
    assert 'href="../histories/POL-001/index.html"' in html
