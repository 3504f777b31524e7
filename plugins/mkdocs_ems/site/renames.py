"""Renames that are all done or all undone, however the run ends.

They are written down before the first of them. The last one is the point of no return: until it
is done, whatever was done is undone, by this run or by the next; once it is done, all is. Nothing
is ever renamed over anything, so that each step can be taken back.

Nothing here knows what is renamed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from mkdocs_ems.errors import OutputError
from mkdocs_ems.git.for_a_while import appearing

Step = tuple[str, str]
"""From where to where, both below the folder of the journal, with `/`."""


def rename_all(folder: Path, steps: Sequence[Step], *, journal: Path) -> None:
    """Do all steps, or none.

    Args:
        folder: where the steps begin.
        steps: in their order; none takes a place that is taken when its turn comes.
        journal: where they are written down meanwhile; no step touches it.

    Raises:
        OSError: the system refused one; everything is as it was, or the next run sees to it.
    """
    with appearing(journal) as file:
        file.write(json.dumps([list(step) for step in steps]).encode())
        file.flush()
        os.fsync(file.fileno())
    try:
        sync(journal.parent)
        for source, place in steps:
            _rename(folder / source, folder / place)
    except BaseException:
        _undo(folder, steps)
        journal.unlink()
        raise
    # All is done. What fails now is put right by the next run at the latest.
    with suppress(OSError):
        sync(folder)
        journal.unlink()


def undo_stopped(folder: Path, *, journal: Path, within: Sequence[str]) -> None:
    """Put right what a stopped run left: everything undone, unless all was done.

    Args:
        folder: where its steps began.
        journal: where it wrote them down, if it came so far.
        within: names in the folder; a step that leads elsewhere is not ours.

    Raises:
        OutputError: the journal is none of ours.
        OSError: the system refused.
    """
    try:
        text = journal.read_bytes()
    except FileNotFoundError:
        return
    steps = _steps(text, within)
    if steps is None or any(_is_below_a_link(folder, path) for step in steps for path in step):
        raise OutputError(f"{journal} is in the way of the build and is not ours; move it away")
    _undo(folder, steps)
    journal.unlink()


def sync(path: Path) -> None:
    """Bring one file, or the names in a folder, to the disk, where the system can."""
    if not path.exists() or (os.name == "nt" and path.is_dir()):
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _undo(folder: Path, steps: Sequence[Step]) -> None:
    if _is_done(folder, steps[-1]):
        return
    for source, place in reversed(steps):
        if _is_done(folder, (source, place)):
            _rename(folder / place, folder / source)


def _is_done(folder: Path, step: Step) -> bool:
    """Whether a step was done, where all after it were not or are undone."""
    source, place = (folder / one for one in step)
    return os.path.lexists(place) and not os.path.lexists(source)


def _rename(source: Path, place: Path) -> None:
    # On POSIX a file or an empty folder would be replaced without a word.
    if os.path.lexists(place):
        raise FileExistsError(17, "something is in the way", str(place))
    source.rename(place)


def _steps(text: bytes, within: Sequence[str]) -> tuple[Step, ...] | None:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, list) or not said:
        return None
    steps = []
    for one in said:
        match one:
            case [str(source), str(place)] if _is_within(source, within) and _is_within(place, within):
                steps.append((source, place))
            case _:
                return None
    return tuple(steps)


def _is_below_a_link(folder: Path, path: str) -> bool:
    """Whether a link stands on the way to something: it would be renamed wherever that leads."""
    *above, _ = path.split("/")
    place = folder
    for name in above:
        place /= name
        if place.is_symlink():
            return True
    return False


def _is_within(path: str, names: Sequence[str]) -> bool:
    first, *rest = path.split("/")
    return first in names and "\\" not in path and not any(part in ("", ".", "..") for part in rest)
