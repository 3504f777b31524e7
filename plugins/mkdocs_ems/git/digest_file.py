"""sha256 and a mark of contents by blob id, in a file of the user's cache folder: none is read twice.

What a blob holds never changes, so nothing here is ever out of date; the mark is the caller's, and
whatever it depends on beyond the blob stands in the edition. One file for each repository, since
git does not rehash what it reads: a folder with forged objects spoils no other one's. A file that
was spoilt counts as none, and it is safe to delete.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from mkdocs_ems.git.kept_file import read_kept, write_kept

Digest = tuple[str, str]
"""sha256 in hex, and a mark of lower-case hex or `-`."""

_LINE = re.compile(r"([0-9a-f]{40}(?:[0-9a-f]{24})?) ([0-9a-f]{64}) ([0-9a-f]{1,64}|-)\n")
_LARGEST = 64 * 1024 * 1024
"""Bytes: about half a million contents."""


class DigestFile:
    """Implements the contract `KeptDigests`; read when first asked, written whole."""

    def __init__(self, folder: Path, repository: Path) -> None:
        named = sha256(os.fsencode(repository)).hexdigest()[:32]
        self._path = folder / f"contents-{named}.txt"
        self._known: dict[str, Digest] | None = None

    def find(self, *, edition: str) -> Mapping[str, Digest]:
        """What is kept under an edition, by blob id."""
        if self._known is None:
            self._known = self._read(edition)
        return self._known

    def keep(self, digests: Mapping[str, Digest], *, edition: str) -> None:
        """Keep new ones beside those that others have kept meanwhile; failing to is no fault."""
        self._known = {**self._read(edition), **digests}
        lines = (f"{blob} {digest} {mark}\n" for blob, (digest, mark) in self._known.items())
        text = f"{edition}\n{''.join(lines)}"
        if len(text) > _LARGEST:
            return
        write_kept(self._path, text.encode("ascii"))

    def _read(self, edition: str) -> dict[str, Digest]:
        first, _, text = read_kept(self._path, largest=_LARGEST).partition("\n")
        lines = _LINE.findall(text) if first == edition else []
        # Anything else in it, and nothing of it is believed.
        whole = sum(sum(map(len, line)) + len(line) for line in lines) == len(text)
        return {blob: (digest, mark) for blob, digest, mark in lines} if whole else {}
