"""The page of a date in a real browser: a day picked or cited leaves its lines; without scripts all stand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from mkdocs_ems.pages import Manual, assets
from mkdocs_ems.site import Stamp
from mkdocs_ems.site.building import already, build_site
from support.browsing import PATIENCE, served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("chromium"), reason="needs chromium: apt-get install chromium"),
]
STAMP = Stamp(date(2026, 11, 30), "6f1c" * 10, "main", datetime(2026, 11, 28, 9, 30, tzinfo=UTC))


class Shown(Protocol):
    manual: Manual


@pytest.fixture(scope="module")
def site(approved: Shown, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dates") / "site"
    build_site(already(approved.manual, STAMP), config_file=None, site_dir=folder, shipped=assets())
    return folder


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield f"{address}on/index.html"


@pytest.fixture(params=["folder", "server"])
def address(request: pytest.FixtureRequest, site: Path, server: str) -> str:
    return server if request.param == "server" else (site / "on" / "index.html").as_uri()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
    yield page
    context.close()
    assert wrong == []


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def seen(tab: Page) -> Locator:
    return tab.locator("tr[data-ems-from]:visible")


def withdrawn(tab: Page) -> Locator:
    """The line of the procedure that was withdrawn on 1 June 2026."""
    return seen(tab).filter(has_text="PRO-009")


def test_a_day_in_the_address_leaves_the_lines_of_that_day(tab: Page, address: str) -> None:
    tab.goto(f"{address}#2026-05-31")
    expect(tab.get_by_label("In force on", exact=True)).to_have_value("2026-05-31")
    expect(withdrawn(tab)).to_have_count(1)
    expect(tab.locator(".ems-count")).to_contain_text("found for 2026-05-31")
    tab.evaluate("location.hash = '#2026-06-01'")
    expect(withdrawn(tab)).to_have_count(0)


def test_a_day_that_is_picked_stands_in_the_address(tab: Page, address: str) -> None:
    tab.goto(address)
    every = seen(tab).count()
    tab.get_by_label("In force on", exact=True).fill("2026-06-01")
    expect(withdrawn(tab)).to_have_count(0)
    assert tab.url == f"{address}#2026-06-01"
    tab.get_by_role("button", name="Show everything").click()
    expect(seen(tab)).to_have_count(every)
    assert "#2026" not in tab.url


def test_a_day_before_everything_has_no_line(tab: Page, address: str) -> None:
    tab.goto(f"{address}#1999-01-01")
    expect(seen(tab)).to_have_count(0)
    expect(tab.locator(".ems-count")).to_contain_text("0 of")


@pytest.mark.parametrize("odd", ["#2026-02-31", "#nonsense", "#2026-13-01"])
def test_what_is_no_day_hides_nothing(tab: Page, address: str, odd: str) -> None:
    tab.goto(address + odd)
    expect(withdrawn(tab)).to_have_count(1)


def test_an_issue_leads_to_its_page_and_that_says_whether_it_applies(tab: Page, address: str) -> None:
    tab.goto(f"{address}#2026-05-31")
    withdrawn(tab).get_by_role("link").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("PRO-009 issue 1")
    expect(tab.locator(".ems-banner").first).to_contain_text("Withdrawn.")


def test_without_scripts_all_lines_stand_by_document_and_day(plain: Page, address: str) -> None:
    plain.goto(f"{address}#2026-06-01")
    expect(withdrawn(plain)).to_have_count(1)
    found = [(line.split("\t")[0], line.split("\t")[3]) for line in seen(plain).all_inner_texts()]
    assert found == sorted(found)
    expect(plain.locator("input[type=date]")).to_have_count(0)
