"""Binding of a record: does what it says hold for the document, the content and the moment it landed in?

A record counts only for the content whose checksums it bears, at the number it would
give, with exactly the records before it that it names, in this repository. What this
version cannot judge (signatures, sources) is told and counts for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mkdocs_ems.control import words
from mkdocs_ems.control.admission import inadmissible
from mkdocs_ems.control.approvals import Claim
from mkdocs_ems.control.authority import Rules
from mkdocs_ems.control.authorship import identity
from mkdocs_ems.control.dossier import Approved, Dossier
from mkdocs_ems.control.readings import Readings
from mkdocs_ems.control.records import ApprovalRecord
from mkdocs_ems.control.values import Act, Content, FaultReason, Level, Meaning, Person
from mkdocs_ems.git.values import Event


@dataclass(frozen=True, slots=True)
class Bound:
    """A record that holds for a content."""

    claim: Claim
    issue: Approved | None
    """The issue that it confirms or withdraws, or approves once more."""
    authors: tuple[str, ...]
    """Addresses of further authors that it names."""
    early: bool
    """It claims a moment before its content was written."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a record does not count."""

    reason: FaultReason
    words: str


@dataclass(frozen=True, slots=True)
class _Target:
    """What a record is about."""

    content: Content
    event: Event
    """The event that landed the content."""
    number: int
    issue: Approved | None = None


@dataclass(frozen=True, slots=True)
class LandedRecord:
    """A readable record at the event that put it on the chain."""

    path: str
    record: ApprovalRecord
    event: Event
    signed: bool
    """A signature file stands beside it."""


def bind(landed: LandedRecord, *, dossier: Dossier, rules: Rules, readings: Readings) -> Bound | Refusal:
    """Bind a record to what it approves, confirms, reviews or withdraws.

    Args:
        landed: the record and its event.
        dossier: the document, with the event's own changes already taken over.
        rules: the rules in force before the event.
        readings: where checksums come from.
    """
    record, event = landed.record, landed.event
    refusal = _unreadable_yet(record, signed=landed.signed) or _foreign(record, rules)
    if refusal is not None:
        return refusal
    target = _target(record, dossier, event, rules)
    if isinstance(target, Refusal):
        return target
    refusal = _mismatch(record, target, dossier, readings)
    if refusal is not None:
        return refusal
    refusal = _not_standing_in(record, event, rules)
    if refusal is not None:
        return refusal
    why = inadmissible(record, dossier, rules.day(event.date), rules=rules, readings=readings)
    if why is not None:
        return Refusal(*why)
    written = target.event.commit
    early = not written.is_merge and record.date < written.authored
    return Bound(_claim(landed, dossier, rules), target.issue, record.authors, early)


def _unreadable_yet(record: ApprovalRecord, *, signed: bool) -> Refusal | None:
    what = None
    if signed:
        what = "it has a signature"
    elif record.source is not None:
        what = "it names a forge or a scan as its source"
    if what is None:
        return None
    return Refusal(FaultReason.NOT_READ_YET, f"{what}, which this version does not judge")


def _foreign(record: ApprovalRecord, rules: Rules) -> Refusal | None:
    here = rules.settings.repository
    if here is None:
        told = "the approved ems.yml gives this repository no id that a record could name"
    elif record.repository != here:
        told = f"it was made for the repository {record.repository}, and this is {here}"
    else:
        return None
    return Refusal(FaultReason.WRONG_REPOSITORY, told)


def _target(record: ApprovalRecord, dossier: Dossier, event: Event, rules: Rules) -> _Target | Refusal:
    if record.meaning in (Meaning.CONFIRMATION, Meaning.WITHDRAWAL):
        issue = dossier.in_force_on(rules.day(event.date))
        if issue is None and record.meaning is Meaning.WITHDRAWAL:
            issue = next((one for one in reversed(dossier.issues) if one.withdrawn_from is None), None)
        if issue is None:
            return Refusal(FaultReason.NOTHING_TO_BIND, f"no issue of {dossier.id} was in force")
        return _Target(issue.content, issue.event, issue.number, issue)
    if dossier.content is None or dossier.event is None or dossier.twice:
        return Refusal(FaultReason.NOTHING_TO_BIND, f"{dossier.id} had no file that it could be about")
    if dossier.approved is not None:
        issue = dossier.approved
        return _Target(dossier.content, issue.event, issue.number, issue)
    return _Target(dossier.content, dossier.event, dossier.next_number)


