"""One process at a time: a lock by exclusive creation, which does not outlive whoever holds it.

The lock says who holds it: process, when that began, machine. One of a process that is no more is
taken over, by one of several; one of another machine or container is respected, since nobody here can
see whether it is alive.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mkdocs_ems.errors import OutputError
from mkdocs_ems.git.for_a_while import alone_with
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
    try:
        _create(lock, mine)
    except FileExistsError:
        try:
            # A link cannot be looked at alone, and what stands there may be one: the folder can.
            with alone_with(lock.parent):
                _remove_if_stale(lock)
            _create(lock, mine)
        except (BlockingIOError, FileExistsError):
            raise OutputError(busy) from None


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


def _remove_if_stale(lock: Path) -> None:
    """Remove the lock of a process that is no more."""
    with suppress(FileNotFoundError):
        if _is_stale(_held(lock)):
            lock.unlink()


def _is_stale(held: str) -> bool:
    fields = held.split()
    if len(fields) != 3 or not fields[0].isdecimal() or fields[2] != here():
        return False
    process, started, _ = fields
    return not is_at_work(int(process), since=started)
