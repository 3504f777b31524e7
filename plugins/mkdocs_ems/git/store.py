"""The object store: which folders belong to it, and that git can open all it holds.

Git opens whatever stands in an object folder under the right name; a FIFO there would
hang it, and the objects of a partial clone would be fetched by a program that the
repository's configuration names. Both are told here, before git is started.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git.odd_files import is_regular, read_regular
from mkdocs_ems.text import show

_DEPTH = 5  # as git
_ALTERNATES_LIMIT = 65_536


def object_folders(objects: Path) -> tuple[Path, ...]:
    """The object folder and all alternates behind it, each checked.

    Raises:
        RepositoryError: a partial clone, an alternate that is gone, or a file that is none.
    """
    found: dict[Path, None] = {}
    level = [objects]
    for _ in range(_DEPTH + 1):
        following: list[Path] = []
        for folder in level:
            if folder in found:
                continue
            found[folder] = None
            _check(folder)
            following.extend(_alternates(folder))
        level = following
    return tuple(found)


def _alternates(folder: Path) -> list[Path]:
    listing = folder / "info" / "alternates"
    if not os.path.lexists(listing):
        return []
    data = read_regular(listing, limit=_ALTERNATES_LIMIT)
    if data is None:
        raise RepositoryError(f"{show(str(listing))} is no regular file: make a fresh clone")
    lines = (line for line in data.split(b"\n") if line and not line.startswith((b"#", b'"')))
    ways = [Path(os.path.normpath(folder / os.fsdecode(line))) for line in lines]
    for way in ways:
        if not way.is_dir():
            raise RepositoryError(
                f"objects are borrowed from {show(str(way))}, which is not there: bring it back, "
                "or make a clone of its own with `git clone --dissociate`"
            )
    return ways


def _check(folder: Path) -> None:
    with os.scandir(folder) as entries:
        subfolders = [entry.path for entry in entries if entry.is_dir()]
    for subfolder in subfolders:
        # git may tidy up meanwhile: what it packs moves, and folders that are empty then go.
        with suppress(FileNotFoundError), os.scandir(subfolder) as entries:
            for entry in entries:
                if entry.name.endswith(".promisor"):
                    raise RepositoryError(
                        f"{show(str(folder.parent))} is a partial clone, so objects may be missing: "
                        "make a full one with `git clone` without --filter"
                    )
                if not entry.is_file() and not entry.is_dir() and os.path.lexists(entry):
                    raise RepositoryError(
                        f"{show(entry.path)} is no regular file, so git must not open it: "
                        "remove it, or make a fresh clone"
                    )


def index_files(git_dir: Path) -> tuple[Path, ...]:
    """The index and the shared indexes it may build on; only regular files."""
    names = sorted(entry.name for entry in os.scandir(git_dir) if entry.name.startswith("sharedindex."))
    return tuple(path for name in ("index", *names) if is_regular(path := git_dir / name))
