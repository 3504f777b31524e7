"""Readings through the whole command: what it imports, what it keeps, what staff are shown."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mkdocs_ems.cli.kept import KeptAnswers
from mkdocs_ems.compile import approved_state, compile_state
from mkdocs_ems.git import Repository
from mkdocs_ems.rules import example_files
from support.story import Story

NOW = datetime(2026, 6, 1, tzinfo=UTC)
FILE = "ems/records/readings/MON-001-2026.csv"
SAME = "parameter,period,value,unit\nMON-001,2026-05-04,7,pH\n"
OTHER = SAME + "MON-001,2026-05-05,70,%\n"


def told(folder: Path, readings: str) -> Story:
    story = Story(folder / "repository")
    story.commit({**example_files(), FILE: readings}, by="ann", message="The manual", date="2026-05-20")
    story.flush()
    return story


@pytest.mark.parametrize(("readings", "imported"), [(SAME, False), (OTHER, True)], ids=["same", "other"])
def test_the_units_library_is_loaded_only_where_units_have_to_be_compared(
    readings: str,
    imported: bool,  # noqa: FBT001 - what is expected
    tmp_path: Path,
) -> None:
    story = told(tmp_path, readings)
    command = [sys.executable, "-X", "importtime", "-m", "mkdocs_ems", "check", "--repo", str(story.path)]
    done = subprocess.run(
        [*command, "--ref", "main", "--as-of", "2026-06-01", "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
        env={"EMS_CACHE_DIR": str(tmp_path / "cache"), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
    )
    assert '"counts"' in done.stdout, done.stderr
    modules = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "mkdocs_ems.model.units" in modules
    assert ("pint" in modules) is imported


def test_a_changed_reading_is_another_state_to_what_was_kept(tmp_path: Path) -> None:
    story = told(tmp_path, SAME)
    with Repository.open(story.path) as repository:
        kept = KeptAnswers(repository, ref=None, as_of=None, options=())
        before = kept.state("ems")
        path = story.path / FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(OTHER, encoding="utf-8")
        assert kept.state("ems") != before


def test_readings_are_shown_as_they_landed_and_are_read_once(tmp_path: Path) -> None:
    story = told(tmp_path, SAME)
    with Repository.open(story.path) as repository:
        head = compile_state(repository, ref="main", now=NOW)
        shown = approved_state(head, repository)
    assert FILE in shown.snapshot.files
    assert [one.value for one in shown.model.series["MON-001"].readings] == [7]
    assert shown.model.series is head.model.series
