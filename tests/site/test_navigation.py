from __future__ import annotations

from mkdocs_ems.pages import Page, PageForm
from mkdocs_ems.site.navigation import nav_config, nearest_above, sources


def page(path: str, nav: tuple[str, ...] | None = None, order: int = 0) -> Page:
    return Page(path, "title", PageForm.HTML, "", nav=nav, order=order)


def test_sections_stand_where_their_first_page_asks_to_stand() -> None:
    named = sources(
        [
            page("rules/index.html", ("Control", "Rules"), 62),
            page("readiness/index.html", ("Control", "Readiness"), 61),
            page("registers/aspects/index.html", ("Registers", "Aspects"), 31),
            page("registers/index.html", ("Registers",), 30),
            page("index.html", ("Start",), 0),
            page("documents/POL-001/index.html"),
        ]
    )
    assert nav_config(named) == [
        {"Start": "index.md"},
        {"Registers": [{"Registers": "registers/index.md"}, {"Aspects": "registers/aspects/page.md"}]},
        {"Control": [{"Readiness": "readiness/page.md"}, {"Rules": "rules/page.md"}]},
    ]


def test_titles_in_the_navigation_are_escaped() -> None:
    named = sources([page("a/index.html", ("<img src=x>", "a & b"))])
    assert nav_config(named) == [{"&lt;img src=x&gt;": [{"a &amp; b": "a/page.md"}]}]


def test_a_page_outside_the_navigation_belongs_to_the_nearest_above_it() -> None:
    registers = page("registers/index.html", ("Registers",))
    aspects = page("registers/aspects/index.html", ("Registers", "Aspects"))
    in_nav = {one.path: one for one in (registers, aspects, page("index.html", ("Start",)))}
    assert nearest_above("registers/aspects/ASP-001/index.html", in_nav) is aspects
    assert nearest_above("registers/roles/ROL-MD/index.html", in_nav) is registers
    assert nearest_above("documents/POL-001/index.html", in_nav) is None