def _mismatch(
    record: ApprovalRecord, target: _Target, dossier: Dossier, readings: Readings
) -> Refusal | None:
    here = readings.manifest(target.content)
    if record.manifest.main != here.main:
        told = f"{target.content.path} does not have the content that it was made for"
        return Refusal(FaultReason.WRONG_CONTENT, told)
    if record.manifest.parts != here.parts:
        odd = sorted(_different(record.manifest.parts, here.parts))
        told = f"embedded files differ from those that it was made for: {words.listed(odd, 'and')}"
        return Refusal(FaultReason.WRONG_CONTENT, told)
    if record.issue != target.number:
        told = f"it names issue {record.issue}, and at that event this was issue {target.number}"
        return Refusal(FaultReason.WRONG_ISSUE, told)
    if set(record.previous) != {readings.checksum(blob) for blob in dossier.records_before(target.event)}:
        told = "its list of previous records is not that of the records before this content landed"
        return Refusal(FaultReason.WRONG_PREVIOUS, told)
    return None


def _different(one: Mapping[str, str], other: Mapping[str, str]) -> set[str]:
    return {target for target in one.keys() | other.keys() if one.get(target) != other.get(target)}


def _not_standing_in(record: ApprovalRecord, event: Event, rules: Rules) -> Refusal | None:
    """What a record says of standing in for somebody must be so: it is shown with the act."""
    if record.for_ is None:
        return None
    directory, day = rules.directory, rules.day(event.date)
    person = directory.person(identity(record.approver))
    roles = directory.roles(person.id, day) if person.id else {}
    deputised = [role for role, deputy in roles.items() if deputy and record.role in (None, role)]
    if any(directory.stands_for(record.for_, role) for role in deputised):
        return None
    told = (
        f"it says that {person.name} stood in for {record.for_}, and the approved roles name no such deputy "
        f"on {day}"
    )
    return Refusal(FaultReason.NOT_ENTITLED, told)


def _claim(landed: LandedRecord, dossier: Dossier, rules: Rules) -> Claim:
    record, event = landed.record, landed.event
    directory, day = rules.directory, rules.day(event.date)
    person = directory.person(identity(record.approver))
    roles = directory.roles(person.id, day) if person.id else {}
    acting = frozenset(roles) if record.role is None else frozenset(roles) & {record.role}
    mandates = (rules.mandate(kind) for kind in dossier.types)
    wanted = [role for one in mandates if one is not None for role in one.roles if role in acting]
    # A role of one's own before one that is held for somebody else.
    role = record.role or min(wanted, key=lambda role: roles[role], default=None)
    own = _landed_by(person, landed, rules)
    deputy = role if role and roles.get(role) else None
    if own:
        sentence = words.by_own_record(person, record.meaning, day, deputy=deputy)
    else:
        teller = directory.person(event.commit.author)
        sentence = words.by_another(person, record.meaning, day, teller)
    act = Act(
        principal=record.approver,
        person=person,
        role=role,
        meaning=record.meaning,
        level=Level.RECORDED if own else Level.DECLARED,
        done=record.date,
        event=event.commit.id,
        evidence=landed.path,
        issue=record.issue,
        effective_from=record.effective_from,
        sentence=sentence,
        reason=record.reason or event.commit.subject,
        top_management=directory.directs(roles),
        deputy_for=deputy,
        editorial=record.change == "editorial",
        valid_until=record.valid_until,
    )
    return Claim(act, acting)


def _landed_by(person: Person, landed: LandedRecord, rules: Rules) -> bool:
    """Whether the approver himself put the record on the chain: author and committer of what added it."""
    event = landed.event
    if person.id is None or event.proposed:
        return False
    if event.commit.is_merge and landed.path not in event.own:
        # A merge brings a record from a branch, where anybody can write any name.
        return False
    ends = (event.commit.author, event.commit.committer)
    return all(rules.directory.person(one).id == person.id for one in ends)
