"""A file in the user's cache folder: read whole or not at all, written whole or not at all."""

from __future__ import annotations

import stat
from contextlib import suppress
from pathlib import Path

from mkdocs_ems.git.for_a_while import appearing


def read_kept(path: Path, *, largest: int) -> str:
    """The text; empty for anything that is no plain file of ours."""
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > largest:
            return ""
        return path.read_text("ascii")
    except (OSError, ValueError):
        return ""


def write_kept(path: Path, data: bytes) -> None:
    """Replace the file; failing to is no fault."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with appearing(path, mode=0o600) as out:
            out.write(data)
