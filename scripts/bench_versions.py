"""All versions of a manual at M: one more than yesterday, all of them at once, none, and memory.

A version is built in the same run by itself, with the same cache, and everything is compared with
that: with the version as it stands among others (`--out`), what changed since the one before it
included. Beside it stands how long a site takes that shows the same state and knows of no version.
The cold figures take fewer versions: how two processes share them does not hang on their number.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bench_repo import FIRST_DAY, SIZES
from bench_runs import AS_OF, Bench, Figure

VERSIONS = 20
COLD_VERSIONS = 6
MEMORY_VERSIONS = 8

RESIDENT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from mkdocs_ems.cli.build_asked import Asked
from mkdocs_ems.cli.joined import parts_made
from mkdocs_ems.git import Repository
repo, told, many = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
asked = Asked(repo, None, datetime.fromisoformat(sys.argv[4]).date(), None, False, datetime.now(tz=UTC),
              every=True, no_store=True, jobs=1)
with Repository.open(repo) as repository, TemporaryDirectory() as work:
    made = parts_made(repository, asked, Path(work), most=many)
    told.write_text(" ".join(str(one.resident) for one in made))
"""
"""Makes some versions one after the other in one process, and writes what each left in memory."""


def version_figures(bench: Bench) -> Iterator[Figure]:
    """One new version among twenty, an unchanged site, a cold build by one process and by two, memory."""
    with bench.in_memory() as quick:
        repo = tagged(quick, "versions", VERSIONS)
        yield from _one_new(quick, repo)
        yield from _cold(quick)
        yield from _memory(quick, repo)


def tagged(bench: Bench, name: str, count: int) -> Path:
    """A copy of the repository at M with so many versions, the last of them a little behind the branch."""
    repo = bench.folder / f"repo-{name}"
    shutil.copytree(bench.repository(SIZES["M"]), repo, symlinks=True)
    chain = _git(repo, "rev-list", "--first-parent", "--reverse", "main").split()
    step = len(chain) // (count + 2)
    for number in range(1, count + 1):
        _tag(repo, f"v{number:02}", chain[step * (number + 1)])
    return repo


def _one_new(bench: Bench, repo: Path) -> Iterator[Figure]:
    site = bench.folder / "all-site"
    every = _all(repo, site)
    bench.interleaved({"fill": lambda: bench.ems(*every, cache="versions")}, 1)
    chain = _git(repo, "rev-list", "--first-parent", "--reverse", "main").split()
    newest = chain[-len(chain) // (VERSIONS + 2) // 2]
    made: list[str] = []

    def new() -> list[str]:
        # Another tag of the same commit: nothing of it was kept, and the one before has to step back.
        made.append(f"v{VERSIONS + 1}.{len(made)}")
        _tag(repo, made[-1], newest, on="main")
        return bench.ems(*every, cache="versions")

    def one() -> list[str]:
        ref = ("--ref", made[-1], "--out", str(bench.fresh("part")))
        return bench.ems("build", "--repo", str(repo), *ref, cache="versions")

    def alone() -> list[str]:
        ref = ("--ref", made[-1], "--site-dir", str(bench.fresh("site")))
        return bench.ems("build", "--repo", str(repo), *ref, cache="versions")

    def before() -> list[str]:
        _git(repo, "tag", "-d", made[-1])
        return bench.ems(*every, cache="versions")

    commands = {
        "one new": new,
        "unchanged": lambda: bench.ems(*every, cache="versions"),
        "one": one,
        "alone": alone,
        "one less": before,
    }
    bench.interleaved(commands, min(3, bench.rounds))
    median = bench.median
    yield Figure(
        f"ems build --all at M, {VERSIONS + 1} versions and one of them new, against that one",
        median("one new") / median("one"),
        1.4,
        "x",
        f"{median('one new'):.1f} s, that one {median('one'):.1f} s, its state alone "
        f"{median('alone'):.1f} s, one less {median('one less'):.1f} s",
    )
    yield Figure(
        f"ems build --all at M, {VERSIONS + 1} versions, nothing changed since",
        median("unchanged"),
        1.0,
        "s",
        f"the first time {median('fill'):.0f} s",
    )


def _cold(bench: Bench) -> Iterator[Figure]:
    repo = tagged(bench, "cold", COLD_VERSIONS)

    def cold(jobs: int) -> list[str]:
        site = bench.fresh("all-cold")
        return bench.ems(*_all(repo, site), "--jobs", str(jobs))

    bench.interleaved({"two": lambda: cold(2), "one": lambda: cold(1)}, min(2, bench.rounds))
    yield Figure(
        f"ems build --all at M, {COLD_VERSIONS} versions and nothing kept, 2 jobs against 1",
        bench.median("two") / bench.median("one"),
        0.65,
        "x",
        f"{bench.median('two'):.0f} s against {bench.median('one'):.0f} s",
    )


def _memory(bench: Bench, repo: Path) -> Iterator[Figure]:
    told = bench.folder / "resident"
    arguments = (str(repo), str(told), str(MEMORY_VERSIONS), AS_OF)
    bench.interleaved({"resident": lambda: bench.python(RESIDENT, *arguments)}, 1)
    found = [int(one) for one in told.read_text().split()]
    yield Figure(
        f"memory of a process after {MEMORY_VERSIONS} versions at M, against after one",
        found[-1] / found[0],
        1.2,
        "x",
        f"{found[-1] * 1024 / 1e6:.0f} MB against {found[0] * 1024 / 1e6:.0f} MB",
    )


def _all(repo: Path, site: Path) -> tuple[str, ...]:
    return ("build", "--all", "--repo", str(repo), "--as-of", AS_OF, "--site-dir", str(site))


def _tag(repo: Path, name: str, commit: str, *, on: str = "") -> None:
    """Tag a commit a minute after it, or after another that is named."""
    moment = int(_git(repo, "show", "-s", "--format=%ct", on or commit)) + 60
    _git(repo, "tag", "-a", "-m", f"Version {name}", name, commit, date=f"{moment} +0000")


def _git(repo: Path, *arguments: str, date: str = f"{FIRST_DAY} +0000") -> str:
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_COMMITTER_NAME": "Approver One",
        "GIT_COMMITTER_EMAIL": "approver@bench.example",
        "GIT_COMMITTER_DATE": date,
    }
    done = subprocess.run(
        ["git", "-C", str(repo), *arguments], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout
