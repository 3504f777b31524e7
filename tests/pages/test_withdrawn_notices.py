"""What a page of an older version says of what is in force: what to read, or that nothing is followed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mkdocs_ems.control.versions import Kind, Listed
from mkdocs_ems.pages.successor import Edition
from mkdocs_ems.pages.superseded import Around, notice_html

PAGE = "documents/WI-04/index.html"


def edition(kind: Kind, name: str, issues: Mapping[str, int]) -> Edition:
    """A version that shows one document."""
    listed = Listed(name, name, title=name, day=date(2026, 3, 24), kind=kind)
    return Edition(listed, frozenset({"index.html", PAGE}), {"WI-04": PAGE}, issues)


def said(now: Mapping[str, int], *, then: Mapping[str, int] | None = None) -> str:
    """The notice on a page that showed issue 1; this is known of the next version and of today."""
    around = Around(
        edition("version", "v1", {"WI-04": 1} if then is None else then),
        next=edition("version", "v2", now),
        in_force=edition("current", "current", now),
    )
    return notice_html(PAGE, around, up="../../")


def test_a_page_of_what_is_withdrawn_leads_to_nothing_as_if_it_were_in_force() -> None:
    notice = said({})
    assert "as it is in force" not in notice
    assert "Read instead" not in notice
    assert (
        'What became of it: <a href="../../../current/documents/WI-04/index.html">this page as it is now</a>.'
        " It showed issue 1 of WI-04; no issue of it is in force now." in notice
    )


def test_a_page_of_what_has_another_issue_leads_to_that_one() -> None:
    notice = said({"WI-04": 2})
    assert (
        'Read instead: <a href="../../../current/documents/WI-04/index.html">this page as it is in force</a>'
        in notice
    )
    assert "It showed issue 1 of WI-04; issue 2 is in force." in notice


def test_a_page_that_said_withdrawn_already_promises_nothing_in_force_either() -> None:
    notice = said({}, then={})
    assert "as it is in force" not in notice
    assert "It showed" not in notice


def test_a_page_of_a_document_without_an_issue_may_say_something_else_one_day() -> None:
    around = Around(edition("version", "v1", {}), in_force=edition("current", "current", {"WI-04": 2}))
    assert PAGE in around.special()
