"""A folder that is old or new, never mixed: whatever fails, the target stays as it was.

The new content is made in a folder beside the target. What the standing site has already, as
whole folders, is taken over by renaming them, with the few files in them that change put into
their places; then the new folder is renamed to the target. All these renames are done or undone
together, and what a stopped run left behind is put right by the next. A lock keeps two builds
apart. A folder that holds anything and was not made by us is never replaced.

Of what is written, nothing is known here but the records of `standing_site`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from mkdocs_ems.errors import OutputError
from mkdocs_ems.paths import safe_join
from mkdocs_ems.site.locking import locked
from mkdocs_ems.site.renames import Step, rename_all, sync, undo_stopped
from mkdocs_ems.site.standing_site import MARKER, WORKING, beside, keep_times

_MARKER_TEXT = b"Made by mkdocs-ems. The next build replaces this folder as a whole.\n"
_JOURNAL, _NOW, _WAS = "moves.json", "now", "was"
_REMOVERS = 2


class Placing:
    """A new site while it is made."""

    def __init__(self, target: Path) -> None:
        self.folder = beside(target, "new")
        """Where the new site is written."""
        self.standing: Path | None = target if target.is_dir() else None
        """The site that stands until then, if there is one; nobody else changes it meanwhile."""
        self._target = target
        self._moves = beside(target, "moves")
        self._taken: list[str] = []

    def patch(self, name: str) -> Path:
        """Where to write what is to be otherwise in a folder that is taken over.

        What stands there at the end replaces what has the same path in that folder, or is added to it.
        """
        return self._moves / _NOW / name

    def take_over(self, name: str) -> None:
        """Let the new site have a folder of the standing one as it is, but for what is in its patch.

        Args:
            name: of the folder, directly below the site.

        Raises:
            OutputError: there is no such folder, or the new site has one of its own.
        """
        place = safe_join(self._target, name)
        there_already = name in self._taken or (self.folder / name).exists()
        if "/" in name or there_already or place.is_symlink() or not place.is_dir():
            raise OutputError(f"{place} cannot be taken over into the new site")
        self._taken.append(name)
        self.patch(name).mkdir(parents=True, exist_ok=True)

    def swap(self) -> None:
        """Put the new site in the place of the old one."""
        rename_all(self._target.parent, tuple(self._steps()), journal=self._moves / _JOURNAL)

    def _steps(self) -> Iterator[Step]:
        new, old, target = self.folder.name, beside(self._target, "old").name, self._target.name
        if self._target.exists():
            yield target, old
        for name in self._taken:
            yield f"{old}/{name}", f"{new}/{name}"
            yield from self._patched(name)
        yield new, target

    def _patched(self, path: str) -> Iterator[Step]:
        """What replaces something in a folder that is taken over; what was there goes aside first."""
        place = f"{self._moves.name}/{_NOW}/{path}"
        for name in sorted(one.name for one in self.patch(path).iterdir()):
            below = f"{path}/{name}"
            standing = self._target / below
            if self.patch(below).is_dir() and standing.is_dir() and not standing.is_symlink():
                yield from self._patched(below)
                continue
            if os.path.lexists(standing):
                aside = self._moves / _WAS / below
                aside.parent.mkdir(parents=True, exist_ok=True)
                yield f"{self.folder.name}/{below}", f"{self._moves.name}/{_WAS}/{below}"
            yield f"{place}/{name}", f"{self.folder.name}/{below}"


@contextmanager
def replaced_by(target: Path) -> Iterator[Placing]:
    """Make a new site; when the block ends well, it is what stands at `target`.

    Files that are the same in both keep their times, so that a deploy moves only what changed.

    Raises:
        OutputError: the target is not ours to replace, another build is at work on it,
            or the system refused to write; the target is then unchanged.
    """
    target = Path(os.path.abspath(target))  # noqa: PTH100 - links are not followed
    if not target.name:
        raise OutputError(f"{target} is the whole disk; name a folder for the site")
    lock = beside(target, "lock")
    busy = f"another build is writing {target}; wait for it, or delete {lock} if there is none"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with locked(lock, busy=busy):
            _recover(target)
            _check_ours(target)
            yield from _placed(target)
    except OSError as fault:
        raise OutputError(f"cannot write the site at {target}: {fault}") from fault


def _placed(target: Path) -> Iterator[Placing]:
    placing = Placing(target)
    leftovers = [beside(target, role) for role in ("new", "moves")]
    try:
        for folder in leftovers:
            folder.mkdir()
            (folder / MARKER).write_bytes(_MARKER_TEXT)
        yield placing
        if placing.standing:
            keep_times(placing.folder, placing.standing)
        for path in (placing.folder / "index.html", placing.folder):
            sync(path)
        placing.swap()
    except BaseException:
        # With its journal there, the next run needs them to put everything back.
        if not (beside(target, "moves") / _JOURNAL).exists():
            _remove_all(leftovers)
        raise
    # The new site stands; what is left of the old one is put right by the next run at the latest.
    _remove_all([beside(target, "old"), *leftovers])


def _recover(target: Path) -> None:
    """Undo what a stopped run left: the old site back if it was away, half a new one gone."""
    new, old, moves = (beside(target, role) for role in WORKING)
    for path in (new, old, moves):
        if path.is_symlink() or (path.exists() and not _is_ours(path)):
            raise OutputError(f"{path} is in the way of the build and is not ours; move it away")
    names = (target.name, new.name, old.name, moves.name)
    undo_stopped(target.parent, journal=moves / _JOURNAL, within=names)
    if old.exists() and not target.exists():
        old.rename(target)
    for path in (new, old, moves):
        _remove(path)


def _check_ours(target: Path) -> None:
    if target.is_symlink():
        raise OutputError(f"{target} is a link; name the folder itself for the site")
    if target.exists() and not target.is_dir():
        raise OutputError(f"{target} is a file; name a folder for the site")
    if target.exists() and not _is_ours(target):
        raise OutputError(
            f"{target} is not empty and was not made by ems build; name another folder or empty it first"
        )


def _is_ours(folder: Path) -> bool:
    return folder.is_dir() and ((folder / MARKER).is_file() or not any(folder.iterdir()))


def _remove_all(folders: list[Path]) -> None:
    for folder in folders:
        with suppress(OSError):
            _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a folder of ours, whatever rights somebody gave to what is in it."""
    if not folder.exists():
        return
    try:
        _clear(folder)
    except PermissionError:
        for place, _, _ in os.walk(folder):
            Path(place).chmod(0o700)
        _clear(folder)


def _clear(folder: Path) -> None:
    """Remove a folder; its mark goes last, so that a removal that was stopped is known for what it was."""
    entries = list(os.scandir(folder))
    # It is the disk that is waited for.
    with ThreadPoolExecutor(_REMOVERS) as removers:
        for _ in removers.map(
            shutil.rmtree, [one.path for one in entries if one.is_dir(follow_symlinks=False)]
        ):
            pass
    for entry in entries:
        if not entry.is_dir(follow_symlinks=False) and entry.name != MARKER:
            Path(entry.path).unlink()
    shutil.rmtree(folder)
