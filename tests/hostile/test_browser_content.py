"""Sites of hostile content in a real browser: everything is opened, and nothing does what it says.

Each page is opened twice over. Once without the policy that the pages bring along, so that whatever
escaped the sanitiser or a template would run and call the hook; and as it is published, where the
policy would have to stop it, and says so. That the watch notices is proved beside.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Locator, Page, expect

from mkdocs_ems.cli.main import ems
from mkdocs_ems.git.write import File
from mkdocs_ems.model import KINDS
from support.browsing import served
from support.hostile_cases import BASE, Link, batches, corpus
from support.hostile_texts import ACTS, LONG, MARKED, RUNS, TURNED, hostile_texts
from support.manuals import built, document, manual, row
from support.story import Story
from support.watched import PLAIN, Watch, watched

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("chromium"), reason="needs chromium: apt-get install chromium"),
]
AS_OF = "2026-06-01"
DOCUMENT = "current/documents/PRO-HOSTILE/index.html"
REGISTER = "current/registers/aspects/index.html"
# Of issues, of what rows said and of what a rule asks there are many pages alike; these stand for them.
ALIKE = re.compile(
    r"current/documents/(?!PRO-|REG-ASP-)[^/]*/\d+/|current/histories/(?!PRO-|REG-ASP-)"
    r"|current/registers/(?!aspects/)[^/]*/[^/]*/at/|current/rules/(?!DOC|SCH)"
)
OTHERS = re.compile(
    r"(?:v1|v2[^/]*)/(?:index|404|changes/index|versions/index|documents/PRO-[^/]*/index)\.html"
)
LEADING = ("index.html", "404.html", "latest/index.html", "in-force/documents/PRO-HOSTILE/index.html")


@pytest.fixture(scope="module", autouse=True)
def _apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("GIT_", "EMS_"))]:
            # Modules are read as late as here, and `dev.py mutants` says by these how.
            if not name.startswith("EMS_MUTANT_"):
                patch.delenv(name)
        patch.setenv("EMS_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


def build(root: Path, site: Path, *options: str) -> Path:
    asked = ("build", "--repo", str(root), "--as-of", AS_OF, "--site-dir", str(site), *options)
    done = CliRunner().invoke(ems, asked, catch_exceptions=False)
    assert (site / "index.html").is_file(), done.output
    return site


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The company of hostile texts."""
    return hostile_texts(tmp_path_factory.mktemp("texts") / "repository")


@pytest.fixture(scope="module")
def versions(texts: Path) -> Path:
    """All its versions."""
    return build(texts, texts.parent / "versions", "--all", "--no-store", "--fail-on", "never")


@pytest.fixture(scope="module")
def server(versions: Path) -> Iterator[str]:
    with served(versions) as address:
        yield address


@pytest.fixture
def watch(browser: Browser, server: str) -> Iterator[Watch]:
    """A tab without the policy of the pages: nothing but what it says stops anything, and nothing happens."""
    with watched(browser, server, bypass_csp=True) as tab:
        yield tab
        assert tab.wrong == []


def paths_of(site: Path) -> list[str]:
    """Pages with something of a payload in what they say."""
    pages = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}
    says = re.compile(r"hook|evil\.example")
    return sorted(path for path, html in pages.items() if says.search(html.partition("<article")[2] or html))


def test_every_field_of_every_kind_is_shown_and_does_nothing(watch: Watch, versions: Path) -> None:
    pages = [path for path in paths_of(versions) if path.startswith("current/") and not ALIKE.match(path)]
    others = [path for path in paths_of(versions) if OTHERS.match(path)]
    assert len(pages) >= 2 * len(KINDS)
    assert len(others) >= 6
    watch.read([*pages, *others, *LEADING], within=f"current/{PLAIN}")


def test_as_it_is_published_no_page_holds_what_its_policy_has_to_stop(
    browser: Browser, server: str, versions: Path
) -> None:
    pages = [path for path in paths_of(versions) if path.startswith("current/") and not ALIKE.match(path)]
    with watched(browser, server) as tab:
        # One of each kind at least; without the policy all of them are read above.
        tab.read([*pages[::4], DOCUMENT, REGISTER, *LEADING], within=f"current/{PLAIN}")
        assert tab.wrong == []


def test_what_is_shown_to_the_public_does_nothing(browser: Browser, texts: Path) -> None:
    site = build(texts, texts.parent / "public", "--audience", "public")
    with served(site) as address, watched(browser, address, bypass_csp=True) as tab:
        tab.read(paths_of(site))
        assert tab.wrong == []


