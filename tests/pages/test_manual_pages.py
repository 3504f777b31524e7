"""The manual as a whole: which pages there are, where their links lead, what stays out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import pytest
from markdown_it import MarkdownIt
from syrupy.assertion import SnapshotAssertion

from mkdocs_ems.pages import Manual, Page, PageForm, assets


class Shown(Protocol):
    manual: Manual
    pages: Mapping[str, Page]

    def html(self, path: str) -> str: ...


Render = Callable[..., Shown]


class Reader(HTMLParser):
    """Collects what matters of a page: links, ids, and anything that would act."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.acting: list[str] = []
        self.headings: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "iframe", "object", "embed", "base", "form", "img", "b"):
            self.acting.append(tag)  # no template writes them; `b` stands for any markup that content may try
        if tag == "svg" and not (dict(attrs).get("class") or "").startswith("ems-"):
            self.acting.append(tag)
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        for name, value in attrs:
            if name.startswith("on") or name in {"style", "srcdoc"}:
                self.acting.append(f"{tag} {name}={value}")
            if name in ("href", "src") and value is not None:
                self.links.append(value)
            if name == "id" and value:
                self.ids.append(value)


def read(page: Page) -> Reader:
    """Read a page as a browser would; a document's Markdown is rendered first."""
    reader = Reader()
    body = page.html
    if page.form is PageForm.MARKDOWN:
        body = MarkdownIt("commonmark", {"html": True}).enable("table").render(body)
        body = body.replace("<img", "<a").replace(" src=", " href=")
    reader.feed(page.before + body + page.after)
    reader.close()
    return reader


def steps(base: str, target: str) -> str:
    """The path that a relative link leads to."""
    found = base.split("/")[:-1]
    for step in target.split("/"):
        if step == "..":
            found.pop()
        else:
            found.append(step)
    return "/".join(found)


def dead_links(manual: Manual) -> Iterator[str]:
    """Links within the manual that lead to no page, file or anchor of it."""
    read_pages = {page.path: read(page) for page in manual.pages}
    markdown = {page.path for page in manual.pages if page.form is PageForm.MARKDOWN}
    files = {asset.path for asset in manual.assets}
    for path, reader in read_pages.items():
        for link in reader.links:
            if link.startswith(("https:", "http:", "mailto:")):
                continue
            target, _, anchor = link.partition("#")
            there = steps(path, target) if target else path
            if there in files:
                continue
            if there not in read_pages:
                yield f"{path}: {link}"
            elif anchor and there not in markdown and anchor not in read_pages[there].ids:
                yield f"{path}: {link} (no such anchor)"


def test_no_link_of_any_page_is_dead(approved: Shown, drafted: Shown) -> None:
    assert list(dead_links(approved.manual)) == []
    assert list(dead_links(drafted.manual)) == []


def test_every_page_ends_in_index_html_and_stands_once(approved: Shown) -> None:
    paths = [page.path for page in approved.manual.pages]
    assert all(path.endswith("index.html") for path in paths)
    assert len(paths) == len(set(paths))


def test_addresses_are_by_identity(approved: Shown) -> None:
    assert {
        "index.html",
        "documents/index.html",
        "documents/POL-001/index.html",
        "documents/PRO-009/index.html",
        "registers/index.html",
        "registers/aspects/index.html",
        "registers/aspects/ASP-001/index.html",
        "registers/people/PER-001/index.html",
        "traceability/index.html",
        "document-register/index.html",
        "histories/POL-001/index.html",
        "pending/index.html",
        "readiness/index.html",
        "rules/index.html",
        "rules/ASP010/index.html",
    } <= approved.pages.keys()


def test_every_html_page_has_one_first_heading_and_skips_no_level(approved: Shown) -> None:
    for page in approved.manual.pages:
        levels = read(page).headings
        assert levels.count(1) == 1, page.path
        assert levels[0] == 1, page.path
        assert all(after <= before + 1 for before, after in pairwise(levels)), page.path


def test_no_id_stands_twice_on_a_page(approved: Shown) -> None:
    for page in approved.manual.pages:
        ids = read(page).ids
        assert len(ids) == len(set(ids)), page.path


