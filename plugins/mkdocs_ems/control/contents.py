"""The contents of every document along the chain: which file, which embedded files, at which event.

First half of the forward pass. Knows identity (an id, wherever its file lies), moves,
parts, deletions, and one id in two files; knows nothing of approval. A document is what
its id says; a path is only where it lies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from mkdocs_ems import dataclass
from mkdocs_ems.control.heads import Head
from mkdocs_ems.control.places import RULES_ID, SIGNERS, Place, Places
from mkdocs_ems.control.readings import Readings, file_blob
from mkdocs_ems.control.values import Content, Part
from mkdocs_ems.git.values import Change, Event, History


@dataclass(frozen=True, slots=True)
class Landing:
    """What one event did to one document."""

    id: str
    head: Head
    """What decides on it from now on: its own, or carried on where it cannot be read."""
    content: Content | None
    """None: no file has this id any more."""
    paths: tuple[str, ...]
    """The files of the document that the event added, changed or took away."""
    twice: tuple[str, ...] = ()
    """The files that have this id, if there are several: the document then stays as it was."""
    not_a_file: bool = False
    """Its path now holds a link or a submodule."""


@dataclass(slots=True)
class _Known:
    """One document while the chain is walked."""

    head: Head
    files: dict[str, str] = field(default_factory=dict)
    """Every file that has its id: path to blob."""
    content: Content | None = None
    twice: bool = False
    watched: tuple[str, ...] = ()


class Tracer:
    """Walks the chain once and tells the landings of each event."""

    def __init__(self, readings: Readings, places: Places) -> None:
        self._readings = readings
        self._places = places
        self._documents: dict[str, _Known] = {}
        self._at: dict[str, str] = {}
        self._heads: dict[str, Head] = {}
        self._assets: dict[str, str] = {}
        self._watchers: dict[str, set[str]] = {}

    def trace(self, history: History) -> Iterator[tuple[Event, tuple[Landing, ...]]]:
        """Yield every event with what it did to documents, in the order of the chain."""
        for event in history.events:
            yield event, tuple(self._landings(event))

    def _landings(self, event: Event) -> Iterator[Landing]:
        touched: dict[str, list[Change]] = {}
        for change in event.changes:
            for identity in self._claim(change):
                touched.setdefault(identity, []).append(change)
        for identity, changes in touched.items():
            landing = self._land(identity, changes, event)
            if landing is not None:
                yield landing

    def _claim(self, change: Change) -> tuple[str, ...]:
        """Take note of one changed path; the documents that it may concern."""
        path, blob = change.path, file_blob(change)
        match self._places.of(path):
            case Place.MAIN | Place.RULES:
                return self._claim_main(path, blob)
            case Place.ASSET | Place.RECORD if path == self._places.signers or self._places.may_be_part(path):
                if blob is None:
                    self._assets.pop(path, None)
                else:
                    self._assets[path] = blob
                if path == self._places.signers:
                    return (RULES_ID,)
                return tuple(sorted(self._watchers.get(path, ())))
            case _:
                return ()

    def _claim_main(self, path: str, blob: str | None) -> tuple[str, ...]:
        before = self._at.pop(path, None)
        after = None
        if blob is not None:
            head = self._readings.head(path, blob)
            if head is None or head.id is None:
                # Not read, because it says what it said before; or it says nothing that can be read.
                after = before
            else:
                after = head.id
                self._heads[path] = head
        if before is not None and before != after:
            del self._documents[before].files[path]
        if after is not None and blob is not None:
            self._at[path] = after
            if after not in self._documents:
                self._documents[after] = _Known(self._heads[path])
            self._documents[after].files[path] = blob
        if before is None or before == after:
            return (after,) if after is not None else ()
        return (before, after) if after is not None else (before,)

    def _land(self, identity: str, changes: list[Change], event: Event) -> Landing | None:
        known = self._documents.get(identity)
        if known is None:
            return None
        paths = tuple([change.path for change in changes])
        if len(known.files) > 1:
            known.twice = True
            return Landing(identity, known.head, known.content, paths, twice=tuple(sorted(known.files)))
        content = self._content(identity, known)
        if content == known.content and not known.twice:
            return None
        known.content, known.twice = content, False
        if content is not None:
            known.head = self._heads.get(content.path, known.head)
            if content.parts:
                changed = {change.path for change in event.changes}
                new = (part.path for part in content.parts if part.path in changed)
                paths = tuple(dict.fromkeys((*paths, *new)))
            return Landing(identity, known.head, content, paths)
        linked = any(change.new_blob and not file_blob(change) for change in changes)
        return Landing(identity, known.head, None, paths, not_a_file=linked)

    def _content(self, identity: str, known: _Known) -> Content | None:
        if not known.files:
            self._watch(identity, known, ())
            return None
        ((path, blob),) = known.files.items()
        if path == self._places.rules:
            targets: tuple[tuple[str, str], ...] = ((SIGNERS, self._places.signers),)
        else:
            targets = self._readings.parts(path, blob)
            self._watch(identity, known, tuple(at for _, at in targets))
        if not targets:
            return Content(path, blob, ())
        assets: Mapping[str, str] = self._assets
        parts = {target: Part(target, at, assets[at]) for target, at in targets if at in assets}
        return Content(path, blob, tuple(parts[target] for target in sorted(parts)))

    def _watch(self, identity: str, known: _Known, paths: tuple[str, ...]) -> None:
        if paths == known.watched:
            return
        for path in known.watched:
            self._watchers[path].discard(identity)
        for path in paths:
            self._watchers.setdefault(path, set()).add(identity)
        known.watched = paths
