"""The stores of evidence that are folders of this machine: looked into file by file, as content names them.

No link is followed and nothing outside the folder is opened, whatever content says.
"""

from __future__ import annotations

import os
import stat
from dataclasses import field
from hashlib import file_digest
from pathlib import Path

from mkdocs_ems import dataclass
from mkdocs_ems.model.stores import Found, leads_out

LARGEST = 2_000_000_000
"""No scan and no film of a drill is larger; reading more would hold up the check for minutes."""

_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Folder:
    """A store that is a folder of this machine."""

    root: Path
    _found: dict[str, Found] = field(default_factory=dict, compare=False, repr=False)
    """Several records may give one file, which is read once."""

    def find(self, path: str) -> Found:
        """Look for a file step by step, so that no link is followed on the way."""
        if path not in self._found:
            self._found[path] = self._look(path)
        return self._found[path]

    def _look(self, path: str) -> Found:
        if leads_out(path):
            return Found(None, "leads out of its store")
        try:
            return self._read(path.split("/"))
        except (FileNotFoundError, NotADirectoryError):
            return Found(None, "is not there")
        except (OSError, ValueError):
            return Found(None, "cannot be read")

    def _read(self, steps: list[str]) -> Found:
        place = self.root
        for step in steps[:-1]:
            place /= step
            mode = place.lstat().st_mode
            if stat.S_ISLNK(mode):
                return Found(None, "is reached by a link, which is not followed")
            if not stat.S_ISDIR(mode):
                return Found(None, f"is not there: {step} is no folder")
        place /= steps[-1]
        facts = place.lstat()
        if not stat.S_ISREG(facts.st_mode):
            return Found(None, "is a link or no file")
        if facts.st_size > LARGEST:
            return Found(None, f"is larger than {LARGEST // 1_000_000_000} GB, and too large to be compared")
        with os.fdopen(os.open(place, _FLAGS), "rb") as file:
            return Found(file_digest(file, "sha256").hexdigest())
