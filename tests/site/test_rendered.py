"""Documents of a preview: what is the same is not rendered again, and nothing else is taken for the same."""

from __future__ import annotations

import gc
import shutil
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from mkdocs_ems.pages import TocEntry
from mkdocs_ems.site.rendered import Rendered, RenderedText

MADE = RenderedText("# Text", "<h1>Text</h1>", (TocEntry(1, "Text", "text"),), (("", "", "Text"),))
PATH = "documents/PRO-001/index.html"


class Ours:
    def on_page_content(self, html: str) -> str:
        return html


OURS = Ours()
EVENTS = {"page_content": [OURS.on_page_content]}


def after_a_build(*, under: str = "as it was") -> Rendered:
    """The memory as a second build finds it."""
    kept = Rendered()
    kept.begin(under="as it was", events=EVENTS, ours=OURS)
    kept.keep(PATH, MADE)
    kept.begin(under=under, events=EVENTS, ours=OURS)
    return kept


def test_the_same_text_is_found_in_the_next_build_and_in_the_one_after_it() -> None:
    kept = after_a_build()
    assert kept.find(PATH, "# Text") == MADE
    kept.begin(under="as it was", events=EVENTS, ours=OURS)
    assert kept.find(PATH, "# Text") == MADE


def test_another_text_another_page_and_another_configuration_find_nothing() -> None:
    assert after_a_build().find(PATH, "# Other") is None
    assert after_a_build().find("documents/PRO-002/index.html", "# Text") is None
    assert after_a_build(under="with another extension").find(PATH, "# Text") is None


def test_nothing_is_kept_of_a_page_that_went() -> None:
    kept = after_a_build()
    for _ in range(2):
        kept.begin(under="as it was", events=EVENTS, ours=OURS)
    assert kept.find(PATH, "# Text") is None


def test_nothing_is_kept_where_a_plugin_of_the_operators_has_a_say() -> None:
    kept = Rendered()
    events = {"page_content": [OURS.on_page_content, Ours().on_page_content]}
    for _ in range(2):
        kept.begin(under="", events=events, ours=OURS)
        assert kept.find(PATH, "# Text") is None
        kept.keep(PATH, MADE)


def test_a_build_that_is_no_preview_keeps_nothing() -> None:
    kept = Rendered(keeps=False)
    for _ in range(2):
        kept.begin(under="", events=EVENTS, ours=OURS)
        assert kept.find(PATH, "# Text") is None
        kept.keep(PATH, MADE)


@pytest.mark.slow
def test_a_preview_that_is_built_again_is_what_it_was_byte_for_byte(demo: Path, tmp_path: Path) -> None:
    project, site = tmp_path / "project", tmp_path / "site"
    shutil.copytree(demo, project)
    look = "site_name: W\ndocs_dir: ems\ntheme: {name: material, font: false}\nplugins: [search, ems]\n"
    extensions = "markdown_extensions: [attr_list, {toc: {permalink: true}}]\n"
    (project / "mkdocs.yml").write_text(look + extensions)

    def config() -> MkDocsConfig:
        return load_config(config_file=str(project / "mkdocs.yml"), site_dir=str(site))

    def files() -> dict[str, bytes]:
        return {str(one.relative_to(site)): one.read_bytes() for one in site.rglob("*") if one.is_file()}

    config().plugins.on_startup(command="serve", dirty=False)
    try:
        build(config())
        first = files()
        build(config())
    finally:
        config().plugins.on_shutdown()
        gc.unfreeze()
    assert files() == first
    assert len(first) > 100
