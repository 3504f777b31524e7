"""One merged request, told once, as the interfaces of three forges answer about it.

The fields are those of the published documentation of each interface, the ones that nobody
reads here among them. What a test changes it changes in the story, so that it is told to all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

PROJECT = "wrenholt/ems"
FORK = "ann/ems"


@dataclass(frozen=True)
class ToldCommit:
    """One commit of the request."""

    id: str
    parents: tuple[str, ...]
    account: str | None
    mail: str
    message: str = "Change the policy"


@dataclass(frozen=True)
class ToldReview:
    """One decision: `approved`, `refused`, `dismissed` or `commented`."""

    by: str | None
    commit: str | None
    done: datetime
    verdict: str = "approved"
    id: int = 80


@dataclass(frozen=True)
class ToldPush:
    """One push."""

    by: str | None
    branch: str
    before: str | None
    after: str


@dataclass
class ToldRequest:
    """A merged request and all that a forge knows about it."""

    number: int
    opener: str | None
    head: str
    landed: tuple[str, ...]
    """The events that it landed; the last is the one that merging made."""
    commits: tuple[ToldCommit, ...]
    reviews: tuple[ToldReview, ...]
    pushes: tuple[ToldPush, ...]
    """Newest first."""
    opened: datetime
    branch: str = "work"
    target: str = "main"
    squash: bool = False
    fork: str | None = PROJECT
    files: Mapping[tuple[str, str], bytes] = field(default_factory=dict)
    """What the forge gives for a path at a commit."""
    page: int = 100
    """How many entries a page holds at most."""
    bots: frozenset[str] = frozenset()
    old_gitlab: bool = False
    """Approvals carry no moment, so that it has to be taken from the notes."""
    versions: tuple[tuple[datetime, str], ...] = ()
    """When which commit became the head."""


def zeros(commit: str | None, told: ToldRequest) -> str:
    return commit or "0" * len(told.head)


def written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def blob(data: bytes, told: ToldRequest) -> str:
    digest = hashlib.sha256 if len(told.head) == 64 else hashlib.sha1
    return digest(b"blob %d\0" % len(data) + data).hexdigest()


def contents(told: ToldRequest, path: str, commit: str) -> bytes | None:
    return told.files.get((path, commit))
