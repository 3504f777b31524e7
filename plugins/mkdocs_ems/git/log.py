"""All commits behind a head: one `git log` pass, parsed as it comes.

Git prints a merge once for each parent it differs from, without saying which; a parent
that has the merge's own tree is left out. Trees are therefore asked for too, and the
differences are given to the parents whose tree is another one. Names and messages come
as raw bytes and are decoded here: git's own conversion could make one line two.
"""

from __future__ import annotations

import codecs
import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git.message import subject_and_body, trailers
from mkdocs_ems.git.odd_files import decode, encode
from mkdocs_ems.git.plumbing import Plumbing
from mkdocs_ems.git.trees import records
from mkdocs_ems.git.values import Change, Commit, Identity

COMMIT_LIMIT = 100_000
SIZE_LIMIT = 1024**3
_FIELDS = ("%H", "%T", "%P", "%e", "%an", "%ae", "%ad", "%cn", "%ce", "%cd", "%B")
_COMMAND = (
    "log",
    "-m",
    "--raw",
    "--no-renames",
    "-z",
    "--no-abbrev",
    "--root",
    "--no-show-signature",
    "--no-mailmap",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--no-notes",
    "--encoding=none",
    "--date=raw",
    f"--format={'%n'.join(_FIELDS)}",
    "--end-of-options",
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = 253_370_764_800  # the first second of the year 9999: any zone can still show it
_MISSING = "0"


@dataclass(slots=True)
class _Unplaced:
    """A commit as it was printed: its differences are not yet given to its parents."""

    header: bytes
    tree: bytes
    parents: tuple[str, ...]
    blocks: list[list[Change]]


@dataclass(slots=True)
class _Reader:
    """The state of the pass: what is being read, and texts that many commits share."""

    content: bytes
    unplaced: dict[str, _Unplaced] = field(default_factory=dict)
    shared: dict[bytes, str] = field(default_factory=dict)
    identities: dict[tuple[str, str], Identity] = field(default_factory=dict)

    def text(self, data: bytes) -> str:
        known = self.shared.get(data)
        if known is None:
            known = self.shared[data] = decode(data)
        return known

    def identity(self, name: str, mail: str) -> Identity:
        known = self.identities.get((name, mail))
        if known is None:
            known = self.identities[name, mail] = Identity(name, mail)
        return known

    def header(self, record: bytes) -> list[Change]:
        """Begin a commit, or its difference to a further parent; returns where its changes go."""
        name = self.text(record[: record.index(b"\n")])
        changes: list[Change] = []
        known = self.unplaced.get(name)
        if known is not None:
            known.blocks.append(changes)
            return changes
        if len(self.unplaced) >= COMMIT_LIMIT:
            raise RepositoryError(
                f"the history is longer than {COMMIT_LIMIT:,} commits, the most that is read: "
                "keep the manual in a repository of its own"
            )
        _, tree, parents, _ = record.split(b"\n", 3)
        ids = tuple(self.text(parent) for parent in parents.split())
        self.unplaced[name] = _Unplaced(header=record, tree=tree, parents=ids, blocks=[changes])
        return changes

    def change(self, meta: bytes, name: bytes, changes: list[Change]) -> None:
        """Read one changed path, if it lies in the content folder."""
        if not name.startswith(self.content) and name != self.content[:-1]:
            return
        old_mode, new_mode, old, new, _ = meta[meta.index(b":") + 1 :].split(b" ", 4)
        changes.append(
            Change(
                path=self.text(name),
                old_blob=self._blob(old),
                new_blob=self._blob(new),
                old_mode=self.text(old_mode),
                new_mode=self.text(new_mode),
            )
        )

    def _blob(self, name: bytes) -> str | None:
        return self.text(name) if name.strip(b"0") else None

    def placed(self, name: str) -> Commit:
        """The commit with each difference at its parent."""
        unplaced = self.unplaced[name]
        _, _, _, encoding, *fields = unplaced.header.split(b"\n", 10)
        author, author_mail, authored, committer, committer_mail, committed, message = (
            _decoded(one, encoding) for one in fields
        )
        subject, body = subject_and_body(message)
        blocks = self._by_parent(name) if len(unplaced.parents) > 1 else unplaced.blocks
        return Commit(
            id=name,
            parents=unplaced.parents,
            author=self.identity(author, author_mail),
            authored=moment(authored),
            committer=self.identity(committer, committer_mail),
            committed=moment(committed),
            subject=subject,
            body=body,
            trailers=trailers(message),
            deltas=tuple(tuple(block) for block in blocks),
        )

    def _by_parent(self, name: str) -> list[list[Change]]:
        merge = self.unplaced[name]
        differs = [self.unplaced[parent].tree != merge.tree for parent in merge.parents]
        given = iter(merge.blocks)
        if sum(differs) != len(merge.blocks) and (any(differs) or merge.blocks != [[]]):
            raise RepositoryError(
                f"git gave {len(merge.blocks)} differences for the merge {name}, {sum(differs)} were due: "
                "run `git fsck`"
            )
        return [next(given) if other else [] for other in differs]


def _decoded(data: bytes, encoding: bytes) -> str:
    if encoding and not data.isascii():
        name = encoding.decode("ascii", "replace").lower()
        # One byte, one character: such a decoder can neither fail nor make a line break of two bytes.
        if name.startswith(("iso-8859-", "iso8859-", "latin", "windows-125", "cp125", "koi8-")):
            try:
                return codecs.decode(data, name, "replace")
            except LookupError:
                return decode(data)
    return decode(data)


def moment(text: str) -> datetime:
    """A date as git's raw format gives it; unreadable or impossible ones are the first of January 1970."""
    seconds, _, zone = text.partition(" ")
    if not seconds.isdecimal() or len(seconds) > 12 or int(seconds) >= _LAST:
        return _EPOCH
    return datetime.fromtimestamp(int(seconds), _zone(zone))


@cache
def _zone(text: str) -> timezone:
    digits = text[1:]
    if len(digits) != 4 or not digits.isdecimal() or int(digits[:2]) > 23 or int(digits[2:]) > 59:
        return UTC
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    if not minutes:
        return UTC
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


@contextmanager
def _without_collector() -> Iterator[None]:
    # Nothing that is made here is ever part of a cycle; looking for cycles takes a third of the time.
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _counted(chunks: Iterator[bytes]) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > SIZE_LIMIT:
            raise RepositoryError(
                f"the history's list of changes is larger than {SIZE_LIMIT // 1024**2} MB, the most that is "
                "read: keep the manual in a repository of its own"
            )
        yield chunk


def read_log(plumbing: Plumbing, heads: Sequence[str], *, content: str) -> Mapping[str, Commit]:
    """Read every commit behind the heads, its differences restricted to the content folder.

    Args:
        plumbing: git on the repository.
        heads: ids of commits.
        content: the content folder, without a slash at its end; empty for everything.

    Returns:
        Commits by id, children before parents in time.

    Raises:
        RepositoryError: a limit was hit, or objects are missing.
    """
    reader = _Reader(content=encode(content) + b"/" if content else b"")
    changes: list[Change] = []
    meta = b""
    with _without_collector():
        for record in records(_counted(plumbing.stream(*_COMMAND, *heads, "--"))):
            if meta:
                reader.change(meta, record, changes)
                meta = b""
            elif record.startswith((b":", b"\n:")):
                meta = record
            elif record:
                changes = reader.header(record)
        return {name: reader.placed(name) for name in reader.unplaced}
