"""Binding of a record: does what it says hold for the document, the content and the moment it landed in?

A record counts only for the content whose checksums it bears, at the number it would
give, with exactly the records before it that it names, in this repository. How far it can be
believed is judged in `testimony.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mkdocs_ems import dataclass
from mkdocs_ems.control import words
from mkdocs_ems.control.admission import inadmissible
from mkdocs_ems.control.approvals import Claim
from mkdocs_ems.control.approved_contents import Approved
from mkdocs_ems.control.authority import Rules
from mkdocs_ems.control.dossier import Dossier
from mkdocs_ems.control.readings import Readings
from mkdocs_ems.control.records import ApprovalRecord, ForgeSource
from mkdocs_ems.control.refusal import Refusal
from mkdocs_ems.control.terms import FaultReason, Meaning
from mkdocs_ems.control.testimony import LandedRecord, approver, testimony
from mkdocs_ems.control.values import Act, Content
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
class _Target:
    """What a record is about."""

    content: Content
    event: Event
    """The event that landed the content."""
    number: int
    issue: Approved | None = None


def bind(landed: LandedRecord, *, dossier: Dossier, rules: Rules, readings: Readings) -> Bound | Refusal:
    """Bind a record to what it approves, confirms, reviews or withdraws.

    Args:
        landed: the record and its event.
        dossier: the document, with the event's own changes already taken over.
        rules: the rules in force before the event.
        readings: where checksums come from.
    """
    record, event = landed.record, landed.event
    refusal = _foreign(record, rules)
    if refusal is not None:
        return refusal
    target = _target(record, dossier, event, rules)
    if isinstance(target, Refusal):
        return target
    refusal = _mismatch(record, target, dossier, readings) or _not_standing_in(record, event, rules)
    if refusal is not None:
        return refusal
    why = inadmissible(record, dossier, rules.day(event.date), rules=rules, readings=readings)
    if why is not None:
        return Refusal(*why)
    written = target.event.commit
    # A squash bears the date of the merge, and the review that it waited for is older than that.
    reviewed = isinstance(record.source, ForgeSource)
    early = not reviewed and not written.is_merge and record.date < written.authored
    claim = _claim(landed, dossier, target.event, rules)
    if isinstance(claim, Refusal):
        return claim
    return Bound(claim, target.issue, record.authors, early)


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
    before = {readings.checksum(blob) for blob in dossier.records_before(target.event)}
    unknown = set(record.previous) - before
    if unknown:
        return _off_the_chain(unknown, target, dossier, readings)
    if record.issue != target.number:
        told = f"it names issue {record.issue}, and at that event this was issue {target.number}"
        return Refusal(FaultReason.WRONG_ISSUE, told)
    if set(record.previous) != before:
        told = "its list of previous records is not that of the records before this content landed"
        return Refusal(FaultReason.WRONG_PREVIOUS, told)
    return None


def _off_the_chain(unknown: set[str], target: _Target, dossier: Dossier, readings: Readings) -> Refusal:
    """A record names records that were not there before its content: on another chain they were."""
    landing = target.event.commit
    here = {readings.checksum(blob) for _, blob in dossier.records}
    if unknown - here:
        told = "it names previous records that the main branch never had: the history that had them is gone"
    elif landing.is_merge:
        told = (
            "it names previous records that came onto the main branch only together with its content, by the "
            f"merge {landing.id[:10]} of {landing.author.name}: before that, the main branch ran elsewhere"
        )
    else:
        told = "its list of previous records is not that of the records before this content landed"
        return Refusal(FaultReason.WRONG_PREVIOUS, told)
    return Refusal(FaultReason.UNCOUNTED_MERGE, told)


def _different(one: Mapping[str, str], other: Mapping[str, str]) -> set[str]:
    return {target for target in one.keys() | other.keys() if one.get(target) != other.get(target)}


def _not_standing_in(record: ApprovalRecord, event: Event, rules: Rules) -> Refusal | None:
    """What a record says of standing in for somebody must be so: it is shown with the act."""
    if record.for_ is None:
        return None
    directory, day = rules.directory, rules.day(event.date)
    person = approver(record, directory)
    roles = directory.roles(person.id, day) if person.id else {}
    deputised = [role for role, deputy in roles.items() if deputy and record.role in (None, role)]
    if any(directory.stands_for(record.for_, role) for role in deputised):
        return None
    told = (
        f"it says that {person.name} stood in for {record.for_}, and the approved roles name no such deputy "
        f"on {day}"
    )
    return Refusal(FaultReason.NOT_ENTITLED, told)


def _claim(landed: LandedRecord, dossier: Dossier, landing: Event, rules: Rules) -> Claim | Refusal:
    record, event = landed.record, landed.event
    acting = _acting(record, dossier, rules.day(event.date), rules)
    known = testimony(landed, deputy=acting.deputy, landing=landing, rules=rules)
    if isinstance(known, Refusal):
        return known
    act = Act(
        principal=known.principal,
        person=known.person,
        role=acting.role,
        meaning=record.meaning,
        level=known.level,
        done=record.date,
        event=event.commit.id,
        evidence=landed.path,
        issue=record.issue,
        effective_from=record.effective_from,
        sentence=known.sentence,
        reason=record.reason or event.commit.subject,
        top_management=rules.directory.directs(acting.held),
        key=known.key,
        review=known.review,
        deputy_for=acting.deputy,
        editorial=record.change == "editorial",
        valid_until=record.valid_until,
        told_by=known.told_by,
    )
    return Claim(act, acting.roles, known.attests)


@dataclass(frozen=True, slots=True)
class _Acting:
    """In which roles an approver acts."""

    held: frozenset[str]
    """All that the person could act in on that day."""
    roles: frozenset[str]
    """Those in which the record says that he does."""
    role: str | None
    """The one that the act is shown with."""
    deputy: str | None
    """The same, where he stands in for its holder."""


def _acting(record: ApprovalRecord, dossier: Dossier, day: date, rules: Rules) -> _Acting:
    directory = rules.directory
    person = approver(record, directory)
    held = directory.roles(person.id, day) if person.id else {}
    roles = frozenset(held) if record.role is None else frozenset(held) & {record.role}
    mandates = (rules.mandate(kind) for kind in dossier.types)
    wanted = [role for one in mandates if one is not None for role in one.roles if role in roles]
    # A role of one's own before one that is held for somebody else.
    role = record.role or min(wanted, key=lambda role: held[role], default=None)
    return _Acting(frozenset(held), roles, role, role if role and held.get(role) else None)
