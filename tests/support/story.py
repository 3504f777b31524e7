"""History stories: short tales in code or in folders that become git history with stable ids.

A `Story` keeps its own clock (one hour between commits unless a date is given) and
knows people by first name: `by="ann"` is `Ann <ann@example.org>`. Nothing here
asserts anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml

from mkdocs_ems.git import History, Identity, Repository, Snapshot
from mkdocs_ems.git.write import File, RepositoryWriter, Stamp

Changes = Mapping[str, str | bytes | File | None]
START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def person(name: str) -> Identity:
    """The identity of a first name: `ann` is Ann <ann@example.org>; `Ann Ash <a@x>` is taken as written."""
    if name.endswith(">"):
        shown, _, mail = name[:-1].partition(" <")
        return Identity(shown, mail)
    return Identity(name.capitalize(), f"{name}@example.org")


def moment(text: str) -> datetime:
    """A date or a date and time as text; nine o'clock and UTC where left out."""
    when = datetime.fromisoformat(text)
    if "T" not in text and " " not in text:
        when = when.replace(hour=9)
    return when if when.tzinfo else when.replace(tzinfo=UTC)


class Story:
    """A repository that a test tells commit by commit."""

    def __init__(self, path: Path, *, object_format: str = "sha1", bare: bool = False) -> None:
        self.path = path
        self.writer = RepositoryWriter.init(path, object_format=object_format, bare=bare)
        self.current = self.writer.main_branch
        self.now = START - timedelta(hours=1)

    def _stamp(
        self, by: str, date: str | None, committer: str | None = None, committed: str | None = None
    ) -> Stamp:
        self.now = moment(date) if date else self.now + timedelta(hours=1)
        landed = moment(committed) if committed else None
        return Stamp(person(by), self.now, person(committer) if committer else None, landed)

    @property
    def head(self) -> str:
        """The last commit of the current branch."""
        return self.writer.tip(self.current)

    def commit(
        self,
        changes: Changes | None = None,
        *,
        by: str = "ann",
        message: str = "Change",
        date: str | None = None,
        committer: str | None = None,
        committed: str | None = None,
    ) -> str:
        """Commit changes (path to text or bytes, None deletes) on the current branch; return the id.

        `date` is the author's and moves the story's clock; `committed` is the committer's, where another.
        """
        stamp = self._stamp(by, date, committer, committed)
        return self.writer.commit(_bytes(changes), message=message, by=stamp, branch=self.current)

    def rename(self, old: str, new: str, *, by: str = "ann", text: str | None = None) -> str:
        """Move a file, and write it anew if there is a text."""
        file = self.writer.files(self.head)[old] if text is None else text
        return self.commit({old: None, new: file}, by=by, message=f"Move {old}")

    def branch(self, name: str, *, at: str | None = None) -> None:
        """Begin a branch, at the current branch's tip or at a commit, and stand on it."""
        self.writer.point(name, at or self.head)
        self.current = name

    def switch(self, name: str = "main") -> None:
        """Stand on another branch."""
        self.current = name

    def merge(
        self,
        *names: str,
        by: str = "ann",
        message: str | None = None,
        date: str | None = None,
        changes: Changes | None = None,
        committed: str | None = None,
    ) -> str:
        """Merge branches (or commits) into the current branch; `changes` come on top of the clean merge.

        A path that both sides change must stand in `changes`.
        """
        theirs = [self.writer.tips.get(name, name) for name in names]
        own = _bytes(changes)
        made: dict[str, bytes | File | None] = {}
        for other in theirs:
            made |= self.writer.merged(self.head, other, settled=own)
        return self.writer.commit(
            {**made, **own},
            message=message or f"Merge {' and '.join(names)}",
            by=self._stamp(by, date, committed=committed),
            branch=self.current,
            parents=(self.head, *theirs),
        )

    def foxtrot(self, name: str, *, by: str = "ann", changes: Changes | None = None) -> str:
        """Pull the current branch into another and push that as the current one, which comes second in it."""
        own = _bytes(changes)
        ours, theirs = self.head, self.writer.tips.get(name, name)
        made = {**self.writer.merged(theirs, ours, settled=own), **own}
        return self.writer.commit(
            made,
            message=f"Merge branch '{self.current}'",
            by=self._stamp(by, None),
            branch=self.current,
            parents=(theirs, ours),
        )

    def squash(
        self,
        name: str,
        *,
        by: str = "ann",
        message: str | None = None,
        date: str | None = None,
        changes: Changes | None = None,
    ) -> str:
        """Land a branch on the current one as a single commit with one parent."""
        own = _bytes(changes)
        made = self.writer.merged(self.head, self.writer.tips.get(name, name), settled=own)
        return self.writer.commit(
            {**made, **own}, message=message or f"Land {name}", by=self._stamp(by, date), branch=self.current
        )

    def tag(
        self,
        name: str,
        *,
        at: str | None = None,
        message: str | None = None,
        by: str = "ann",
        date: str | None = None,
    ) -> str:
        """Tag a commit (the tip); annotated when there is a message. Returns what the tag's ref names."""
        stamp = self._stamp(by, date) if message is not None else None
        return self.writer.tag(name, at or self.head, message=message, by=stamp)

    def flush(self) -> Path:
        """Write everything out; the work tree stays as it is."""
        self.writer.flush()
        return self.path

    def check_out(self, branch: str | None = None) -> Path:
        """Write everything out and let HEAD and the work tree stand on the current branch."""
        self.writer.check_out(branch or self.current)
        return self.path

    def history(
        self, head: str | None = None, *, content: str = "ems", trust_root: str | None = None
    ) -> History:
        """The history up to a commit (the current tip) as the git room reads it."""
        self.flush()
        with Repository.open(self.path) as repository:
            return repository.history(
                head or self.head, content=content, main_branch=self.writer.main_branch, trust_root=trust_root
            )

    def snapshot(self, ref: str | None = None, *, content: str = "ems") -> Snapshot:
        """The snapshot of a ref (the current tip) as the git room reads it."""
        self.flush()
        with Repository.open(self.path) as repository:
            return repository.snapshot(ref or self.head, content=content)


