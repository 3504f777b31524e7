"""Committing new files on the user's own repository: just these files, whole or not at all.

The commit is HEAD's tree and the new files, whatever else is staged or changed; of the
user's index only the entries of these files are new afterwards. Their hooks run as for any
commit, and one that fails leaves nothing behind. With `commit.gpgSign` the commit is signed
as their others are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from mkdocs_ems.errors import OutputError, RepositoryError
from mkdocs_ems.git.commission import Commission, Head, Made
from mkdocs_ems.git.hooks import message_after_hooks, run_hook
from mkdocs_ems.git.locate import locate
from mkdocs_ems.git.noted import LOCK
from mkdocs_ems.git.odd_files import decode, encode
from mkdocs_ems.git.orderly_end import orderly_end
from mkdocs_ems.git.overtaking import catch_up, overtaken
from mkdocs_ems.git.own import OwnGit
from mkdocs_ems.git.placing import Placing
from mkdocs_ems.git.values import Identity
from mkdocs_ems.text import show

__all__ = ["Commission", "Head", "Made", "OwnRepository"]

_UNFINISHED = {
    "MERGE_HEAD": "a merge",
    "CHERRY_PICK_HEAD": "a cherry-pick",
    "REVERT_HEAD": "a revert",
    "rebase-merge": "a rebase",
    "rebase-apply": "a rebase",
    "BISECT_LOG": "a search through the history",
}
_NO_FILE = "0" * 6


class _OvertakenError(Exception):
    """The branch leads elsewhere than when the commit was begun."""


class OwnRepository:
    """The user's repository, as somebody who adds to it sees it."""

    def __init__(self, start: Path) -> None:
        layout = locate(start)
        self._git = OwnGit(layout)
        self.top = self._git.top
        """The top of the work tree."""
        self._git_dir = layout.git_dir

    def identity(self) -> Identity:
        """Who the user is, by their settings.

        Raises:
            UsageError: their settings do not say.
        """
        return self._git.identity()

    def setting(self, key: str) -> str | None:
        """One of the user's settings."""
        return self._git.setting(key)

    def head(self) -> Head:
        """Where the user stands.

        Raises:
            RepositoryError: on no branch, on one without a commit, or in the middle of something.
        """
        for sign, what in _UNFINISHED.items():
            if (self._git_dir / sign).exists():
                raise RepositoryError(
                    f"{what} is half done in this folder: finish it or give it up first "
                    "(`git status` says how)"
                )
        name = self._git.answer("symbolic-ref", "--quiet", "HEAD")
        if name is None:
            raise RepositoryError(
                "this folder stands on a single old state and on no branch, so an approval would be lost: "
                "go to the branch with `git switch main`"
            )
        commit = self._git.answer("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        if commit is None:
            raise RepositoryError("the repository has no commit yet, so there is nothing to approve")
        return Head(decode(name).rstrip("\n"), commit.decode("ascii").strip())

    def clear_up(self) -> None:
        """Take back, or finish, what a process left that was ended in the middle of its work.

        Raises:
            OutputError: somebody is writing right now.
        """
        if (self._git_dir / LOCK).exists():
            with self._placing():
                pass

    def write(self, files: Mapping[str, bytes], *, head: Head) -> None:
        """Write new files into the work tree, all or none, and commit nothing.

        Raises:
            EmsError: somebody changed the branch meanwhile, or the files cannot be written.
        """
        with self._placing() as placing:
            self._same(head)
            placing.place(files)
            placing.keep()

    def commit(self, wanted: Commission) -> Made:
        """Write new files into the work tree and commit just them; all of it or nothing.

        Raises:
            EmsError: somebody changed the branch meanwhile, a hook refused, or the system did.
        """
        with self._placing() as placing:
            self._same(wanted.head)
            placing.place(wanted.files)
            try:
                made = self._made(wanted, placing)
                self._land(made, wanted, placing)
            except _OvertakenError:
                return self._overtaken(wanted, placing)
        # The approval stands already: whatever comes of this takes nothing of it back.
        with suppress(RepositoryError):
            run_hook(self._git, "post-commit")
        return Made(made)

    @contextmanager
    def _placing(self) -> Iterator[Placing]:
        with orderly_end(), Placing(self.top, self._git_dir, landed=self._holds) as placing:
            try:
                yield placing
            except OSError as error:
                raise OutputError(f"the approval cannot be written: {error.strerror}") from error

    def _same(self, head: Head) -> None:
        if self.head() != head:
            raise RepositoryError(
                "something was committed here since the document was shown to you: nothing is approved; "
                "run the command again and look at what there is now"
            )

    def _still(self, head: Head) -> None:
        if self.head() != head:
            raise _OvertakenError

    def _overtaken(self, wanted: Commission, placing: Placing) -> Made:
        """Look at what the branch holds instead; the index learns of it in any case.

        Raises:
            RepositoryError: it is not just what was to be committed.
        """
        head = self.head()
        if head.ref != wanted.head.ref:
            self._same(wanted.head)
        found = overtaken(self._git, wanted.head.commit, head.commit)
        here = not found.changes.keys().isdisjoint(wanted.files)
        placing.note.commit = head.commit if here else ""
        copy = self._their_index(placing)
        if catch_up(self._git, found, copy):
            placing.prepare_index(copy.read_bytes())
            placing.put_index()
        if not here:
            self._same(wanted.head)
        placing.keep()
        listed = (entry.partition(b"\t") for entry in self._listed(wanted.files).split(b"\0")[:-1])
        blobs = {decode(path): said.split(b" ")[1] for said, _, path in listed}
        if found.is_just(blobs, on=wanted.head.commit, by=wanted.by):
            return Made(head.commit, by_hook=True)
        what = (
            "the approval, but together with other changes, or under another name"
            if found.holds(blobs)
            else "not the approval that was to be committed, but something else in its place"
        )
        raise RepositoryError(
            f"a hook of this repository made a commit of its own meanwhile: {head.commit[:10]} holds {what}; "
            "look with `ems history` and the document's id whether it counts, and let the hook leave "
            "committing alone"
        )

    def _their_index(self, placing: Placing) -> Path:
        """A copy of the user's index, which nobody else changes until we are done."""
        placing.hold_index()
        theirs, copy = self._git_dir / "index", placing.workshop() / "theirs"
        if theirs.exists():
            copy.write_bytes(theirs.read_bytes())
        return copy

    def _holds(self, commit: str) -> bool:
        """Whether a commit is on the branch where the user stands.

        Raises:
            RepositoryError: git does not say, so nothing may be taken back yet.
        """
        # With a commit that is nowhere any more, git's words for "no" and for a fault would be the same.
        there = self._git.attempt(["cat-file", "--batch-check"], given=f"{commit}\n".encode("ascii"))
        if not there[0] and there[1].endswith(b" missing\n"):
            return False
        return self._git.answer("merge-base", "--is-ancestor", commit, "HEAD") is not None

    # --- the commit ---------------------------------------------------------------------

    def _made(self, wanted: Commission, placing: Placing) -> str:
        """Make the commit's object; no branch leads to it yet."""
        workshop = placing.workshop()
        index = workshop / "index"
        self._must_stay_as_they_are(wanted.files)
        self._git.run(*_UNSPLIT, "read-tree", wanted.head.commit, index=index)
        listed = self._listed(wanted.files)
        self._git.run(*_UNSPLIT, "update-index", "-z", "--index-info", given=listed, index=index)
        tree = self._tree(index)
        self._must_only_add(wanted, tree)
        run_hook(self._git, "pre-commit", index=index)
        self._still(wanted.head)
        if self._tree(index) != tree or not placing.intact():
            raise RepositoryError(
                "the pre-commit hook of this repository changes the approval that is to be committed, and an "
                "approval that was changed does not count: let the hook leave records/ alone"
            )
        message = message_after_hooks(self._git, wanted.message, workshop=workshop, index=index)
        sign = ["-S"] if self._git.setting("commit.gpgSign", kind="bool") == "true" else []
        moment = f"{int(wanted.when.timestamp())} {wanted.when:%z}"
        who = {
            f"GIT_{role}_{part}": value
            for role in ("AUTHOR", "COMMITTER")
            for part, value in (("NAME", wanted.by.name), ("EMAIL", wanted.by.mail), ("DATE", moment))
        }
        output = self._git.run(
            *("-c", "i18n.commitEncoding=utf-8"),
            *("commit-tree", *sign, "-p", wanted.head.commit, tree),
            given=message,
            also=who,
        )
        return output.decode("ascii").strip()

    def _must_stay_as_they_are(self, files: Mapping[str, bytes]) -> None:
        """Refuse files that a filter of the repository's would replace by others at the next occasion."""
        given = b"".join(encode(path) + b"\0" for path in files)
        said = self._git.run("check-attr", "-z", "--stdin", "filter", given=given).split(b"\0")
        for path, value in zip(said[::3], said[2::3], strict=False):
            if value not in (b"unspecified", b"unset"):
                raise RepositoryError(
                    f"{show(decode(path))} would be kept by the filter {show(decode(value))}, "
                    "and not as it is, so its checksum would be wrong: leave records/ out of the filter"
                )

    def _listed(self, files: Mapping[str, bytes]) -> bytes:
        """The files as `update-index --index-info` reads them; their bytes are in git then."""
        entries = []
        for path, data in files.items():
            blob = self._git.run("hash-object", "-w", "-t", "blob", "--no-filters", "--stdin", given=data)
            entries.append(b"100644 %b\t%b\0" % (blob.strip(), encode(path)))
        return b"".join(entries)

    def _tree(self, index: Path) -> str:
        return self._git.run("write-tree", index=index).decode("ascii").strip()

    def _must_only_add(self, wanted: Commission, tree: str) -> None:
        """Hold the tree to what was promised: HEAD's, and these files added."""
        raw = self._git.run("diff-tree", "-r", "-z", "--no-renames", wanted.head.commit, tree)
        fields = raw.split(b"\0")
        changes = zip(fields[::2], fields[1::2], strict=False)
        added = {decode(name) for head, name in changes if head.startswith(b":" + _NO_FILE.encode())}
        if added != set(wanted.files) or len(fields) != 2 * len(added) + 1:
            raise RepositoryError("the approval's files are in the repository already: nothing was committed")

    def _land(self, made: str, wanted: Commission, placing: Placing) -> None:
        """Let the branch lead to the commit, and the index know the files."""
        copy = self._their_index(placing)
        self._git.run("update-index", "-z", "--index-info", given=self._listed(wanted.files), index=copy)
        placing.prepare_index(copy.read_bytes())
        placing.note.commit = made
        placing.write_note()
        order = f"update HEAD\0{made}\0{wanted.head.commit}\0".encode("ascii")
        self._still(wanted.head)
        status, _, said = self._git.attempt(["update-ref", "-m", "approve", "-z", "--stdin"], given=order)
        # It may have been ended when all was done.
        if status and not self._holds(made):
            told = show(" ".join(said.split())[:400])
            raise RepositoryError(
                f"the branch {show(wanted.head.branch)} did not take the approval: {told or 'git was ended'}"
            )
        placing.has_landed()


_UNSPLIT = ("-c", "core.splitIndex=false")
"""An index of ours leaves no shared part beside theirs."""
