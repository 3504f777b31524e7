"""The story's steps: commits, merges and tags as values, read from `story/history.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any

from mkdocs_ems import dataclass
from mkdocs_ems.demo.versions import story_data
from mkdocs_ems.git import Identity
from mkdocs_ems.git.write import Stamp

MAIN = "main"


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
    n: int = 1
    more: Mapping[str, object] = field(default_factory=dict)
    """Further keys of the record, as they stand in it: dates, a change of words alone, a reason."""
    scan: str | None = None
    """A scan in the record's folder that the same commit brings."""
    review: Mapping[str, object] | None = None
    """What a forge told of a review."""
    key: str | None = None
    """Whose key signs the record."""


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: what it writes (path to version), moves, deletes, approves."""

    message: str
    stamp: Stamp
    branch: str
    """The branch it lies on; one that is told for the first time begins at the main branch."""
    behind: int
    """So many steps of the main branch ago, where the branch is new."""
    write: Mapping[str, int]
    readings: str | None
    """The last month whose readings have come in; every series is written as far as that."""
    kept: str | None
    """The last day whose records have been written down; every one is written as far as that."""
    move: Mapping[str, str]
    delete: tuple[str, ...]
    records: tuple[Approving, ...]
    key: str | None
    """Whose key signs the commit."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Branches that land together; they began `behind` so many steps of the main branch before."""

    message: str
    stamp: Stamp
    branch: str
    """The branch that takes them in."""
    behind: int
    branches: tuple[tuple[Commit, ...] | str, ...]
    """Told in place, or named: one told by steps of its own, or `main`; `name~1` is one commit before."""
    write: Mapping[str, int]
    """What the merge decides itself, because both sides changed it or because somebody meddled."""
    key: str | None
    """Whose key signs the merge."""


@dataclass(frozen=True, slots=True)
class Tagging:
    """An annotated tag on the last step."""

    name: str
    message: str
    stamp: Stamp


Step = Commit | Merge | Tagging


_MORE = ("for", "effective_from", "valid_until", "change", "reason")


class _Reader:
    def __init__(self, people: Mapping[str, Mapping[str, str]]) -> None:
        self._people = {key: Identity(**person) for key, person in people.items()}

    def step(self, written: Mapping[str, Any]) -> Step:
        if "tag" in written:
            return Tagging(written["tag"], written["message"], self._stamp(written))
        if "merge" in written:
            return self._merge(written)
        return self._commit(written)

    def _merge(self, written: Mapping[str, Any]) -> Merge:
        told = written["merge"]
        return Merge(
            message=written["message"],
            stamp=self._stamp(written),
            branch=written.get("branch", MAIN),
            behind=written.get("behind", 0),
            branches=tuple(one if isinstance(one, str) else tuple(map(self._commit, one)) for one in told),
            write=written.get("write", {}),
            key=written.get("key"),
        )

    def _commit(self, written: Mapping[str, Any]) -> Commit:
        return Commit(
            message=written["message"],
            stamp=self._stamp(written),
            branch=written.get("branch", MAIN),
            behind=written.get("behind", 0),
            write=written.get("write", {}),
            readings=written.get("readings"),
            kept=str(written["kept"]) if "kept" in written else None,
            move=written.get("move", {}),
            delete=tuple(written.get("delete", ())),
            records=tuple(self._record(one, at=written["at"]) for one in written.get("records", ())),
            key=written.get("key"),
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
            n=written.get("n", 1),
            more={key: value for key, value in written.items() if key in _MORE},
            scan=written.get("scan"),
            review=written.get("review"),
            key=written.get("key"),
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
