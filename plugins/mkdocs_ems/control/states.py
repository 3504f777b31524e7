"""What is known at the head: each document with its issues, and all of them together.

Derived from history, never typed by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from mkdocs_ems import dataclass
from mkdocs_ems.control.sealing import Ledger
from mkdocs_ems.control.terms import (
    DocumentState,
    Fault,
)
from mkdocs_ems.control.values import (
    Act,
    Content,
    Interim,
    Issue,
    Late,
    Pending,
)
from mkdocs_ems.diagnostics import Finding
from mkdocs_ems.git.values import Event

if TYPE_CHECKING:
    from mkdocs_ems.control.journal import Step


@dataclass(frozen=True, slots=True)
class FormerDocument:
    """What a document was before it was gone for a time."""

    type: str
    title: str


@dataclass(frozen=True, slots=True)
class FormerRegister:
    """An earlier content of a register: which rows it had, by id, and what they were called.

    A title is empty where it is not written on one line.
    """

    path: str
    kind: str
    """Its type, as it said; empty where it cannot be told."""
    words: str
    """Which state it is: `in v2025.1`, `in issue 3 of REG-ASP`."""
    at: int
    """The event that made that state, by its place on the chain."""
    rows: Mapping[str, str]
    data: bytes
    """The file, for who has to look closer."""
    blob: str = ""


@dataclass(frozen=True, slots=True)
class DueDates:
    """The due dates that rows had one after the other, by their ids."""

    dates: Mapping[str, tuple[date, ...]]
    whole: bool = True
    """False where not every former state was read."""


@dataclass(frozen=True)
class DocumentControl:
    """All that is known of one document at the head, on the as-of date."""

    id: str
    kind: str
    """`document` or `register`."""
    type: str
    control: str
    """`issue` or `periodic`."""
    title: str
    path: str
    """At the head; the last one for a document that is gone."""
    owner: str | None
    number: str | None
    state: DocumentState
    issues: tuple[Issue, ...]
    in_force: Issue | None
    pending: Pending | None
    review_due: date | None
    last_confirmed: date | None
    first_number: int = 1
    """The number of its first issue: one more than its `issue_offset`."""
    landed: Content | None = None
    """What stands in the tree at the head; what the manual shows of a register under periodic control."""
    landed_event: Event | None = None
    """The event that landed it."""
    confirmations: tuple[Act, ...] = ()
    """Acts that found the issue in force still right."""
    withdrawals: tuple[Act, ...] = ()
    """Acts that withdrew an issue."""
    withdrawn_from: date | None = None
    """The first day on which the latest issue is withdrawn."""
    superseded_by: str | None = None
    """What its last content says that takes its place."""
    withdrawal_reason: str | None = None
    """Why it was withdrawn, as its last content says."""
    formerly: tuple[FormerDocument, ...] = ()
    """What had its id before: each time that it was gone and came back, oldest first."""
    reviews: tuple[Act, ...] = ()
    """Reviews of the landed content; shown, and counted for nothing."""
    faults: tuple[Fault, ...] = ()
    """Faults of evidence along the whole chain, oldest first."""
    interims: tuple[Interim, ...] = ()
    """Interim approvals, oldest first."""
    interim: Interim | None = None
    """The one that is in force on the date: it is shown instead of the issue in force."""
    previous: Late[tuple[str, ...]] = Late(())
    """sha256 of the records that a new record for the landed content must name, sorted."""

    @property
    def next_issue(self) -> int:
        """The number that the pending content would get."""
        return self.issues[-1].number + 1 if self.issues else self.first_number


@dataclass(frozen=True)
class ControlState:
    """Document control at one head on one date: documents by id, sorted."""

    documents: Mapping[str, DocumentControl]
    findings: tuple[Finding, ...]
    """Approval records at the head that cannot be used, with code SCH001."""
    events: tuple[Event, ...]
    trust_root: str
    trust_root_named: bool
    faults: tuple[Fault, ...] = ()
    """Faults of evidence that belong to no known document."""
    former: Late[tuple[FormerRegister, ...]] = Late(())
    """Earlier contents of the registers, those states that count: ask while the repository is open."""
    due_dates: Late[DueDates] = Late(DueDates({}))
    """When each action was due, as landed states of its register say: ask while the repository is open."""
    journal: tuple[Step, ...] = ()
    """What the forward pass did, step by step."""
    ledger: Late[Ledger] = Late(Ledger(""))
    """The ledger of the chain; every content that ever landed is read for it, so ask while the repository is
    open."""
