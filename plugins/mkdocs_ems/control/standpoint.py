"""Where somebody approves: a head, its document control, and the rules by which the next act is judged.

What stands on a branch is taken as if a merge of nobody's had landed it. Reads what document
control derived; decides nothing of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from mkdocs_ems import dataclass
from mkdocs_ems.control.authority import Rules
from mkdocs_ems.control.blob_reader import BlobReader
from mkdocs_ems.control.derive import derive_control
from mkdocs_ems.control.journal import Completed, Landed
from mkdocs_ems.control.places import RULES_ID, Places
from mkdocs_ems.control.rules_in_force import RULES_TYPES, RulesInForce
from mkdocs_ems.control.states import ControlState, DocumentControl
from mkdocs_ems.control.terms import Meaning
from mkdocs_ems.control.values import Issue, Person
from mkdocs_ems.git.values import (
    Blobs,
    Commit,
    History,
    Identity,
    SignatureClaim,
    Signatures,
    SignedCommit,
    Snapshot,
)

LANDING = "landing"
"""The id of the event that would land what stands on a branch."""
ADDING = "adding"
"""The id of the commit that would add records."""

_NOBODY = Identity("", "")


@dataclass(frozen=True, slots=True)
class Standpoint:
    """A head at which somebody approves, as the next act will find it."""

    history: History
    """The chain; what stands on a branch is taken as if it had landed."""
    snapshot: Snapshot
    """The tree at the head."""
    control: ControlState
    rules: Rules
    """By which the next act is judged."""
    blobs: Blobs
    signatures: Signatures | None
    day: date
    branch: bool
    """The head is not on the main branch."""

    @property
    def places(self) -> Places:
        """The paths of the content folder."""
        return Places(self.snapshot.content)


def standpoint(  # noqa: PLR0913 - what a derivation depends on, and the moment
    history: History,
    snapshot: Snapshot,
    *,
    blobs: Blobs,
    signatures: Signatures | None,
    day: date,
    now: datetime,
    known: ControlState | None = None,
) -> Standpoint:
    """Stand at a head: a state of the main branch, or of a branch as if it landed now.

    Args:
        history: the chain to the head; its last event may be proposed by a branch, never by a work tree.
        snapshot: the tree at the head.
        blobs: file contents by object id.
        signatures: signatures as evidence.
        day: today, as the organisation counts days.
        now: the moment of the act.
        known: document control of this chain on this day, where somebody has derived it already.
    """
    branch = history.events[-1].proposed
    here = _as_landed(history, now) if branch else history
    control = known if known and not branch else judged(here, snapshot, blobs, day, signatures)
    rules = standing_rules(control, snapshot, blobs)
    return Standpoint(here, snapshot, control, rules, blobs, signatures, day, branch)


def _as_landed(history: History, now: datetime) -> History:
    """The chain with what a branch proposes landed by a merge of nobody's."""
    *before, proposed = history.events
    head = proposed.commit
    merge = Commit(
        id=LANDING,
        parents=(before[-1].commit.id, head.id),
        author=_NOBODY,
        authored=now,
        committer=_NOBODY,
        committed=now,
        subject="",
        body="",
        trailers=(),
        deltas=(proposed.changes, ()),
    )
    brought = tuple(dict.fromkeys((*proposed.brought, head.id)))
    landed = replace(proposed, commit=merge, date=max(proposed.date, now), brought=brought, proposed=False)
    return replace(history, events=(*before, landed), commits={**history.commits, LANDING: merge})


def standing_rules(control: ControlState, snapshot: Snapshot, blobs: Blobs) -> Rules:
    """The rules in force for the next event: the last approved state of each of their documents."""
    in_force = RulesInForce(BlobReader(blobs, snapshot), Places(snapshot.content))
    for document in control.documents.values():
        last = document.issues[-1] if document.issues else None
        if last is None or (document.withdrawn_from is not None and document.id != RULES_ID):
            continue
        kind = "rules" if document.id == RULES_ID else document.type
        if kind in RULES_TYPES:
            in_force.approve(document.id, kind, last.content)
    return in_force.current


def standing_issue(document: DocumentControl) -> Issue | None:
    """The issue that the text at hand is, if it is approved."""
    last = document.issues[-1] if document.issues else None
    if last is None or document.landed is None or last.content.key != document.landed.key:
        return None
    if document.control == "periodic":
        at = document.landed_event
        return last if at is not None and at.index == last.event.index else None
    return last if document.pending is None and document.withdrawn_from is None else None


def authors_since(document: DocumentControl, at: Standpoint) -> tuple[Person, ...]:
    """All who wrote at a document since it was last approved, as far as names tell."""
    if document.pending is not None:
        return document.pending.authors
    found: dict[Identity, None] = {}
    for step in at.control.journal:
        if step.document != document.id:
            continue
        if isinstance(step, Landed):
            found |= dict.fromkeys(step.authors)
        elif isinstance(step, Completed) and step.meaning is Meaning.APPROVAL:
            found.clear()
    directory = at.rules.directory
    return tuple(dict.fromkeys(directory.person(one) for one in found if one.mail or one.name))


@dataclass(frozen=True, slots=True)
class _WithoutNew:
    """Signatures as evidence; what is only tried is no commit yet and bears none."""

    others: Signatures

    def commits(self, ids: Iterable[str]) -> Mapping[str, SignedCommit]:
        return self.others.commits([one for one in ids if one not in (LANDING, ADDING)])

    def verify(self, claims: Iterable[SignatureClaim]) -> Mapping[SignatureClaim, bool]:
        return self.others.verify(claims)


def judged(
    history: History, snapshot: Snapshot, blobs: Blobs, day: date, signatures: Signatures | None
) -> ControlState:
    """Document control of a chain whose last events may be no commits yet."""
    if signatures is not None:
        signatures = _WithoutNew(signatures)
    return derive_control(history, snapshot, blobs=blobs, as_of=day, signatures=signatures)
