"""A file that is there whole or not at all, whoever writes it, reads it or is killed meanwhile.

It is written under a name of its own beside its place, brought to the disk, and renamed. What a
killed writer leaves is a hidden file that nobody takes for the real one; whoever owns the folder
clears it away.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

UNFINISHED = ".unfinished"
"""How the name of a file ends that is still being written."""


@contextmanager
def appearing(target: Path) -> Iterator[BinaryIO]:
    """Give a file to write and to read; when the block ends well, it is what stands at `target`.

    Raises:
        OSError: the system refused; nothing is left of the file, and `target` is as it was.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}-{secrets.token_hex(4)}{UNFINISHED}")
    try:
        with part.open("x+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
