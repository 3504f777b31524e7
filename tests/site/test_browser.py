"""The built site in a real browser, opened from a folder and from a server of this machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from mkdocs_ems.pages import Manual
from support.browsing import PATIENCE, served
from support.manuals import built, document, manual, row

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("chromium"), reason="needs chromium: apt-get install chromium"),
]
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
HOOK = "window.hook = () => { window.hooked = true; }"
PAYLOAD = """\
<img src='' onerror=hook()><svg onload=hook()></svg><script>hook()</script>
<a id="link" href="javascript:hook()">click me</a>
<div id="__config">{"base": "https://evil.example/", "search": "https://evil.example/worker.js"}</div>
<pre class="mermaid"><code>graph LR</code></pre>

# Heading <img src='' onerror=hook()> {onclick=hook()}
"""
TITLE = "</title><img src=x onerror=hook()>"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser") / "site"
    hostile = (document("PRO-002", title=TITLE, body=PAYLOAD), row("ASP-666", TITLE))
    words = "ASP-013 Hose failure. Loss onto the yard (penstock, sump)"
    hose = replace(row("ASP-013", "Hose failure"), search=words)
    made = manual(*hostile, hose, row("OBL-013", "Old equipment"))
    built(Manual(made.pages, made.assets, made.title, draft=True), folder)
    return folder


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture(params=["folder on a desktop", "folder on a phone", "server on a desktop"])
def page(request: pytest.FixtureRequest, browser: Browser, site: Path, server: str) -> Iterator[Page]:
    """A tab that watches for everything that must not happen, and fails the test at its end if it did."""
    where, _, size = request.param.partition(" on a ")
    width, height = SIZES[size]
    base = server if where == "server" else f"{site.as_uri()}/"
    context = browser.new_context(base_url=base, viewport={"width": width, "height": height})
    context.set_default_timeout(PATIENCE)
    tab = context.new_page()
    wrong: list[str] = []
    tab.add_init_script(HOOK)
    tab.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on(
        "request",
        lambda asked: (
            None if asked.url.startswith(("file:", "data:", "http://127.0.0.1:")) else wrong.append(asked.url)
        ),
    )
    yield tab
    hooked = tab.evaluate("window.hooked === true")
    context.close()
    assert wrong == []
    assert not hooked


def search(page: Page, words: str) -> None:
    opener = page.locator("label.md-header__button[for=__search]")
    if opener.is_visible():
        opener.click()
    page.get_by_role("textbox", name="Search").press_sequentially(words)


def test_a_row_is_found_by_its_id(page: Page) -> None:
    page.goto("index.html")
    search(page, "ASP-002")
    best = page.locator(".md-search-result__link").first
    expect(best).to_contain_text("ASP-002 Solvent 2")
    best.click()
    expect(page).to_have_title("ASP-002 Solvent 2 - Wrenholt")


@pytest.mark.parametrize("words", ["asp-013", "ASP-01", "failure", "penstock"])
def test_a_row_is_found_by_id_prefix_title_and_any_word_of_it(page: Page, words: str) -> None:
    page.goto("registers/aspects/ASP-001/index.html")
    search(page, words)
    best = page.locator(".md-search-result__link").first
    expect(best).to_contain_text("ASP-013 Hose failure")
    best.click()
    expect(page).to_have_title("ASP-013 Hose failure - Wrenholt")


@pytest.mark.parametrize("words", ["PRO-0", "register"])
def test_a_document_is_found_by_id_prefix_title_and_text(page: Page, words: str) -> None:
    page.goto("index.html")
    search(page, words)
    found = page.locator(".md-search-result__item", has_text="PRO-001 Rinsing")
    expect(found.first).to_be_visible()


def test_a_trace_leads_to_a_row_and_back(page: Page) -> None:
    page.goto("documents/PRO-001/index.html")
    page.get_by_role("link", name="register", exact=True).click()
    expect(page.locator("h1")).to_have_text("Environmental aspects")
    page.get_by_role("link", name="ASP-003").click()
    expect(page.locator("h1")).to_have_text("ASP-003")
    page.get_by_role("article").get_by_role("link", name="Aspects").click()
    expect(page.locator("h1")).to_have_text("Environmental aspects")
    page.go_back()
    expect(page.locator("h1")).to_have_text("ASP-003")


def test_a_register_is_filtered_by_the_pages_own_script(page: Page) -> None:
    page.goto("registers/aspects/index.html")
    page.get_by_label("Filter").fill("asp-002")
    expect(page.locator("tbody tr:visible")).to_have_count(1)


def test_a_draft_is_seen_as_one_on_every_kind_of_page(page: Page) -> None:
    for path in ("index.html", "documents/PRO-001/index.html", "registers/aspects/ASP-001/index.html"):
        page.goto(path)
        expect(page.get_by_role("note", name="Draft")).to_be_visible()


def test_no_page_is_wider_than_the_screen(page: Page) -> None:
    for path in ("index.html", "documents/PRO-001/index.html", "registers/aspects/ASP-001/index.html"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_no_payload_of_content_ever_acts(page: Page) -> None:
    for path in ("documents/PRO-002/index.html", "registers/aspects/ASP-666/index.html"):
        page.goto(path)
        expect(page).to_have_title(f"{'ASP-666 ' if 'ASP' in path else ''}{TITLE} - Wrenholt")
    page.goto("documents/PRO-002/index.html")
    page.get_by_text("click me").click()
    search(page, "ASP-666")
    expect(page.locator(".md-search-result__link").first).to_contain_text(TITLE)
