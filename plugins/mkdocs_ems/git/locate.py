"""Finding the repository by our own walk upward, and refusing what cannot be judged.

Git's own discovery reads the repository's configuration and stops at folders of
another owner. Nothing here reads configuration or starts a program.
"""

from __future__ import annotations

import os
from pathlib import Path

from mkdocs_ems import dataclass
from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git.odd_files import read_regular
from mkdocs_ems.text import show

_SMALL = 4096


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a repository stand."""

    git_dir: Path
    """Of this work tree: HEAD and index."""
    common: Path
    """Shared by all linked work trees: refs and objects."""
    top: Path | None
    """Top of the work tree; None for a bare repository."""
    prefix: str
    """Where the search began, relative to the top; empty at the top and in a bare repository."""

    @property
    def objects(self) -> Path:
        """The object store."""
        return self.common / "objects"


def _small(path: Path) -> str | None:
    data = read_regular(path, limit=_SMALL)
    return None if data is None else os.fsdecode(data.rstrip(b"\r\n"))


def _looks_like_git_dir(folder: Path) -> bool:
    shared = folder / "commondir"
    if not os.path.lexists(folder / "HEAD"):
        return False
    return shared.is_file() or ((folder / "objects").is_dir() and (folder / "refs").is_dir())


def _common(git_dir: Path) -> Path:
    written = _small(git_dir / "commondir")
    common = git_dir if written is None else Path(os.path.normpath(git_dir / written))
    if not (common / "objects").is_dir():
        raise RepositoryError(
            f"{show(str(git_dir))} belongs to a repository at {show(str(common))} that is not there: "
            "run `git worktree repair` in the main work tree"
        )
    return common


def _behind_git_file(file: Path) -> Path:
    text = _small(file) or ""
    word, _, target = text.partition(": ")
    git_dir = Path(os.path.normpath(file.parent / target))
    if word != "gitdir" or not target or not _looks_like_git_dir(git_dir):
        raise RepositoryError(
            f"{show(str(file))} points to no repository: run `git worktree repair` in the main work tree, "
            "or `git submodule update --init` for a submodule"
        )
    return git_dir


def _at(folder: Path) -> Path | None:
    """The git dir of a work tree whose top is this folder."""
    inside = folder / ".git"
    if inside.is_dir():
        return inside.resolve() if _looks_like_git_dir(inside) else None
    return _behind_git_file(inside) if inside.is_file() else None


def locate(start: Path) -> Layout:
    """Find the repository that a folder belongs to.

    A bare layout within a work tree is taken for the repository only when its name ends
    in `.git`; otherwise anybody could plant a history below the content.

    Raises:
        RepositoryError: there is none, or it is of a form that cannot be judged; names the cure.
    """
    if not start.is_dir():
        raise RepositoryError(f"{show(str(start))} is no folder: name the repository's folder with --repo")
    here = start.resolve()
    ways = (here, *here.parents)
    bare = next((way for way in ways if _looks_like_git_dir(way) and not (way / "commondir").is_file()), None)
    found = next(((way, git_dir) for way in ways if (git_dir := _at(way)) is not None), None)
    if bare is not None and bare.name == ".git":
        found = (bare.parent, bare)
        here = bare.parent
    elif bare is not None and (found is None or bare.name.endswith(".git")):
        return _accept(Layout(git_dir=bare, common=bare, top=None, prefix=""))
    if found is None:
        raise RepositoryError(
            f"no git repository at {show(str(start))} or above it: go to the folder that holds your "
            "system, or name it with --repo; where there is none yet, `git init` begins one"
        )
    top, git_dir = found
    prefix = here.relative_to(top).as_posix()
    return _accept(
        Layout(git_dir=git_dir, common=_common(git_dir), top=top, prefix="" if prefix == "." else prefix)
    )


def _accept(layout: Layout) -> Layout:
    shallow = layout.common / "shallow"
    where = show(str(layout.top or layout.git_dir))
    if os.path.lexists(shallow) and os.lstat(shallow).st_size > 0:
        raise RepositoryError(
            f"{where} is a shallow clone, so its history cannot be judged: run `git fetch --unshallow`, "
            "or set `fetch-depth: 0` in the CI job"
        )
    if (layout.common / "reftable").is_dir():
        raise RepositoryError(
            f"{where} keeps its refs as a reftable, which is not supported: "
            "run `git refs migrate --ref-format=files`"
        )
    return layout
