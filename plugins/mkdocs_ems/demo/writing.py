"""Telling the story: from its steps to a git repository, or to the files at its end.

What is written depends on the story alone, so that everybody gets the same commit ids.
The repository is made in a folder of its own and moved into place when it is whole; a run that was
killed while it moved is gone on with by the next.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import assert_never

import yaml

from mkdocs_ems.demo.approvals import State, Tree, record
from mkdocs_ems.demo.kept import kept
from mkdocs_ems.demo.signatures import Signing, kept_signature
from mkdocs_ems.demo.steps import MAIN, Commit, Merge, Step, Tagging, read_steps
from mkdocs_ems.demo.versions import Versions, readings
from mkdocs_ems.errors import OutputError
from mkdocs_ems.git.for_a_while import FolderForAWhile, alone_with, clear_left
from mkdocs_ems.git.signing import COMMIT_NAMESPACE, RECORD_NAMESPACE
from mkdocs_ems.git.write import File, RepositoryWriter

_MADE = ("ems", "mkdocs.yml")
"""What the project keeps at its top of the story's last state."""
_WHOLE = ".ems-demo-whole"
"""The folder of a repository that is whole, until all of it is in its place."""


class _Teller:
    """Writes one step after the other; knows every branch so far."""

    def __init__(self, writer: RepositoryWriter, signing: Signing) -> None:
        self._writer = writer
        self._signing = signing
        self._versions = Versions()
        self._branches: dict[str, list[str]] = {MAIN: []}
        self._past: list[State] = []
        """The states of the main branch."""

    def _tree(self, commit: str | None) -> dict[str, bytes]:
        files = self._writer.files(commit) if commit else {}
        return {path: file.data for path, file in files.items()}

    def tell(self, step: Step) -> None:
        match step:
            case Commit():
                self._land(
                    self._commit(step, after=self._tip(step.branch, behind=step.behind)), on=step.branch
                )
            case Merge():
                self._land(self._merge(step), on=step.branch)
            case Tagging():
                self._writer.tag(step.name, self._branches[MAIN][-1], message=step.message, by=step.stamp)
            case _:
                assert_never(step)

    def end(self) -> None:
        """Leave the main branch as the only one."""
        self._writer.point(MAIN, self._branches[MAIN][-1])

    def _tip(self, branch: str, *, behind: int) -> str | None:
        """The last commit of a branch; of a new one, where it leaves the main branch."""
        told = self._branches.get(branch)
        if told is not None:
            return told[-1] if told else None
        return self._branches[MAIN][-1 - behind]

    def _named(self, name: str) -> str:
        branch, _, before = name.partition("~")
        return self._branches[branch][-1 - int(before or 0)]

    def _land(self, commit: str, *, on: str) -> None:
        self._branches.setdefault(on, []).append(commit)
        if on == MAIN:
            self._past.append(State(commit, self._tree(commit)))

    def _commit(self, step: Commit, *, after: str | None) -> str:
        before = self._tree(after)
        changes = self._changes(step, before)
        tree = {path: data for path, data in {**before, **changes}.items() if data is not None}
        for approving in step.records:
            repository = yaml.load(tree["ems/ems.yml"], Loader=yaml.CSafeLoader)["repository"]
            path, data = record(approving, tree, past=self._past, repository=repository)
            changes[path] = tree[path] = data
            if approving.key:
                changes[f"{path}.sig"] = tree[f"{path}.sig"] = self._signing(
                    data, approving.key, RECORD_NAMESPACE
                )
        parents = (after,) if after else ()
        made = self._writer.commit(changes, message=step.message, by=step.stamp, parents=parents)
        return self._signed(made, step.key)

    def _signed(self, commit: str, key: str | None) -> str:
        if key is None:
            return commit
        return self._writer.sign(commit, lambda data: self._signing(data, key, COMMIT_NAMESPACE))

    def _changes(self, step: Commit, before: Tree) -> dict[str, bytes | None]:
        """What a commit writes; None for what it takes away."""
        changes: dict[str, bytes | None] = {
            path: self._versions.read(path, version) for path, version in step.write.items()
        }
        if step.readings:
            changes |= readings(until=step.readings)
        if step.kept:
            changes |= kept(until=step.kept)
        for old, new in step.move.items():
            changes[new] = changes.pop(old) if old in changes else before[old]
        gone = (path for path in (*step.move, *step.delete) if path in before)
        return changes | dict.fromkeys(gone)

    def _merge(self, step: Merge) -> str:
        ours = self._branches[step.branch][-1]
        tips: list[str] = []
        # Beside what it decides itself, the message and the stamp are all that a merge adds.
        decided: dict[str, bytes | File | None] = {
            path: self._versions.read(path, version) for path, version in step.write.items()
        }
        changes: dict[str, bytes | File | None] = {}
        for branch in step.branches:
            tips.append(self._named(branch) if isinstance(branch, str) else self._branch(branch, step.behind))
            changes |= self._writer.merged(ours, tips[-1], settled=decided)
        parents = (ours, *tips)
        made = self._writer.commit(changes | decided, message=step.message, by=step.stamp, parents=parents)
        return self._signed(made, step.key)

    def _branch(self, commits: tuple[Commit, ...], behind: int) -> str:
        tip = self._branches[MAIN][-1 - behind]
        for commit in commits:
            tip = self._commit(commit, after=tip)
        return tip


