"""Links to look at again: the page by owner, the line in the control block, marks in lists of links."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from mkdocs_ems.pages import Page, render_manual
from mkdocs_ems.rules import rule_docs, run_rules
from support.chain import Chain
from support.company import land_record
from support.looked import CONTROLS, WASTE, approved, begin, compiled, control, procedure, register

PAGE, BLOCK, READINESS = "links-to-review/index.html", "documents/PRO-001/index.html", "readiness/index.html"


def pages(chain: Chain, *, blobs: bool = True) -> Mapping[str, Page]:
    """The pages of a manual, by address."""
    state = compiled(chain)
    manual = render_manual(
        state,
        report=run_rules(state),
        rule_docs=rule_docs(),
        draft=False,
        blobs=chain.shelf if blobs else None,
    )
    return {page.path: page for page in manual.pages}


def words(html: str) -> str:
    """What a reader sees, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def moved() -> Chain:
    """A control and a procedure, each of which names the other; the control got another place."""
    chain = begin(**{WASTE: procedure("Sort by [[OPC-001]]."), CONTROLS: register(control())})
    approved(chain, {CONTROLS: register(control("Hall"))})
    return chain


def test_the_page_tells_by_owner_what_differs_since_when_and_what_clears_it(moved: Chain) -> None:
    said = words(pages(moved)[PAGE].body)
    assert "1 link in 1 document" in said
    assert "ROL-EHS EHS manager" in said
    assert "PRO-001 Waste PRO-001" in said
    assert "Last taken over on 2026-01-05." in said
    assert "In the text OPC-001 Bins OPC-001 Where ( issue 1 → 2 of REG-CONTROLS , in force since" in said
    assert "ems approve PRO-001 --meaning confirmation" in said


def test_the_issues_on_the_page_lead_to_their_history(moved: Chain) -> None:
    assert 'href="../histories/REG-CONTROLS/index.html"' in pages(moved)[PAGE].body


def test_the_control_block_says_how_many_and_leads_to_the_page(moved: Chain) -> None:
    before = pages(moved)[BLOCK].before
    assert "<dt>Links to look at again</dt>" in before
    assert '<a href="../../links-to-review/index.html#PRO-001">1</a>: OPC-001 (changed ' in before
    assert 'id="PRO-001"' in pages(moved)[PAGE].body


def test_lists_of_links_mark_what_changed_since(moved: Chain) -> None:
    after = pages(moved)[BLOCK].after
    assert "Refers to" in after
    assert "(changed since)" in after


def test_readiness_says_how_many_links_there_are_to_look_at(moved: Chain) -> None:
    assert "1 link to look at again" in words(pages(moved)[READINESS].body)


def test_once_somebody_has_looked_nothing_is_left_of_it(moved: Chain) -> None:
    land_record(moved, WASTE, by="eve", meaning="confirmation")
    made = pages(moved)
    assert "None: everything that is referred to says what it said" in made[PAGE].body
    assert "Links to look at again" not in made[BLOCK].before
    assert "(changed since)" not in made[BLOCK].after
    assert "to look at again" not in made[READINESS].body


def test_a_control_block_names_three_of_many_and_counts_the_rest() -> None:
    rows = [control(identity=f"OPC-00{at}") for at in range(1, 6)]
    chain = begin(
        **{WASTE: procedure(" ".join(f"[[OPC-00{at}]]" for at in range(1, 6))), CONTROLS: register(*rows)}
    )
    approved(chain, {CONTROLS: register(*(row.replace("Yard", "Hall") for row in rows))})
    assert re.search(
        r">5</a>: OPC-001 \(.*?\), OPC-002 \(.*?\), OPC-003 \(.*?\) and 2 more<", pages(chain)[BLOCK].before
    )


def test_a_control_block_dates_no_change_by_an_issue_that_another_may_have_brought() -> None:
    chain = begin(**{WASTE: procedure("Sort by [[OPC-001]]."), CONTROLS: register(control())})
    approved(chain, {CONTROLS: register(control("Hall"))}, on="2026-03-02")
    assert "OPC-001 (changed 2026-03-02)" in pages(chain)[BLOCK].before
    approved(chain, {CONTROLS: register(control("Hall"), control(identity="OPC-002"))}, on="2026-05-04")
    # Issue 3 says of it what issue 2 said; it was looked at last when it was adopted.
    assert "OPC-001 (changed since 2026-01-05)" in pages(chain)[BLOCK].before


def test_the_page_and_the_finding_date_no_change_by_an_issue_that_another_may_have_brought() -> None:
    chain = begin(**{WASTE: procedure("Sort by [[OPC-001]]."), CONTROLS: register(control())})
    approved(chain, {CONTROLS: register(control("Hall"))}, on="2026-03-02")
    approved(chain, {CONTROLS: register(control("Hall"), control(identity="OPC-002"))}, on="2026-05-04")
    said = words(pages(chain)[PAGE].body)
    assert "OPC-001 Bins OPC-001 Where, changed since 2026-01-05 ( issue 1 → 3 of REG-CONTROLS )" in said
    assert "in force since" not in said
    (message,) = [one.message for one in run_rules(compiled(chain)).diagnostics if one.code == "REF008"]
    assert message.endswith("on 2026-01-05: issue 3 of REG-CONTROLS differs from issue 1 in `where`")
    assert "2026-05-04" not in message


def test_what_content_says_is_escaped(moved: Chain) -> None:
    title = "'<b>bold</b>'"
    approved(moved, {CONTROLS: register(control("Cellar").replace("Bins OPC-001", title))})
    assert "<b>bold" not in pages(moved)[PAGE].body


def test_where_nothing_can_be_read_no_link_is_told(moved: Chain) -> None:
    assert "Links to look at again" not in pages(moved, blobs=False)[BLOCK].before
