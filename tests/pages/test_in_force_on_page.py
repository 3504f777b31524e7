"""The page of a date: every issue with its days, complete without scripts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Protocol

from mkdocs_ems.control import Content, DocumentControl, Interim, Issue, IssueState, Manifest
from mkdocs_ems.pages import Manual, Page, Permanent

PAGE = "on/index.html"
PLATING = "ems/procedures/plating.md"


class Shown(Protocol):
    manual: Manual
    pages: Mapping[str, Page]

    def html(self, path: str) -> str: ...


Render = Callable[..., Shown]
MakeIssue = Callable[..., Issue]
MakeDocument = Callable[..., DocumentControl]


def lines(html: str) -> list[str]:
    return [line for line in html.splitlines() if line.startswith("<tr data-ems-from")]


def test_each_issue_stands_with_its_first_and_last_day(
    render: Render, issue: MakeIssue, document: MakeDocument
) -> None:
    old = issue(1, PLATING, state=IssueState.SUPERSEDED, effective_to=date(2026, 5, 1))
    new = issue(2, PLATING, effective_from=date(2026, 5, 1))
    shown = render(documents=[document("PRO-001", PLATING, "procedure", old, new)], draft=False)
    first, second = [line for line in lines(shown.html(PAGE)) if ">PRO-001<" in line]
    assert 'data-ems-from="2026-03-02" data-ems-to="2026-04-30"' in first
    assert 'href="../documents/PRO-001/1/index.html">issue 1<' in first
    assert 'data-ems-from="2026-05-01" data-ems-to=""' in second
    assert "Ada Wren" in second


def test_an_interim_approval_leads_to_its_chapter_in_the_history(
    render: Render, issue: MakeIssue, document: MakeDocument
) -> None:
    one = issue(1, PLATING)
    interim = Interim(
        content=Content(PLATING, "x", ()),
        manifest=Manifest("", {}),
        event=one.event,
        act=one.approvals[0],
        valid_from=date(2026, 6, 1),
        valid_until=date(2026, 6, 9),
        state=IssueState.INTERIM_EXPIRED,
    )
    made = replace(document("PRO-001", PLATING, "procedure", one), interims=(interim,))
    found = [line for line in lines(render(documents=[made], draft=False).html(PAGE)) if ">PRO-001<" in line]
    assert [line.split('"')[1:4:2] for line in found] == [
        ["2026-03-02", "2026-05-31"],
        ["2026-06-01", "2026-06-09"],
        ["2026-06-10", ""],
    ]
    assert 'href="../histories/PRO-001/index.html#interim-1"' in found[1]


def test_a_draft_has_no_line(approved: Shown) -> None:
    assert not [line for line in lines(approved.html(PAGE)) if ">PRO-002<" in line]


def test_the_page_is_in_the_navigation(approved: Shown) -> None:
    assert approved.pages[PAGE].nav == ("Control", "In force on a date")


def test_registers_that_show_rows_as_they_land_are_named(
    render: Render, issue: MakeIssue, document: MakeDocument
) -> None:
    path = "ems/registers/aspects.yml"
    living = replace(document("REG-ASP", path, "aspect", issue(1, path)), control="periodic")
    html = render(documents=[living], draft=False).html(PAGE)
    assert '<a href="../histories/REG-ASP/index.html">REG-ASP</a>' in html.partition('id="living"')[2]


def test_without_a_history_the_page_says_why_it_knows_nothing(drafted: Shown) -> None:
    html = drafted.html(PAGE)
    assert "Not known." in html
    assert "<table" not in html


def test_issues_lead_to_the_folder_above_where_the_manual_in_force_keeps_their_pages(
    render: Render, issue: MakeIssue, document: MakeDocument
) -> None:
    made = [document("PRO-001", PLATING, "procedure", issue(1, PLATING))]
    shown = render(documents=made, draft=False, permanent=Permanent.ABOVE)
    assert 'href="../../documents/PRO-001/1/index.html"' in shown.html(PAGE)
    assert 'href="../../../documents/PRO-001/1/index.html"' in shown.html("documents/PRO-001/index.html")
    assert "documents/PRO-001/1/index.html" not in shown.pages


def test_without_pages_of_their_own_issues_lead_to_the_history_of_their_document(
    render: Render, issue: MakeIssue, document: MakeDocument
) -> None:
    made = [document("PRO-001", PLATING, "procedure", issue(1, PLATING))]
    shown = render(documents=made, draft=False, permanent=Permanent.NOWHERE)
    assert 'href="../histories/PRO-001/index.html#issue-1"' in shown.html(PAGE)
    assert 'id="issue-1"' in shown.html("histories/PRO-001/index.html")
    assert "documents/PRO-001/1/" not in "".join(page.html for page in shown.pages.values())
    assert "documents/PRO-001/1/index.html" not in shown.pages
