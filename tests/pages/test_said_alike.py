"""What is worked out once for many pages is what each of them would say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_ems.control.versions import Listed
from mkdocs_ems.pages.addresses import upward
from mkdocs_ems.pages.said_alike import SaidAlike
from mkdocs_ems.pages.successor import Became, Edition
from mkdocs_ems.pages.superseded import Around, notice_html, selector_html

PAGES = (
    "index.html",
    "search & find.html",
    "document-register/index.html",
    "documents/POL-001/index.html",
    "documents/POL-001/2/index.html",
    "histories/POL-001/index.html",
    "registers/aspects/index.html",
    "registers/aspects/ASP-001/index.html",
    "registers/aspects/ASP-001/at/index.html",
    "registers/aspects/ASP-002/index.html",
    "registers/risks/ASP-002/index.html",
)
editions = st.builds(
    lambda name, kind, pages, issue, became: Edition(
        Listed(
            name=name, folder=kind if kind == "current" else "v1", title="", day=date(2026, 3, 1), kind=kind
        ),
        frozenset(pages),
        {one.split("/")[2]: one for one in pages if one.startswith("registers/") and one.count("/") == 3},
        {"POL-001": issue},
        became,
    ),
    name=st.sampled_from(["v1", "v2.1", 'v"><b>', quote("\ue000"), "v%20"]),
    kind=st.sampled_from(["version", "current"]),
    pages=st.lists(st.sampled_from(PAGES), min_size=1, unique=True),
    issue=st.integers(1, 3),
    became=st.dictionaries(
        st.sampled_from(["ASP-001", "ASP-002"]),
        st.builds(Became, st.sampled_from(["ASP-001", "ASP-002", "ASP-009"]), stands=st.booleans()),
    ),
)


@given(
    around=st.builds(
        Around,
        editions,
        previous=st.none() | editions,
        next=st.none() | editions,
        in_force=st.none() | editions,
    )
)
def test_every_page_says_what_it_would_say_by_itself(around: Around) -> None:
    said = SaidAlike(around, exceptions=around.special())
    for page in sorted(around.this.pages):
        up = upward(page)
        assert said.on(page, up=up) == (selector_html(page, around, up=up), notice_html(page, around, up=up))


@pytest.mark.parametrize("exceptions", [frozenset[str](), frozenset({PAGES[-1]})])
def test_a_page_that_is_no_exception_is_taken_to_stand_in_every_version(exceptions: frozenset[str]) -> None:
    one = Edition(
        Listed(name="v1", folder="v1", title="", day=date(2026, 3, 1), kind="version"),
        frozenset({PAGES[-1]}),
        {},
    )
    without = replace(one, listed=replace(one.listed, name="v2", folder="v2"), pages=frozenset({PAGES[0]}))
    _, notice = SaidAlike(Around(one, next=without), exceptions=exceptions).on(PAGES[-1], up="../../../")
    assert ("this page in v2" in notice) is not bool(exceptions)
    assert ("no longer in the manual" in notice) is bool(exceptions)
