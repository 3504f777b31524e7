"""The page of each issue: whether it applies, what to read instead, and the text as it was approved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Protocol

import pytest

from mkdocs_ems.control import Content, DocumentControl, Interim, Issue, IssueState, Manifest, Part, Pending
from mkdocs_ems.control.drafting import print_checksum
from mkdocs_ems.pages import Manual, Page
from support.rule_cases import compiled

PLATING = "ems/procedures/plating.md"
FIRST, SECOND = "documents/PRO-001/1/index.html", "documents/PRO-001/2/index.html"
OLD = "---\nid: PRO-001\n---\n\n# Plating\n\nBelow 60 °C, see [[ASP-001]]. <script>alert(1)</script>\n"
TEXTS = {"old": OLD, "new": OLD.replace("60", "55"), "draft": OLD.replace("60", "secret")}


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
    picture = (Part("img/flow.png", "ems/procedures/img/flow.png", "f1" * 20),)
    first = issue(
        1,
        PLATING,
        content=Content(PLATING, "old", picture),
        state=IssueState.SUPERSEDED,
        effective_to=date(2026, 5, 1),
    )
    second = issue(2, PLATING, content=Content(PLATING, "new", ()), effective_from=date(2026, 5, 1))
    draft = replace(pending, content=Content(PLATING, "draft", ()))
    return document("PRO-001", PLATING, "procedure", first, second, pending=draft)


def banner(html: str) -> str:
    return html.partition("ems-banner--")[2].partition("</p>")[0]


def test_a_superseded_issue_says_by_which_and_leads_there(render: Render, plating: DocumentControl) -> None:
    said = banner(render(documents=[plating], draft=False, texts=TEXTS).html(FIRST))
    assert said.startswith("error")
    assert "It was replaced by issue 2 on 2026-05-01, read that one." in said
    assert 'href="../../../documents/PRO-001/index.html"' in said


def test_it_leads_to_the_issue_in_force_and_not_to_the_next_superseded_one(
    render: Render, plating: DocumentControl, issue: MakeIssue
) -> None:
    third = issue(3, PLATING, effective_from=date(2026, 8, 1))
    second = replace(plating.issues[1], state=IssueState.SUPERSEDED, effective_to=date(2026, 8, 1))
    later = replace(plating, issues=(plating.issues[0], second, third), in_force=third)
    said = banner(render(documents=[later], draft=False).html(FIRST))
    assert "It was replaced by issue 2" in said
    assert "issue 3 is in force: read that one." in said


def test_the_issue_in_force_says_so_and_leads_to_the_page_of_the_document(
    render: Render, plating: DocumentControl
) -> None:
    said = banner(render(documents=[plating], draft=False, texts=TEXTS).html(SECOND))
    assert said.startswith("note")
    assert "In force." in said


@pytest.mark.parametrize(
    ("state", "title"), [(IssueState.APPROVED, "Not in force yet."), (IssueState.WITHDRAWN, "Withdrawn.")]
)
def test_an_issue_to_come_and_one_withdrawn_say_so(
    render: Render, issue: MakeIssue, document: MakeDocument, state: IssueState, title: str
) -> None:
    one = issue(1, PLATING, state=state, effective_to=date(2026, 6, 1))
    made = document("PRO-001", PLATING, "procedure", one, in_force=None)
    assert title in banner(render(documents=[made], draft=False).html(FIRST))


def test_a_superseded_issue_of_a_withdrawn_document_names_none_to_read(
    render: Render, plating: DocumentControl
) -> None:
    gone = replace(plating, in_force=None, pending=None)
    assert "none of its issues is in force" in banner(render(documents=[gone], draft=False).html(FIRST))


def test_an_issue_is_suspended_while_an_interim_approval_stands_in_its_place(
    render: Render, plating: DocumentControl
) -> None:
    last = plating.issues[-1]
    interim = Interim(
        content=Content(PLATING, "x", ()),
        manifest=Manifest("", {}),
        event=last.event,
        act=last.approvals[0],
        valid_from=date(2026, 11, 20),
        valid_until=date(2026, 12, 9),
        state=IssueState.INTERIM,
    )
    shown = render(documents=[replace(plating, interims=(interim,), interim=interim)], draft=False)
    assert "Suspended." in banner(shown.html(SECOND))
    assert "an interim approval applies now" in banner(shown.html(FIRST))


def test_the_text_stands_as_it_was_approved_and_can_do_nothing(
    render: Render, plating: DocumentControl
) -> None:
    html = render(documents=[plating], draft=False, texts=TEXTS).html(FIRST)
    assert "Below 60 °C" in html
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert 'href="../../../registers/aspects/ASP-001/index.html"' in html
    assert sha256(OLD.encode()).hexdigest() in html
    assert "img/flow.png <code>f1f1" in html


def test_a_print_is_found_by_its_checksum(
    render: Render, plating: DocumentControl, small: Mapping[str, str]
) -> None:
    path = "ems/procedures/img/flow.png"
    snapshot = compiled(small).snapshot
    picture = Part("img/flow.png", path, snapshot.entries[path].blob)
    first, *later = plating.issues
    control = replace(
        plating, issues=(replace(first, content=replace(first.content, parts=(picture,))), *later)
    )
    printed = print_checksum(
        Manifest(sha256(OLD.encode()).hexdigest(), {picture.target: sha256(snapshot.files[path]).hexdigest()})
    )
    assert printed in render(documents=[control], draft=False, texts=TEXTS).html(FIRST)
    assert "Checksum on prints" not in render(documents=[plating], draft=False, texts=TEXTS).html(FIRST)


def test_the_page_leads_to_what_changed(render: Render, plating: DocumentControl) -> None:
    html = render(documents=[plating], draft=False, texts=TEXTS).html(SECOND)
    assert 'href="../../../histories/PRO-001/index.html#issue-2"' in html


@pytest.mark.parametrize("draft", [True, False])
def test_a_draft_has_no_page_and_is_on_none(render: Render, plating: DocumentControl, *, draft: bool) -> None:
    shown = render(documents=[plating], draft=draft, texts=TEXTS)
    assert "documents/PRO-001/3/index.html" not in shown.pages
    assert not [path for path in (FIRST, SECOND) if "secret" in shown.html(path)]


def test_a_long_text_is_left_out_and_the_page_says_how_to_read_it(
    render: Render, plating: DocumentControl
) -> None:
    shown = render(documents=[plating], draft=False, texts={**TEXTS, "old": OLD + "x" * 70_000})
    assert "<pre" not in shown.html(FIRST)
    assert "ems history PRO-001 --issue 1" in shown.html(FIRST)
    assert "<pre" in shown.html(SECOND)


def test_the_file_of_a_register_is_not_shown_since_it_may_name_people(
    render: Render, issue: MakeIssue, document: MakeDocument
) -> None:
    texts = {"old": "id: REG-PER\nrows:\n- {id: PER-001, git_identities: [a@b.example]}\n", "new": "rows:\n"}
    path = "ems/registers/people.yml"
    first = issue(1, path, content=Content(path, "old", ()), state=IssueState.SUPERSEDED)
    second = issue(2, path, content=Content(path, "new", ()))
    made = document("REG-PER", path, "person", first, second)
    html = render(documents=[made], draft=False, texts=texts).html("documents/REG-PER/1/index.html")
    assert "a@b.example" not in html
    assert "the page of each row tells what it said" in html


def test_lists_and_histories_lead_to_the_page_of_each_issue(render: Render, plating: DocumentControl) -> None:
    shown = render(documents=[plating], draft=False, texts=TEXTS)
    for page in ("documents/PRO-001/index.html", "histories/PRO-001/index.html"):
        assert 'href="../../documents/PRO-001/1/index.html"' in shown.html(page)


def test_characters_that_turn_lines_around_are_made_visible(render: Render, plating: DocumentControl) -> None:
    html = render(documents=[plating], draft=False, texts={**TEXTS, "old": "a\u202eb\x1b[1m\n"}).html(FIRST)
    assert "\u202e" not in html
    assert "a\\u{202e}b\\u{1b}" in html
