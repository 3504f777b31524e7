"""Whether a place on the disk is git's own business: a file that it tracks, or its own folder."""

from __future__ import annotations

from pathlib import Path

from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git.locate import Layout, locate
from mkdocs_ems.git.odd_files import decode
from mkdocs_ems.git.own import OwnGit

_FOLDER = ".git"


def within_git(file: Path) -> bool:
    """Whether a file stands, or would stand, in the folder of a repository's own files.

    Args:
        file: absolute, its folder without links.
    """
    if any(part.casefold() == _FOLDER for part in file.parts):
        return True
    layout = _around(file)
    return layout is not None and any(
        file.is_relative_to(folder) for folder in (layout.git_dir, layout.common)
    )


def is_tracked(file: Path) -> bool:
    """Whether git tracks a file that is there.

    Args:
        file: absolute, its folder without links.
    """
    layout = _around(file)
    if layout is None or layout.top is None or not file.exists():
        return False
    status, listed, _ = OwnGit(layout).attempt(["ls-files", "-z", "--full-name"])
    if status:
        return False
    wanted = file.relative_to(layout.top).as_posix().casefold()
    names = (decode(name) for name in listed.split(b"\0"))
    # Where the disk does not tell capitals from small letters, another spelling is the same file.
    same = (layout.top / name for name in names if name.casefold() == wanted)
    return any(one.exists() and one.samefile(file) for one in same)


def _around(file: Path) -> Layout | None:
    """The repository that a file stands in, or would."""
    folder = next((one for one in file.parents if one.is_dir()), None)
    if folder is None:
        return None
    try:
        return locate(folder)
    except RepositoryError:
        return None
