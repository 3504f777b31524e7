"""Many versions in one site whose build was killed on the way: each is whole and knows its place."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from support.company import PEOPLE, POLICY, ROLES, procedure, settings
from support.killing import Bench, Kill, imported
from support.story import Story

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are told apart by Linux"),
]

MANY = int(os.environ.get("EMS_LOAD_VERSIONS", "6"))
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


def parts(bench: Bench) -> dict[Path, int]:
    """The versions that are kept, and which file each is."""
    return {path: path.stat().st_ino for path in bench.cache.glob("**/*.part")}


def test_many_versions_make_one_site_also_after_a_build_that_was_killed(tmp_path: Path) -> None:
    imported()
    repo, site = company(tmp_path / "company"), tmp_path / "out" / "site"
    bench = Bench(tmp_path / "bench")
    command = ("build", "--all", "--jobs", "2", "--repo", repo, "--site-dir", site, *AS_OF)
    # A version is written, then kept: when half of that is done, two at most are written and not yet kept.
    killed = bench.run(*command, kill=Kill(MANY, kind="rename", what=".part"))
    assert killed.killed
    assert not site.exists()
    before = parts(bench)
    assert 0 < len(before) < MANY

    ended = bench.run(*command)
    assert (ended.status, ended.err) in {(0, ""), (1, "")}
    assert f"{MANY + 1} versions: {site}/index.html" in ended.out
    assert [path.name for path in site.parent.iterdir()] == ["site"]
    after = parts(bench)
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

    assert "Nothing has changed" in bench.run(*command).out
