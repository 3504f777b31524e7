"""Links as markup: escaped, relative, and only where a browser may follow."""

from __future__ import annotations

import pytest

from mkdocs_ems.model import KINDS
from mkdocs_ems.pages.addresses import Place, relative, row_page
from mkdocs_ems.pages.links import Links, safe_url

PLACES = {
    "ASP-001": Place(row_page(KINDS["aspect"], "ASP-001"), "", "Mist & fume", "aspect"),
    "REG-ASP": Place("registers/aspects/index.html", "REG-ASP", "Aspects", "register"),
    "PRO-009": Place("documents/PRO-009/index.html", "", "Old", "procedure", "withdrawn"),
}
LINKS = Links("../../", PLACES)


def test_a_link_climbs_to_the_top_and_names_the_file() -> None:
    assert relative("documents/POL-001/index.html", row_page(KINDS["aspect"], "ASP-001")) == (
        "../../registers/aspects/ASP-001/index.html"
    )
    assert relative("index.html", "readiness/index.html") == "readiness/index.html"


def test_a_title_is_escaped_in_text_and_in_attributes() -> None:
    places = {"X-1": Place("x/index.html", "", '"><script>alert(1)</script>', "aspect")}
    links = Links("", places)
    for made in (links.named("X-1"), links.short("X-1"), links.labelled("X-1", "<b>")):
        assert "<script" not in made
        assert "<b>" not in made


def test_an_unknown_id_stays_visible_and_says_so() -> None:
    assert LINKS.short("ASP-999") == (
        '<span class="ems-unknown">ASP-999 <span class="ems-mark">(unknown)</span></span>'
    )


def test_a_register_is_found_on_the_page_of_its_kind() -> None:
    assert 'href="../../registers/aspects/index.html#REG-ASP"' in LINKS.short("REG-ASP")


def test_a_withdrawn_document_is_linked_and_marked() -> None:
    assert "(withdrawn)" in LINKS.short("PRO-009")


def test_mentions_in_a_field_become_links_and_the_rest_is_escaped() -> None:
    made = LINKS.prose("see [[ASP-001]] & [[ASP-001|the <mist>]], not [[asp]]")
    assert made.count("<a ") == 2
    assert "&amp; " in made
    assert "the &lt;mist&gt;" in made
    assert "[[asp]]" in made


@pytest.mark.parametrize(
    "url", ["https://legislation.example/uksi/2016/1154", "http://a.example", "mailto:ehs@wrenholt.example"]
)
def test_an_ordinary_address_becomes_a_link(url: str) -> None:
    assert f'href="{url}"' in LINKS.address(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//elsewhere.example/x",
        "https:",
        "https://",
        'https://a.example/" onmouseover="alert(1)',
        "https://a.example/\u00a0x",
        "https://[broken",
        "records/scan.pdf",
    ],
)
def test_any_other_address_stays_text(url: str) -> None:
    assert safe_url(url) is None
    assert "<a" not in LINKS.address(url)
