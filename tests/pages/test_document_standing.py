"""How a document stands: what its page says of issue, state, approval, and what waits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Protocol

from mkdocs_ems.control import (
    DocumentControl,
    DocumentState,
    Fault,
    FaultReason,
    Interim,
    Issue,
    IssueState,
    Level,
    Manifest,
    Meaning,
    Pending,
)
from mkdocs_ems.pages import Manual, Page, PageForm

POLICY, PLATING = "documents/POL-001/index.html", "documents/PRO-001/index.html"
NEW, OLD = "documents/PRO-002/index.html", "documents/PRO-009/index.html"


class Shown(Protocol):
    manual: Manual
    pages: Mapping[str, Page]

    def html(self, path: str) -> str: ...


Render = Callable[..., Shown]
MakeIssue = Callable[..., Issue]
MakeDocument = Callable[..., DocumentControl]


def test_the_control_block_says_who_approved_when_and_how_we_know(approved: Shown) -> None:
    before = approved.pages[POLICY].before
    for fact in (
        "<dt>Document</dt><dd>POL-001</dd>",
        "<dt>Own number</dt><dd>VA 5.2</dd>",
        "<dt>Issue</dt><dd>2 (Rev C)</dd>",
        "<dt>State</dt><dd>in force</dd>",
        "Approved by Ada Wren on 2026-03-02, recorded by the approver.",
        "<dt>Level</dt><dd>recorded; author and approver are different persons",
        "<dt>Next review</dt><dd>2026-10-01, overdue</dd>",
        "5.2 Environmental policy",
    ):
        assert fact in before


def test_the_printed_page_says_what_it_is_and_that_it_is_not_controlled(approved: Shown) -> None:
    said = re.search(r'<p class="ems-identity">(.*?)</p>', approved.pages[POLICY].before)
    assert said is not None
    assert re.sub(r"[0-9a-f]{64}", "SHA", said[1]) == (
        "POL-001 (VA 5.2) Environmental policy · issue 2 (Rev C) · in force from 2026-03-02 · "
        "approved at level recorded · checksum SHA · printed from the manual as of 2026-11-30, "
        "commit 5e5e5e5e5e5e · uncontrolled when printed"
    )


def test_an_act_without_a_sentence_gets_one_with_the_name_that_the_register_knows(approved: Shown) -> None:
    assert "Approval by Ada Wren as ROL-MD on 2026-03-02 (recorded)." in approved.pages[POLICY].after


def test_what_waits_is_said_while_the_issue_in_force_is_shown(approved: Shown) -> None:
    said = approved.pages[POLICY].before
    assert "A draft of issue 3 landed on 2026-11-20: it waits for approval by ROL-MD." in said
    assert "This page shows issue 2 (Rev C), which is in force." in said


def test_a_draft_page_says_that_it_shows_the_draft(render: Render) -> None:
    said = render(controlled=True, draft=True).pages[POLICY].before
    assert "<dt>Issue</dt><dd>draft of issue 3</dd>" in said
    assert "<dt>State</dt><dd>draft, not approved</dd>" in said
    assert "This page shows that draft; issue 2 (Rev C) is in force." in said


def test_of_what_was_taken_over_no_two_persons_are_claimed(
    render: Render, document: MakeDocument, issue: MakeIssue
) -> None:
    adopted = issue(1, "ems/policy.md", level=Level.ADOPTED, segregation=None, approvals=(), authors=())
    shown = render(documents=[document("POL-001", "ems/policy.md", "policy", adopted)], draft=False)
    page = shown.pages[POLICY]
    assert "adopted; no author&#39;s and no approver&#39;s act is in evidence" in page.before
    assert "different persons" not in page.before + page.after
    assert "taken over at adoption" in page.before


def test_a_page_says_who_confirmed_and_what_evidence_did_not_count(
    render: Render, document: MakeDocument, issue: MakeIssue
) -> None:
    first = issue(1, "ems/policy.md")
    confirmation = replace(
        first.approvals[0], meaning=Meaning.CONFIRMATION, sentence="Ada Wren confirmed it."
    )
    lost = Fault(
        FaultReason.RECORD_DELETED, "the record was deleted", "9" * 40, "ems/records/approvals/x.yml"
    )
    unknown = Fault(FaultReason.UNKNOWN_AUTHOR, "Guest is in no register of persons", "8" * 40)
    policy = document(
        "POL-001",
        "ems/policy.md",
        "policy",
        replace(first, faults=(unknown,)),
        confirmations=(confirmation,),
        faults=(lost,),
    )
    after = render(documents=[policy], draft=False).pages[POLICY].after
    for said in (
        "<li>Issue 1: Ada Wren confirmed it.</li>",
        "<li>The record was deleted (ems/records/approvals/x.yml, commit 9999999999).</li>",
        "<li>Guest is in no register of persons (commit 8888888888).</li>",
    ):
        assert said in after


def test_nothing_of_a_document_that_was_never_approved_is_published(approved: Shown) -> None:
    page = approved.pages[NEW]
    assert page.form is PageForm.HTML
    assert "Nothing of this document is approved yet, so its content is not published." in page.body
    assert not any(asset.path.startswith("documents/PRO-002/") for asset in approved.manual.assets)


def test_a_withdrawn_document_says_so_and_keeps_its_list_of_issues(approved: Shown) -> None:
    body = approved.pages[OLD].body
    assert "<strong>Withdrawn.</strong>" in body
    assert "from 2026-03-02 to 2026-05-31, withdrawn" in body


def test_a_withdrawn_document_stands_in_the_document_register_and_not_on_the_start_page(
    approved: Shown,
) -> None:
    assert "PRO-009" in approved.html("document-register/index.html")
    assert "PRO-009" not in approved.html("index.html")


def test_a_withdrawal_without_approval_is_shown_as_pending(
    render: Render, document: MakeDocument, issue: MakeIssue, pending: Pending
) -> None:
    gone = replace(pending, content=None, missing="it was deleted by Ben Elm without an approved withdrawal")
    plating = document(
        "PRO-001",
        "ems/procedures/plating.md",
        "procedure",
        issue(1, "ems/procedures/plating.md"),
        state=DocumentState.WITHDRAWAL_PENDING,
        pending=gone,
    )
    page = render(documents=[plating], draft=False).pages[PLATING]
    assert "<strong>Withdrawal pending.</strong> It was deleted by Ben Elm" in page.before
    assert "## Limits" in page.body


def test_an_issue_that_is_not_yet_in_force_is_announced(
    render: Render, document: MakeDocument, issue: MakeIssue
) -> None:
    path = "ems/procedures/plating.md"
    coming = issue(2, path, state=IssueState.APPROVED, effective_from=date(2027, 1, 1))
    plating = document("PRO-001", path, "procedure", issue(1, path), coming, in_force=issue(1, path))
    shown = render(documents=[plating], draft=False)
    assert "Issue 2 (Rev C) is approved and in force from 2027-01-01." in shown.html(
        "documents/PRO-001/index.html"
    )
    assert "issue 2 comes into force on 2027-01-01" in shown.html("index.html")


def test_a_document_in_force_that_names_its_successor_says_so_at_its_head(
    render: Render, small: Mapping[str, str], document: MakeDocument, issue: MakeIssue
) -> None:
    path = "ems/procedures/plating.md"
    text = small[path].replace("type: procedure\n", "type: procedure\nsuperseded_by: PRO-002\n")
    plating = document("PRO-001", path, "procedure", issue(1, path))
    page = render({**small, path: text}, documents=[plating], draft=False).pages[PLATING]
    assert "By its own words PRO-002 has taken its place; it is not withdrawn yet." in page.before


def test_an_interim_release_is_marked_with_its_end(
    render: Render, document: MakeDocument, issue: MakeIssue
) -> None:
    path = "ems/procedures/plating.md"
    first = issue(1, path)
    act = replace(first.approvals[0], meaning=Meaning.INTERIM, valid_until=date(2026, 12, 10))
    interim = Interim(
        content=first.content,
        manifest=Manifest("", {}),
        event=first.event,
        act=act,
        valid_from=date(2026, 11, 28),
        valid_until=date(2026, 12, 10),
        state=IssueState.INTERIM,
    )
    plating = document("PRO-001", path, "procedure", first, interims=(interim,), interim=interim)
    shown = render(documents=[plating], draft=False)
    before = shown.pages[PLATING].before
    assert '<p class="ems-banner ems-banner--error" role="note"><strong>Interim.</strong>' in before
    assert "It ends after 2026-12-10; if it is not approved by then, issue 1 returns." in before
    assert "<dt>State</dt><dd>interim to 2026-12-10</dd>" in before
    assert "INTERIM: ends after 2026-12-10" in before  # on paper too
    assert "interim to 2026-12-10" not in shown.html("documents/POL-001/index.html")
    assert "ends after 2026-12-10" in shown.html("pending/index.html")


def test_an_adopted_issue_without_an_act_says_what_that_rests_on(
    render: Render, document: MakeDocument, issue: MakeIssue
) -> None:
    path = "ems/procedures/plating.md"
    adopted = issue(1, path, level=Level.ADOPTED, approvals=())
    page = render(documents=[document("PRO-001", path, "procedure", adopted)], draft=False)
    assert "Taken over as approved when the system was adopted" in page.html(PLATING)


def test_without_history_the_page_says_that_approval_is_not_known(drafted: Shown) -> None:
    assert "not known: the example has no history" in drafted.pages[POLICY].before
    assert "Approval not known." in drafted.html("index.html")
    assert "not known: the example has no history." in drafted.html("document-register/index.html")


def test_only_parts_of_the_issue_in_force_are_published(approved: Shown, drafted: Shown) -> None:
    assert [asset.path for asset in approved.manual.assets] == ["documents/POL-001/files/flow.png"]
    assert "<mark>Flow (picture not published)</mark>" in approved.pages[PLATING].body
    assert [asset.path for asset in drafted.manual.assets] == [
        "documents/POL-001/files/flow.png",
        "documents/PRO-001/files/flow.png",
    ]


def test_the_rules_of_the_system_are_a_page_in_words(approved: Shown) -> None:
    page = approved.html("documents/EMS-RULES/index.html")
    assert "environmental policies, rules of the system" in page
    assert "ROL-MD" in page
    assert "recorded, signed" in page
    assert "likelihood × severity" in page  # noqa: RUF001 - the sign that readers know


def test_a_register_shows_its_control_and_all_its_rows(approved: Shown) -> None:
    body = approved.pages["registers/aspects/index.html"].html
    assert 'id="REG-ASP"' in body
    assert "<dt>Level</dt><dd>recorded;" in body
    assert body.count('<tr><th scope="row"><a href="../../registers/aspects/ASP-') == 3


def test_a_row_says_in_which_issue_of_its_register_it_stands(approved: Shown) -> None:
    assert "issue 1 (in force)" in approved.html("registers/aspects/ASP-001/index.html")


def test_a_row_whose_id_is_missing_or_another_s_is_still_in_the_table(
    render: Render, small: Mapping[str, str]
) -> None:
    doubled = small["ems/registers/processes.yml"] + "  - {id: PRC-01, title: Twice}\n  - {title: Nameless}\n"
    body = (
        render({**small, "ems/registers/processes.yml": doubled}).pages["registers/processes/index.html"].html
    )
    assert "PRC-01 <em>(id used twice)</em>" in body
    assert "<em>no id</em>" in body
