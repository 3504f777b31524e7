"""What is made for a while: gone with its maker, and cleared away by the next one where that was killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from mkdocs_ems.errors import OutputError
from mkdocs_ems.git import for_a_while
from mkdocs_ems.git.for_a_while import FolderForAWhile, appearing, clear_left

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the system there has no such locks")


def killed(work: Callable[[], object]) -> None:
    """Do some work in a copy of this process, and kill that while it holds what came of it."""
    copy = os.fork()
    if copy == 0:
        held = [work()]
        os.kill(os.getpid(), signal.SIGKILL)
        held.clear()
    os.waitpid(copy, 0)


def left_file(place: Path) -> None:
    with appearing(place) as file:
        file.write(b"half")
        file.flush()
        os.kill(os.getpid(), signal.SIGKILL)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_is_private_and_gone_with_the_block(tmp_path: Path) -> None:
    with FolderForAWhile("git", within=tmp_path) as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
        (folder / "file").touch()
    assert names(tmp_path) == []


def test_what_killed_processes_left_is_cleared_away_and_what_is_held_stays(tmp_path: Path) -> None:
    killed(lambda: [FolderForAWhile("git", within=tmp_path), FolderForAWhile("parts", within=tmp_path)])
    assert len(names(tmp_path)) == 2
    killed(lambda: left_file(tmp_path / "answer"))
    assert len(names(tmp_path)) == 1
    with FolderForAWhile("git", within=tmp_path) as folder, appearing(tmp_path / "answer") as file:
        clear_left(tmp_path)
        assert folder.name in names(tmp_path)
        assert len(names(tmp_path)) == 2
        file.write(b"whole")
    assert names(tmp_path) == ["answer"]
    assert (tmp_path / "answer").read_bytes() == b"whole"


def test_what_a_copy_of_a_killed_process_holds_still_stays(tmp_path: Path) -> None:
    """Workers go on for a moment in a folder that the command made for them."""
    goes_on, waits = os.pipe()

    def begun() -> FolderForAWhile:
        kept = FolderForAWhile("parts", within=tmp_path)
        if os.fork() == 0:
            os.close(waits)
            os.read(goes_on, 1)
            os._exit(0)
        return kept

    killed(begun)
    clear_left(tmp_path)
    assert len(names(tmp_path)) == 1
    os.close(waits)
    for _ in range(10_000):
        clear_left(tmp_path)
        if not names(tmp_path):
            break
    assert names(tmp_path) == []


def test_nothing_of_others_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "ems-git-1rulin5a").mkdir()
    (tmp_path / for_a_while._new_name("ems-git-")).symlink_to(tmp_path / "elsewhere")
    (tmp_path / ".a.part.1-0.unfinished").touch()
    os.mkfifo(tmp_path / f"{for_a_while._new_name('.pipe.')}.unfinished")
    before = names(tmp_path)
    clear_left(tmp_path)
    assert names(tmp_path) == before


@pytest.mark.parametrize(
    "name",
    [
        "ems-backup-2026112219014500",
        "ems-backup-202611221901450020261122",
        ".ems-old-0123456789abcdef01234567",
        ".notes.202611221901450020261122.unfinished",
    ],
)
def test_what_a_user_names_much_alike_is_not_cleared_away(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "kept").touch()
    clear_left(tmp_path)
    assert names(tmp_path / name) == ["kept"]


def test_a_copy_of_the_process_that_forgets_a_folder_leaves_it_to_its_maker(tmp_path: Path) -> None:
    made = FolderForAWhile("parts", within=tmp_path)
    with made as folder:
        copy = os.fork()
        if copy == 0:
            made.close()
            os._exit(0)
        os.waitpid(copy, 0)
        assert folder.is_dir()
    assert names(tmp_path) == []


def test_where_nothing_new_can_be_held_it_is_told_and_not_tried_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(for_a_while, "_is_held", lambda *_: False)
    with pytest.raises(OutputError, match="does not stay"):
        FolderForAWhile("git", within=tmp_path)
    with pytest.raises(OSError, match="does not stay"), appearing(tmp_path / "answer"):
        pass


def test_a_file_appears_whole_with_its_rights_or_not_at_all(tmp_path: Path) -> None:
    place = tmp_path / "answer"
    place.write_bytes(b"old")
    with pytest.raises(TypeError), appearing(place) as file:
        file.writelines([b"new", 1])  # type: ignore[list-item]  # cannot be written
    assert (names(tmp_path), place.read_bytes()) == (["answer"], b"old")
    with appearing(place, mode=0o600) as file:
        file.write(b"new")
    assert (names(tmp_path), place.read_bytes()) == (["answer"], b"new")
    assert place.stat().st_mode & 0o777 == 0o600


def test_a_pipe_or_a_folder_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(FileExistsError, match="is no file"), appearing(tmp_path / name):
            pass
    assert (tmp_path / "pipe").is_fifo()
    assert names(tmp_path) == ["folder", "pipe"]


def test_a_file_that_was_taken_for_left_before_it_was_held_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold, taken = for_a_while._held, 0

    def overtaken(handle: int, *, unknown: bool = False) -> bool:
        nonlocal taken
        if unknown and not taken:
            taken += 1
            clear_left(tmp_path)
        return hold(handle, unknown=unknown)

    monkeypatch.setattr(for_a_while, "_held", overtaken)
    with appearing(tmp_path / "answer") as file:
        file.write(b"whole")
    assert (taken, names(tmp_path)) == (1, ["answer"])


def test_a_place_where_no_folder_can_be_made_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"no folder can be made .*: No such file .* TMPDIR"):
        FolderForAWhile("git", within=tmp_path / "gone")