def _write(target: Path, signing: Signing) -> None:
    with RepositoryWriter.init(target) as writer:
        teller = _Teller(writer, signing)
        for step in read_steps():
            teller.tell(step)
        teller.end()
        writer.check_out()


def write_demo(target: Path, *, signing: Signing = kept_signature) -> None:
    """Write the demonstration as a git repository with its work tree; the same commit ids every time.

    Args:
        target: a folder that is new or empty.
        signing: makes a signature; those of the story as it is are kept, so that nobody needs its keys.

    Raises:
        OutputError: the folder holds something already, or cannot be written.
        RepositoryError: git is missing or refuses.
    """
    try:
        new = not target.exists()
        if target.is_dir():
            # What a killed run left: half of it is made again, the whole is put into its place.
            clear_left(target)
            if (target / _WHOLE).is_dir():
                _move(target)
                return
        if not new and (not target.is_dir() or any(target.iterdir())):
            raise OutputError(f"{target} is not empty: name a folder that is new or empty")
        target.mkdir(parents=True, exist_ok=True)
        try:
            _place(target, signing)
        except BaseException:
            if new:
                with suppress(OSError):  # somebody else has put something there
                    target.rmdir()
            raise
    except BlockingIOError as error:
        raise OutputError(f"another `ems demo` is writing {target}: let it finish") from error
    except OSError as error:
        raise OutputError(
            f"the demonstration cannot be written to {target}: {error.strerror or error}"
        ) from error


def _place(target: Path, signing: Signing) -> None:
    """Fill an empty folder, or leave it empty."""
    # Absolute, because git runs inside it.
    with FolderForAWhile("demo", within=target.absolute()) as made:
        _write(made, signing)
        made.rename(target / _WHOLE)
    _move(target, made_now=True)


def _move(target: Path, *, made_now: bool = False) -> None:
    """Move what is whole into its place, all or nothing; what was made just now is not left either."""
    whole = target / _WHOLE
    placed: list[str] = []
    with alone_with(whole):
        try:
            # The repository comes last: until then the folder does not look like one.
            for entry in sorted(whole.iterdir(), key=lambda entry: entry.name == ".git"):
                _rename(entry, target / entry.name)
                placed.append(entry.name)
        except BaseException:
            for name in reversed(placed):
                with suppress(OSError):
                    (target / name).rename(whole / name)
            # Only here, where it is ours alone: a second run may have begun to move it.
            if made_now:
                shutil.rmtree(whole, ignore_errors=True)
            raise
        # All is in its place: an empty folder that the system keeps is no reason to say otherwise.
        with suppress(OSError):
            whole.rmdir()


def _rename(source: Path, place: Path) -> None:
    # A file or an empty folder would be replaced without a word.
    if os.path.lexists(place):
        raise OutputError(f"{place} is in the way of the demonstration: move it away")
    source.rename(place)


def write_tree(target: Path) -> None:
    """Write the last state's `ems/` and `mkdocs.yml` below a folder, in place of those that are there.

    Raises:
        RepositoryError: git is missing or refuses.
    """
    with FolderForAWhile("demo") as folder:
        made = folder / "demo"
        write_demo(made)
        shutil.rmtree(target / _MADE[0], ignore_errors=True)
        shutil.copytree(made / _MADE[0], target / _MADE[0])
        shutil.copyfile(made / _MADE[1], target / _MADE[1])
