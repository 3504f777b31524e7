"""Which document each file behind the merges was: read where it can matter, else carried by path.

A branch may write a document under one name and land it under another, or write it and take it
back. What its commits changed is therefore told by the id that a file had there. A register is
changed a thousand times on branches and says the same of itself every time: so heads are read
where a branch made a file, took one away, or took back all that it had changed there; everything
in between only where those at one path do not all say the same. Knows nothing of authors.
"""

from __future__ import annotations

from mkdocs_ems.control.authorship import Writing, differing
from mkdocs_ems.control.places import RULES_ID, Place, Places
from mkdocs_ems.control.readings import FILE_MODES, Readings, file_blob
from mkdocs_ems.git.values import Change, History


class Branches:
    """The ids of files as commits behind the chain had them."""

    def __init__(self, history: History, readings: Readings, places: Places) -> None:
        self._readings = readings
        self._places = places
        self._blobs: dict[str, dict[str, None]] = {}
        """Every blob that commits behind the chain had before or after them, by path."""
        self._carried: dict[str, str | None] = {}
        """The one id that a path has wherever it was read."""
        self._survey(history)

    def _survey(self, history: History) -> None:
        ends: dict[tuple[str, str], None] = {}
        for event in history.events:
            if not event.brought:
                continue
            landed = {change.path for change in event.changes}
            for name in event.brought:
                for change in differing(history.commits[name]):
                    if self._places.of(change.path) is Place.MAIN:
                        self._note(change, ends, taken_back=change.path not in landed)
        self._readings.read(ends)
        mixed = []
        for path, blobs in self._blobs.items():
            ids = self._readings.ids(path)
            if len(ids) == 1 and None not in ids:
                (self._carried[path],) = ids
            else:
                mixed += [(path, blob) for blob in blobs]
        self._readings.read(mixed)

    def _note(self, change: Change, ends: dict[tuple[str, str], None], *, taken_back: bool) -> None:
        blobs = self._blobs.setdefault(change.path, {})
        new = file_blob(change)
        if new is not None:
            blobs[new] = None
            if change.old_blob is None or taken_back:
                ends[change.path, new] = None
        if change.old_blob is not None and change.old_mode in FILE_MODES:
            blobs[change.old_blob] = None
            if new is None:
                ends[change.path, change.old_blob] = None

    def id(self, path: str, blob: str | None) -> str | None:
        """The document that a file was; None where it was none, or no file."""
        if blob is None:
            return None
        if path in (self._places.rules, self._places.signers):
            return RULES_ID
        if self._places.of(path) is not Place.MAIN:
            return None
        head = self._readings.head(path, blob)
        return head.id if head is not None else self._carried.get(path)

    def documents(self, writing: Writing) -> tuple[str, ...]:
        """The documents that a change concerned: what the file was before it, and what it was after."""
        change = writing.change
        before, after = self.id(change.path, change.old_blob), self.id(change.path, change.new_blob)
        if before == after or after is None:
            return (before,) if before is not None else ()
        return (before, after) if before is not None else (after,)
