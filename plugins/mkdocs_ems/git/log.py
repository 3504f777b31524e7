"""All commits behind a head: one `git log` pass, parsed as it comes.

Git prints a merge once for each parent it differs from, without saying which; a parent
that has the merge's own tree is left out. Trees are therefore asked for too, and the
differences are given to the parents whose tree is another one. Fields end with NUL, the
one byte that no name and no message can hold: a line break can be smuggled into a name
by a strange encoding.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from itertools import islice

from mkdocs_ems import dataclass
from mkdocs_ems.collector import without_collector
from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git.message import subject_and_body, trailers
from mkdocs_ems.git.odd_files import decode, encode
from mkdocs_ems.git.plumbing import Plumbing
from mkdocs_ems.git.trees import records
from mkdocs_ems.git.values import EMPTY, Change, Commit, Identity

COMMIT_LIMIT = 100_000
SIZE_LIMIT = 1024**3
_FIELDS = ("%H", "%T", "%P", "%an", "%ae", "%ad", "%cn", "%ce", "%cd", "%B")
LOG_ARGUMENTS = (
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
    "--encoding=UTF-8",
    "--date=raw",
    f"--format={'%x00'.join(_FIELDS)}",
    "--end-of-options",
)
"""What `git log` is asked; the commits follow."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = 253_370_764_800  # the first second of the year 9999: any zone can still show it
_ABSENT = b"000000"
_BEGINNING = 16
"""Digits of an id that are eight bytes."""


@dataclass(slots=True)
class _Printed:
    """A commit as it was printed; with several parents its differences may yet lack their places."""

    fields: list[str]
    parents: tuple[str, ...]
    blocks: list[list[Change]]


@dataclass(slots=True)
class _Reader:
    """The state of the pass: what is being read, what is done, and texts that many commits share."""

    content: bytes
    commits: dict[str, Commit] = field(default_factory=dict)
    trees: dict[str, str] = field(default_factory=dict)
    late: dict[str, Commit | None] = field(default_factory=dict)
    """Merges that have to wait for their parents' trees, in git's order; None as long as they do."""
    waiting: dict[str, list[_Printed]] = field(default_factory=dict)
    """Such merges by the parent that they wait for."""
    current: _Printed | None = None
    shared: dict[bytes, str] = field(default_factory=dict)
    identities: dict[tuple[str, str], Identity] = field(default_factory=dict)
    outside: array[int] = field(default_factory=lambda: array("Q"))
    """The beginnings of the ids of all files outside: enough to see whether any came to lie inside."""

    def text(self, data: bytes) -> str:
        """A path, id or mode; kept once however often it comes."""
        known = self.shared.get(data)
        if known is None:
            known = self.shared[data] = decode(data)
        return known

    def name(self, text: str) -> str:
        """The same for an id that is text already."""
        return self.shared.setdefault(text.encode("ascii"), text)

    def identity(self, name: str, mail: str) -> Identity:
        """A person, kept once."""
        known = self.identities.get((name, mail))
        if known is None:
            known = self.identities[name, mail] = Identity(name, mail)
        return known

    def header(self, fields: list[str]) -> list[Change]:
        """Begin a commit, or its difference to a further parent; returns where its changes go."""
        changes: list[Change] = []
        name, tree, parents = fields[:3]
        if self.current is not None:
            if self.current.fields[0] == name:
                self.current.blocks.append(changes)
                return changes
            self.finish(self.current)
        if len(self.trees) >= COMMIT_LIMIT:
            raise RepositoryError(
                f"the history is longer than {COMMIT_LIMIT:,} commits, the most that is read: "
                "keep the manual in a repository of its own"
            )
        self.trees[name] = tree
        for merge in self.waiting.pop(name, ()):
            self.make_late(merge)
        ids = tuple([self.name(parent) for parent in parents.split()])
        self.current = _Printed(fields=fields, parents=ids, blocks=[changes])
        return changes

    def change(self, meta: bytes, name: bytes, changes: list[Change]) -> None:
        """Read one changed path, if it lies in the content folder."""
        if not name.startswith(self.content) and name != self.content[:-1]:
            self.outside.append(int(meta.split(b" ", 4)[3][:_BEGINNING], 16))
            return
        text = self.text
        old_mode, new_mode, old, new, _ = meta[meta.index(b":") + 1 :].split(b" ", 4)
        changes.append(
            Change(
                path=text(name),
                old_blob=None if old_mode == _ABSENT else text(old),
                new_blob=None if new_mode == _ABSENT else text(new),
                old_mode=text(old_mode),
                new_mode=text(new_mode),
            )
        )

    def finish(self, printed: _Printed) -> None:
        """Make the commit, unless a merge must wait for its parents' trees."""
        name = printed.fields[0]
        if len(printed.parents) > 1 and len(printed.parents) != len(printed.blocks):
            self.late[name] = None
            self.make_late(printed)
        else:
            self.commits[name] = self.made(printed, printed.blocks)

    def make_late(self, merge: _Printed) -> None:
        """Make a merge as soon as the trees of all its parents are known."""
        unknown = next((parent for parent in merge.parents if parent not in self.trees), None)
        if unknown is None:
            self.late[merge.fields[0]] = self.made(merge, self.by_parent(merge))
        else:
            self.waiting.setdefault(unknown, []).append(merge)

    def made(self, printed: _Printed, blocks: list[list[Change]]) -> Commit:
        """The commit, its differences in the order of its parents."""
        name, _, _, author, author_mail, authored, committer, committer_mail, committed, message = (
            printed.fields
        )
        subject, body = subject_and_body(message)
        wrote = moment(authored)
        return Commit(
            id=self.name(name),
            parents=printed.parents,
            author=self.identity(author, author_mail),
            authored=wrote,
            committer=self.identity(committer, committer_mail),
            committed=wrote if committed == authored else moment(committed),
            subject=subject,
            body=body,
            trailers=trailers(message) if ":" in body else (),
            deltas=tuple([tuple(block) for block in blocks]),
        )

    def finish_all(self) -> dict[str, Commit]:
        """All commits, when git has printed the last; the merges that had to wait stand behind the others."""
        if self.current is not None:
            self.finish(self.current)
        late = {name: merge for name, merge in self.late.items() if merge is not None}
        if len(late) != len(self.late):
            raise RepositoryError("git left out parents of a merge: run `git fsck`, or make a fresh clone")
        return self.commits | late

    def by_parent(self, merge: _Printed) -> list[list[Change]]:
        """The differences of a merge at their parents: git leaves out a parent that has its tree."""
        name, tree = merge.fields[:2]
        differs = [self.trees[parent] != tree for parent in merge.parents]
        if sum(differs) != len(merge.blocks) and (any(differs) or merge.blocks != [[]]):
            raise RepositoryError(
                f"git gave {len(merge.blocks)} differences for the merge {name}, {sum(differs)} were due: "
                "run `git fsck`"
            )
        given = iter(merge.blocks)
        return [next(given) if other else [] for other in differs]


