from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mkdocs_ems.site.files import write_files
from mkdocs_ems.site.standing_site import (
    MARKER,
    VERSION_MARKER,
    SiteRecord,
    VersionRecord,
    WrittenFact,
    files_of,
    is_whole,
    keep_times,
    site_record,
    stands_whole,
    version_record,
    write_site_record,
    write_version_record,
)


def build(site: Path, text: str = "text") -> Path:
    files = {
        "index.html": "start",
        "v1/index.html": text,
        "v1/a/b.html": "b",
        "v1/empty.css": "",
    }
    for path, said in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(said)
    record = VersionRecord(files_of(site / "v1"), key="k", common="c", exceptions={"a/b.html": "d"})
    write_version_record(site / "v1", record)
    write_site_record(site, SiteRecord(files_of(site, without=("v1",)), ("v1",)))
    time.sleep(0.02)
    return site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return build(tmp_path / "site")


def test_a_record_is_read_as_it_was_written(site: Path) -> None:
    said, version = site_record(site), version_record(site / "v1")
    assert said is not None
    assert version is not None
    assert list(said.files) == ["index.html"]
    assert said.folders == ("v1",)
    assert list(version.files) == ["a/b.html", "empty.css", "index.html"]
    assert (version.key, version.common, version.exceptions) == ("k", "c", {"a/b.html": "d"})


def test_a_fact_of_before_is_believed_only_of_a_file_that_nobody_changed_since(tmp_path: Path) -> None:
    facts: dict[str, WrittenFact] = {}
    write_files(tmp_path, [("a.html", b"one"), ("b.html", b"two")], facts=facts)
    usual = files_of(tmp_path)
    assert files_of(tmp_path, written=facts) == usual
    (tmp_path / "a.html").write_text("six")
    os.utime(tmp_path / "a.html", ns=(0, 0))
    (tmp_path / "b.html").write_text("longer")
    assert files_of(tmp_path, written=facts) == files_of(tmp_path) != usual


def test_a_site_that_nobody_touched_stands_whole(site: Path) -> None:
    assert stands_whole(site)


CHANGES: dict[str, Callable[[Path], object]] = {
    "longer": lambda site: (site / "index.html").write_text("other text"),
    "as long": lambda site: (site / "index.html").write_text("START"),
    "below": lambda site: (site / "v1" / "a" / "b.html").write_text("c"),
    "gone": lambda site: (site / "v1" / "empty.css").unlink(),
    "no record": lambda site: (site / "v1" / VERSION_MARKER).unlink(),
    "no version": lambda site: shutil.rmtree(site / "v1"),
    "no site": shutil.rmtree,
    "old mark": lambda site: (site / MARKER).write_text("Made by mkdocs-ems. The next build replaces it.\n"),
    "folder": lambda site: ((site / "index.html").unlink(), (site / "index.html").mkdir()),
    "link": lambda site: ((site / "index.html").unlink(), (site / "index.html").symlink_to("12345")),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_a_site_that_was_changed_does_not_stand_whole(site: Path, change: Callable[[Path], object]) -> None:
    change(site)
    assert not stands_whole(site)


def test_a_copy_with_times_of_its_own_stands_whole(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "copy", copy_function=shutil.copyfile)
    for marker in (MARKER, f"v1/{VERSION_MARKER}"):
        os.utime(tmp_path / "copy" / marker, (1, 1))
    assert stands_whole(tmp_path / "copy")
    (tmp_path / "copy" / "index.html").write_text("START")
    assert not stands_whole(tmp_path / "copy")


def test_equal_sites_have_equal_records_wherever_they_were_built(site: Path, tmp_path: Path) -> None:
    other = build(tmp_path / "elsewhere" / "public")
    for marker in (MARKER, f"v1/{VERSION_MARKER}"):
        assert (other / marker).read_bytes() == (site / marker).read_bytes()
    assert str(tmp_path) not in (site / MARKER).read_text()


def test_a_record_tells_who_opens_it_what_it_is(site: Path) -> None:
    for marker in (MARKER, f"v1/{VERSION_MARKER}"):
        assert "Made by mkdocs-ems. The next build replaces this folder" in (site / marker).read_text()


RECORD = {"note": "x", "version": 1, "files": {}, "folders": []}


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Made by mkdocs-ems. The next build replaces this folder as a whole.\n",
        "[]",
        "1",
        "[" * 100_000,
        json.dumps(RECORD | {"version": 2}),
        json.dumps(RECORD | {"more": 1}),
        json.dumps(RECORD | {"files": []}),
        json.dumps(RECORD | {"folders": ["../elsewhere"]}),
        json.dumps(RECORD | {"folders": [1]}),
        json.dumps({"version": 1}),
    ],
)
def test_what_is_no_record_says_nothing(site: Path, said: str) -> None:
    (site / MARKER).write_text(said)
    assert site_record(site) is None
    assert not stands_whole(site)


