"""Contents as the derivation asks git for them: many at once, few in memory, and none that is at hand.

Knows blobs by their ids alone; what they say, others read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mkdocs_ems.git.values import Blobs, Snapshot

_BATCH = 200
"""Blobs read at once: few processes, and never the whole history in memory."""

_AHEAD = 32
"""Blobs read along with one that was asked for singly."""


class BlobReader:
    """File contents by blob id: from the snapshot at hand, else from git in batches."""

    def __init__(self, blobs: Blobs, snapshot: Snapshot) -> None:
        self._blobs = blobs
        files = snapshot.files
        self._known = {entry.blob: files[path] for path, entry in snapshot.entries.items() if path in files}
        self._planned: list[str] = []
        self._position: dict[str, int] = {}
        self._window: dict[str, bytes] = {}

    def each(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Every blob once, in the order asked for; only one batch is held at a time."""
        wanted = list(dict.fromkeys(ids))
        for start in range(0, len(wanted), _BATCH):
            batch = wanted[start : start + _BATCH]
            unknown = [blob for blob in batch if blob not in self._known]
            read = self._blobs.read(unknown) if unknown else {}
            for blob in batch:
                yield blob, self._known[blob] if blob in self._known else read[blob]

    def coming(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Every blob once, in the order asked for, read while something else is done."""
        wanted = list(dict.fromkeys(ids))
        others = self._blobs.coming([blob for blob in wanted if blob not in self._known])
        return ((blob, self._known[blob]) if blob in self._known else next(others) for blob in wanted)

    def plan(self, ids: Iterable[str]) -> None:
        """Say in which order single blobs will probably be asked for, so that they come in batches too."""
        self._planned = list(dict.fromkeys(ids))
        self._position = {blob: at for at, blob in enumerate(self._planned)}

    def one(self, blob: str) -> bytes:
        """One blob."""
        if blob in self._known:
            return self._known[blob]
        if blob not in self._window:
            at = self._position.get(blob)
            self._window = dict(self.each((blob,) if at is None else self._planned[at : at + _AHEAD]))
        return self._window[blob]
