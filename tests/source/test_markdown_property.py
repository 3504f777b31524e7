"""What we find in Markdown is what Python-Markdown, set up as the site is, makes of it."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from html.parser import HTMLParser

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions.toc import slugify, unique

from mkdocs_ems.diagnostics import Span
from mkdocs_ems.source.faults import Faults, Text
from mkdocs_ems.source.markdown import find
from mkdocs_ems.source.markdown_exact import read_exact
from mkdocs_ems.source.markdown_guard import guard
from mkdocs_ems.source.markdown_plain import Found, read_plain
from support.made_markdown import DOCUMENT, TIGHT

EXTENSIONS = [
    "toc",
    "attr_list",
    "tables",
    "admonition",
    "def_list",
    "footnotes",
    "md_in_html",
    "pymdownx.details",
    "pymdownx.superfences",
]


class Rendered(HTMLParser):
    """Headings and targets of a rendered page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[tuple[int, str]] = []
        self.links: list[str] = []
        self.images: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if re.fullmatch("h[1-6]", tag) and "id" in values:
            self.headings.append((int(tag[1]), values["id"] or ""))
        target = values.get("href")
        if tag == "a" and target and "footnote" not in (values.get("class") or ""):
            self.links.append(target)
        if tag == "img" and values.get("src"):
            self.images.append(values["src"] or "")


@lru_cache
def site_markdown() -> Markdown:
    return Markdown(extensions=EXTENSIONS)


def rendered(text: str) -> Rendered:
    markdown = site_markdown()
    markdown.reset()
    # The bar of a mention ends no cell of a table: mentions are replaced before a page is rendered.
    return Rendered(markdown.convert(text.replace("|the scrubber]]", "/the scrubber]]")))


def found(text: str) -> Found:
    return find(Text("ems/a.md", text))


@settings(deadline=None)
@given(DOCUMENT)
@example("# A\n# A\n# A_1\n# A\n")
@example("# [[OPC-001]] and `x`\n")
@example("[TOC]\n\n# A\n")
@example('[ref]: r.md "R"\n\n# [Oil][ref]\n\n1. Oil\n\n    [Oil][ref]\n    ---')
@example("#\n# \n#no space\n####### seven\n")
@example("[a]: b\n===\n\nText of [a]\n===\n")
@example("a <![CDATA[ b <![x\n\n# A\n\n[a](b.md)\n")
@example("\u00a7 4 Duties\n===\n\n`code` first\n---\n\n![a](b.png) c\n---\n\n-5 degrees\n---\n")
def test_headings_have_the_ids_that_python_markdown_gives_them(text: str) -> None:
    assert [(heading.level, heading.anchor) for heading in found(text).headings] == rendered(text).headings


@given(st.text(alphabet=st.characters(exclude_characters="\r\n"), max_size=40))
@example("Ölfass: 2 m³ / «alt»")
@example("a_b  -- c")
def test_any_words_of_a_heading_make_the_anchor_that_python_markdown_makes(words: str) -> None:
    body = read_plain(Text("ems/a.md", f"# {words}\n"))
    for heading in body.headings if body else ():
        assert heading.anchor == unique(slugify(heading.text, "-"), set())


def within(inner: Span, outer: Span) -> bool:
    start, end = (outer.line, outer.column), (outer.end_line, outer.end_column)
    return start < (inner.line, inner.column) and (inner.end_line, inner.end_column) <= end


@settings(deadline=None)
@given(DOCUMENT)
@example("a [b [Oil](a.md) \\[Oil](a.md)")
@example("| a | b |\n|---|---|\n| c | d | [Oil](a.md) |\n")
@example("a | b\n---|---\n[Oil](a.md) | c | [Oil](b.md)\n")
@example("Oil\n\n<img\nsrc='a.md'>\n---")
def test_links_and_pictures_are_those_that_python_markdown_makes(text: str) -> None:
    page = rendered(text)
    links = [link for link in found(text).links if not link.image]
    assert sorted(link.target for link in found(text).links if link.image) == sorted(page.images)
    # Whether a link within a link's text is one depends on what else stands in it: we count it always.
    outer = [link for link in links if not any(within(link.span, other.span) for other in links)]
    assert Counter(link.target for link in outer) <= Counter(page.links)
    assert Counter(page.links) <= Counter(link.target for link in links)


@settings(deadline=None)
@given(TIGHT)
@example("| a | b |\n|---|---|\nc | d | [Oil](a.md)\n| [Oil](b.md) | [[OPC-002|the scrubber]] |\n")
@example("[[OPC-002|the   scrubber ]] [[OPC-001|  ]]\n")
@example("![the   scrubber ](a.png) [ ](b.md)\n")
def test_the_short_way_finds_what_the_long_way_finds(text: str) -> None:
    short = read_plain(Text("ems/a.md", text))
    if short is not None:
        assert short == read_exact(Text("ems/a.md", text))


@settings(deadline=None)
@given(DOCUMENT)
def test_every_place_holds_what_was_found_there(text: str) -> None:
    lines = text.split("\n")
    body = found(text)
    for link in body.links:
        assert lines[link.span.line - 1][link.span.column - 1] in "[!<"
        place = link.target_span
        assert lines[place.line - 1][place.column - 1 : place.end_column - 1] == link.target
    for mention in body.mentions:
        place = mention.span
        stretch = lines[place.line - 1][place.column - 1 : place.end_column - 1]
        assert stretch.startswith(f"[[{mention.id}")
        assert stretch.endswith("]]")
    for heading in body.headings:
        assert heading.span.line == heading.span.end_line


@settings(deadline=None)
@given(st.text(alphabet="ab \n#[]()<>!`*_-=|:{}\\\"'&;/1.>~?^", max_size=60))
def test_no_markdown_makes_the_reading_raise(text: str) -> None:
    body = Text("ems/a.md", text)
    if guard(body, Faults(body)):
        short = read_plain(body)
        exact = read_exact(body)
        assert short is None or short == exact
        assert [(heading.level, heading.anchor) for heading in exact.headings] == rendered(text).headings
