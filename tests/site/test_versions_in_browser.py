"""All versions in a real browser, from a folder and from a server here, with and without scripts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support.browsing import served
from support.ten_versions import begun, land, rows

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("chromium"), reason="needs chromium: apt-get install chromium"),
]
ROW = "registers/aspects/ASP-001/index.html"
GONE = "registers/aspects/ASP-002/index.html"
DOCUMENT = "documents/PRO-001/index.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three versions, and what is in force."""
    folder = tmp_path_factory.mktemp("versions")
    story = begun(folder / "company")
    for month, title in enumerate(("Solvents in air", "Solvents in water"), 2):
        register = rows(("ASP-001", title))
        land(story, f"v0{month}", "eve", {"ems/registers/aspects.yml": register}, date=f"2025-{month:02}-03")
    story.check_out()
    asked = ("--all", "--as-of", "2025-06-01", "--repo", folder / "company", "--site-dir", folder / "site")
    subprocess.run(
        [sys.executable, "-m", "mkdocs_ems", "build", *asked, "--fail-on", "never"],
        env={**os.environ, "EMS_CACHE_DIR": str(folder / "cache")},
        check=True,
        capture_output=True,
    )
    return folder / "site"


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of the browser, where the site begins for it, and whether scripts run."""

    page: Page
    begin: str
    scripts: bool

    def open(self, path: str) -> Page:
        self.page.goto(self.begin + path)
        return self.page

    def arrives(self, path: str) -> None:
        """Wait until the browser has gone on to a page of the site."""
        expect(self.page).to_have_url(self.begin + path)


@pytest.fixture(params=["folder", "server", "folder, no scripts", "server, no scripts"])
def tab(request: pytest.FixtureRequest, browser: Browser, site: Path, server: str) -> Iterator[Tab]:
    """A tab in which nothing that a policy forbids is tried."""
    where, _, scripts = request.param.partition(", ")
    context = browser.new_context(java_script_enabled=not scripts, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if "Policy" in message.text else None)
    yield Tab(page, f"file://{site}/" if where == "folder" else server, scripts=not scripts)
    context.close()
    assert not said


def choose(tab: Tab, name: str) -> None:
    """Open the list in the header and follow an entry of ours."""
    tab.page.locator(".md-version").locator("visible=true").first.hover()
    tab.page.get_by_role("link", name=name, exact=True).locator("visible=true").first.click()


def test_a_superseded_page_says_so_and_leads_to_the_one_in_force(tab: Tab) -> None:
    for path in (f"v01/{ROW}", f"v01/{DOCUMENT}"):
        page = tab.open(path)
        expect(page.locator(".ems-superseded")).to_be_visible()
        expect(page.locator(".ems-superseded")).to_contain_text(
            "Superseded. This is version v01 of 2025-01-05"
        )
        page.get_by_role("link", name="this page as it is in force").click()
        tab.arrives(path.replace("v01", "current"))
        expect(page.locator(".ems-superseded")).to_have_count(0)


def test_the_selector_keeps_the_page(tab: Tab) -> None:
    page = tab.open(f"v02/{ROW}")
    expect(page.locator(".md-version").locator("visible=true")).to_have_count(1)
    if tab.scripts and tab.begin.startswith("http"):
        # The theme's own list, from versions.json. It keeps the page where the site knows its address.
        expect(page.locator(".md-version__link").locator("visible=true").first).to_be_attached()
        names = page.locator(".md-version:not(.ems-version) .md-version__link").all_text_contents()
        assert [name.strip() for name in names] == [
            "in force, 2025-06-01",
            "v03 (2025-03-03)",
            "v02 (2025-02-03)",
            "v01 (2025-01-05)",
        ]
        return
    choose(tab, "Next: v03")
    tab.arrives(f"v03/{ROW}")
    choose(tab, "Before: v02")
    tab.arrives(f"v02/{ROW}")
    choose(tab, "In force")
    tab.arrives(f"current/{ROW}")


def test_a_row_that_is_gone_leads_to_its_register(tab: Tab) -> None:
    page = tab.open(f"v01/{GONE}")
    expect(page.locator(".ems-superseded")).to_contain_text("ASP-002 is no longer in the manual")
    page.get_by_role("link", name="its register").click()
    tab.arrives("current/registers/aspects/index.html")


def test_pages_that_lead_on_arrive(tab: Tab) -> None:
    for path, there in (
        ("index.html", "current/index.html"),
        (ROW, f"current/{ROW}"),
        (f"latest/{DOCUMENT}", f"v03/{DOCUMENT}"),
        (f"in-force/{DOCUMENT}", f"current/{DOCUMENT}"),
    ):
        page = tab.open(path)
        page.wait_for_url(f"**/{there}")


def test_the_part_of_an_address_behind_the_number_sign_survives_where_scripts_run(tab: Tab) -> None:
    page = tab.open(f"{DOCUMENT}#waste")
    page.wait_for_url(f"**/current/{DOCUMENT}*")
    if tab.scripts:
        tab.arrives(f"current/{DOCUMENT}#waste")


def test_all_versions_are_listed_on_a_page_of_each(tab: Tab) -> None:
    page = tab.open("v02/versions/index.html")
    lines = page.locator("table tbody tr th").all_text_contents()
    assert lines == ["In force", "v03", "v02", "v01"]
    page.get_by_role("row", name="v03").get_by_role("link", name="what changed").click()
    tab.arrives("v03/changes/index.html")
    expect(page.locator("h1")).to_contain_text("What changed in v03 since v02")


def test_the_header_goes_on_saying_that_a_page_is_superseded_when_its_notice_is_out_of_sight(
    tab: Tab,
) -> None:
    said = "getComputedStyle(document.querySelector('.md-header'), '::after').content"
    assert "Superseded: do not work by it" in tab.open(f"v01/{DOCUMENT}").evaluate(said)
    for path in (f"v03/{DOCUMENT}", f"current/{DOCUMENT}"):
        assert tab.open(path).evaluate(said) == "none"


def test_what_to_read_instead_of_a_superseded_issue_is_as_legible_as_that_it_is(tab: Tab) -> None:
    page = tab.open(f"current/{DOCUMENT.replace('index.html', '1/index.html')}")
    page.locator(".ems-banner").evaluate("banner => banner.classList.add('ems-banner--error')")
    expect(page.locator(".ems-banner--error a")).to_have_css("color", "rgb(255, 255, 255)")


def test_a_printed_page_says_that_it_is_superseded(tab: Tab) -> None:
    page = tab.open(f"v01/{DOCUMENT}")
    page.emulate_media(media="print")
    expect(page.locator(".ems-superseded")).to_be_visible()
    expect(page.locator(".ems-superseded")).to_have_css("color", "rgb(0, 0, 0)")


def test_the_page_for_what_is_missing_knows_its_version(browser: Browser, server: str) -> None:
    page = browser.new_page()
    page.goto(f"{server}v01/404.html")
    expect(page.locator(".ems-superseded")).to_be_visible()
    page.get_by_role("link", name="the manual in force").click()
    expect(page).to_have_url(f"{server}current/index.html")
    page.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_the_name_of_the_manual_stays_beside_the_list_of_versions(
    browser: Browser, server: str, *, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 375, "height": 740})
    page = context.new_page()
    page.goto(f"{server}v01/{DOCUMENT}")
    name = page.locator(".md-header__topic:first-child > .md-ellipsis")
    choice = page.locator(".md-version__current").locator("visible=true").first
    expect(choice).to_be_visible()
    shown, beside = name.bounding_box(), choice.bounding_box()
    assert shown
    assert beside
    assert shown["width"] >= 60
    assert beside["x"] + beside["width"] <= 375
    context.close()
