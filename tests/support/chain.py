"""A chain of events in memory: history as the git room would hand it over, without git.

Each step is one event on the first-parent chain. `commit` lands one commit, `merge` lands
commits of a branch by a merge. People go by first name, as in `support.story`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha1, sha256

from mkdocs_ems.control import ControlState, DocumentControl, approved_snapshot, derive_control
from mkdocs_ems.git.values import Change, Commit, Entry, EntryKind, Event, History, Signatures, Snapshot
from support.story import moment, person

Files = Mapping[str, str | bytes | None]

FILE, LINK, NONE = "100644", "120000", "000000"
NEXT_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Work:
    """One commit of a branch."""

    files: Files
    by: str = "ann"
    message: str = "Work"
    trailers: tuple[tuple[str, str], ...] = ()


@dataclass
class Shelf:
    """Blobs by id; counts how often it is asked."""

    blobs: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def put(self, data: str | bytes) -> str:
        """Keep some bytes and return their id."""
        raw = data.encode() if isinstance(data, str) else data
        name = sha1(raw, usedforsecurity=False).hexdigest()
        self.blobs[name] = raw
        return name

    def read(self, ids: Iterable[str]) -> Mapping[str, bytes]:
        """What `Blobs` promises."""
        wanted = tuple(ids)
        self.asked.append(wanted)
        return {name: self.blobs[name] for name in wanted}

    def coming(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """What `Blobs` promises."""
        return iter(self.read(ids).items())

    def sizes(self, ids: Iterable[str]) -> Mapping[str, int]:
        """What `Blobs` promises."""
        return {name: len(self.blobs[name]) for name in ids if name in self.blobs}


class Chain:
    """A history that a test tells event by event. Paths are below the content folder `ems`."""

    def __init__(self) -> None:
        self.shelf = Shelf()
        self.tree: dict[str, tuple[str, str]] = {}
        self.commits: dict[str, Commit] = {}
        self.events: list[Event] = []
        self.now = datetime(2026, 1, 4, 9, tzinfo=UTC)
        self.signatures: Signatures | None = None
        """Signatures as evidence, in stories that have any (`support.signed`)."""

    @property
    def head(self) -> str:
        """The last event's commit."""
        return self.events[-1].commit.id

    def commit(
        self,
        files: Files,
        *,
        by: str = "ann",
        committer: str | None = None,
        message: str = "Change",
        on: str | None = None,
        trailers: tuple[tuple[str, str], ...] = (),
        links: tuple[str, ...] = (),
        proposed: bool = False,
    ) -> str:
        """Land one commit; squashes and rebases look like this too."""
        self._tick(on)
        changes = self._changes(self.tree, files, links)
        parents = (self.head,) if self.events else ()
        work = Work(files, by, message, trailers)
        commit = self._commit(parents, (changes,), work, committer=committer or by)
        self._land(commit, changes, proposed=proposed)
        return commit.id

    def merge(
        self,
        *branches: Work | tuple[Work, ...],
        by: str,
        own: Files | None = None,
        message: str = "Merge branch 'work'",
        on: str | None = None,
        committer: str | None = None,
    ) -> str:
        """Land branches that start at the head by one merge; `own` is what the merger makes up himself."""
        self._tick(on)
        before = dict(self.tree)
        tips, trees, brought = [], [], []
        for branch in branches:
            tree, tip = dict(before), self.head
            for work in branch if isinstance(branch, tuple) else (branch,):
                changes = self._changes(tree, work.files, ())
                commit = self._commit((tip,), (changes,), work, committer=work.by)
                _apply(tree, changes)
                tip = commit.id
                brought.append(tip)
            tips.append(tip)
            trees.append(tree)
        after = dict(before)
        for tree in trees:
            _apply(after, _difference(before, tree))
        _apply(after, self._changes(after, own or {}, ()))
        deltas = tuple(_difference(tree, after) for tree in (before, *trees))
        merged = Work({}, by, message)
        commit = self._commit((self.head, *tips), deltas, merged, committer=committer or by)
        differs = set.intersection(*({change.path for change in delta} for delta in deltas))
        made_up = tuple(sorted(differs & {f"ems/{path}" for path in own or {}}))
        self._land(commit, deltas[0], brought=tuple(brought), own=made_up)
        return commit.id

    def _tick(self, on: str | None) -> None:
        self.now = moment(on) if on else self.now + NEXT_DAY

    def _changes(
        self, tree: Mapping[str, tuple[str, str]], files: Files, links: tuple[str, ...]
    ) -> tuple[Change, ...]:
        after = dict(tree)
        for name, data in files.items():
            path = f"ems/{name}"
            if data is None:
                del after[path]
            else:
                after[path] = (LINK if name in links else FILE, self.shelf.put(data))
        return _difference(tree, after)

    def _commit(
        self,
        parents: tuple[str, ...],
        deltas: tuple[tuple[Change, ...], ...],
        work: Work,
        *,
        committer: str,
    ) -> Commit:
        name = sha1(str(len(self.commits)).encode(), usedforsecurity=False).hexdigest()
        author, landed, now = person(work.by), person(committer), self.now
        commit = Commit(name, parents, author, now, landed, now, work.message, "", work.trailers, deltas)
        self.commits[name] = commit
        return commit

    def _land(
        self,
        commit: Commit,
        changes: tuple[Change, ...],
        *,
        brought: tuple[str, ...] = (),
        own: tuple[str, ...] = (),
        proposed: bool = False,
    ) -> None:
        _apply(self.tree, changes)
        index = len(self.events)
        self.events.append(Event(index, commit, commit.committed, changes, brought, own, proposed))

    # --- what comes of it ---------------------------------------------------------------

    def sha(self, path: str) -> str:
        """The sha256 of a file at the head."""
        return sha256(self.shelf.blobs[self.tree[f"ems/{path}"][1]]).hexdigest()

    def snapshot(self) -> Snapshot:
        """The head's tree."""
        entries, files = {}, {}
        for path, (mode, blob) in sorted(self.tree.items()):
            kind = EntryKind.LINK if mode == LINK else EntryKind.FILE
            entries[path] = Entry(path, blob, kind)
            if kind is EntryKind.FILE:
                files[path] = self.shelf.blobs[blob]
        return Snapshot("main", self.head, self.now.date(), "ems", entries, files)

    def history(self) -> History:
        """The chain as a value."""
        root = {change.path: change.new_blob for change in self.events[0].changes if change.new_blob}
        first = self.events[0].commit.id
        return History(first, False, self.head, tuple(self.events), self.commits, root)

    def control(self, as_of: str | None = None) -> ControlState:
        """Document control at the head; on the head's day unless another is named."""
        day = date.fromisoformat(as_of) if as_of else self.now.date()
        return derive_control(
            self.history(), self.snapshot(), blobs=self.shelf, as_of=day, signatures=self.signatures
        )

    def document(self, identity: str, as_of: str | None = None) -> DocumentControl:
        """One document at the head."""
        return self.control(as_of).documents[identity]

    def shown(self, as_of: str | None = None) -> dict[str, str]:
        """The approved overlay: text by path below the content folder."""
        overlay = approved_snapshot(self.snapshot(), self.control(as_of), blobs=self.shelf)
        return {path.removeprefix("ems/"): data.decode() for path, data in overlay.files.items()}


def _difference(
    before: Mapping[str, tuple[str, str]], after: Mapping[str, tuple[str, str]]
) -> tuple[Change, ...]:
    changes = []
    for path in sorted(before.keys() | after.keys()):
        old, new = before.get(path), after.get(path)
        if old != new:
            changes.append(
                Change(
                    path,
                    old[1] if old else None,
                    new[1] if new else None,
                    old[0] if old else NONE,
                    new[0] if new else NONE,
                )
            )
    return tuple(changes)


def _apply(tree: dict[str, tuple[str, str]], changes: Iterable[Change]) -> None:
    for change in changes:
        if change.new_blob is None:
            tree.pop(change.path, None)
        else:
            tree[change.path] = (change.new_mode, change.new_blob)
