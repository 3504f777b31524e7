"""A file that is there whole or not at all, whoever writes it, reads it or is killed meanwhile.

It is written under a name of its own beside its place, and renamed. What a killed writer leaves is
a hidden file that nobody takes for the real one; whoever owns the folder clears it away.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

UNFINISHED = ".unfinished"
"""How the name of a file ends that is still being written."""


@contextmanager
def appearing(target: Path) -> Iterator[BinaryIO]:
    """Give a file to write and to read; when the block ends well, it is what stands at `target`.

    It is not brought to the disk at once: what a power cut spoils has to be known by its digest.

    Raises:
        OSError: the system refused; nothing is left of the file, and `target` is as it was.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}-{secrets.token_hex(4)}{UNFINISHED}")
    try:
        with part.open("x+b") as file:
            yield file
        part.replace(target)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
