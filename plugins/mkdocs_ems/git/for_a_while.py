"""Files and folders that are made for a while, and known for left behind once their maker is no more.

Whoever makes one holds a lock of the system's on it for as long as it lives: however the maker ends,
the system lets go of it. So the next one can tell what a killed process left from what somebody is at
work on, and clears it away; no clock, number of a process or name of a machine is asked. Where the
system has no such locks, everything counts as somebody's, and stays. What is cleared away is known by a
name that nobody else gives by chance: whatever a user calls their own is never touched.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import tempfile
import weakref
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from mkdocs_ems.errors import OutputError
from mkdocs_ems.text import show

_CAN_HOLD = os.name != "nt"
if _CAN_HOLD:
    import fcntl

UNFINISHED = ".unfinished"
"""How the name of a file ends that is still being written."""
_OURS = re.compile(r"(\.?ems-[a-z]+-|\..*\.)([0-9a-f]{16})([0-9a-f]{8})", re.DOTALL)
"""What it begins with, what tells it from others of its kind, and the checksum of the two."""
_TRIES = 100
"""How often something new may be gone before it is held, until we believe that nothing can be held there."""


class FolderForAWhile:
    """A private folder, removed by `close`, at the end of the block, or by the next one's maker."""

    def __init__(self, what: str, *, within: Path | None = None) -> None:
        """Make it.

        Args:
            what: its use, in one word of small letters; part of its name.
            within: an existing folder; the system's for such things without.

        Raises:
            OutputError: no folder can be made.
        """
        try:
            above = within or Path(tempfile.gettempdir())
            _clear_once(above)
            self.path, hold = _made_folder(above, f"{'.' if within else ''}ems-{what}-")
        except OSError as error:
            where = "" if error.filename is None else f" ({show(str(error.filename))})"
            raise OutputError(
                f"no folder can be made for what is needed for a while: {error.strerror or error}{where}; "
                "make room there, or name another place in the variable TMPDIR"
            ) from error
        # Also for whoever forgets to close: at the end of the program at the latest.
        self.close = weakref.finalize(self, _remove, self.path, hold, os.getpid())

    def __enter__(self) -> Path:
        return self.path

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@contextmanager
def appearing(target: Path, *, mode: int = 0o666) -> Iterator[BinaryIO]:
    """Give a file to write and to read; when the block ends well, it is what stands at `target`.

    It is not brought to the disk at once: what a power cut spoils has to be known by its digest.

    Args:
        target: where it shall stand, whatever stands there now; its folder exists.
        mode: its rights, before the user's mask.

    Raises:
        OSError: the system refused, or what stands there is no file; nothing is left of the new one,
            and `target` is as it was.
    """
    _check_replaceable(target)
    clear_left(target.parent)
    part, handle = _made_file(target.parent, f".{target.name[:40]}.", mode)
    # The file is closed before it takes its place, so that no fault comes after that; held on by this.
    hold = os.dup(handle) if _CAN_HOLD else -1
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
        part.replace(target)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    finally:
        if hold >= 0:
            os.close(hold)


@contextmanager
def alone_with(path: Path) -> Iterator[None]:
    """Let one process at a time look at a file that stands there, and do away with it.

    Raises:
        FileNotFoundError: there is none, or none any more.
        BlockingIOError: somebody else is at it.
    """
    if not _CAN_HOLD:
        yield
        return
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        if not _held(handle, unknown=True):
            raise BlockingIOError(errno.EAGAIN, "somebody else is at it", str(path))
        if not os.path.samestat(os.fstat(handle), path.lstat()):
            raise FileNotFoundError(errno.ENOENT, "another file stands there by now", str(path))
        yield
    finally:
        os.close(handle)


def clear_left(folder: Path) -> None:
    """Remove what killed processes of the user's left in a folder; failing to is no fault."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _is_ours(entry.name):
                with suppress(OSError):
                    _remove_if_left(Path(entry.path))


@cache
def _clear_once(folder: Path) -> None:
    clear_left(folder)


def _new_name(begin: str) -> str:
    chance = os.urandom(8).hex()
    return f"{begin}{chance}{_checksum(begin, chance)}"


def _checksum(begin: str, chance: str) -> str:
    return f"{zlib.crc32(os.fsencode(begin + chance)):08x}"


def _is_ours(name: str) -> bool:
    """Whether a name was given here: somebody's own may be made of the same characters, a day and an hour."""
    # Folders for such things are full of others': most are told apart by this.
    if not name.startswith(("ems-", ".ems-")) and not name.endswith(UNFINISHED):
        return False
    found = _OURS.fullmatch(name.removesuffix(UNFINISHED))
    return found is not None and _checksum(found[1], found[2]) == found[3]


def _check_replaceable(target: Path) -> None:
    """Refuse to put a file in the place of a device, a pipe or a folder."""
    with suppress(FileNotFoundError):
        mode = target.lstat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISLNK(mode):
            raise FileExistsError(errno.EEXIST, "what stands there is no file", str(target))


def _remove_if_left(path: Path) -> None:
    """Remove a file or folder of ours that nobody holds."""
    if not _CAN_HOLD:
        return
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        found = os.fstat(handle)
        if found.st_uid == os.geteuid() and _held(handle):
            if stat.S_ISDIR(found.st_mode):
                shutil.rmtree(path, ignore_errors=True)
            elif stat.S_ISREG(found.st_mode):
                path.unlink()
    finally:
        os.close(handle)


def _made_folder(above: Path, begin: str) -> tuple[Path, int]:
    """A new folder, and what it is held by."""
    for _ in range(_TRIES):
        path = above / _new_name(begin)
        path.mkdir(mode=0o700)
        if not _CAN_HOLD:
            return path, -1
        try:
            hold = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:  # somebody took it for left
            continue
        except OSError:
            with suppress(OSError):
                path.rmdir()
            raise
        if _is_held(hold, path):
            return path, hold
        os.close(hold)
    raise _never_held(above)


def _made_file(above: Path, begin: str, mode: int) -> tuple[Path, int]:
    """A new file, open to write, and held."""
    binary = getattr(os, "O_BINARY", 0)
    for _ in range(_TRIES):
        path = above / f"{_new_name(begin)}{UNFINISHED}"
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | binary, mode)
        if not _CAN_HOLD or _is_held(handle, path):
            return path, handle
        os.close(handle)
    raise _never_held(above)


def _never_held(above: Path) -> OSError:
    return OSError(errno.ENOLCK, "what is made there does not stay", str(above))


def _is_held(handle: int, path: Path) -> bool:
    """Whether something stands there still, now that it is held: it may have been taken for left before."""
    if not _held(handle, unknown=True):
        return False
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(handle), path.lstat())
    return False


def _held(handle: int, *, unknown: bool = False) -> bool:
    """Take the lock, unless somebody has it; `unknown` where the disk has no such locks."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return unknown
    return True


def _remove(path: Path, hold: int, maker: int) -> None:
    # A copy of the process that ends, or forgets it, must not take it from whoever made it.
    if os.getpid() == maker:
        shutil.rmtree(path, ignore_errors=True)
    if hold >= 0:
        os.close(hold)
