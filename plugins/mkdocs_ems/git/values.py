"""Values that the git room hands to every other room: snapshots and history.

All of them are frozen and complete: who holds one never needs git again, except
for `Blobs`, which reads file contents by object id on demand.

Paths are relative to the repository's root, with `/`, as text (undecodable bytes
as surrogate escapes). Ids are lower-case hex of 40 or 64 digits. Times are
timezone-aware.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from mkdocs_ems import dataclass


class Blobs(Protocol):
    """File contents by object id; work-tree contents that git does not hold yet are known too."""

    def read(self, ids: Iterable[str]) -> Mapping[str, bytes]:
        """Return the bytes of each blob; one batch, in any order. Missing objects raise RepositoryError."""
        ...

    def coming(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The same one by one, in the order asked for: read while their taker does something else."""
        ...

    def sizes(self, ids: Iterable[str]) -> Mapping[str, int]:
        """How many bytes each blob has, without reading them; one that is missing is left out."""
        ...


class KeptDigests(Protocol):
    """What earlier runs learnt of contents, by blob id: the sha256, and a mark of the caller's."""

    def find(self, *, edition: str) -> Mapping[str, tuple[str, str]]:
        """Everything that was kept under an edition of the caller's marks."""
        ...

    def keep(self, digests: Mapping[str, tuple[str, str]], *, edition: str) -> None:
        """Keep new ones."""
        ...


@dataclass(frozen=True, slots=True)
class SignatureClaim:
    """A signature, and all that its verdict depends on: the same claim has the same verdict for ever."""

    data: bytes
    """The bytes that are said to be signed."""
    signature: bytes
    """One SSH signature in its armour."""
    line: str
    """The one line of `allowed_signers` that it is judged by: principal, options, key."""
    namespace: str
    at: datetime
    """The moment at which the key must have been valid."""

    @property
    def principal(self) -> str:
        """Whose signature it claims to be."""
        return self.line.partition(" ")[0]


@dataclass(frozen=True, slots=True)
class SignedCommit:
    """A commit that bears an SSH signature, taken apart."""

    payload: bytes
    """The object without its signature: what was signed."""
    signature: bytes | None
    """In its armour; None where the commit bears more than one, or one that git would not look at."""


class Signatures(Protocol):
    """Signatures as evidence: commits as they were signed, and verdicts."""

    def commits(self, ids: Iterable[str]) -> Mapping[str, SignedCommit]:
        """Those of the commits that bear an SSH signature."""
        ...

    def verify(self, claims: Iterable[SignatureClaim]) -> Mapping[SignatureClaim, bool]:
        """Whether each signature holds. Asked for many at once, it judges several at a time."""
        ...


class EntryKind(StrEnum):
    """What a tree entry is; anything but a file is a finding at a controlled path."""

    FILE = "file"
    LINK = "link"
    SUBMODULE = "submodule"
    ODD = "odd"
    """A name that cannot be a file everywhere: `.git` in any spelling, `..`, control or bidi characters."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One path of a snapshot."""

    path: str
    blob: str
    kind: EntryKind = EntryKind.FILE
    executable: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The content folder at one state: complete and immutable.

    `files` holds the bytes of every entry of kind FILE under the content folder;
    `entries` holds every entry, links and submodules too (those never followed).
    """

    ref: str
    """As the user named it; `work tree` for the work tree."""
    commit: str | None
    """The commit; for the work tree the commit it stands on; None in an unborn branch."""
    date: date | None
    """The tagger's date for a tag, the committer's for a commit, None for the work tree."""
    content: str
    """The content folder from the repository's root, e.g. `ems`; no trailing slash, may be empty."""
    entries: Mapping[str, Entry]
    files: Mapping[str, bytes]
    dirty: bool = False
    """The work tree differs from its commit."""
    untracked: frozenset[str] = frozenset()
    """Paths of the work tree that git has not been told of; empty for a commit."""
    sparse: frozenset[str] = frozenset()
    """Paths that a sparse checkout left out of the work tree; their contents are those of the index."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A name and mail address as a commit carries them: a claim, never mapped."""

    name: str
    mail: str


