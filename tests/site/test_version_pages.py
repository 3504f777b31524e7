"""Versions rendered one after the other in one process: places in each page, nothing left for the next."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from mkdocs_ems.pages import Manual
from mkdocs_ems.site.building import already, render_into
from mkdocs_ems.site.slots import NOTICE, SELECTOR, filled
from support.manuals import SHIPPED, STAMP, document, manual, row

HOOKS = """
import os
def tell(what):
    with open(os.environ["TOLD"], "a") as told:
        told.write(what)
def on_startup(command, dirty):
    tell(f"begins {command}\\n")
def on_shutdown():
    tell("ends\\n")
"""


def rendered(
    made: Manual, folder: Path, *, place: str, config_file: Path | None = None
) -> Mapping[str, bytes]:
    folder.mkdir()
    render_into(folder, already(made, STAMP), config_file=config_file, shipped=SHIPPED, place=place)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def configured(folder: Path, more: str = "") -> Path:
    (folder / "docs").mkdir()
    text = f"site_name: W\nsite_url: https://example.org/ems/\ntheme: {{name: material}}\n{more}"
    (folder / "mkdocs.yml").write_text(text)
    return folder / "mkdocs.yml"


def test_every_page_has_each_place_once_and_one_that_stands_alone_has_none(tmp_path: Path) -> None:
    beside = rendered(manual(draft=False), tmp_path / "beside", place="v1")
    alone = rendered(manual(draft=False), tmp_path / "alone", place="")
    for path, data in beside.items():
        expected = 1 if path.endswith(".html") else 0
        assert (data.count(SELECTOR), data.count(NOTICE)) == (expected, expected), path
        assert SELECTOR not in alone[path]
        if expected:
            assert filled(data).count(b"<!--ems:") == 0


def test_a_theme_without_a_header_of_its_own_has_places_too(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: W\ntheme: {name: mkdocs}\n")
    for path, data in rendered(manual(), tmp_path / "site", place="v1", config_file=config).items():
        if path.endswith(".html"):
            assert (data.count(SELECTOR), data.count(NOTICE)) == (1, 1), path


def test_a_version_knows_its_own_address_and_where_all_are_listed(tmp_path: Path) -> None:
    config = configured(tmp_path)
    site = rendered(manual(), tmp_path / "site", place="v1", config_file=config)
    page = site["documents/PRO-001/index.html"]
    assert b'<link rel="canonical" href="https://example.org/ems/v1/documents/PRO-001/index.html">' in page
    assert b'"version":{"provider":"mike"}' in page.replace(b" ", b"")
    assert b"https://example.org/ems/v1/registers/aspects/ASP-001/index.html" in site["sitemap.xml"]
    assert b'href="/ems/v1/assets/ems.css"' in site["404.html"]


def test_without_an_address_the_page_for_what_is_missing_counts_from_the_host(tmp_path: Path) -> None:
    site = rendered(manual(), tmp_path / "site", place="v1")
    assert b'href="/v1/assets/ems.css"' in site["404.html"]
    # The theme asks below it for what is searched.
    assert b'"base":"/v1/"' in site["404.html"].replace(b" ", b"")


def test_a_version_is_the_same_after_another_as_alone(tmp_path: Path) -> None:
    config = configured(tmp_path, "plugins: [search]\n")
    other = manual(document("PRO-007", title="Other", body="Other words."), row("ASP-099", "Another"))
    first = rendered(manual(), tmp_path / "first", place="v1", config_file=config)
    rendered(other, tmp_path / "other", place="v2", config_file=config)
    assert rendered(manual(), tmp_path / "again", place="v1", config_file=config) == first


def test_plugins_are_told_when_a_build_begins_and_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hooks.py").write_text(HOOKS)
    config = configured(tmp_path, "hooks: [hooks.py]\n")
    monkeypatch.setenv("TOLD", str(tmp_path / "told"))
    monkeypatch.delitem(sys.modules, "hooks", raising=False)
    for number in (1, 2):
        rendered(manual(), tmp_path / f"site{number}", place="v1", config_file=config)
    assert (tmp_path / "told").read_text() == "begins build\nends\n" * 2
