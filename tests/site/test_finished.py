from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from mkdocs_ems.site.finished import Finished, keep_finished, last_finished, run_digest, unchanged
from mkdocs_ems.site.standing_site import MARKER, SiteRecord, files_of, write_site_record

RUN = run_digest(state="s", tool="t", look="l", asked=("approved", None))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("start")
    return tmp_path / "site"


@pytest.fixture
def finished(site: Path, tmp_path: Path) -> Finished:
    record = write_site_record(site, SiteRecord(files_of(site)))
    made = Finished(
        run=RUN,
        content="ems",
        as_of="2026-11-22",
        time_zone="Europe/London",
        told=("2 errors", "12 pages: site/index.html"),
        status=1,
        record=record,
    )
    keep_finished(site, made, kept=tmp_path / "cache")
    return made


def test_a_finished_build_is_known_again_with_all_that_it_said(
    site: Path, finished: Finished, tmp_path: Path
) -> None:
    assert last_finished(site, kept=tmp_path / "cache") == finished
    assert unchanged(site, finished, RUN)


def test_another_place_has_finished_nothing(site: Path, finished: Finished, tmp_path: Path) -> None:
    assert finished
    assert last_finished(site.with_name("public"), kept=tmp_path / "cache") is None
    assert last_finished(site, kept=tmp_path / "other cache") is None


def test_whatever_else_is_asked_or_found_is_another_run() -> None:
    run = partial(run_digest, state="s", tool="t", look="l", asked=("approved", None))
    others = run(state="s2"), run(tool="t2"), run(look="l2"), run(asked=("draft", None))
    assert len({RUN, run(), *others}) == 5


def test_a_text_is_not_taken_for_a_value_that_reads_like_it() -> None:
    assert run_digest(state="s", tool="t", look="l", asked=("approved", "None")) != RUN


@pytest.mark.parametrize(
    "change",
    [
        lambda site: (site / "index.html").write_text("START"),
        lambda site: (site / MARKER).write_text("{}"),
        lambda site: (site / MARKER).unlink(),
        lambda site: write_site_record(site, SiteRecord({})),
    ],
    ids=["edited", "other record", "no record", "record of somebody else"],
)
def test_a_site_that_is_not_as_it_was_written_is_built_again(
    site: Path, finished: Finished, change: Callable[[Path], object]
) -> None:
    change(site)
    assert not unchanged(site, finished, RUN)


def test_another_run_is_no_unchanged_one(site: Path, finished: Finished) -> None:
    assert not unchanged(site, finished, "other")
    assert not unchanged(site, replace(finished, record=""), RUN)


def test_tomorrow_a_build_of_today_is_not_the_one_that_is_meant(finished: Finished) -> None:
    evening = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert finished.is_of(evening)
    assert not finished.is_of(evening + timedelta(hours=1))
    assert not replace(finished, time_zone="Asia/Tokyo").is_of(evening)
    assert replace(finished, time_zone="").is_of(evening + timedelta(days=9))
    assert replace(finished, time_zone="No/Where").is_of(evening)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "[]",
        "[" * 100_000,
        {"told": "ab"},
        {"told": [1]},
        {"status": "1"},
        {"run": None},
        {"content": "../elsewhere"},
        {"content": "/etc"},
    ],
)
def test_what_was_spoilt_counts_as_never_finished(
    site: Path, finished: Finished, tmp_path: Path, said: dict[str, object] | str
) -> None:
    assert finished
    (place,) = (tmp_path / "cache" / "builds").iterdir()
    text = said if isinstance(said, str) else json.dumps(json.loads(place.read_text()) | said)
    place.write_text(text)
    assert last_finished(site, kept=tmp_path / "cache") is None


def test_only_so_many_builds_are_remembered(site: Path, finished: Finished, tmp_path: Path) -> None:
    for number in range(70):
        keep_finished(site.with_name(f"site{number}"), finished, kept=tmp_path / "cache")
    assert len(list((tmp_path / "cache" / "builds").iterdir())) == 60


def test_a_cache_that_cannot_be_written_is_no_fault(site: Path, finished: Finished, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    keep_finished(site, finished, kept=tmp_path / "file")
    assert last_finished(site, kept=tmp_path / "file") is None
