"""One process at a time: a lock by exclusive creation, which does not outlive whoever holds it.

The lock says who holds it: process, when that began, machine. One of a process that is no more is
set aside; one of another machine or container is respected, since nobody here can see whether it is alive.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mkdocs_ems.errors import OutputError
from mkdocs_ems.git.running import began, here, is_at_work


@contextmanager
def locked(lock: Path, *, busy: str) -> Iterator[None]:
    """Hold a lock while the block runs.

    Args:
        lock: the file that is the lock; its folder exists.
        busy: what is said where somebody else holds it.

    Raises:
        OutputError: somebody else holds it.
    """
    _take(lock, busy)
    try:
        yield
    finally:
        with suppress(FileNotFoundError):
            lock.unlink()


def _take(lock: Path, busy: str) -> None:
    mine = f"{os.getpid()} {began(os.getpid())} {here()}"
    for attempt in (1, 2):
        try:
            _create(lock, mine)
        except FileExistsError:
            if attempt == 1 and _set_aside_if_stale(lock):
                continue
            raise OutputError(busy) from None
        _clear_set_aside(lock)
        return


def _create(lock: Path, mine: str) -> None:
    """Make the lock, which must not be there."""
    try:
        # A link is there with all that it says: whoever is killed now leaves a lock that names it.
        lock.symlink_to(mine)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # a disk that knows no links, whatever it calls that
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{mine}\n")


def _held(lock: Path) -> str:
    try:
        return os.readlink(lock)  # noqa: PTH115 - what it says is no path
    except FileNotFoundError:
        raise
    except OSError:
        return lock.read_text(encoding="utf-8", errors="replace")


def _set_aside_if_stale(lock: Path) -> bool:
    """Remove the lock of a process that is no more; only one of several may succeed in that."""
    try:
        held = _held(lock)
    except FileNotFoundError:
        return True
    if not _is_stale(held):
        return False
    aside = lock.with_name(f"{lock.name}-{os.getpid()}")
    with suppress(FileNotFoundError):
        lock.rename(aside)
        if _held(aside) != held:
            # Somebody else was quicker, and this is its lock.
            aside.rename(lock)
            return False
        aside.unlink()
    return True


def _clear_set_aside(lock: Path) -> None:
    """Remove what was set aside by processes that were killed before they could."""
    for left in lock.parent.glob(f"{glob.escape(lock.name)}-*"):
        with suppress(OSError):
            if _is_stale(_held(left)):
                left.unlink()


def _is_stale(held: str) -> bool:
    fields = held.split()
    if len(fields) != 3 or not fields[0].isdecimal() or fields[2] != here():
        return False
    process, started, _ = fields
    return not is_at_work(int(process), since=started)