@pytest.mark.parametrize("fact", [[], ["a"], "ab", 1, None, [1, 2, 3]])
def test_a_record_with_odd_facts_is_not_believed(site: Path, fact: object) -> None:
    (site / MARKER).write_text(json.dumps(RECORD | {"files": {"index.html": fact}}))
    assert not stands_whole(site)


SURPLUS: dict[str, Callable[[Path], object]] = {
    "file": lambda folder: (folder / "evil.html").write_text(""),
    "file below": lambda folder: (folder / "a" / "evil.html").write_text(""),
    "folder": lambda folder: (folder / "a" / "evil").mkdir(),
    "link for a folder": lambda folder: (
        (folder / "a").rename(folder.with_name("elsewhere")),
        (folder / "a").symlink_to(folder.with_name("elsewhere")),
    ),
}


@pytest.mark.parametrize("change", SURPLUS.values(), ids=list(SURPLUS))
def test_a_folder_with_more_in_it_than_its_record_names_is_not_whole(
    site: Path, change: Callable[[Path], object]
) -> None:
    record = version_record(site / "v1")
    assert record is not None
    assert is_whole(site / "v1", record.files)
    change(site / "v1")
    assert not is_whole(site / "v1", record.files)


def test_what_was_put_beside_a_site_that_stands_is_not_looked_for(site: Path) -> None:
    (site / "robots.txt").write_text("by the web server")
    assert stands_whole(site)


def test_times_are_kept_of_what_is_the_same_and_never_of_what_was_edited(site: Path, tmp_path: Path) -> None:
    (site / "v1" / "a" / "b.html").write_text("B")
    new = build(tmp_path / "new", "other")
    fresh = (new / "v1" / "index.html").stat().st_mtime_ns
    keep_times(new, site)
    assert (new / "index.html").stat().st_mtime_ns == (site / "index.html").stat().st_mtime_ns
    assert (new / "v1" / "empty.css").stat().st_mtime_ns == (site / "v1" / "empty.css").stat().st_mtime_ns
    assert (new / "v1" / "index.html").stat().st_mtime_ns == fresh
    assert (new / "v1" / "a" / "b.html").stat().st_mtime_ns != (
        site / "v1" / "a" / "b.html"
    ).stat().st_mtime_ns
    assert stands_whole(new)


def test_a_file_that_somebody_took_away_costs_no_other_its_time(site: Path, tmp_path: Path) -> None:
    new = build(tmp_path / "new")
    (site / "v1" / "a" / "b.html").unlink()
    keep_times(new, site)
    for path in ("v1/empty.css", "v1/index.html"):
        assert (new / path).stat().st_mtime_ns == (site / path).stat().st_mtime_ns


def test_without_records_no_times_are_kept(site: Path, tmp_path: Path) -> None:
    new = build(tmp_path / "new")
    (site / MARKER).write_text("Made by mkdocs-ems.\n")
    before = (new / "index.html").stat().st_mtime_ns
    keep_times(new, site)
    assert (new / "index.html").stat().st_mtime_ns == before
