"""Files of the user's own folder, written by a command: whole or not at all, and never through a link."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from mkdocs_ems import dataclass
from mkdocs_ems.errors import OutputError
from mkdocs_ems.git.for_a_while import appearing
from mkdocs_ems.paths import safe_join

_LARGEST = 10_000_000
"""Bytes of a text file that a person keeps."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Reads and writes text files below one folder."""

    folder: Path

    def read(self, path: str) -> str | None:
        """A file's text; None where there is none.

        Raises:
            OutputError: what stands there is no plain file, or no text.
        """
        place = self._place(path)
        try:
            found = place.lstat()
        except FileNotFoundError:
            return None
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
            raise OutputError(f"{path} is not a plain file of text")
        try:
            return place.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            raise OutputError(f"{path} is not saved as UTF-8") from error

    def write(self, path: str, text: str) -> None:
        """Write a file of text whole; raises as `write_bytes`."""
        self.write_bytes(path, text.encode("utf-8"))

    def write_bytes(self, path: str, data: bytes) -> None:
        """Write a file whole; its folders are made where they are missing.

        Raises:
            OutputError: it cannot be written, is write-protected, or a link stands in the way.
        """
        place = self._place(path)
        if place.is_symlink() or (place.exists() and not place.is_file()):
            raise OutputError(f"{path} is not a plain file: it is left alone")
        try:
            # Swapping a file asks its folder, not the file.
            if place.exists() and not place.stat().st_mode & stat.S_IWUSR:
                raise OutputError(f"{path} is write-protected: it is left alone")
            place.parent.mkdir(parents=True, exist_ok=True)
            mode = stat.S_IMODE(place.stat().st_mode) if place.exists() else None
            _swap(place, data, mode)
        except OSError as error:
            raise OutputError(f"{path} cannot be written: {error.strerror}") from error

    def below(self, folder: str) -> Iterator[str]:
        """Every plain file below a folder, by path from here; links are never followed."""
        start = self._place(folder) if folder else self.folder
        for place, folders, files in os.walk(start):
            folders.sort()
            for name in sorted(files):
                path = Path(place, name)
                if not path.is_symlink():
                    yield path.relative_to(self.folder).as_posix()

    def _place(self, path: str) -> Path:
        place = safe_join(self.folder, path)
        for above in place.relative_to(self.folder).parents:
            if (self.folder / above).is_symlink():
                raise OutputError(f"{above.as_posix()} is a link: nothing is read or written beyond it")
        return place


def _swap(place: Path, data: bytes, mode: int | None) -> None:
    with appearing(place) as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
        if hasattr(os, "fchmod"):  # on Windows a file has no such rights
            os.fchmod(out.fileno(), 0o644 if mode is None else mode)
