"""The object store while git tidies it up: what it clears away was listed a moment before."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from mkdocs_ems.git.store import object_folders
from support.shell import git


def loose(objects: Path) -> list[str]:
    return sorted(folder.name for folder in objects.iterdir() if len(folder.name) == 2)


@pytest.mark.parametrize("after", ["the folders", "the objects of one"])
def test_what_git_clears_away_while_the_store_is_looked_at_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    git(tmp_path, "init", "-q")
    for text in (b"one", b"two", b"three"):
        git(tmp_path, "hash-object", "-w", "--stdin", stdin=text)
    objects = tmp_path / ".git" / "objects"
    folders = loose(objects)
    assert len(folders) == 3
    when = objects if after == "the folders" else objects / folders[0]
    usual = os.scandir

    def scandir(place: str | Path) -> AbstractContextManager[object]:
        with usual(place) as entries:
            listed = list(entries)
        if Path(place) == when:
            git(tmp_path, "gc", "-q", "--prune=now")
        return nullcontext([_Listed(entry) for entry in listed])

    monkeypatch.setattr(os, "scandir", scandir)
    assert object_folders(objects) == (objects,)
    monkeypatch.undo()
    assert loose(objects) == []


class _Listed:
    """A file as on a disk that says only of what is still there what it is; folders are known as such."""

    def __init__(self, entry: os.DirEntry[str]) -> None:
        self.name, self.path, self._is_dir = entry.name, entry.path, entry.is_dir()

    def is_file(self) -> bool:
        return Path(self.path).is_file()

    def is_dir(self) -> bool:
        return self._is_dir

    def __fspath__(self) -> str:
        return self.path