def _bytes(changes: Changes | None) -> dict[str, bytes | File | None]:
    return {
        path: value.encode("utf-8", "surrogateescape") if isinstance(value, str) else value
        for path, value in (changes or {}).items()
    }


def _chapter_changes(chapter: Path, deleted: list[str]) -> Changes:
    files = (file for file in sorted(chapter.rglob("*")) if file.is_file() and file != chapter / "commit.yml")
    added = {file.relative_to(chapter).as_posix(): file.read_bytes() for file in files}
    return {**added, **dict.fromkeys(deleted)}


def tell(folder: Path, path: Path) -> Story:
    """Turn a folder of chapters (`tests/repos/<story>/<NN-name>/`) into a repository.

    The files of a chapter are what its commit adds or replaces. Its `commit.yml` may say
    `by`, `committer`, `date`, `message`, `branch` (begun where it does not exist),
    `merge` (a list of branches) or `squash` (one), `delete` (a list of paths), `tag` and
    `tag_message`.
    """
    story = Story(path)
    for chapter in sorted(entry for entry in folder.iterdir() if entry.is_dir()):
        note = yaml.safe_load((chapter / "commit.yml").read_text("utf-8")) or {}
        changes = _chapter_changes(chapter, note.get("delete", []))
        branch = note.get("branch", "main")
        if branch in story.writer.tips or branch == "main":
            story.switch(branch)
        else:
            story.branch(branch, at=story.writer.tip())
        by, date = note.get("by", "ann"), str(note["date"]) if "date" in note else None
        message = note.get("message", chapter.name)
        if "merge" in note:
            story.merge(*note["merge"], by=by, date=date, message=message, changes=changes)
        elif "squash" in note:
            story.squash(note["squash"], by=by, date=date, message=message, changes=changes)
        else:
            story.commit(changes, by=by, date=date, message=message, committer=note.get("committer"))
        if "tag" in note:
            story.tag(note["tag"], message=note.get("tag_message"), by=by)
    story.check_out("main")
    return story
