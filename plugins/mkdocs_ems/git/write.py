"""Making repositories: the demonstration, and the history stories of tests.

The same calls give the same commit ids on every machine, whatever the user's
configuration, time zone or locale. Trees are kept in memory: meant for tens or
hundreds of commits. Nothing here reads or touches a repository that was not made
by the same writer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from mkdocs_ems.errors import RefError, RepositoryError
from mkdocs_ems.git.fast_import import FastImport, File, GitCommand, Stamp
from mkdocs_ems.git.values import Identity

__all__ = ["Changes", "File", "Identity", "RepositoryWriter", "Stamp"]

_SHA1 = 40
"""Digits of an id; those of the other kind are longer."""

Changes = Mapping[str, bytes | File | None]
"""Path from the repository's root to its new bytes; None deletes it."""


def _file(value: bytes | File | None) -> File | None:
    return File(value) if isinstance(value, bytes) else value


def _text(message: str) -> bytes:
    return (message.rstrip("\n") + "\n").encode("utf-8", "surrogateescape")


class RepositoryWriter:
    """A repository under construction: commits, merges, squashes and tags as plain calls.

    What was written is there for other programs after `flush` or at the end of the
    `with` block.

    Examples:
        >>> with RepositoryWriter.init(folder) as writer:
        ...     first = writer.commit({"ems/ems.yml": b"…"}, message="Begin", by=Stamp(ann, monday))
    """

    def __init__(self, target: Path, *, branch: str, bare: bool) -> None:
        self.target = target
        self.main_branch = branch
        self.tips: dict[str, str] = {}
        self._command = GitCommand(target, bare=bare)
        self._stream: FastImport | None = None
        self._trees: dict[str, dict[str, File]] = {}
        self._parents: dict[str, tuple[str, ...]] = {}
        self._left_over = False

    @classmethod
    def init(
        cls, target: Path, *, object_format: str = "sha1", branch: str = "main", bare: bool = False
    ) -> Self:
        """Make an empty repository; the folder may exist and must not hold one already.

        Raises:
            RepositoryError: the folder holds a repository, or git cannot make one.
        """
        writer = cls(target, branch=branch, bare=bare)
        if (writer._command.git_dir / "HEAD").exists():
            raise RepositoryError(f"{target} is a git repository already: name a folder that is new or empty")
        target.mkdir(parents=True, exist_ok=True)
        form = ["--bare"] if bare else []
        options = [f"--object-format={object_format}", f"--initial-branch={branch}", "--template=", "--quiet"]
        writer._command.run("init", *form, *options)
        return writer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.flush()
        elif self._stream is not None:
            self._stream.abort()

    def _open(self) -> FastImport:
        if self._stream is None:
            self._stream = FastImport(self._command)
        return self._stream

    def flush(self) -> None:
        """Write out all objects and refs; more may follow."""
        if self._stream is not None:
            stream, self._stream = self._stream, None
            stream.close()

    def tip(self, branch: str | None = None) -> str:
        """The last commit of a branch (the main branch without a name)."""
        name = branch or self.main_branch
        if name not in self.tips:
            raise RefError(f"branch {name!r} has no commit yet")
        return self.tips[name]

    def files(self, commit: str) -> Mapping[str, File]:
        """Everything in a commit's tree, by path."""
        return self._trees[commit]

    def commit(
        self,
        changes: Changes,
        *,
        message: str,
        by: Stamp,
        branch: str | None = None,
        parents: tuple[str, ...] | None = None,
    ) -> str:
        """Write one commit onto a branch and return its id.

        Args:
            changes: what differs from the first parent, by path.
            message: the whole message; a line feed is added at its end.
            by: who and when.
            branch: the branch it lands on, without one the main branch.
            parents: without them the branch's tip; empty for a further root.
        """
        name = branch or self.main_branch
        if parents is None:
            parents = (self.tips[name],) if name in self.tips else ()
        edits = sorted((path, _file(value)) for path, value in changes.items())
        made = self._open().commit(
            edits,
            ref=f"refs/heads/{name}",
            parents=parents,
            by=by,
            message=_text(message),
        )
        tree = dict(self._trees[parents[0]]) if parents else {}
        for path, file in edits:
            if file is None:
                tree = {at: kept for at, kept in tree.items() if at != path and not at.startswith(path + "/")}
            else:
                tree[path] = file
        self.tips[name], self._trees[made], self._parents[made] = made, tree, parents
        return made

    def sign(self, commit: str, signing: Callable[[bytes], bytes]) -> str:
        """Put a signature on a commit that is its branch's last, and return its new id.

        Args:
            commit: the commit as it was written.
            signing: gives the armoured signature of the commit's bytes.
        """
        self.flush()
        raw = self._command.read("cat-file", "commit", commit)
        head, _, message = raw.partition(b"\n\n")
        name = b"gpgsig" if len(commit) == _SHA1 else b"gpgsig-sha256"
        armour = signing(raw).strip().replace(b"\n", b"\n ")
        signed = self._command.write_object("commit", b"%b\n%b %b\n\n%b" % (head, name, armour, message))
        self._trees[signed], self._parents[signed] = self._trees[commit], self._parents[commit]
        for branch in [name for name, tip in self.tips.items() if tip == commit]:
            self.point(branch, signed)
        self._left_over = True
        return signed

    def merged(self, ours: str, theirs: str, *, settled: Changes | None = None) -> dict[str, File | None]:
        """What a clean three-way merge of `theirs` changes in `ours`.

        Args:
            ours: the commit that is merged into.
            theirs: the commit that is merged.
            settled: paths that the caller decides himself; left out of the result.

        Raises:
            RepositoryError: both sides changed one path, in different ways.
        """
        base = self._trees.get(self._merge_base(ours, theirs) or "", {})
        mine, other = self._trees[ours], self._trees[theirs]
        changes: dict[str, File | None] = {}
        for path in sorted(base.keys() | mine.keys() | other.keys()):
            before, here, there = base.get(path), mine.get(path), other.get(path)
            if there in (before, here) or path in (settled or {}):
                continue
            if here != before:
                raise RepositoryError(f"both sides of the merge change {path!r}: settle it")
            changes[path] = there
        return changes

    def _merge_base(self, ours: str, theirs: str) -> str | None:
        reached = self._ancestors(ours)
        queue = [theirs]
        while queue:
            commit = queue.pop(0)
            if commit in reached:
                return commit
            queue.extend(self._parents[commit])
        return None

    def _ancestors(self, commit: str) -> set[str]:
        reached: set[str] = set()
        queue = [commit]
        while queue:
            here = queue.pop()
            if here not in reached:
                reached.add(here)
                queue.extend(self._parents[here])
        return reached

    def tag(self, name: str, target: str, *, message: str | None = None, by: Stamp | None = None) -> str:
        """Tag a commit, with a message and a stamp as an annotated tag; return the id that the ref names."""
        if message is None:
            self._open().point(f"refs/tags/{name}", target=target)
            return target
        if by is None:
            raise RefError(f"the annotated tag {name!r} needs a tagger and a date")
        return self._open().tag(name, target=target, by=by, message=_text(message))

    def point(self, branch: str, target: str) -> None:
        """Let a branch begin at, or move to, a commit of this writer."""
        self._open().point(f"refs/heads/{branch}", target=target)
        self.tips[branch] = target

    def check_out(self, branch: str | None = None) -> None:
        """Let HEAD and the work tree stand on a branch."""
        self.flush()
        if self._left_over:
            # Each signed commit has left behind the one without its signature.
            self._command.run("repack", "-a", "-d", "--quiet")
            self._command.run("prune", "--expire=now")
        self._command.run("symbolic-ref", "HEAD", f"refs/heads/{branch or self.main_branch}")
        self._command.run("read-tree", "--reset", "-u", self.tip(branch))
