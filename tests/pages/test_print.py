"""What a printed page says of itself, as it comes out of the browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Page, expect

from mkdocs_ems.pages import Manual, assets
from mkdocs_ems.pages import Page as ManualPage
from mkdocs_ems.site import Stamp
from mkdocs_ems.site.building import already, build_site


class Shown(Protocol):
    manual: Manual
    pages: Mapping[str, ManualPage]

    def html(self, path: str) -> str: ...


POLICY = "documents/POL-001/index.html"
ROW = "registers/aspects/ASP-001/index.html"
REGISTER = "registers/aspects/index.html"

browsing = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("chromium"), reason="needs chromium: apt-get install chromium"),
]


def test_each_sheet_says_which_issue_it_is_a_print_of(approved: Shown) -> None:
    assert approved.pages[POLICY].foot == "POL-001 · issue 2 (Rev C) · as of 2026-11-30"
    assert approved.pages[REGISTER].foot == "REG-ASP · issue 1 · as of 2026-11-30"
    assert approved.pages[ROW].foot == "ASP-001 · REG-ASP, issue 1 · as of 2026-11-30"
    assert approved.pages["readiness/index.html"].foot == "Readiness · as of 2026-11-30"


def test_a_draft_says_on_each_sheet_that_it_is_none(drafted: Shown) -> None:
    assert drafted.pages[POLICY].foot == "POL-001 · issue not known · as of 2026-11-30"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, approved: Shown) -> Path:
    folder = tmp_path_factory.mktemp("print") / "site"
    stamp = Stamp(date(2026, 11, 30))
    build_site(already(approved.manual, stamp), config_file=None, site_dir=folder, shipped=assets())
    return folder


@pytest.fixture
def paper(browser: Browser) -> Iterator[Page]:
    """A tab that lays pages out as they would be printed from a screen in its dark scheme."""
    context = browser.new_context(viewport={"width": 680, "height": 960}, color_scheme="dark")
    context.set_default_timeout(5_000)
    page = context.new_page()
    page.emulate_media(media="print", color_scheme="dark")
    yield page
    context.close()


class TestPaper:
    pytestmark = browsing

    def test_a_document_says_on_paper_what_it_is(self, paper: Page, site: Path) -> None:
        paper.goto((site / POLICY).as_uri())
        for word in ("POL-001", "2 (Rev C)", "in force", "Managing Director", "Approved by Ada Wren"):
            expect(paper.get_by_role("group", name="Document control")).to_contain_text(word)
        expect(paper.get_by_role("group", name="Document control")).to_contain_text("2026-10-01, overdue")
        line = paper.locator(".ems-identity")
        expect(line).to_be_visible()
        expect(line).to_contain_text("printed from the manual as of 2026-11-30, commit 5e5e5e5e5e5e")
        expect(line).to_contain_text("uncontrolled when printed")

    def test_a_row_says_on_paper_how_its_register_stands(self, paper: Page, site: Path) -> None:
        paper.goto((site / ROW).as_uri())
        block = paper.locator(".ems-printed")
        expect(block).to_be_visible()
        for word in ("ASP-001", "Owner", "REG-ASP", "in force", "Approval by Ada Wren"):
            expect(block).to_contain_text(word)
        expect(paper.locator(".ems-identity")).to_contain_text("ASP-001 Chromium trioxide mist · REG-ASP")

    def test_nothing_but_the_page_is_printed(self, paper: Page, site: Path) -> None:
        for path in (POLICY, ROW, REGISTER):
            paper.goto((site / path).as_uri())
            for part in (".md-header", ".md-sidebar", ".md-search", ".md-footer", ".ems-kicker"):
                for one in paper.locator(part).all():
                    expect(one).to_be_hidden()

    def test_paper_is_black_on_white_in_the_dark_scheme_too(self, paper: Page, site: Path) -> None:
        paper.goto((site / ROW).as_uri())
        colours = "one => [getComputedStyle(one).color, getComputedStyle(document.body).backgroundColor]"
        for part in ("h1 .ems-heading", ".ems-facts dd", ".ems-facts a", "h2"):
            found = paper.locator(part).first.evaluate(colours)
            assert found == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"], part
        muted = paper.locator(".ems-facts dt").last.evaluate("one => getComputedStyle(one).color")
        assert muted == "rgb(51, 51, 51)"

    def test_a_wide_table_fits_the_sheet(self, paper: Page, site: Path) -> None:
        for path in (REGISTER, "document-register/index.html", "clauses/index.html"):
            paper.goto((site / path).as_uri())
            assert paper.evaluate("document.documentElement.scrollWidth <= innerWidth"), path

    def test_the_foot_of_the_sheets_reaches_the_style_sheet(self, paper: Page, site: Path) -> None:
        read = "getComputedStyle(document.documentElement).getPropertyValue('--ems-foot')"
        for path, said in ((POLICY, "POL-001 · issue 2 (Rev C)"), (ROW, "ASP-001 · REG-ASP, issue 1")):
            paper.goto((site / path).as_uri())
            # Drawn as text, so that the escapes are read as the foot of a sheet reads them.
            shown = paper.evaluate(
                f"{{ const one = document.createElement('style'); one.textContent = "
                f"'body::before {{ content: var(--ems-foot) }}'; document.head.append(one);"
                f"[{read}, getComputedStyle(document.body, '::before').content] }}"
            )
            assert shown[1] == f'"{said} · as of 2026-11-30"'

    def test_what_is_for_paper_is_not_on_the_screen(self, browser: Browser, site: Path) -> None:
        page = browser.new_page()
        page.goto((site / ROW).as_uri())
        expect(page.locator(".ems-printed")).to_be_hidden()
        expect(page.locator(".ems-identity")).to_be_hidden()
        page.close()
