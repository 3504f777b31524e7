"""Attested records before they are written: each tried at the end of the chain first.

So the importer never signs into the tree what document control would not count as attested;
a refusal speaks in the judge's own words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from mkdocs_ems import dataclass
from mkdocs_ems.control import ControlState, Level, Meaning, Person
from mkdocs_ems.control.standpoint import Standpoint
from mkdocs_ems.control.trial import outcome, tried
from mkdocs_ems.git.values import Identity


@dataclass(frozen=True, slots=True)
class Attested:
    """One record of the import, not written yet."""

    document: str
    issue: int
    person: Person
    account: str
    review: str
    """Forge, request and review, in words."""
    path: str
    data: bytes
    signature: bytes

    @property
    def files(self) -> Mapping[str, bytes]:
        """The record and its signature, by path from the top of the repository."""
        return {self.path: self.data, f"{self.path}.sig": self.signature}


@dataclass(frozen=True, slots=True)
class Imported:
    """What one import found."""

    records: tuple[Attested, ...]
    told: tuple[str, ...]
    """What was left out and why, one sentence each."""
    events: int
    """The landed events that the forge was asked about."""

    @property
    def files(self) -> Mapping[str, bytes]:
        """All new files."""
        return {path: data for record in self.records for path, data in record.files.items()}


@dataclass(frozen=True, slots=True)
class Importer:
    """Who attests: with which key, at which moment."""

    identity: Identity
    sign: Callable[[bytes], bytes]
    now: datetime


def only_counted(found: Imported, at: Standpoint, importer: Importer) -> Imported:
    """Leave out what would not count as attested, and tell why.

    Args:
        found: what an import found.
        at: the head on which it would land.
        importer: who would land it.
    """
    left, told = found.records, list(found.told)
    while left:
        files = {path: data for record in left for path, data in record.files.items()}
        state = tried(files, at, by=importer.identity, now=importer.now)
        refused = {one.path: words for one in left if (words := _refusal(one, state, at))}
        if not refused:
            break
        told += [f"{one.document}: {one.review}: {refused[one.path]}" for one in left if one.path in refused]
        left = tuple(one for one in left if one.path not in refused)
    return replace(found, records=left, told=tuple(told))


def _refusal(record: Attested, state: ControlState, at: Standpoint) -> str:
    """Why a record would not count as attested; empty where it would."""
    before = at.control.documents[record.document]
    came = outcome(before, state, record.path, meaning=Meaning.APPROVAL, rules=at.rules)
    if came.act is None:
        return came.refused or "document control would not take it for evidence"
    if came.act.level is not Level.ATTESTED:
        return f"document control would take it for {came.act.level.word} and no more"
    return ""
