"""What was approved of a document: a content that became an issue, or one that counts for the interim.

Values of this room that are changed step by step while the chain is walked, as the dossier is that
keeps them. They never say what is in force: the dossier does, by the day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import date, datetime

from mkdocs_ems import dataclass
from mkdocs_ems.control.approvals import NOTHING_PROVED, Claim, Proof
from mkdocs_ems.control.heads import Head
from mkdocs_ems.control.terms import Fault, Level, Segregation
from mkdocs_ems.control.values import Act, Content, Person
from mkdocs_ems.git.values import Event, Identity


@dataclass(slots=True)
class Approved:
    """One approved content."""

    number: int
    content: Content
    head: Head
    event: Event
    """The event that landed the content."""
    authors: tuple[Person, ...]
    author_keys: frozenset[str]
    level: Level
    segregation: Segregation | None
    approved_on: datetime
    approved_day: date
    effective_from: date
    summary: str | Callable[[], str]
    claims: list[Claim] = field(default_factory=list)
    """The acts that made it, and those that were added since: none is ever taken away again."""
    faults: list[Fault] = field(default_factory=list)
    withdrawn_from: date | None = None
    writers: tuple[Identity, ...] = ()
    """Its authors as they are named: addresses may be found to be somebody's later."""
    proof: Proof = NOTHING_PROVED
    """What is proved of who wrote it."""
    completed: Event | None = None
    """The event that completed its approval; None where it was adopted."""
    editorial: bool = False
    """All that approved it called its change editorial."""

    def proof_with(self, attested: Mapping[str, frozenset[str]]) -> Proof:
        """What is proved of who wrote it, with what forges have attested since."""
        return replace(self.proof, attested={**self.proof.attested, **attested})


@dataclass(slots=True)
class ForNow:
    """One content that was approved for the interim."""

    content: Content
    head: Head
    event: Event
    """The event that landed the content."""
    act: Act
    valid_from: date
    valid_until: date
    after: int
    """How many issues there were: a later one takes its place."""
    authors: tuple[Person, ...]
    segregation: Segregation
    approved: Event
    """The event that landed the act."""
    summary: str = ""
    withdrawn_from: date | None = None
    """The first day on which the document is withdrawn, if that was decided while this was in force."""