def test_a_report_of_what_differs_does_nothing(browser: Browser, texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "differences.html"
    asked = ("diff", "v1", "--repo", str(texts), "--as-of", AS_OF, "--format", "html", "--output", str(out))
    assert CliRunner().invoke(ems, asked, catch_exceptions=False).exit_code == 0
    with watched(browser, f"{tmp_path.as_uri()}/", bypass_csp=True) as tab:
        expect(tab.open(out.name).locator("body")).to_contain_text(ACTS[:40])
        tab.look()
        assert tab.wrong == []


def test_all_that_content_is_accepted_with_does_nothing(browser: Browser, tmp_path: Path) -> None:
    together, *_ = batches(case for case in corpus() if not case.slow)
    entries = {path: content for case in together for path, content in case.files.items()}
    story = Story(tmp_path / "repository")
    story.commit(dict(BASE))
    story.commit(
        {
            path: File(content.target.encode(), "120000") if isinstance(content, Link) else content
            for path, content in entries.items()
        },
        message=ACTS,
    )
    site = build(story.check_out(), tmp_path / "site", "--state", "draft")
    with served(site) as address, watched(browser, address, bypass_csp=True) as tab:
        tab.read(paths_of(site))
        # A picture that is not there is a finding, and no more than that.
        missing = re.compile(r"404: /documents/P-[^/]*/x(?:/onerror=hook\(\))?\Z|Failed to load ")
        assert [said for said in tab.wrong if not missing.match(said)] == []


def everything_touched(page: Page) -> None:
    """Hover, focus and click what a document's payloads made, and what the theme made of them."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.evaluate(
        """() => {
          addEventListener("click", (event) => {
            const link = event.target.closest("a");
            const at = link && new URL(link.getAttribute("href") || "#", location);
            // Links lead on; what else they may hold is let do as it likes.
            if (at && !/^(javascript|data|vbscript):/.test(at.protocol)) event.preventDefault();
          });
          const events = ["pointerover", "mouseenter", "mouseover", "focusin", "mousedown", "mouseup"];
          for (const one of document.querySelectorAll("article *, .md-nav__link, .md-header *")) {
            for (const name of events) one.dispatchEvent(new MouseEvent(name, { bubbles: true }));
            const acts = one.matches("a, button, summary, label, input") && !one.closest(".md-version");
            if (!acts) continue;
            one.focus();
            one.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
          }
        }"""
    )


@pytest.mark.parametrize("path", [DOCUMENT, REGISTER, "current/records/inspections/CHK-HOSTILE/index.html"])
def test_nothing_wakes_when_it_is_pointed_at_focused_and_clicked(watch: Watch, path: str) -> None:
    page = watch.open(path)
    everything_touched(page)
    watch.look()


SAID = (
    "?q=%3Cimg%20src=x%20onerror=hook()%3E%20hostile",
    "?h=%3Cimg%20src=x%20onerror=hook()%3E",
    "?h=onerror%20src%20lt%20amp",
    "#%3Cimg%20src=x%20onerror=hook()%3E",
    "#\"'><img src=x onerror=hook()>",
    "#javascript:hook()",
    "#__proto__",
    "?a=%3C/script%3E%3Cscript%3Ehook()%3C/script%3E#:~:text=hook",
)


def test_nothing_that_stands_in_an_address_acts(watch: Watch) -> None:
    for said in SAID:
        # Nothing but what is behind the number sign would be no other page.
        watch.page.goto("about:blank")
        page = watch.open(DOCUMENT + said)
        if "?q=" in said:
            expect(page.locator(".md-search-result__item").first).to_be_visible()
        if "?h=onerror" in said:
            expect(page.locator("mark[data-md-highlight]").first).to_be_attached()
        watch.look()


def searched(page: Page, words: str) -> Locator:
    """Type words into the search of the theme; the first of what is found."""
    field = page.locator(".md-search__input")
    field.click()
    field.fill(words)
    # The theme listens to keys.
    field.press("End")
    found = page.locator(".md-search-result__item").first
    expect(found).to_be_visible()
    return found


def test_what_is_found_is_shown_as_it_was_written(watch: Watch) -> None:
    page = watch.open("current/index.html")
    expect(searched(page, "CanaryPolicyTitle")).to_contain_text(ACTS)
    watch.look()
    for words in ("<img src=x onerror=hook()> hostile", '"><script>hook()</script>'):
        searched(page, words)
        watch.look()


def test_titles_stay_titles_whatever_the_theme_is_asked_for(browser: Browser, tmp_path: Path) -> None:
    config = tmp_path / "mkdocs.yml"
    (tmp_path / "docs").mkdir()
    features = "content.tooltips, content.code.copy, content.tabs.link, navigation.path, search.suggest"
    config.write_text(
        f"site_name: W\ntheme: {{name: material, features: [{features}]}}\nmarkdown_extensions: [attr_list]\n"
    )
    text = '<span title="<img src=x onerror=hook()>">word</span>'
    named = (document("PRO-002", title=ACTS, body=f"# {text}\n{text}"), row("ASP-666", ACTS))
    built(manual(*named), tmp_path / "site", config_file=config)
    with served(tmp_path / "site") as address, watched(browser, address, bypass_csp=True) as tab:
        page = tab.open("documents/PRO-002/index.html")
        expect(page.locator("article [title]").first).to_be_visible()
        page.locator("article [title]").first.hover()
        page.wait_for_timeout(300)
        everything_touched(page)
        page.keyboard.press("Escape")
        expect(searched(page, "ASP-666")).to_contain_text(ACTS)
        tab.look()
        assert tab.wrong == []


def test_a_version_is_chosen_by_the_name_that_somebody_gave_its_tag(watch: Watch) -> None:
    page = watch.open(DOCUMENT)
    listed = page.locator(".md-version:not(.ems-version) .md-version__link")
    expect(listed.first).to_be_attached()
    assert any("onerror=" in name for name in listed.all_text_contents())
    watch.look()


def test_tables_are_narrowed_and_sorted_by_words_that_act(watch: Watch) -> None:
    page = watch.open("current/document-register/index.html")
    rows = page.locator("table[data-ems-table] tbody tr")
    page.get_by_label("Find in this table").first.fill("<img src=x onerror=hook()>")
    expect(rows.locator("visible=true").first).to_be_visible()
    for button in page.locator(".ems-sort").all():
        button.click()
    for choice in page.locator(".ems-tools select").all():
        choice.select_option(index=1)
    watch.look()


def test_nothing_that_a_browser_kept_acts(watch: Watch) -> None:
    page = watch.open(DOCUMENT)
    scope = page.evaluate("__md_scope.pathname")
    page.evaluate(
        """(scope) => {
          const said = "<img src=x onerror=hook()>";
          const color = { scheme: `"${said}`, primary: said, accent: said };
          const kept = { __palette: { index: 0, color: { ...color, media: said } }, __tabs: [said],
            __announce: said, __outdated: said, __source: { stars: said, forks: said, version: said } };
          for (const [name, value] of Object.entries(kept)) {
            for (const store of [localStorage, sessionStorage]) {
              store.setItem(`${scope}.${name}`, JSON.stringify(value));
            }
          }
        }""",
        scope,
    )
    watch.open(DOCUMENT)
    expect(watch.page.locator("h1").first).to_be_visible()
    watch.look()


def test_it_is_the_same_from_a_folder_and_without_scripts(browser: Browser, versions: Path) -> None:
    for scripts in (True, False):
        begin = f"{versions.as_uri()}/"
        with watched(browser, begin, bypass_csp=True, java_script_enabled=scripts) as tab:
            for path in (DOCUMENT, REGISTER, "current/versions/index.html", "v1/index.html"):
                expect(tab.open(path).locator("h1").first).to_be_visible()
                tab.look()
            # From a folder the theme's own list of versions is out of reach.
            assert [said for said in tab.wrong if "versions.json" not in said] == []


@pytest.mark.parametrize("width", [1280, 390])
def test_no_title_breaks_a_page(browser: Browser, server: str, width: int) -> None:
    with watched(browser, server, viewport={"width": width, "height": 844}) as tab:
        for path in (
            "current/registers/context/index.html",
            "current/registers/context/ISS-HOSTILE/index.html",
            "current/registers/interested-parties/PTY-HOSTILE/index.html",
            "current/registers/processes/PRC-HOSTILE/index.html",
            "current/significance/index.html",
            DOCUMENT,
        ):
            page = tab.open(path)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert tab.wrong == []
    assert {len(LONG) > width // 8, len(MARKED) > 200, not TURNED.isascii()} == {True}


# --- that the watch would notice ----------------------------------------------------------------

PLANTED = {
    "handler": ("<img src=x onerror=hook()>", "/handler.html"),
    "script": ("<script>hook()</script>", "/script.html"),
    "drawing": ("<svg onload=hook()></svg>", "/drawing.html"),
    "link": (f"<a href='{RUNS}'>x</a>", "javascript: in"),
    "sleeping handler": ("<p onpointerrawupdate=hook()>x</p>", "onpointerrawupdate"),
    "other host": ("<img src=https://evil.example/x.png>", "asked: https://evil.example"),
    "frame": ("<iframe srcdoc='<script>parent.hook()</script>'></iframe>", "FIRED"),
    "base": ("<base href=https://evil.example/>", "<base"),
    "refresh": ("<meta http-equiv=refresh content='999;url=https://evil.example'>", "<meta"),
    "form": ("<article><form action=https://evil.example></form></article>", "<form"),
    "island": ("<script type=application/json>{</script>", "no JSON"),
    "element of the theme": ("<i id=__search></i><i id=__search></i>", "there twice"),
    "clobbered": ("<img name=forms src=data:,>", "names of the page's own"),
    "missing": ("<img src=missing.png>", "404: /missing.png"),
}


def test_the_watch_notices_whatever_acts(browser: Browser, tmp_path: Path) -> None:
    for name, (html, _) in PLANTED.items():
        page = f"<!doctype html><html lang=en><title>{name}</title><body>{html}</body></html>"
        (tmp_path / f"{name}.html").write_text(page)
    (tmp_path / "plain.txt").write_text("Nothing.")
    with served(tmp_path) as address, watched(browser, address) as tab:
        tab.read([f"{name}.html" for name in PLANTED], within="plain.txt")
        unseen = [name for name, (_, told) in PLANTED.items() if not any(told in said for said in tab.wrong)]
        assert unseen == [], tab.wrong
