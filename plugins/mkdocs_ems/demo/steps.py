"""The story's steps: commits, merges and tags as values, read from `story/history.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mkdocs_ems.demo.versions import story_data
from mkdocs_ems.git import Identity
from mkdocs_ems.git.write import Stamp


@dataclass(frozen=True, slots=True)
class Approving:
    """An approval record that a commit brings; what it says of contents is computed."""

    document: str
    issue: int
    meaning: str
    approver: str
    """Mail address."""
    role: str
    authors: tuple[str, ...]
    """Mail addresses."""
    at: datetime
    effective_from: date | None


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: what it writes (path to version), moves, deletes, approves."""

    message: str
    stamp: Stamp
    write: Mapping[str, int]
    move: Mapping[str, str]
    delete: tuple[str, ...]
    records: tuple[Approving, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """Branches that land together; they began `behind` so many steps of the main branch before."""

    message: str
    stamp: Stamp
    behind: int
    branches: tuple[tuple[Commit, ...], ...]


@dataclass(frozen=True, slots=True)
class Tagging:
    """An annotated tag on the last step."""

    name: str
    message: str
    stamp: Stamp


Step = Commit | Merge | Tagging


class _Reader:
    def __init__(self, people: Mapping[str, Mapping[str, str]]) -> None:
        self._people = {key: Identity(**person) for key, person in people.items()}

    def step(self, written: Mapping[str, Any]) -> Step:
        if "tag" in written:
            return Tagging(written["tag"], written["message"], self._stamp(written))
        if "merge" in written:
            branches = tuple(tuple(map(self._commit, branch)) for branch in written["merge"])
            return Merge(written["message"], self._stamp(written), written.get("behind", 0), branches)
        return self._commit(written)

    def _commit(self, written: Mapping[str, Any]) -> Commit:
        return Commit(
            message=written["message"],
            stamp=self._stamp(written),
            write=written.get("write", {}),
            move=written.get("move", {}),
            delete=tuple(written.get("delete", ())),
            records=tuple(self._record(one, at=written["at"]) for one in written.get("records", ())),
        )

    def _record(self, written: Mapping[str, Any], *, at: datetime) -> Approving:
        return Approving(
            document=written["document"],
            issue=written["issue"],
            meaning=written["meaning"],
            approver=self._people[written["approver"]].mail,
            role=written["role"],
            authors=tuple(self._people[one].mail for one in written.get("authors", ())),
            at=at,
            effective_from=written.get("effective_from"),
        )

    def _stamp(self, written: Mapping[str, Any]) -> Stamp:
        via = written.get("via")
        committer = self._people[via] if via else None
        return Stamp(self._people[written["by"]], written["at"], committer, written.get("committed"))


def read_steps() -> tuple[Step, ...]:
    """The whole story, in order."""
    data = story_data("history.yml")
    reader = _Reader(data["people"])
    return tuple(map(reader.step, data["steps"]))
