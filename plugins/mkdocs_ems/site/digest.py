"""One digest of many texts, files and folders: of what they hold, never of where or since when."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path


class Digest:
    """What is added counts by its order and its ends, so that no two sequences are one."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def add(self, *pieces: str | bytes) -> None:
        """Add texts."""
        for piece in pieces:
            data = piece if isinstance(piece, bytes) else piece.encode("utf-8", "surrogateescape")
            self._digest.update(len(data).to_bytes(8, "big"))
            self._digest.update(data)

    def file(self, path: Path | os.DirEntry[str]) -> None:
        """Add what a file holds, or that there is none."""
        try:
            data = b""
            kind = "none"
            if stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - entries of folders come here too
                with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
                    data, kind = file.read(), "file"
        except (OSError, ValueError):
            kind = "none"
        self.add(kind, data)

    def tree(self, folder: Path) -> None:
        """Add every file below a folder with its path; folders that links lead to as well, each once."""
        waiting, seen = [("", os.fspath(folder))], set()
        while waiting:
            below, place = waiting.pop()
            try:
                found = os.stat(place)  # noqa: PTH116 - as above
                entries = sorted(os.scandir(place), key=lambda entry: entry.name)
            except OSError:
                continue
            if (found.st_dev, found.st_ino) in seen:
                continue
            seen.add((found.st_dev, found.st_ino))
            for entry in entries:
                path = f"{below}{entry.name}"
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        waiting.append((f"{path}/", entry.path))
                else:
                    self.add(path)
                    self.file(entry)

    def end(self) -> str:
        """The digest of all that was added, in hexadecimal digits."""
        return self._digest.hexdigest()
