"""A disk that is full, at many points of each command: one line, nothing lost, and the next run is whole.

Two means, as the machine has them: files that the system lets grow so far and no further, which is to
be had everywhere, and a small disk of one's own, on which there is so much room and no more.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from mkdocs_ems import dataclass
from support.killed_company import company, others
from support.killing import Bench, Ended, bytes_below, imported
from support.scarcity import CAN_MOUNT, SmallDisk, limited, small_disk

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the means are those of Linux"),
]

MEANS = ("limit", "disk") if CAN_MOUNT else ("limit",)
_BUILD = {"limit": (2_000, 150_000), "disk": (0, 400_000, 2_000_000)}
_SMALL = {"limit": (300, 700, 2_000), "disk": (0, 8_000, 24_000)}
_LARGE = {"limit": (2_000, 30_000), "disk": (0, 400_000)}
"""Bytes that a file may have, or that are left on the disk."""
_WORDS = {"limit": "File too large", "disk": "No space left on device"}


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
class Scarce:
    """A place where the command runs, and room that can be taken and given."""

    means: str
    bench: Bench
    place: Path
    """As the command knows it."""
    seen: Path
    """As we see it."""
    disk: SmallDisk | None

    def run(self, room: int, *arguments: object) -> Ended:
        """Run a command with so much room."""
        if self.disk is None:
            return self.bench.run(*arguments, before=limited(room))
        self.disk.leave(room)
        try:
            return self.bench.run(*arguments, before=self.disk.begin)
        finally:
            self.disk.clear()

    def run_with_room(self, *arguments: object) -> Ended:
        """Run a command with as much room as it wants."""
        return self.bench.run(*arguments, before=self.disk.begin if self.disk else None)


@contextmanager
def scarcity(means: str, folder: Path) -> Iterator[Scarce]:
    bench, place = Bench(folder / "bench"), folder / "place"
    place.mkdir()
    if means == "limit":
        yield Scarce(means, bench, place, place, None)
        return
    with small_disk(place) as disk:
        yield Scarce(means, bench, place, disk.here, disk)


@pytest.fixture(params=MEANS)
def scarce(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Scarce]:
    with scarcity(str(request.param), tmp_path) as found:
        yield found


def is_refused(ended: Ended, words: str) -> bool:
    """Whether a run failed, and if so said why in one line."""
    assert ended.lingering == ()
    assert ended.status in {0, 1, 2}, ended.err
    if ended.status != 2:
        return False
    lines = ended.err.splitlines()
    assert len(lines) == 1, ended.err
    assert lines[0].startswith("ems: "), ended.err
    assert words in lines[0] or "git" in lines[0], ended.err
    return True


def is_stepped_through(
    scarce: Scarce,
    command: Sequence[object],
    rooms: Mapping[str, Sequence[int]],
    *,
    look: Callable[[], Mapping[str, bytes]],
    refused: int,
) -> None:
    """Run a command with ever more room, and see at each step that nothing has changed; then let it through.

    Args:
        scarce: where.
        command: what is run.
        rooms: the steps, by the means.
        look: what must be as before after each run that was refused.
        refused: how many steps have too little room, at the least.
    """
    before, count = look(), 0
    for room in rooms[scarce.means]:
        if not is_refused(scarce.run(room, *command), _WORDS[scarce.means]):
            break
        assert others(look(), before) == [], room
        count += 1
    assert count >= refused, "there was more room than this test believes"


def files_of(folder: Path) -> Callable[[], Mapping[str, bytes]]:
    """All that counts below a folder, whenever it is asked for."""
    return lambda: bytes_below(folder, without=("repository/.git/objects", "repository/.git/logs"))


def test_a_build_without_room_leaves_the_old_site(ground: Path, scarce: Scarce) -> None:
    shutil.copytree(ground / "site", scarce.seen / "site")
    command = ["build", "--repo", ground / "company", "--site-dir", scarce.place / "site", "--ref", "main"]
    is_stepped_through(scarce, command, _BUILD, look=files_of(scarce.seen), refused=2)
    done = scarce.run_with_room(*command)
    assert (done.status, done.err) in {(0, ""), (1, "")}
    assert [path.name for path in scarce.seen.iterdir()] == ["site"]


def test_a_build_of_all_versions_without_room_leaves_the_old_site(ground: Path, tmp_path: Path) -> None:
    with scarcity(MEANS[-1], tmp_path) as scarce:
        shutil.copytree(ground / "site", scarce.seen / "site")
        command = ["build", "--repo", ground / "company", "--site-dir", scarce.place / "site", "--all"]
        rooms = {"limit": (100_000,), "disk": (400_000, 6_000_000)}
        is_stepped_through(scarce, command, rooms, look=files_of(scarce.seen), refused=1)
        done = scarce.run_with_room(*command)
        assert (done.status, done.err) in {(0, ""), (1, "")}
        assert [path.name for path in scarce.seen.iterdir()] == ["site"]


def test_an_approval_without_room_leaves_nothing(ground: Path, scarce: Scarce) -> None:
    repository = scarce.seen / "repository"
    shutil.copytree(ground / "company", repository)
    command = ["approve", "PRO-001", "--yes", "--repo", scarce.place / "repository"]
    is_stepped_through(scarce, command, _SMALL, look=files_of(scarce.seen), refused=1)
    scarce.run_with_room(*command)
    history = scarce.run_with_room("history", "PRO-001", "--repo", scarce.place / "repository")
    assert history.status == 0
    assert "issue 2" in history.out.casefold(), history.out
    assert not list((repository / ".git").glob("*.lock"))


def test_a_publication_without_room_leaves_the_branch(ground: Path, scarce: Scarce) -> None:
    shutil.copytree(ground / "company", scarce.seen / "repository")
    command = ["publish", "--repo", scarce.place / "repository", "--site-dir", ground / "site"]
    is_stepped_through(scarce, command, _LARGE, look=files_of(scarce.seen), refused=2)
    done = scarce.run_with_room(*command)
    assert (done.status, done.err) == (0, "")


def test_a_demonstration_without_room_leaves_no_folder(scarce: Scarce) -> None:
    command = ["demo", scarce.place / "demo"]
    is_stepped_through(scarce, command, _LARGE, look=files_of(scarce.seen), refused=2)
    done = scarce.run_with_room(*command)
    assert (done.status, done.err) == (0, "")
    assert not list((scarce.seen / "demo").glob(".ems-*"))


def test_a_new_row_without_room_leaves_its_register(ground: Path, scarce: Scarce) -> None:
    repository = scarce.seen / "repository"
    shutil.copytree(ground / "company", repository)
    register = repository / "ems/registers/aspects.yml"
    # More than the smaller limits.
    register.write_text(f"{register.read_text()}# {'x' * 3_000}\n")
    command = ["new", "aspect", "Oil in rainwater", "--repo", scarce.place / "repository"]
    is_stepped_through(scarce, command, _SMALL, look=files_of(scarce.seen), refused=1)
    done = scarce.run_with_room(*command)
    assert (done.status, done.err) == (0, "")
    assert "Oil in rainwater" in register.read_text()


def test_where_nothing_can_be_kept_everything_is_made_all_the_same(ground: Path, tmp_path: Path) -> None:
    """What is kept saves time and is no result: nothing fails for want of room there."""
    place = tmp_path / "kept"
    place.write_text("A plain file where a folder is wanted.\n")
    site = tmp_path / "site"
    done = Bench(tmp_path / "bench", cache=place).run(
        *("build", "--repo", ground / "company", "--site-dir", site, "--all", "--store", place / "store")
    )
    assert done.status in {0, 1}, done.err
    assert all(line.startswith("warning: ") for line in done.err.splitlines()), done.err
    assert (site / "current" / "index.html").is_file()


PRINTING = (
    ("check",),
    ("register",),
    ("ledger",),
    ("diff", "v1", "main"),
    ("history", "PRO-001"),
    ("export",),
    ("build", "--versions"),
)


@pytest.mark.parametrize("command", PRINTING, ids="-".join)
def test_an_answer_that_cannot_be_written_is_told(
    ground: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """`/dev/full` is a disk without room, on every machine."""
    done = Bench(tmp_path / "bench").run(*command, "--repo", ground / "company", stdout=Path("/dev/full"))
    assert done.status == 2
    assert len(done.err.splitlines()) == 1, done.err
    assert "No space left on device" in done.err
