from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mkdocs_ems.errors import OutputError
from mkdocs_ems.site.renames import rename_all, undo_stopped
from support.killing import LONGEST

STEPS = (
    ("site", "old"),
    ("old/v1", "new/v1"),
    ("new/v1/a", "moves/a"),
    ("moves/b", "new/v1/a"),
    ("new", "site"),
)
NAMES = ("site", "old", "new", "moves")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in ("site/v1/a", "moves/b", "new/index.html"):
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(path)
    return tmp_path


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_text() for path in files}


DONE = {"moves/a": "site/v1/a", "site/index.html": "new/index.html", "site/v1/a": "moves/b"}


def test_all_steps_are_done_in_their_order(folder: Path) -> None:
    rename_all(folder, STEPS, journal=folder / "journal")
    assert contents(folder) == DONE


@pytest.mark.parametrize("nth", range(1, len(STEPS) + 1))
def test_whichever_step_fails_all_are_undone(folder: Path, monkeypatch: pytest.MonkeyPatch, nth: int) -> None:
    before = contents(folder)
    real, calls = Path.rename, 0

    def failing(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == nth:
            raise PermissionError(13, "Permission denied")
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", failing)
        with pytest.raises(PermissionError):
            rename_all(folder, STEPS, journal=folder / "journal")
    assert contents(folder) == before


@pytest.mark.parametrize("nth", range(1, len(STEPS) + 1))
@pytest.mark.parametrize("after", range(len(STEPS)))
def test_what_could_not_even_be_undone_is_undone_by_the_next_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch, nth: int, after: int
) -> None:
    before = contents(folder)
    real, calls = Path.rename, 0

    def failing(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == nth or calls > nth + after:
            raise PermissionError(13, "Permission denied")
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", failing)
        with pytest.raises(PermissionError):
            rename_all(folder, STEPS, journal=folder / "journal")
    undo_stopped(folder, journal=folder / "journal", within=NAMES)
    assert contents(folder) == before


@pytest.mark.parametrize("done", range(len(STEPS) + 1))
def test_a_run_that_was_killed_is_undone_unless_all_was_done(folder: Path, done: int) -> None:
    before = contents(folder)
    program = f"""
import os, signal
from pathlib import Path
from mkdocs_ems.site.renames import rename_all
real, calls = Path.rename, 0
def counted(self, target):
    global calls
    if calls == {done}:
        os.kill(os.getpid(), signal.SIGKILL)
    calls += 1
    return real(self, target)
Path.rename = counted
Path.unlink = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
folder = Path({str(folder)!r})
rename_all(folder, {STEPS!r}, journal=folder / "journal")
"""
    ended = subprocess.run([sys.executable, "-c", program], check=False, timeout=LONGEST)
    assert ended.returncode == -signal.SIGKILL
    undo_stopped(folder, journal=folder / "journal", within=NAMES)
    assert contents(folder) == (DONE if done == len(STEPS) else before)


def test_nothing_is_renamed_over_anything(folder: Path) -> None:
    (folder / "old").mkdir()
    with pytest.raises(FileExistsError):
        rename_all(folder, STEPS, journal=folder / "journal")
    assert (folder / "site" / "v1" / "a").is_file()


def test_without_a_journal_there_is_nothing_to_undo(folder: Path) -> None:
    before = contents(folder)
    undo_stopped(folder, journal=folder / "journal", within=NAMES)
    assert contents(folder) == before


@pytest.mark.parametrize(
    "said",
    [
        [["site", "../elsewhere"]],
        [["/etc", "site"]],
        [["site/../../x", "old"]],
        [["other", "site"]],
        [["site"]],
        [[1, 2]],
        [],
        {},
        None,
    ],
)
def test_a_journal_that_leads_elsewhere_is_not_followed(folder: Path, said: object) -> None:
    (folder / "journal").write_text(json.dumps(said))
    before = contents(folder)
    with pytest.raises(OutputError, match="is not ours; move it away"):
        undo_stopped(folder, journal=folder / "journal", within=NAMES)
    assert contents(folder) == before


def test_a_journal_is_on_the_disk_before_anything_is_renamed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []

    def noted(what: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            order.append(what)
            return real(*arguments)

        return call

    monkeypatch.setattr(os, "fsync", noted("sync", os.fsync))
    monkeypatch.setattr(Path, "rename", noted("rename", Path.rename))
    rename_all(folder, STEPS, journal=folder / "journal")
    assert order == ["sync", "sync", *["rename"] * len(STEPS), "sync"]


def test_a_journal_that_leads_through_a_link_moves_nothing(folder: Path) -> None:
    (folder / "precious").mkdir()
    (folder / "precious" / "file").write_text("precious")
    (folder / "old").mkdir()
    (folder / "old" / "link").symlink_to("../precious")
    (folder / "journal").write_text(json.dumps([["new/file", "old/link/file"], ["new/x", "site/x"]]))
    with pytest.raises(OutputError, match="is not ours"):
        undo_stopped(folder, journal=folder / "journal", within=NAMES)
    assert (folder / "precious" / "file").read_text() == "precious"
