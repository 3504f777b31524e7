"""Versions put together where rows were renumbered: whose pages say so, and what of a standing site moves."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mkdocs_ems.control.versions import Listed
from mkdocs_ems.site.assembling import Joined, assemble
from mkdocs_ems.site.part import Packing, Part
from mkdocs_ems.site.part_head import PartKind
from mkdocs_ems.site.slots import NOTICE, SELECTOR
from support.site_parts import FACTS

DAY = date(2026, 3, 2)
REGISTER = "registers/aspects/index.html"


def page(identity: str) -> str:
    return f"registers/aspects/{identity}/index.html"


def part(folder: Path, name: str, ids: str, *, since: str = "", **renumbered: str) -> Part:
    """A version that has rows of these ids; it is another one wherever anything of that is."""
    packing = Packing()
    pages = ["index.html", REGISTER, *map(page, ids.split())]
    for path in pages:
        packing.add(path, SELECTOR + NOTICE + path.encode())
    folder.mkdir(exist_ok=True)
    written = f"{name} {ids} {since} {renumbered}".encode()
    head = replace(
        FACTS,
        key=hashlib.sha256(written).hexdigest(),
        kind=PartKind.CURRENT if name == "current" else PartKind.VERSION,
        name=name,
        folder=name,
        pages=tuple(sorted(pages)),
        ids={one: page(one) for one in ids.split()},
        issues={},
        since=since,
        renumbered=renumbered,
    )
    return packing.write(folder / f"{name}.part", head)


def put_together(site: Path, *parts: Part) -> None:
    """A site of these versions, newest first."""
    listed = [
        Listed(
            name=one.head.name,
            folder=one.head.folder,
            title=one.head.name,
            day=DAY,
            kind="current" if one.head.kind is PartKind.CURRENT else "version",
        )
        for one in parts
    ]
    assemble(Joined.of(listed, parts, as_of=DAY), site_dir=site, jobs=1)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Two versions with the same rows."""
    site = tmp_path / "site"
    put_together(site, part(tmp_path / "1", "current", "A B", since="v1"), part(tmp_path / "1", "v1", "A B"))
    return site


def renumbered(folder: Path, *, ids: str) -> Part:
    return part(folder, "current", ids, since="v1", A="A2")


def times(folder: Path) -> Mapping[str, int]:
    return {str(one.relative_to(folder)): one.stat().st_mtime_ns for one in folder.rglob("*.html")}


@pytest.mark.parametrize("ids", ["A2 B", "A A2 B"])
def test_of_a_version_that_stands_only_the_page_of_the_row_is_written_again(
    site: Path, tmp_path: Path, ids: str
) -> None:
    assert "this page as it is in force" in (site / "v1" / page("A")).read_text()
    for place in (site / "v1").rglob("*"):
        os.utime(place, ns=(10**18, 10**18))
    before = times(site / "v1")
    put_together(site, renumbered(tmp_path / "2", ids=ids), part(tmp_path / "2", "v1", "A B"))
    said = (site / "v1" / page("A")).read_text()
    address = f"../../../../current/{page('A2')}"
    assert f'<a href="{address}">this row as it is in force</a>, now A2.' in said
    changed = {one for one, when in times(site / "v1").items() if before[one] != when}
    assert changed - {"index.html"} == {page("A")}


def test_a_site_that_was_added_to_is_the_one_that_is_made_at_once(site: Path, tmp_path: Path) -> None:
    parts = renumbered(tmp_path / "2", ids="A2 B"), part(tmp_path / "2", "v1", "A B")
    put_together(site, *parts)
    put_together(tmp_path / "other", *parts)
    made, other = (
        {one.relative_to(folder): one.read_bytes() for one in folder.rglob("*") if one.is_file()}
        for folder in (site, tmp_path / "other")
    )
    assert made == other