def moment(text: str) -> datetime:
    """A date as git's raw format gives it; unreadable or impossible ones are the first of January 1970."""
    seconds, _, zone = text.partition(" ")
    if not _is_number(seconds) or len(seconds) > 12 or int(seconds) >= _LAST:
        return _EPOCH
    return datetime.fromtimestamp(int(seconds), _zone(zone))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


@cache
def _zone(text: str) -> timezone:
    digits = text[1:]
    if len(digits) != 4 or not _is_number(digits) or int(digits[:2]) > 23 or int(digits[2:]) > 59:
        return UTC
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    if not minutes:
        return UTC
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def counted(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """What git prints, up to the limit.

    Raises:
        RepositoryError: it is more.
    """
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > SIZE_LIMIT:
            raise RepositoryError(
                f"the history's list of changes is larger than {SIZE_LIMIT // 1024**2} MB, the most that is "
                "read: keep the manual in a repository of its own"
            )
        yield chunk


def log_output(plumbing: Plumbing, heads: Sequence[str]) -> Iterator[bytes]:
    """What git prints of every commit behind the heads, for `read_log`.

    Raises:
        RepositoryError: a limit was hit, or objects are missing.
    """
    return counted(plumbing.stream("log", *LOG_ARGUMENTS, *heads, "--"))


@dataclass(frozen=True, slots=True)
class Log:
    """Every commit, its differences restricted to the content folder; and what that leaves open."""

    commits: Mapping[str, Commit]
    outside: array[int]

    def comes_in(self) -> bool:
        """Whether bytes of a file inside the content folder were ever a file's outside it."""
        if not self.outside:
            return False
        inside = {int(blob[:_BEGINNING], 16) for blob in made_inside(self.commits)}
        return not inside.isdisjoint(self.outside)


def made_inside(commits: Mapping[str, Commit]) -> set[str]:
    """The files that commits put into the content folder, without the empty one."""
    deltas = (delta for commit in commits.values() for delta in commit.deltas)
    return {change.new_blob for delta in deltas for change in delta if change.new_blob} - EMPTY


def read_log(output: Iterator[bytes], *, content: str) -> Log:
    """Read every commit that git printed, its differences restricted to the content folder.

    Args:
        output: of `log_output`.
        content: the content folder, without a slash at its end; empty for everything.

    Raises:
        RepositoryError: a limit was hit, or objects are missing.
    """
    reader = _Reader(content=encode(content) + b"/" if content else b"")
    changes: list[Change] = []
    with without_collector():
        tokens = records(output)
        for token in tokens:
            if token.startswith((b":", b"\n:")):
                reader.change(token, next(tokens), changes)
            elif token:
                fields = b"\0".join([token, *islice(tokens, len(_FIELDS) - 1)])
                changes = reader.header(decode(fields).split("\0"))  # ten at once
        return Log(reader.finish_all(), reader.outside)
