"""Reading single files that somebody else prepared: regular, small, never through a link.

A FIFO is never opened (it would wait for ever), nor a device, nor what a link
points at. Git's paths are bytes; here they become text by the same rule in every locale.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.text import show

# Windows has neither flag and neither FIFOs nor links that open() would wait on.
_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)


def decode(name: bytes) -> str:
    """Text of a path or name of unknown encoding; what is no UTF-8 becomes surrogate escapes."""
    return name.decode("utf-8", "surrogateescape")


def encode(name: str) -> bytes:
    """The bytes that `decode` was given."""
    return name.encode("utf-8", "surrogateescape")


def text_of(name: str) -> str:
    """A name from the operating system, in the form that git's paths have here."""
    return decode(os.fsencode(name))


def below(folder: Path, path: str) -> Path:
    """The place of one of git's paths below a folder."""
    return folder / os.fsdecode(encode(path)) if path else folder


def is_regular(path: Path) -> bool:
    """Whether a regular file stands there, not a link to one."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


def read_regular(path: Path, *, limit: int) -> bytes | None:
    """The bytes of a regular file, or None where there is none.

    Raises:
        RepositoryError: it is larger than `limit`, or may not be read.
    """
    if not is_regular(path):
        return None
    try:
        handle = os.open(path, _FLAGS)
        with os.fdopen(handle, "rb") as file:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                return None
            # Asked for as much as the limit, Python would have room made for that each time.
            data = file.read(min(found.st_size, limit) + 1)
            if found.st_size < len(data) <= limit:
                data += file.read(limit + 1 - len(data))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RepositoryError(f"cannot read {show(str(path))}: {error.strerror}") from error
    if len(data) > limit:
        raise RepositoryError(
            f"{show(str(path))} is larger than {limit:,} bytes, the most that is read of it"
        )
    return data
