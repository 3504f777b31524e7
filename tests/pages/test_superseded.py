"""What a page says of other versions: where its reader is led, in words that no name can break out of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mkdocs_ems.control.versions import Listed
from mkdocs_ems.pages.successor import Became, Edition, How, Target, successor
from mkdocs_ems.pages.superseded import Around, notice_html, selector_html
from mkdocs_ems.pages.versions import listing_html

ROW = "registers/aspects/ASP-001/index.html"
DOCUMENT = "documents/POL-001/index.html"
REGISTER = "registers/aspects/index.html"
PAGES = frozenset({"index.html", "document-register/index.html", REGISTER, ROW, DOCUMENT})


def edition(
    name: str, *pages: str, day: str = "2026-03-01", issue: int = 1, kind: str = "version", without: str = ""
) -> Edition:
    line = Listed(
        name=name, folder=name, title=f"{name} ({day})", day=date.fromisoformat(day), kind="version"
    )
    if kind == "current":
        line = replace(line, kind="current")
    shown = frozenset({*PAGES, *pages} - {without})
    ids = {page.split("/")[-2]: page for page in shown if "-001/" in page or "-002/" in page}
    return Edition(line, shown, ids, {"POL-001": issue})


CURRENT = edition("current", kind="current", day="2026-11-22", issue=3)
OLD = edition("v1")
NEW = edition("v2", day="2026-11-20")


@pytest.mark.parametrize(
    ("page", "identity", "other", "target"),
    [
        (ROW, "ASP-001", CURRENT, Target(ROW, How.SAME)),
        ("404.html", None, CURRENT, Target("index.html", How.SAME)),
        (
            "registers/risks/ASP-001/index.html",
            "ASP-001",
            CURRENT,
            Target(ROW, How.MOVED),
        ),
        ("registers/aspects/ASP-013/index.html", "ASP-013", CURRENT, Target(REGISTER, How.REGISTER)),
        (
            "documents/PRO-009/index.html",
            "PRO-009",
            CURRENT,
            Target("document-register/index.html", How.REGISTER),
        ),
        ("registers/risks/index.html", None, CURRENT, Target("index.html", How.START)),
        ("registers/risks/RSK-001/index.html", "RSK-001", CURRENT, Target("index.html", How.START)),
    ],
)
def test_a_reader_is_led_to_the_page_that_comes_nearest(
    page: str, identity: str | None, other: Edition, target: Target
) -> None:
    assert successor(page, identity, other) == target


def test_a_superseded_page_names_what_replaced_it_and_the_page_in_force() -> None:
    around = Around(OLD, next=NEW, in_force=CURRENT)
    said = notice_html(DOCUMENT, around, up="../../")
    assert "<strong>Superseded.</strong> This is version v1 of 2026-03-01." in said
    assert '<a href="../../../v2/index.html">v2</a> on 2026-11-20' in said
    assert '<a href="../../../current/documents/POL-001/index.html">this page as it is in force</a>' in said
    assert "It showed issue 1 of POL-001; issue 3 is in force." in said


def test_the_page_for_what_is_missing_leads_to_the_manual_not_to_a_page_like_itself() -> None:
    said = notice_html("404.html", Around(OLD, next=NEW, in_force=CURRENT), up="")
    assert 'Read instead: <a href="../current/index.html">the manual in force</a>.' in said
    said = notice_html("404.html", Around(OLD, next=NEW), up="")
    assert 'Read instead: <a href="../v2/index.html">the manual in v2</a>.' in said
    said = notice_html("404.html", Around(NEW, in_force=CURRENT), up="")
    assert 'What is in force today: <a href="../current/index.html">the manual in force</a>.' in said


def test_a_row_that_is_gone_leads_to_what_became_of_it() -> None:
    gone, history = "registers/aspects/ASP-013/index.html", "registers/aspects/ASP-013/at/index.html"
    kept = replace(CURRENT, pages=CURRENT.pages | {history})
    around = Around(replace(OLD, pages=OLD.pages | {gone}), next=NEW, in_force=kept)
    said = notice_html(gone, around, up="../../../")
    assert "ASP-013 is no longer in the manual" in said
    assert f'What became of it: <a href="../../../../current/{history}">ASP-013 at each event</a>.' in said
    without = replace(around, in_force=CURRENT)
    assert "What became of it" not in notice_html(gone, without, up="../../../")
    assert around.facts(gone) != without.facts(gone)


RENUMBERED = "registers/aspects/ASP-103/index.html"


def told_of_renumbered(became: Became, *pages: str) -> tuple[Around, str]:
    """What the page of ASP-001 says where that row was renumbered."""
    other = edition("current", *pages, kind="current")
    ids = {**other.ids, "ASP-103": RENUMBERED}
    around = Around(OLD, next=NEW, in_force=replace(other, ids=ids, became={"ASP-001": became}))
    return around, notice_html(ROW, around, up="../../../")


def test_a_row_that_was_renumbered_leads_to_its_page_and_says_what_it_is_called_now() -> None:
    around, said = told_of_renumbered(Became("ASP-103", stands=True), RENUMBERED)
    address = f"../../../../current/{RENUMBERED}"
    assert f'Read instead: <a href="{address}">this row as it is in force</a>, now ASP-103.' in said
    assert f'<a href="{address}" class="md-version__link">In force</a>' in selector_html(
        ROW, around, up="../../../"
    )


def test_the_page_of_another_row_that_has_the_old_id_is_not_taken_for_the_same() -> None:
    around, said = told_of_renumbered(Became("ASP-103", stands=True), RENUMBERED, ROW)
    assert ROW in around.special()
    assert f'href="../../../../current/{ROW}"' not in said
    assert around.facts(ROW) != Around(OLD, next=NEW, in_force=CURRENT).facts(ROW)


def test_what_a_row_is_called_now_is_among_the_facts_of_its_page() -> None:
    once, again = (
        told_of_renumbered(Became(one, stands=False), RENUMBERED)[0] for one in ("ASP-103", "ASP-104")
    )
    assert once.facts(ROW) != again.facts(ROW)


def test_a_row_that_was_renumbered_and_is_gone_leads_to_what_became_of_it_under_the_later_id() -> None:
    history = RENUMBERED.replace("index", "at/index")
    _, said = told_of_renumbered(Became("ASP-103", stands=False), RENUMBERED, history)
    assert "ASP-001, later ASP-103, is no longer in the manual" in said
    assert f'<a href="../../../../current/{history}">ASP-103 at each event</a>' in said
    assert f"current/{RENUMBERED}" not in said


def test_a_row_that_was_renumbered_back_and_is_gone_is_called_by_its_id_once() -> None:
    _, said = told_of_renumbered(Became("ASP-001", stands=False), ROW)
    assert "ASP-001 is no longer in the manual" in said


def test_where_nothing_is_in_force_the_next_version_is_to_be_read() -> None:
    said = notice_html(ROW, Around(OLD, next=NEW), up="../../../")
    assert '<a href="../../../../v2/registers/aspects/ASP-001/index.html">this page in v2</a>' in said


def test_the_same_issue_is_said_to_be_in_force_still() -> None:
    said = notice_html(DOCUMENT, Around(NEW, in_force=edition("current", kind="current")), up="../../")
    assert "Issue 1 of POL-001 is still in force." in said


def test_what_is_in_force_bears_no_notice() -> None:
    assert notice_html(ROW, Around(CURRENT, previous=NEW), up="../../../") == ""


def test_only_pages_that_others_lack_and_those_of_issues_are_exceptions() -> None:
    lacking = edition("current", kind="current", without=ROW)
    assert Around(OLD, in_force=lacking).special() == {ROW, DOCUMENT}
    assert Around(OLD, in_force=CURRENT).special() == {DOCUMENT}


def test_equal_facts_are_told_in_equal_words() -> None:
    one, other = Around(OLD, next=NEW, in_force=CURRENT), Around(OLD, next=NEW, in_force=replace(CURRENT))
    assert one.facts(DOCUMENT) == other.facts(DOCUMENT)
    later = replace(CURRENT, issues={"POL-001": 4})
    assert Around(OLD, next=NEW, in_force=later).facts(DOCUMENT) != one.facts(DOCUMENT)
    moved = replace(CURRENT, listed=replace(CURRENT.listed, day=date(2027, 1, 1)))
    assert Around(OLD, next=NEW, in_force=moved).said() == one.said()


HOSTILE = '"><script>hook()</script>\u202e'


def test_no_name_or_message_of_a_tag_becomes_markup() -> None:
    line = replace(OLD.listed, name=HOSTILE, title=HOSTILE, tagger=HOSTILE, reason=HOSTILE, signed=HOSTILE)
    line = replace(line, message=HOSTILE)
    hostile = replace(OLD, listed=replace(line, folder="v1"))
    around = Around(NEW, previous=hostile, next=hostile, in_force=CURRENT)
    made = [
        selector_html(ROW, around, up="../../../"),
        notice_html(ROW, around, up="../../../"),
        notice_html(ROW, Around(hostile, in_force=CURRENT), up="../../../"),
        listing_html([line, replace(line, built=False)], this=NEW.listed, up=""),
    ]
    for stands in (True, False):
        renumbered = replace(NEW, ids={HOSTILE: DOCUMENT}, became={"ASP-001": Became(HOSTILE, stands)})
        made.append(notice_html(ROW, Around(OLD, next=renumbered), up="../../../"))
    for html in made:
        assert "<script" not in html
        assert "&lt;script&gt;hook()" in html
        assert "\u202e" not in html


def test_the_list_says_what_was_written_with_a_tag() -> None:
    line = replace(OLD.listed, message="After the audit & <b>before</b>\u202e the move")
    html = listing_html([line], this=NEW.listed, up="")
    assert "<p>“After the audit &amp; &lt;b&gt;before&lt;/b&gt;" in html
    assert "\u202e" not in html
    assert "“" not in listing_html([OLD.listed], this=NEW.listed, up="")


def test_the_list_says_what_is_in_force_without_its_day_and_where_the_reader_stands() -> None:
    html = listing_html([CURRENT.listed, NEW.listed, OLD.listed], this=OLD.listed, up="../", compared={"v2"})
    assert "2026-11-22" not in html
    assert '<a href="../../current/index.html">In force</a>' in html
    assert '<strong aria-current="true">v1</strong>' in html
    assert html.count("what changed") == 1
    assert '<a href="../../v2/changes/index.html">what changed</a>' in html
    assert "superseded" in html
