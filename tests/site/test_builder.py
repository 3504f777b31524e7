from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from mkdocs_ems.errors import OutputError, UsageError
from mkdocs_ems.pages import Asset, Manual, Page, PageForm
from support import manuals
from support.killing import LONGEST
from support.manuals import built, document, manual, row

ROW = "registers/aspects/ASP-001/index.html"
DOCUMENT = "documents/PRO-001/index.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "site"
    result = built(manual(), folder)
    assert result.warnings == ()
    assert (result.pages, result.rows, result.assets) == (7, 3, 1)
    return folder


def pages(site: Path) -> dict[str, str]:
    return {str(path.relative_to(site)): path.read_text() for path in site.rglob("*.html")}


def article(html: str) -> str:
    return html.partition("<article")[2].partition("</article>")[0]


def attributes_of(html: str) -> list[str]:
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            del tag
            found.extend(name for name, _ in attrs)

    reader = Reader()
    reader.feed(html)
    reader.close()
    return found


def with_config(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text(text)
    return folder / "mkdocs.yml"


def test_a_page_that_only_looks_like_a_row_is_not_counted_as_one(tmp_path: Path) -> None:
    rule = replace(row("ASP-010", "A rule"), path="rules/ASP010/index.html")
    assert built(manual(rule), tmp_path / "site").rows == 3


def test_exactly_the_pages_of_the_manual_are_published(site: Path) -> None:
    assert set(pages(site)) == {
        "index.html",
        "404.html",
        "documents/index.html",
        DOCUMENT,
        "registers/aspects/index.html",
        *(f"registers/aspects/ASP-00{number}/index.html" for number in (1, 2, 3)),
    }
    assert (site / "documents/PRO-001/files/flow.svg").read_bytes() == manuals.FLOW


def test_no_mark_of_a_shell_is_left_anywhere(site: Path) -> None:
    for path in site.rglob("*"):
        assert not path.is_file() or b"emsmark" not in path.read_bytes()


def test_a_row_page_looks_like_a_page_of_the_theme(site: Path) -> None:
    html = pages(site)[ROW]
    assert "<title>ASP-001 Solvent 1 - Wrenholt</title>" in html
    assert html.count("<h1") == 1
    assert re.search(
        r'<a href="#ems--links" class="md-nav__link">\s*<span class="md-ellipsis">\s*Links', html
    )
    assert 'href="../../../assets/ems.css"' in html
    assert '"base":"../../.."' in html.replace(" ", "")


def test_a_row_is_shown_as_belonging_to_its_register(site: Path) -> None:
    active = re.search(
        r'<li class="md-nav__item md-nav__item--active">\s*<a href="([^"]*)"', pages(site)[ROW]
    )
    assert active
    assert active[1] == "../index.html"


def test_a_document_has_its_title_its_control_block_its_text_and_what_follows(site: Path) -> None:
    html = article(pages(site)[DOCUMENT])
    order = ["<h1>Rinsing</h1>", '<div class="ems-control">', "no metadata", 'id="scope"', 'id="ems--issues"']
    assert [html.index(part) for part in order] == sorted(html.index(part) for part in order)


def test_the_first_lines_of_a_document_are_never_taken_for_metadata(tmp_path: Path) -> None:
    body = "---\ntemplate: 404.html\ntitle: hook\n---\nhide: navigation\n"
    built(manual(document("PRO-002", title="Second", body=body)), tmp_path / "site")
    html = pages(tmp_path / "site")["documents/PRO-002/index.html"]
    assert "<title>Second - Wrenholt</title>" in html
    assert "template: 404.html" in article(html)
    assert "hide: navigation" in article(html)


def test_template_syntax_in_content_stays_text(site: Path) -> None:
    assert "{{ 7 * 7 }} and {% raw %} stay as they are." in pages(site)[DOCUMENT]


def test_links_and_pictures_stay_as_written(site: Path) -> None:
    html = article(pages(site)[DOCUMENT])
    assert 'href="../../registers/aspects/index.html"' in html
    assert 'src="files/flow.svg"' in html


def test_every_page_of_a_draft_says_so_in_its_html(site: Path) -> None:
    assert all(html.count("ems-draft") == 1 for html in pages(site).values())


def test_an_approved_manual_says_what_it_shows_and_no_page_of_it_is_a_draft(tmp_path: Path) -> None:
    built(manual(draft=False), tmp_path / "site")
    for html in pages(tmp_path / "site").values():
        assert "ems-draft" not in html
        assert "As of 2026-11-30, issues in force, commit 6f1c6f1c6f1c (v2026.2)" in html


def test_every_page_has_a_policy_that_allows_no_inline_script_of_content(site: Path) -> None:
    for html in pages(site).values():
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
        assert policy
        assert "unsafe-inline" not in policy[1].partition("style-src")[0]
        assert html.index("charset") < html.index("Content-Security-Policy") < html.index("<title>")


def test_titles_are_text_wherever_the_theme_puts_them(tmp_path: Path) -> None:
    title = "</title><img src=x onerror=hook()>{{ 7*7 }}"
    body = (
        f"## A {title}\n\n# B {{: data-toc-label='{title}' }}\n\n"
        "## C {: id='\"><img src=x onerror=hook()>' }\n"
    )
    hostile = (
        document("PRO-002", title=title, body=body),
        Page("x/index.html", title, PageForm.HTML, "<p>x</p>", nav=(title, title)),
        Page("y/index.html", title, PageForm.HTML, "<p>y</p>", nav=(title, "y")),
        row("ASP-777", title),
    )
    made = manual(*hostile)
    built(Manual(made.pages, made.assets, title, draft=True), tmp_path / "site")
    for path, html in pages(tmp_path / "site").items():
        handlers = [name for name in attributes_of(html) if name.startswith("on")]
        assert handlers == [], path
        assert html.count("</title>") == 1, path
        assert "49" not in re.sub(r"[\w-]*49[\w-]*\.", "", article(html)), path


def test_nothing_on_any_page_asks_another_host(site: Path) -> None:
    for html in pages(site).values():
        assert not re.findall(r'(?:src|srcset|data|action)="(?:https?:)?//', html)
        assert not re.findall(r'<link[^>]*href="(?:https?:)?//', html)
        assert "unpkg" not in html
        assert "fonts.g" not in html


def test_every_page_is_found_by_search_also_in_a_copy(site: Path) -> None:
    text = (site / "search/search_index.json").read_text()
    locations = [entry["location"] for entry in json.loads(text)["docs"]]
    assert set(pages(site)) - {"404.html"} <= set(locations)
    assert f"{DOCUMENT}#scope" in locations
    assert len(locations) == len(set(locations))
    assert (site / "search/search_index.js").read_text() == f"var __index = {text}"


def test_the_sitemap_names_every_page(tmp_path: Path) -> None:
    config = with_config(
        tmp_path / "own", "site_name: W\nsite_url: https://x.example/ems/\ntheme: material\n"
    )
    built(manual(), tmp_path / "site", config_file=config)
    packed = (tmp_path / "site/sitemap.xml.gz").read_bytes()
    text = (tmp_path / "site/sitemap.xml").read_text()
    assert gzip.decompress(packed).decode() == text
    assert set(re.findall(r"<loc>https://x.example/ems/([^<]*)</loc>", text)) == set(
        pages(tmp_path / "site")
    ) - {"404.html"}
    assert (
        'rel="canonical" href="https://x.example/ems/registers/aspects/ASP-001/index.html"'
        in (tmp_path / "site" / ROW).read_text()
    )


def test_what_the_operators_own_hooks_do_to_pages_is_done_to_rows_too(tmp_path: Path) -> None:
    config = with_config(tmp_path / "own", "site_name: W\ntheme: material\nhooks: [own.py]\n")
    hook = "def on_post_page(output, page, config):\n    return output + '<!-- own -->'\n"
    (tmp_path / "own/own.py").write_text(hook)
    built(manual(), tmp_path / "site", config_file=config)
    for path, html in pages(tmp_path / "site").items():
        assert html.endswith("<!-- own -->") == (path != "404.html")


def test_the_docs_folder_of_the_operator_is_neither_read_nor_published(tmp_path: Path) -> None:
    config = with_config(tmp_path / "own", "site_name: W\ntheme: material\nplugins: [search]\n")
    (tmp_path / "own/docs/secret.md").write_text("# secret")
    (tmp_path / "own/docs/link").symlink_to("/etc")
    result = built(manual(), tmp_path / "site", config_file=config)
    assert result.warnings == ()
    assert not [path for path in (tmp_path / "site").rglob("*") if path.name in ("secret", "link", "passwd")]


def test_an_operators_mistakes_are_named_with_the_way_to_mend_them(tmp_path: Path) -> None:
    config = with_config(
        tmp_path / "own",
        "site_name: W\ntheme: {name: material, features: [content.tooltips, toc.follow]}\n"
        "markdown_extensions: [pymdownx.snippets]\n"
        "extra_css: [extra.css, 'https://cdn.example/x.css']\n",
    )
    body = '--8<-- "/etc/passwd"\n'
    result = built(manual(document("PRO-002", body=body)), tmp_path / "site", config_file=config)
    assert len(result.warnings) == 4
    assert all("theme.custom_dir" in line or "remove it" in line for line in result.warnings)
    html = pages(tmp_path / "site")["documents/PRO-002/index.html"]
    assert "root:" not in html
    assert re.search(r'"features": ?\["toc.follow"\]', html)


def test_a_configuration_that_cannot_be_used_is_one_line(tmp_path: Path) -> None:
    config = with_config(tmp_path / "own", "site_name: W\ntheme: nowhere\n")
    with pytest.raises(UsageError, match="nowhere") as raised:
        built(manual(), tmp_path / "site", config_file=config)
    assert "\n" not in str(raised.value)
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("text", ["INHERIT: words.txt\n", f"site_name: W\nextra: {'[' * 5_000}\n"])
def test_a_configuration_that_mkdocs_chokes_on_is_one_line(tmp_path: Path, text: str) -> None:
    config = with_config(tmp_path / "own", text)
    (tmp_path / "own" / "words.txt").write_text("only words")
    with pytest.raises(UsageError, match="MkDocs cannot build the site") as raised:
        built(manual(), tmp_path / "site", config_file=config)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_another_theme_shows_every_page_plainly(tmp_path: Path, theme: str) -> None:
    config = with_config(tmp_path / "own", f"site_name: W\ntheme: {theme}\n")
    built(manual(), tmp_path / "site", config_file=config)
    made = pages(tmp_path / "site")
    assert "<h1>ASP-001</h1>" in made[ROW]
    assert all(html.count("ems-draft") == 1 for html in made.values())
    assert all("emsmark" not in html for html in made.values())
    entries = json.loads((tmp_path / "site/search/search_index.json").read_text())["docs"]
    assert ROW in [entry["location"] for entry in entries]


def test_a_theme_that_would_load_fonts_or_ask_a_forge_is_told_not_to(tmp_path: Path) -> None:
    config = with_config(
        tmp_path / "own",
        "site_name: W\nrepo_url: https://github.com/x/y\ntheme: {name: material, font: {text: Roboto}}\n"
        "plugins: [search, offline]\n",
    )
    built(manual(), tmp_path / "site", config_file=config)
    html = pages(tmp_path / "site")[ROW]
    assert 'href="https://github.com/x/y"' in html
    assert 'data-md-component="source"' not in html
    assert "fonts.googleapis" not in html
    assert "unpkg" not in html


def test_a_page_for_what_is_not_found_takes_the_themes_place(tmp_path: Path) -> None:
    own = Page("404.html", "Not here", PageForm.HTML, "<p>Nobody has written this.</p>")
    built(manual(own), tmp_path / "site")
    html = pages(tmp_path / "site")["404.html"]
    assert "<h1>Not here</h1>\n<p>Nobody has written this.</p>" in html
    assert "404 - Not found" not in html


@pytest.mark.parametrize("path", ["../x/index.html", "/x/index.html", "a/../../x/index.html"])
def test_a_path_that_leads_out_of_the_site_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(OutputError):
        built(manual(Page(path, "x", PageForm.ROW, "")), tmp_path / "in" / "site")
    made = manual()
    with pytest.raises(OutputError):
        built(Manual(made.pages, (Asset(path, b"x"),), "x", draft=True), tmp_path / "in" / "site")
    assert [path.relative_to(tmp_path) for path in tmp_path.rglob("*")] == [Path("in")]


def test_two_pages_for_one_place_are_refused_also_if_only_case_differs(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="one place"):
        built(manual(row("Asp-001", "x")), tmp_path / "site")


def test_a_build_leaves_environment_and_log_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    built(manual(), tmp_path / "site")
    assert os.environ["SOURCE_DATE_EPOCH"] == "1"
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_folder_zone_locale_and_hash_seed_have_no_say_in_the_bytes(tmp_path: Path) -> None:
    made = []
    for name, zone, locale, seed in (("a", "UTC", "C", "1"), ("b/c", "Asia/Tokyo", "tr_TR.UTF-8", "2")):
        environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed}
        environment.pop("SOURCE_DATE_EPOCH", None)
        command = [sys.executable, manuals.__file__, str(tmp_path / name / "site")]
        subprocess.run(command, check=True, env=environment, cwd=tmp_path, timeout=LONGEST)
        folder = tmp_path / name / "site"
        made.append({str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()})
    assert made[0] == made[1]


def test_no_link_of_the_built_site_is_dead(site: Path) -> None:
    lychee = Path(sys.executable).with_name("lychee")
    command = [lychee, "--offline", "--no-progress", "--include-fragments", "--root-dir", site]
    files = [path for path in site.rglob("*.html") if path.name != "404.html"]
    done = subprocess.run([*command, *files], capture_output=True, text=True, timeout=LONGEST, check=False)
    assert done.returncode == 0, done.stdout


def test_a_row_costs_no_pass_through_the_theme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import jinja2  # noqa: PLC0415 - only to count

    rendered = 0
    real = jinja2.Template.render

    def counting(self: jinja2.Template, *args: object, **kwargs: object) -> str:
        nonlocal rendered
        rendered += 1
        return real(self, *args, **kwargs)

    monkeypatch.setattr(jinja2.Template, "render", counting)
    counts = []
    for rows in (3, 300):
        rendered = 0
        built(manual(rows=rows), tmp_path / "site")
        counts.append(rendered)
    assert counts[0] == counts[1]
    shutil.rmtree(tmp_path / "site")
