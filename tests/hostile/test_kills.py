"""Commands that are killed with all they started: what stands then, and what the next run makes of it.

Points are chosen by seeds, which are in the names of the tests; `EMS_KILLS` asks for more than 200.
Kills come in chains, so that the mending of one may be killed too; at the end one run is let through.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from mkdocs_ems import dataclass
from mkdocs_ems.site.standing_site import stands_whole
from support.killed_company import but_for_locks, company, is_sound, locks_of_git, others, remains
from support.killing import Bench, Ended, Kill, bytes_below, imported
from support.shell import git

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are told apart by Linux"),
]

_CHAIN, _LONG_CHAIN = 4, 8
"""Kills one after the other; of what takes longest to prepare, more."""
_SHARES = {"build": 24, "all": 8, "approve": 72, "publish": 28, "new": 60, "demo": 8}
_MORE = max(1.0, int(os.environ.get("EMS_KILLS", "0")) / sum(_SHARES.values()))


def chains(of: str) -> Sequence[int]:
    """The seeds of a command's chains."""
    return range(round(_SHARES[of] * _MORE) // chain(of))


def chain(of: str) -> int:
    """How many kills come one after the other."""
    return _LONG_CHAIN if of == "all" else _CHAIN


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What a run does that nobody ends."""

    ended: Ended
    files: Mapping[str, bytes]
    """What stands then."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What all chains begin with. Nobody changes it: who wants to, copies it."""

    folder: Path
    company: Path


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    imported()
    folder = tmp_path_factory.mktemp("ground")
    return Ground(folder, company(folder / "company"))


def works(bench: Bench, repository: Path) -> None:
    """Another command is not held up."""
    register = bench.run("register", "--repo", repository)
    assert (register.status, register.err) == (0, "")


def nothing_is_left(bench: Bench, *, repository: Path | None = None) -> None:
    """No file or folder that was meant for a while.

    A git that outlived the kill by a moment may have held its folder still when the next run looked:
    what a kill left is gone after one more run, of whatever command, over the repository.
    """
    if repository is not None and any(bench.temporary.iterdir()):
        works(bench, repository)
    assert sorted(path.name for path in bench.temporary.iterdir()) == []
    left = [name for name in bytes_below(bench.cache) if re.search(r"\.(part|unfinished)$", name)]
    assert [name for name in left if not re.search(r"/[0-9a-f]{64}\.part$", name)] == []


def is_told_in_one_line(ended: Ended) -> None:
    assert ended.status in {0, 1, 2}, ended.err
    assert "Traceback" not in ended.err
    assert len(ended.err.splitlines()) <= 1, ended.err


def is_killed(bench: Bench, kill: Kill, *arguments: object) -> Ended:
    """Run a command to a point, and see it gone with everybody; a run may be shorter than the one counted."""
    ended = bench.run(*arguments, kill=kill)
    assert ended.lingering == (), str(kill)
    if ended.status == 1:
        assert "which is approved already" in ended.err, "what was finished before is refused in a few lines"
    elif not ended.killed:
        is_told_in_one_line(ended)
    return ended


def killed_again(
    bench: Bench, undisturbed: Undisturbed, of: str, seed: int, *command: object
) -> Iterator[Ended]:
    """Run a command until it was killed as often as its chain says; a run that came to its end is no kill."""
    killed = 0
    for kill in undisturbed.ended.points(20 * chain(of), seed=seed):
        ended = is_killed(bench, kill, *command)
        yield ended
        killed += ended.killed
        if killed == chain(of):
            return
    pytest.fail(f"it was killed {killed} times, not {chain(of)}")


def let_through(bench: Bench, repository: Path, *arguments: object) -> Ended:
    """Run a command that nobody ends.

    A lock that git left when it was killed with the command is named, and removed by hand, as git says:
    nobody can know whose it is.
    """
    ended = bench.run(*arguments)
    while named := [lock for lock in locks_of_git(repository) if ended.status == 2 and lock in ended.err]:
        is_told_in_one_line(ended)
        (repository / named[0]).unlink()
        ended = bench.run(*arguments)
    for lock in locks_of_git(repository):  # of a branch that had moved
        (repository / lock).unlink()
    return ended


# --- one state, and all versions ---------------------------------------------------------


SITES = {
    "build": (["--ref", "v1"], ["--ref", "main"]),
    "all": (["--all", "--as-of", "2026-05-02"], ["--all", "--as-of", "2026-05-03"]),
}
"""How the old site is asked for, and how the new one."""


def built(ground: Ground, of: str) -> tuple[Undisturbed, Undisturbed]:
    """Two sites of one form, and how the second takes the place of the first; each in a folder too."""
    bench, site = Bench(ground.folder / of), ground.folder / f"{of}-site"
    found = []
    for name, way in zip(("old", "new"), SITES[of], strict=True):
        shutil.rmtree(bench.cache)
        bench.cache.mkdir()
        ended = bench.run("build", "--repo", ground.company, "--site-dir", site, *way)
        assert (ended.status, ended.err) in {(0, ""), (1, "")}
        shutil.copytree(site, ground.folder / f"{of}-{name}")
        found.append(Undisturbed(ended, bytes_below(site)))
        nothing_is_left(bench)
    return found[0], found[1]


@pytest.fixture(scope="module")
def one_state(ground: Ground) -> tuple[Undisturbed, Undisturbed]:
    return built(ground, "build")


@pytest.fixture(scope="module")
def all_versions(ground: Ground) -> tuple[Undisturbed, Undisturbed]:
    return built(ground, "all")


@pytest.mark.parametrize("seed", chains("build"))
def test_after_a_killed_build_the_old_site_stands_or_the_new_one(
    ground: Ground, one_state: tuple[Undisturbed, Undisturbed], tmp_path: Path, seed: int
) -> None:
    is_old_or_new(ground, "build", one_state, tmp_path, seed)


@pytest.mark.parametrize("seed", chains("all"))
def test_after_a_killed_build_of_all_versions_the_old_site_stands_or_the_new_one(
    ground: Ground, all_versions: tuple[Undisturbed, Undisturbed], tmp_path: Path, seed: int
) -> None:
    is_old_or_new(ground, "all", all_versions, tmp_path, seed)


def is_old_or_new(
    ground: Ground, of: str, sites: tuple[Undisturbed, Undisturbed], tmp_path: Path, seed: int
) -> None:
    """Kill a build again and again, and let one through."""
    old, new = sites
    bench, place = Bench(tmp_path / "bench"), tmp_path / "out"
    site = place / "site"
    shutil.copytree(ground.folder / f"{of}-old", site)
    command = ["build", "--repo", ground.company, "--site-dir", site, *SITES[of][1]]
    before = bytes_below(ground.company)
    for ended in killed_again(bench, new, of, seed, *command):
        if site.exists():
            now = bytes_below(site)
            assert not others(now, old.files) or not others(now, new.files)
            assert stands_whole(site)
        else:
            assert (place / ".site.ems-moves" / "moves.json").exists(), "the next run could not tell"
        if not ended.killed:
            # Whoever finds all of it done has nothing to do that could be killed.
            shutil.rmtree(site)
            shutil.copytree(ground.folder / f"{of}-old", site)
            shutil.rmtree(bench.cache)
            bench.cache.mkdir()
    works(bench, ground.company)
    ended = bench.run(*command)
    assert (ended.status, ended.err) == (new.ended.status, "")
    assert others(bytes_below(site), new.files) == []
    assert [path.name for path in place.iterdir()] == ["site"]
    nothing_is_left(bench)
    assert others(bytes_below(ground.company), before) == []


# --- one of its processes alone ----------------------------------------------------------


@pytest.mark.parametrize("at", [2_000, 4_000])
def test_when_the_command_alone_is_killed_all_that_it_started_ends(
    ground: Ground, tmp_path: Path, at: int
) -> None:
    """Copies that wait for work, that work, and git: none is left to wait for ever."""
    bench, site = Bench(tmp_path / "bench"), tmp_path / "site"
    command = ["build", "--repo", ground.company, "--site-dir", site, "--all", "--jobs", "2"]
    assert is_killed(bench, Kill(at, whom="command"), *command).killed
    assert not site.exists()


@pytest.mark.parametrize(
    ("way", "at"),
    [
        (["--ref", "main"], 0),
        (["--ref", "main"], 5),
        (["--all", "--jobs", "2"], 200),
        (["--all", "--jobs", "2"], 1_000),
    ],
)
def test_when_a_copy_alone_is_killed_the_command_ends_and_the_site_is_whole_or_as_before(
    ground: Ground, tmp_path: Path, way: list[str], at: int
) -> None:
    bench, site = Bench(tmp_path / "bench"), tmp_path / "out" / "site"
    site.mkdir(parents=True)
    command = ["build", "--repo", ground.company, "--site-dir", site, *way]
    ended = is_killed(bench, Kill(at, whom="copy", kind="write"), *command)
    assert ended.hit
    assert not ended.killed
    assert stands_whole(site) if ended.status != 2 else not list(site.iterdir())
    assert [path.name for path in site.parent.iterdir()] == ["site"]


# --- approve -----------------------------------------------------------------------------


APPROVE = ("approve", "PRO-001", "--yes")


@pytest.fixture(scope="module")
def approved(ground: Ground) -> Undisturbed:
    bench, repository = Bench(ground.folder / "approve"), ground.folder / "approved"
    shutil.copytree(ground.company, repository)
    ended = bench.run(*APPROVE, "--repo", repository)
    assert ended.status == 0, ended.err
    nothing_is_left(bench)
    return Undisturbed(ended, remains(repository))


@pytest.mark.parametrize("seed", chains("approve"))
def test_after_a_killed_approval_it_is_there_whole_or_not_at_all_and_the_next_one_stands(
    ground: Ground, approved: Undisturbed, tmp_path: Path, seed: int
) -> None:
    bench, repository = Bench(tmp_path / "bench"), tmp_path / "repository"
    shutil.copytree(ground.company, repository)
    heads = {git(ground.company, "rev-parse", "HEAD"), git(ground.folder / "approved", "rev-parse", "HEAD")}
    for _ in killed_again(bench, approved, "approve", seed, *APPROVE, "--repo", repository):
        is_sound(repository)
        assert git(repository, "rev-parse", "HEAD") in heads
    works(bench, repository)
    stands = git(repository, "rev-parse", "HEAD") == git(ground.folder / "approved", "rev-parse", "HEAD")
    ended = let_through(bench, repository, *APPROVE, "--repo", repository)
    assert (ended.status, "which is approved already" in ended.err) == ((1, True) if stands else (0, False))
    assert others(remains(repository), approved.files) == []
    assert git(repository, "status", "--porcelain") == ""
    nothing_is_left(bench, repository=repository)


# --- publish -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def published(ground: Ground, one_state: tuple[Undisturbed, Undisturbed]) -> Undisturbed:
    """The second of two sites on a branch that showed the first."""
    del one_state
    bench, repository = Bench(ground.folder / "publish"), ground.folder / "published"
    shutil.copytree(ground.company, repository)
    first = bench.run("publish", "--repo", repository, "--site-dir", ground.folder / "build-old")
    assert first.status == 0, first.err
    shutil.copytree(repository, ground.folder / "to-publish")
    ended = bench.run("publish", "--repo", repository, "--site-dir", ground.folder / "build-new")
    assert ended.status == 0, ended.err
    nothing_is_left(bench)
    return Undisturbed(ended, remains(repository))


@pytest.mark.parametrize("seed", chains("publish"))
def test_after_a_killed_publication_the_branch_shows_the_old_site_or_the_new_one(
    ground: Ground, published: Undisturbed, tmp_path: Path, seed: int
) -> None:
    bench, repository = Bench(tmp_path / "bench"), tmp_path / "repository"
    shutil.copytree(ground.folder / "to-publish", repository)
    command = ("publish", "--repo", repository, "--site-dir", ground.folder / "build-new")
    before = remains(repository)
    for _ in killed_again(bench, published, "publish", seed, *command):
        is_sound(repository)
        now = but_for_locks(remains(repository), locks_of_git(repository))
        assert not others(now, before) or not others(now, published.files)
    ended = let_through(bench, repository, *command)
    assert (ended.status, ended.err) == (0, "")
    assert others(remains(repository), published.files) == []
    nothing_is_left(bench, repository=repository)


# --- new ---------------------------------------------------------------------------------


NEW = ("new", "aspect", "Oil in rainwater", "--repo")


@pytest.fixture(scope="module")
def grown(ground: Ground) -> tuple[Undisturbed, ...]:
    """A row more each time, more often than a chain has runs."""
    bench, repository = Bench(ground.folder / "new"), ground.folder / "grown"
    shutil.copytree(ground.company, repository)
    found = []
    for _ in range(2 * _CHAIN):
        ended = bench.run(*NEW, repository)
        assert ended.status == 0, ended.err
        found.append(Undisturbed(ended, remains(repository)))
    nothing_is_left(bench)
    return tuple(found)


@pytest.mark.parametrize("seed", chains("new"))
def test_a_killed_new_has_written_its_row_or_nothing(
    ground: Ground, grown: tuple[Undisturbed, ...], tmp_path: Path, seed: int
) -> None:
    bench, repository = Bench(tmp_path / "bench"), tmp_path / "repository"
    shutil.copytree(ground.company, repository)
    stages = [remains(repository), *(one.files for one in grown)]
    register, stage = "ems/registers/aspects.yml", 0
    for _ in killed_again(bench, grown[0], "new", seed, *NEW, repository):
        text = (repository / register).read_bytes()
        stage = next(at for at, files in enumerate(stages) if files[register] == text)
    works(bench, repository)
    ended = bench.run(*NEW, repository)
    assert (ended.status, ended.err) == (0, "")
    assert others(remains(repository), stages[stage + 1]) == []
    nothing_is_left(bench, repository=repository)


# --- demo --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demonstrated(ground: Ground) -> Undisturbed:
    bench, folder = Bench(ground.folder / "demo"), ground.folder / "demonstration"
    ended = bench.run("demo", folder)
    assert ended.status == 0, ended.err
    nothing_is_left(bench)
    return Undisturbed(ended, remains(folder))


@pytest.mark.parametrize("nth", [1, -1])
def test_a_demonstration_that_was_killed_while_it_moved_into_place_is_gone_on_with(
    demonstrated: Undisturbed, tmp_path: Path, nth: int
) -> None:
    bench, folder = Bench(tmp_path / "bench"), tmp_path / "demo"
    renames = range(demonstrated.ended.events.count("rename"))
    assert is_killed(bench, Kill(renames[nth], kind="rename"), "demo", folder).killed
    assert not (folder / ".git").exists()
    ended = bench.run("demo", folder)
    assert (ended.status, ended.err) == (0, "")
    assert others(remains(folder), demonstrated.files) == []


@pytest.mark.parametrize("seed", chains("demo"))
def test_after_a_killed_demo_the_next_one_is_whole(
    demonstrated: Undisturbed, tmp_path: Path, seed: int
) -> None:
    bench, place = Bench(tmp_path / "bench"), tmp_path / "place"
    folder = place / "demo"
    place.mkdir()
    for ended in killed_again(bench, demonstrated, "demo", seed, "demo", folder):
        if not ended.killed:
            shutil.rmtree(folder)
    ended = bench.run("demo", folder)
    is_told_in_one_line(ended)
    assert others(remains(folder), demonstrated.files) == []
    is_sound(folder)
    assert [path.name for path in place.iterdir()] == ["demo"]
    nothing_is_left(bench, repository=folder)