def test_the_contents_of_a_page_lead_to_its_headings(approved: Shown) -> None:
    for page in approved.manual.pages:
        ids = read(page).ids
        assert all(entry.anchor in ids for entry in page.toc), page.path


def test_only_section_pages_stand_in_the_navigation(approved: Shown) -> None:
    in_nav = {page.path for page in approved.manual.pages if page.nav}
    assert not any(path.startswith("documents/POL") for path in in_nav)
    assert not any(page.nav for page in approved.manual.pages if page.form is PageForm.ROW)
    assert "registers/aspects/index.html" in in_nav


def test_significance_and_open_findings_of_a_row_are_said_before_its_fields(drafted: Shown) -> None:
    significant = drafted.html("registers/aspects/ASP-001/index.html").split("<dl", maxsplit=1)[0]
    assert "Significant</span> Score 15, high" in significant
    found = drafted.html("registers/aspects/ASP-002/index.html").split("<dl", maxsplit=1)[0]
    assert '<a href="#findings"><span class="ems-badge ems-badge--error">1 error</span></a>' in found


def test_a_row_is_found_by_its_id_title_and_words(approved: Shown) -> None:
    search = approved.pages["registers/aspects/ASP-001/index.html"].search
    assert all(
        word in search for word in ("ASP-001", "Chromium trioxide mist", "Harm to health", "Second line")
    )


def test_names_and_roles_of_people_are_published_and_nothing_else(approved: Shown) -> None:
    page = approved.html("registers/people/PER-001/index.html")
    assert "Ada Wren" in page
    assert "ROL-MD" in page
    everything = "".join(approved.html(path) for path in approved.pages)
    assert "@wrenholt.example" not in everything


def test_every_page_of_a_draft_says_so(drafted: Shown) -> None:
    for path, page in drafted.pages.items():
        assert "draft" in drafted.html(path).lower(), page.path


def test_an_approved_manual_calls_no_page_a_draft(approved: Shown) -> None:
    policy = approved.html("documents/POL-001/index.html")
    assert "<strong>draft</strong>" not in policy
    assert "A draft of issue 3 landed on 2026-11-20" in policy


def test_two_renderings_are_equal(render: Render) -> None:
    one, other = (render(controlled=True, draft=False).manual for _ in range(2))
    assert one == other
    assert [page.html for page in one.pages] == [page.html for page in other.pages]


@pytest.mark.slow
def test_the_hash_seed_has_no_say(small: Mapping[str, str]) -> None:
    script = (
        "import hashlib, json, sys; from support.rule_cases import compiled;"
        "from mkdocs_ems.pages import render_manual; from mkdocs_ems.rules import run_rules, rule_docs;"
        "state = compiled(json.loads(sys.stdin.read()));"
        "manual = render_manual(state, report=run_rules(state), rule_docs=rule_docs(), draft=True);"
        "drawn = [page.html for page in manual.pages];"
        "print(hashlib.sha256(repr((manual, drawn)).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            input=json.dumps(dict(small)),
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "documents/POL-001/index.html",
        "registers/aspects/index.html",
        "registers/aspects/ASP-001/index.html",
        "traceability/index.html",
        "document-register/index.html",
        "histories/POL-001/index.html",
        "pending/index.html",
        "readiness/index.html",
        "rules/ASP010/index.html",
    ],
)
def test_a_page_of_each_sort_is_as_it_was(approved: Shown, snapshot: SnapshotAssertion, path: str) -> None:
    page = approved.pages[path]
    assert {
        "title": page.title,
        "before": page.before,
        "body": page.html,
        "after": page.after,
        "toc": [(entry.level, entry.title, entry.anchor) for entry in page.toc],
        "search": page.search,
    } == snapshot


def test_the_script_and_the_style_sheet_are_shipped_and_ask_no_host() -> None:
    shipped = assets()
    assert sorted(shipped) == ["ems.css", "ems.js", "ems.print.css"]
    for data in shipped.values():
        assert b"http:" not in data
        assert b"https:" not in data
        assert b"innerHTML" not in data
        assert b"eval" not in data
