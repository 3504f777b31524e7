"""A page that is put in a shell is what the theme would have drawn for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import jinja2
import pytest
from mkdocs.config import load_config

from mkdocs_ems.pages import Manual, Page, PageForm, TocEntry
from mkdocs_ems.site import builder
from mkdocs_ems.site.shell import ShellKey
from mkdocs_ems.site.shelled import Shelled, draws_alike
from support.manuals import built, document, manual, row

AWKWARD = 'A "quoted" & <b>bold</b> title\'s\N{NO-BREAK SPACE}end'
NESTED = """\
## First & "second"

### It's below

### Below *too*

#### Deeper&nbsp;still

## Then

##### A level that skips some
"""
TEXTS = {
    "PRO-002": NESTED,
    "PRO-003": "No heading at all: `<code>` & \U0001f333.",
    "PRO-004": "# A title of its own\n\n## Below it",
    "PRO-005": "### Begins with a lower one\n\n## Goes on with a higher one\n\n### And a lower one",
}
PAGES = (
    *(replace(document(name, title=AWKWARD), body=text) for name, text in TEXTS.items()),
    replace(
        document("PRO 6é", title="In an odd place"), toc=(TocEntry(2, 'Its "own" & <more>', "ems--own"),)
    ),
    replace(document("PRO-007"), form=PageForm.HTML, body="<h1>Ours</h1>", foot="At the foot: 1 < 2"),
    replace(document("PRO-008", title=AWKWARD), form=PageForm.HTML, body="<p>Without a heading</p>"),
    Page("note/index.html", "Alone in its folder", PageForm.HTML, "<p>Alone.</p>"),
    Page("on/a/index.html", "In a folder without a page", PageForm.HTML, "<p>a</p>"),
    Page("on/b/index.html", "In a folder without a page", PageForm.HTML, "<p>b</p>"),
    Page("on/c/index.html", "In a folder without a page", PageForm.HTML, "<p>c</p>"),
    replace(row("DOC-1", "A row among documents"), path="documents/DOC-1/index.html"),
)
MATERIAL = "site_name: Works & Co\ntheme:\n  name: material\n"
LOOKS = {
    "packaged": "",
    "plain": f"{MATERIAL}plugins: [search]\n",
    "contents in the navigation": f"{MATERIAL}  features: [toc.integrate, navigation.tabs]\n",
    "everything": (
        f"{MATERIAL}  language: de\n"
        "  features: [navigation.path, navigation.footer, navigation.prune, content.action.edit]\n"
        "site_url: https://x.example/ems/\nrepo_url: https://github.com/x/y\nedit_uri: edit/main/docs/\n"
        "copyright: Works\nplugins: [search]\n"
        "extra:\n  social:\n    - {icon: fontawesome/brands/github, link: /x}\n"
        "markdown_extensions:\n  - toc: {permalink: true, title: On this page, toc_depth: 3}\n"
    ),
}


def digests(folder: Path) -> Mapping[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "sitemap.xml.gz"  # says when it was packed
    }


def configured(folder: Path, text: str) -> Path | None:
    if not text:
        return None
    folder.mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text(text)
    return folder / "mkdocs.yml"


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("draft", [False, True])
def test_every_page_is_byte_for_byte_what_the_theme_draws_for_it(
    look: str, *, draft: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = configured(tmp_path, LOOKS[look])
    shown = replace(manual(*PAGES), draft=draft)
    put: list[str] = []
    finished = Shelled.finished

    def seen(self: Shelled, page: Page) -> str | None:
        html = finished(self, page)
        put.extend([page.path] if html is not None else [])
        return html

    monkeypatch.setattr(Shelled, "finished", seen)
    built(shown, tmp_path / "shelled", config_file=config)
    assert len(put) == 10  # but for the one with a title of its own, and the one that is alone
    monkeypatch.setattr(builder, "draws_alike", lambda *_, **__: False)
    built(shown, tmp_path / "drawn", config_file=config)
    assert len(put) == 10
    assert digests(tmp_path / "shelled") == digests(tmp_path / "drawn")


def test_a_document_costs_no_pass_through_the_theme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = 0
    load = jinja2.Environment.get_template

    def counted(self: jinja2.Environment, name: str | jinja2.Template, *args: object, **kw: object) -> object:
        nonlocal blocks
        blocks += name == "partials/header.html"
        return load(self, name, *args, **kw)  # type: ignore[arg-type]

    monkeypatch.setattr(jinja2.Environment, "get_template", counted)
    counts = []
    for many in (3, 40):
        blocks = 0
        documents = [document(f"PRO-{number:03}") for number in range(2, 2 + many)]
        built(manual(*documents), tmp_path / f"site{many}")
        counts.append(blocks)
    assert counts[0] == counts[1] > 0


HOOK = "def on_page_context(context, **_):\n    return context\n"
HARMLESS = "def on_pre_build(**_):\n    return None\n"
CONFIGURATIONS = [
    ("theme: material\n", True),
    ("theme: material\nplugins: [search]\n", True),
    ("theme: material\nhooks: [harmless.py]\n", True),
    ("theme: material\nhooks: [own.py]\n", False),
    ("theme: material\nplugins: [search, tags]\n", False),
    ("theme: material\nplugins: [meta]\n", False),
    ("theme: {name: material, custom_dir: own}\n", False),
    ("theme: mkdocs\n", False),
    ("theme: material\nextra: {analytics: {feedback: {title: Well}}}\n", False),
]


@pytest.mark.parametrize(("text", "alike"), CONFIGURATIONS)
def test_where_the_operator_has_a_say_in_a_page_each_is_drawn_by_itself(
    text: str, *, alike: bool, tmp_path: Path
) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own.py").write_text(HOOK)
    (tmp_path / "harmless.py").write_text(HARMLESS)
    config_file = configured(tmp_path, f"site_name: Works\n{text}")
    config = load_config(str(config_file), docs_dir=str(tmp_path / "own"))
    assert draws_alike(config, ours=object()) == alike


def test_what_an_operators_template_makes_of_a_page_is_made_of_each(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    template = '{% extends "base.html" %}{% block libs %}<!-- {{ page.title | upper }} -->{% endblock %}'
    (tmp_path / "own" / "main.html").write_text(template)
    text = "site_name: Works\ntheme: {name: material, custom_dir: own}\n"
    built(manual(*PAGES), tmp_path / "site", config_file=configured(tmp_path, text))
    assert "<!-- IN AN ODD PLACE -->" in (tmp_path / "site/documents/PRO 6é/index.html").read_text()


def test_a_folder_with_few_pages_has_no_shell_of_its_own() -> None:
    assert Shelled(PAGES[:2]).keys == ()
    assert set(Shelled(PAGES[:3]).keys) == {ShellKey("documents", contents=one) for one in (True, False)}
    assert Shelled([replace(page, nav=("Documents",)) for page in PAGES]).keys == ()


def test_a_page_that_nobody_took_is_in_no_shell() -> None:
    shelled = Shelled(PAGES[:3])
    assert shelled.finished(PAGES[0]) is None
    assert not shelled.take(PAGES[-1], body="", toc=())


def test_a_manual_of_documents_alone_needs_no_rows(tmp_path: Path) -> None:
    made = manual(*PAGES[:4])
    without = Manual(
        tuple(page for page in made.pages if page.form is not PageForm.ROW), (), "Works", draft=True
    )
    built(without, tmp_path / "site")
    assert "Deeper" in (tmp_path / "site/documents/PRO-002/index.html").read_text()
