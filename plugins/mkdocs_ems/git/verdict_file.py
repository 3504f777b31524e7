"""Verdicts on signatures in a file of the user's cache folder: none is asked of ssh-keygen twice.

A verdict never changes, so there is nothing that could be out of date; a file that was spoilt
counts as none, and it is safe to delete. Whoever may write to it can make a signature count:
like every kept answer it belongs to the user alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from mkdocs_ems.git.kept_file import read_kept, write_kept

_LINE = re.compile(r"([0-9a-f]{64}) ([01])\n")
_LARGEST = 32 * 1024 * 1024
"""Bytes: about half a million verdicts."""


class VerdictFile:
    """Implements the contract `KeptVerdicts`; read when first asked, written whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, bool] | None = None

    def find(self, name: str) -> bool | None:
        """A verdict by its name; None where there is none."""
        if self._known is None:
            self._known = self._read()
        return self._known.get(name)

    def keep(self, verdicts: Mapping[str, bool]) -> None:
        """Keep new verdicts beside those that others have kept meanwhile; failing to is no fault."""
        self._known = {**self._read(), **verdicts}
        text = "".join(f"{name} {good:d}\n" for name, good in self._known.items())
        if len(text) > _LARGEST:
            text = text[-_LARGEST:].partition("\n")[2]
        write_kept(self._path, text.encode("ascii"))

    def _read(self) -> dict[str, bool]:
        text = read_kept(self._path, largest=_LARGEST)
        lines = _LINE.findall(text)
        # Anything else in it, and nothing of it is believed.
        whole = sum(len(name) + len(good) + 2 for name, good in lines) == len(text)
        return {name: good == "1" for name, good in lines} if whole else {}


def usual_verdicts() -> VerdictFile:
    """The file in the user's cache folder."""
    return VerdictFile(usual_folder() / "signatures.txt")


def usual_folder() -> Path:
    """The user's cache folder; `EMS_CACHE_DIR` names another."""
    named = os.environ.get("EMS_CACHE_DIR")
    if named:
        return Path(named)
    from platformdirs import user_cache_path  # noqa: PLC0415 - not needed where the folder is named

    return user_cache_path("mkdocs-ems", appauthor=False)