@dataclass(frozen=True, slots=True)
class Change:
    """One path that differs between a commit and a parent. A missing side has blob None."""

    path: str
    old_blob: str | None
    new_blob: str | None
    old_mode: str
    new_mode: str


EMPTY = frozenset(
    (
        "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
        "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
    )
)
"""The file without a byte, in both forms of ids: whoever made one has made no text of another."""


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit as git holds it.

    `deltas[i]` is its difference to `parents[i]`; a root commit has one, against the empty tree.
    """

    id: str
    parents: tuple[str, ...]
    author: Identity
    authored: datetime
    committer: Identity
    committed: datetime
    subject: str
    body: str
    trailers: tuple[tuple[str, str], ...]
    """Key and value of each trailer of the last paragraph, keys as written."""
    deltas: tuple[tuple[Change, ...], ...]

    @property
    def is_merge(self) -> bool:
        """Whether it has two parents or more."""
        return len(self.parents) > 1


@dataclass(frozen=True, slots=True)
class Making:
    """That a commit gave a file some bytes, where no change of an event or of its commits tells it."""

    commit: str
    blob: str
    before: str | None
    """What the file was until then."""
    adopted: bool = False
    """The file lay inside the content folder when the trust root was made."""


@dataclass(frozen=True, slots=True)
class Event:
    """One step of the chain: a first-parent commit, or the proposed state at its end."""

    index: int
    commit: Commit
    date: datetime
    """The committer's date, never earlier than the event's before it."""
    changes: tuple[Change, ...]
    """The difference to the event before it, under the content folder, mode-only ones left out."""
    brought: tuple[str, ...] = ()
    """Commits that this event brings onto the chain, itself left out; parents before children."""
    own: tuple[str, ...] = ()
    """For a merge: the paths that differ from every parent and from their clean three-way merge."""
    proposed: bool = False
    """The last event, for a head that is not on the main branch or for an uncommitted work tree."""
    makings: tuple[Making, ...] = ()
    """What came with it outside the content folder, of bytes that are some day a file's inside it.

    With the event after the trust root also what the root and the commits before it made, inside and outside.
    """


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: name, its own object, the commit it leads to (None: not a commit), the tagger's date."""

    name: str
    object: str
    target: str | None
    annotated: bool
    date: datetime | None
    message: str = ""
    inner: str | None = None
    """The name that an annotated tag gives itself; a copy under another name keeps it."""
    tagger: Identity | None = None
    """Who it says made it: a claim."""
    signature: bytes | None = None
    """In its armour, of any kind; no part of the message."""
    payload: bytes = b""
    """Of a signed tag the object without its signature: what was signed."""


@dataclass(frozen=True, slots=True)
class ChainPlace:
    """Where a commit stands to a branch's first parents."""

    order: int
    """Its position, the oldest at 0; beside the chain that of the commit where it left; -1: it never met."""
    on_chain: bool
    committed: datetime


@dataclass(frozen=True, slots=True)
class History:
    """The chain from the trust root to the head, and every commit behind it.

    `root` is the tree of the trust root: path to blob id, under the content folder.
    `events[0]` is the trust root itself; its changes are its whole content.
    """

    trust_root: str
    named: bool
    """The trust root was named by the user, not found."""
    head: str | None
    events: tuple[Event, ...]
    commits: Mapping[str, Commit]
    root: Mapping[str, str]
    tags: tuple[Tag, ...] = field(default=())
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For merges behind the chain what `Event.own` tells of its own: the paths that the merge itself wrote.

    Of a merge that is not named here nobody asked git what the clean three-way merge would be.
    """
    main: str | None = "refs/heads/main"
    """The full name of the ref whose first parents are the chain; None where they are the head's own."""
    began_in: str | None = None
    """The content folder at the trust root, where it was another one."""
