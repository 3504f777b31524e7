"""Many versions in one site whose build was killed on the way: each is whole and knows its place."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from support.at_once import Desktop
from support.company import PEOPLE, POLICY, ROLES, procedure, settings
from support.story import Story

pytestmark = pytest.mark.slow

MANY = int(os.environ.get("EMS_LOAD_VERSIONS", "8"))
"""A version takes a second; the fifty are asked for by name."""
NAMES = tuple(f"v{number:02}" for number in range(1, MANY + 1))
AS_OF = ("--as-of", "2026-01-15")


def company(folder: Path) -> Path:
    """A company that approved a procedure anew for each version."""
    story = Story(folder)
    base = {
        "ems/ems.yml": settings(),
        "ems/registers/people.yml": PEOPLE,
        "ems/registers/roles.yml": ROLES,
        "ems/policy.md": POLICY,
    }
    story.commit({**base, "ems/waste.md": procedure("Sort it into 1.")}, date="2021-01-01")
    for number, name in enumerate(NAMES, 1):
        if number > 1:
            story.branch("work")
            story.commit({"ems/waste.md": procedure(f"Sort it into {number}.")}, by="ann")
            story.switch()
            story.merge("work", by="eve", date=f"{2021 + number // 12}-{number % 12 + 1:02}-03")
        story.tag(name, message=f"Version {name}", by="mary")
    return story.check_out()


def parts(desktop: Desktop) -> dict[Path, int]:
    """The versions that are kept, and when each was written down."""
    return {path: path.stat().st_ino for path in desktop.folder.glob("store/*/??/*.part")}


def killed_half_way(desktop: Desktop, command: Sequence[object]) -> int:
    """Begin a build and kill it, with all that it started, when some versions are kept; how many."""
    with desktop.begin(*command) as process:
        while len(parts(desktop)) < MANY // 3 and process.poll() is None:
            time.sleep(0.02)
        assert process.poll() is None, "it was done before it could be killed"
        os.killpg(process.pid, signal.SIGKILL)
    return len(parts(desktop))


def test_many_versions_make_one_site_also_after_a_build_that_was_killed(tmp_path: Path) -> None:
    repo, site = company(tmp_path / "company"), tmp_path / "out" / "site"
    desktop = Desktop(tmp_path / "desktop")
    command = ("build", "--all", "--repo", repo, "--site-dir", site, *AS_OF)
    kept = killed_half_way(desktop, command)
    assert MANY // 3 <= kept < MANY
    assert not site.exists()
    before = parts(desktop)

    ended = desktop.alone(*command)
    assert not ended.refused, ended.said
    assert f"{MANY + 1} versions: {site}/index.html" in ended.output
    assert [path.name for path in site.parent.iterdir()] == ["site"]
    after = parts(desktop)
    assert before.items() <= after.items(), "what was kept is made again"

    listed = json.loads((site / "versions.json").read_text())
    assert [one["version"] for one in listed] == ["current", *reversed(NAMES)]
    assert [one["aliases"] for one in listed[:3]] == [["in-force"], ["latest"], []]
    for number, name in enumerate(NAMES, 1):
        page = (site / name / "documents/PRO-001/index.html").read_text()
        assert f"Sort it into {number}." in page
        if number < MANY:  # the last of them is what is in force
            assert f"This is version {name} of" in page
            assert f'<a href="../../../{NAMES[number]}/index.html">{NAMES[number]}</a>' in page
            assert 'href="../../../current/documents/PRO-001/index.html"' in page
    current = (site / "current/documents/PRO-001/index.html").read_text()
    assert f"Sort it into {MANY}." in current
    assert "This is version" not in current

    assert "Nothing has changed" in desktop.alone(*command).output
