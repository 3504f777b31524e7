"""Folders that take nothing: what only reads works all the same, what writes says so and leaves all as it is.

By the rights of files, which root is made to obey for the occasion, and by a disk that takes nothing
where the machine lets us have one.
"""

from __future__ import annotations

import shutil
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from mkdocs_ems import dataclass
from support.killed_company import company, others
from support.killing import Bench, Ended, bytes_below, imported
from support.scarcity import CAN_MOUNT, bound_by_rights, read_only_disk
from support.shell import git

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the means are those of Linux"),
]

MEANS = ("rights", "disk") if CAN_MOUNT else ("rights",)
_WORDS = {"rights": "Permission denied", "disk": "Read-only file system"}


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company, and a site of it. Nobody changes them."""
    imported()
    folder = tmp_path_factory.mktemp("ground")
    company(folder / "company")
    built = Bench(folder / "bench").run(
        *("build", "--repo", folder / "company", "--ref", "v1", "--site-dir", folder / "site")
    )
    assert built.err == ""
    return folder


@dataclass(frozen=True, slots=True)
class Guarded:
    """A means to let folders take nothing."""

    means: str

    @contextmanager
    def folder(self, place: Path) -> Iterator[Callable[[], None]]:
        """Let nothing below a folder be changed; give what a command begins with."""
        if self.means == "disk":
            yield read_only_disk(place)
            return
        everything = [place, *place.rglob("*")]
        rights = {path: stat.S_IMODE(path.lstat().st_mode) for path in everything if not path.is_symlink()}
        for path, mode in rights.items():
            path.chmod(mode & ~0o222)
        try:
            yield bound_by_rights
        finally:
            for path, mode in rights.items():
                path.chmod(mode)


@pytest.fixture(params=MEANS)
def guarded(request: pytest.FixtureRequest) -> Guarded:
    return Guarded(str(request.param))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "bench")


def is_refused(ended: Ended, guarded: Guarded, where: str) -> None:
    """It said in one line what was refused, and where."""
    assert ended.status == 2, ended.out
    lines = ended.err.splitlines()
    assert len(lines) == 1, ended.err
    assert lines[0].startswith("ems: "), ended.err
    assert any(word in lines[0] for word in (_WORDS[guarded.means], "is write-protected")), ended.err
    assert where in lines[0], ended.err


def test_the_rights_of_files_bind_whoever_runs_the_tests(tmp_path: Path, bench: Bench) -> None:
    """Else nothing below would prove anything."""
    (tmp_path / "guarded").mkdir(mode=0o555)

    def begin() -> None:
        bound_by_rights()
        with (tmp_path / "guarded" / "file").open("w"):
            pass

    assert "PermissionError" in bench.run("rules", before=begin).err


@pytest.mark.parametrize(
    "command", [("check",), ("register",), ("ledger",), ("diff", "v1", "main")], ids="-".join
)
def test_what_only_reads_works_in_a_repository_that_takes_nothing(
    ground: Path, bench: Bench, guarded: Guarded, tmp_path: Path, command: Sequence[str]
) -> None:
    repository = tmp_path / "repository"
    shutil.copytree(ground / "company", repository)
    with guarded.folder(repository) as begin:
        found = bench.run(*command, "--repo", repository, before=begin)
    again = Bench(tmp_path / "other").run(*command, "--repo", repository)
    assert (found.status, found.out, found.err) == (again.status, again.out, "")


def test_a_site_can_be_built_from_a_repository_that_takes_nothing(
    ground: Path, bench: Bench, guarded: Guarded, tmp_path: Path
) -> None:
    repository, site = tmp_path / "repository", tmp_path / "site"
    shutil.copytree(ground / "company", repository)
    with guarded.folder(repository) as begin:
        done = bench.run("build", "--repo", repository, "--ref", "v1", "--site-dir", site, before=begin)
    assert done.err == ""
    assert others(bytes_below(site), bytes_below(ground / "site")) == []


def test_without_a_home_or_a_cache_to_write_to_everything_works(
    ground: Path, guarded: Guarded, tmp_path: Path
) -> None:
    home = tmp_path / "bench" / "home"
    bench = Bench(tmp_path / "bench", cache=home / "cache")
    site = tmp_path / "site"
    with guarded.folder(home) as begin:
        checked = bench.run("check", "--repo", ground / "company", before=begin)
        built = bench.run(
            *("build", "--repo", ground / "company", "--ref", "v1", "--site-dir", site), before=begin
        )
    assert (checked.status, checked.err) in {(0, ""), (1, "")}
    assert built.status in {0, 1}, built.err
    assert all(line.startswith("warning: ") for line in built.err.splitlines()), built.err
    assert not list(home.iterdir())


@pytest.mark.parametrize("way", [("--ref", "main"), ("--all",)], ids=lambda way: way[0])
def test_a_site_beside_which_nothing_can_be_written_stays_and_is_named(
    ground: Path, bench: Bench, guarded: Guarded, tmp_path: Path, way: Sequence[str]
) -> None:
    place = tmp_path / "place"
    shutil.copytree(ground / "site", place / "site")
    before = bytes_below(place)
    command = ("build", "--repo", ground / "company", *way, "--site-dir", place / "site")
    with guarded.folder(place) as begin:
        is_refused(bench.run(*command, before=begin), guarded, str(place))
    assert others(bytes_below(place), before) == []
    assert bench.run(*command).err == ""


def test_a_site_whose_files_take_nothing_is_replaced_or_named_and_hinders_no_later_build(
    ground: Path, bench: Bench, tmp_path: Path
) -> None:
    place = tmp_path / "place"
    shutil.copytree(ground / "site", place / "site")
    before = bytes_below(place)
    command = ("build", "--repo", ground / "company", "--ref", "main", "--site-dir", place / "site")
    with Guarded("rights").folder(place / "site") as begin:
        done = bench.run(*command, before=begin)
        if done.status == 2:
            is_refused(done, Guarded("rights"), "site")
            assert (
                others(bytes_below(place / "site"), {path[5:]: data for path, data in before.items()}) == []
            )
        again = bench.run(*command, before=begin)
        assert (again.status, again.err) == (done.status, done.err)


@pytest.mark.parametrize(
    ("command", "where"),
    [
        (("approve", "PRO-001", "--yes"), ".git"),
        (("approve", "PRO-001", "--yes"), "ems"),
        (("new", "aspect", "Oil in rainwater"), ".git"),
        (("new", "aspect", "Oil in rainwater"), "ems/registers"),
    ],
    ids=lambda one: one if isinstance(one, str) else one[0],
)
def test_a_part_of_the_repository_that_takes_nothing_is_named_and_nothing_is_changed(  # noqa: PLR0917 - as pytest
    ground: Path, bench: Bench, guarded: Guarded, tmp_path: Path, command: Sequence[str], where: str
) -> None:
    repository = tmp_path / "repository"
    shutil.copytree(ground / "company", repository)
    status = git(repository, "status", "--porcelain")
    before = bytes_below(repository, without=(".git/objects",))
    with guarded.folder(repository / where) as begin:
        is_refused(bench.run(*command, "--repo", repository, before=begin), guarded, where)
    assert others(bytes_below(repository, without=(".git/objects",)), before) == []
    assert git(repository, "status", "--porcelain") == status
    assert bench.run(*command, "--repo", repository).status == 0


def test_a_branch_that_cannot_be_written_is_told_and_stays(
    ground: Path, bench: Bench, guarded: Guarded, tmp_path: Path
) -> None:
    repository = tmp_path / "repository"
    shutil.copytree(ground / "company", repository)
    before = bytes_below(repository)
    command = ("publish", "--repo", repository, "--site-dir", ground / "site")
    with guarded.folder(repository / ".git") as begin:
        done = bench.run(*command, before=begin)
    assert done.status == 2
    assert len(done.err.splitlines()) == 1, done.err
    assert ".git" in done.err, done.err
    assert others(bytes_below(repository), before) == []
    assert bench.run(*command).status == 0


def test_a_demonstration_in_a_folder_that_takes_nothing_is_told(
    bench: Bench, guarded: Guarded, tmp_path: Path
) -> None:
    imported()
    place = tmp_path / "place"
    place.mkdir()
    with guarded.folder(place) as begin:
        for folder in (place, place / "demo"):
            is_refused(bench.run("demo", folder, before=begin), guarded, str(folder))
    assert list(place.iterdir()) == []
