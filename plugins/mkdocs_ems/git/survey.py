"""A walk over the folders of the work tree before git takes one: what git must not open is told first.

Git opens every ignore file on its way, and the inner files of any repository that lies
there; a FIFO in such a place would hold it up for ever. Nothing is opened here but the
`.git` file of such a repository, and no link is followed.
"""

from __future__ import annotations

import os
import stat
from dataclasses import field
from pathlib import Path

from mkdocs_ems import dataclass
from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git.odd_files import below, read_regular, text_of
from mkdocs_ems.text import show

WALK_LIMIT = 1_000_000
"""Entries, the ignored ones too."""
DEPTH_LIMIT = 200
_GIT_FILE_LIMIT = 4096


@dataclass(frozen=True, slots=True)
class Survey:
    """What the folders below the content folder are."""

    folders: set[str] = field(default_factory=set)
    """Real folders that were looked into; what lies behind a link is in none of them."""
    odd: list[str] = field(default_factory=list)
    """Neither file nor link nor folder: FIFOs, sockets, devices."""


def survey(top: Path, *, content: str, submodules: frozenset[str]) -> Survey:
    """Look at every folder from the content folder down, and at those above it.

    Raises:
        RepositoryError: a limit was hit, or git would open what it must not.
    """
    seen = Survey()
    steps = content.split("/") if content else []
    for depth in range(len(steps) + 1):
        path = "/".join(steps[:depth])
        if not _is_folder(below(top, path)):
            return seen
        _check_ignore_file(top, path)
        seen.folders.add(path)
    waiting = [content]
    count = 0
    while waiting:
        here = waiting.pop()
        seen.folders.add(here)
        entries = _entries(below(top, here), here)
        count += len(entries)
        if count > WALK_LIMIT:
            raise RepositoryError(
                f"more than {WALK_LIMIT:,} files lie below {content or 'the work tree'}, "
                "ignored ones counted: keep the content folder for what belongs to the manual"
            )
        for entry in entries:
            path = f"{here}/{text_of(entry.name)}" if here else text_of(entry.name)
            if entry.is_dir(follow_symlinks=False):
                if path != ".git" and path not in submodules and _may_enter(top, path):
                    waiting.append(path)
            elif not entry.is_file(follow_symlinks=False) and not entry.is_symlink():
                seen.odd.append(path)
    return seen


def _entries(folder: Path, path: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError as error:
        raise RepositoryError(
            f"cannot look into {show(path) or 'the work tree'}: {error.strerror}"
        ) from error


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False


def _may_enter(top: Path, path: str) -> bool:
    if path.count("/") > DEPTH_LIMIT:
        raise RepositoryError(f"folders are nested deeper than {DEPTH_LIMIT} at {show(path)[:80]}…")
    inner = below(top, path) / ".git"
    if os.path.lexists(inner):
        _check_repository(inner, f"{path}/.git")
        return False
    _check_ignore_file(top, path)
    return True


def _check_ignore_file(top: Path, folder: str) -> None:
    path = f"{folder}/.gitignore" if folder else ".gitignore"
    try:
        mode = below(top, path).lstat().st_mode
    except OSError:
        return
    # Git does not follow a link there, and knows a folder for what it is.
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode) and not stat.S_ISLNK(mode):
        raise _must_not_open(path)


def _check_repository(inner: Path, path: str) -> None:
    """Another repository in the work tree: git looks whether it is one."""
    if inner.is_file():
        text = os.fsdecode(read_regular(inner, limit=_GIT_FILE_LIMIT) or b"").strip()
        inner = inner.parent / text.removeprefix("gitdir: ")
    if not inner.is_dir():
        return
    for entry in _entries(inner, path):
        if not entry.is_file() and not entry.is_dir():
            raise _must_not_open(f"{path}/{text_of(entry.name)}")


def _must_not_open(path: str) -> RepositoryError:
    return RepositoryError(f"{show(path)} is no regular file, so git must not open it: remove it")
