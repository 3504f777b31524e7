"""The script of the tables in a real browser: search, choice, sorting, counting, by keyboard too."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Page, expect

from mkdocs_ems.pages import Manual, assets
from mkdocs_ems.pages import Page as ManualPage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("chromium"), reason="needs chromium: apt-get install chromium"),
]

TABLE = "registers/aspects/index.html"


class Shown(Protocol):
    manual: Manual
    pages: Mapping[str, ManualPage]


Render = Callable[..., Shown]


def written(shown: Shown, folder: Path) -> str:
    """The page of the aspects as a file, with our style sheet and script and no theme."""
    for name, data in assets().items():
        (folder / name).write_bytes(data)
    body = shown.pages[TABLE].html
    head = '<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="ems.css">'
    page = folder / "index.html"
    page.write_text(f'{head}<body class="md-typeset">{body}<script src="ems.js"></script>', encoding="utf-8")
    return page.as_uri()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(5_000)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


def ids(tab: Page) -> list[str]:
    return [text.strip() for text in tab.locator("tbody tr:visible th").all_inner_texts()][:3]


def test_a_table_is_searched_and_counted(tab: Page, drafted: Shown, tmp_path: Path) -> None:
    tab.goto(written(drafted, tmp_path))
    expect(tab.locator(".ems-count").first).to_have_text("3 environmental aspects")
    tab.get_by_label("Find in this table").first.fill("mains water")
    expect(tab.locator(".ems-count").first).to_have_text("1 of 3 environmental aspects found")
    assert ids(tab) == ["ASP-002"]
    tab.get_by_role("button", name="Show everything").click()
    assert len(ids(tab)) == 3


def test_values_of_a_column_can_be_chosen(tab: Page, drafted: Shown, tmp_path: Path) -> None:
    tab.goto(written(drafted, tmp_path))
    tab.get_by_label("Significance").first.select_option("not significant")
    assert ids(tab) == ["ASP-003"]


def test_a_heading_sorts_by_keyboard_and_says_so(tab: Page, drafted: Shown, tmp_path: Path) -> None:
    tab.goto(written(drafted, tmp_path))
    score = tab.get_by_role("columnheader", name="Score")
    score.get_by_role("button").focus()
    tab.keyboard.press("Enter")
    expect(score).to_have_attribute("aria-sort", "ascending")
    assert ids(tab) == ["ASP-003", "ASP-001", "ASP-002"]
    tab.keyboard.press("Enter")
    expect(score).to_have_attribute("aria-sort", "descending")
    assert ids(tab) == ["ASP-002", "ASP-001", "ASP-003"]


def test_a_long_table_shows_its_first_rows_and_more_on_demand(
    tab: Page, render: Render, small: Mapping[str, str], tmp_path: Path
) -> None:
    path = "ems/registers/aspects.yml"
    rows = "".join(f"  - {{id: ASP-{number}, title: Aspect {number}}}\n" for number in range(1000, 1300))
    tab.goto(written(render({**small, path: small[path] + rows}), tmp_path))
    expect(tab.locator(".ems-count").first).to_have_text("303 environmental aspects, the first 250 shown")
    assert tab.locator("table").first.locator("tbody tr:visible").count() == 250
    tab.get_by_role("button", name="Show more").click()
    assert tab.locator("table").first.locator("tbody tr:visible").count() == 303


def test_without_the_script_every_row_is_there(tab: Page, drafted: Shown, tmp_path: Path) -> None:
    address = written(drafted, tmp_path)
    (tmp_path / "ems.js").write_text("", encoding="utf-8")
    tab.goto(address)
    assert len(ids(tab)) == 3
    assert tab.locator(".ems-tools").count() == 0


def test_a_wide_table_scrolls_in_its_own_box_on_a_phone(tab: Page, drafted: Shown, tmp_path: Path) -> None:
    tab.goto(written(drafted, tmp_path))
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert tab.evaluate("(box => box.scrollWidth > box.clientWidth)(document.querySelector('.ems-scroll'))")


def test_the_search_of_the_theme_gets_the_name_of_its_field(
    tab: Page, drafted: Shown, tmp_path: Path
) -> None:
    address = written(drafted, tmp_path)
    page = next(tmp_path.glob("*.html"))
    search = '<div data-md-component="search" role="dialog"><input aria-label="Search"></div>'
    page.write_text(page.read_text(encoding="utf-8") + search, encoding="utf-8")
    tab.goto(address)
    expect(tab.get_by_role("dialog", name="Search")).to_have_count(1)
