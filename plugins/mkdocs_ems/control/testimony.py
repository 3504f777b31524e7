"""How an act is known: what its record rests on, and so the level at which it counts.

A record says who acted; what stands behind the record says how far that can be believed. A
signature or a review that does not hold is never passed off as something less.
"""

from __future__ import annotations

from mkdocs_ems import dataclass
from mkdocs_ems.control import words
from mkdocs_ems.control.approvals import Attestation
from mkdocs_ems.control.attesting import FORGES, attested
from mkdocs_ems.control.authority import Directory, Rules
from mkdocs_ems.control.authorship import identity
from mkdocs_ems.control.records import ApprovalRecord, ForgeSource, ScanSource
from mkdocs_ems.control.refusal import Refusal
from mkdocs_ems.control.seals import Seal
from mkdocs_ems.control.terms import FaultReason, Level
from mkdocs_ems.control.values import Person
from mkdocs_ems.git.values import Event
from mkdocs_ems.text import fold


@dataclass(frozen=True, slots=True)
class LandedRecord:
    """A readable record at the event that put it on the chain."""

    path: str
    record: ApprovalRecord
    event: Event
    seal: Seal | None = None
    """Whose signature stands beside it; None where none does. One that does not hold never gets here."""
    scan: str | None = None
    """The sha256 of the scan that it names, as it stands beside it; None where there is none."""


@dataclass(frozen=True, slots=True)
class Testimony:
    """What an act rests on."""

    person: Person
    principal: str
    level: Level
    sentence: str
    key: str = ""
    review: str = ""
    attests: Attestation | None = None
    """What it says of who made the change."""
    told_by: Person | None = None
    """Whose word it is, where it is not the approver's."""


def approver(record: ApprovalRecord, directory: Directory) -> Person:
    """Who acted, as a record says: by address, or for a review on a forge by account."""
    person = directory.person(identity(record.approver))
    if person.id is None and isinstance(record.source, ForgeSource):
        listed = directory.by_account(record.approver)
        return listed[0] if len(listed) == 1 else person
    return person


def testimony(
    landed: LandedRecord, *, deputy: str | None, landing: Event, rules: Rules
) -> Testimony | Refusal:
    """What a record rests on, or why on nothing.

    Args:
        landed: the record.
        deputy: the role in which the approver stands in for its holder.
        landing: the event that landed the content it is about.
        rules: the rules in force before the record's event.
    """
    record, source = landed.record, landed.record.source
    person = approver(record, rules.directory)
    if isinstance(source, ForgeSource):
        return _by_review(landed, source, landing, rules)
    if isinstance(source, ScanSource) and landed.scan != source.sha256:
        told = (
            f"the scan {source.scan} does not lie beside it"
            if landed.scan is None
            else f"the scan {source.scan} is not the one that it names: its sha256 differs"
        )
        return Refusal(FaultReason.SCAN_MISSING, told)
    seal, day = landed.seal, rules.day(landed.event.date)
    if seal is not None and _is_his(seal, person, rules):
        sentence = words.by_signature(person, _done(record), day, seal=seal, deputy=deputy)
        return Testimony(person, seal.principal, Level.SIGNED, sentence, key=seal.key)
    if seal is not None and source is None:
        told = f"it names {record.approver} as the approver, and {seal.principal} signed it"
        return Refusal(FaultReason.BAD_SIGNATURE, told)
    return _unsigned(landed, person, deputy=deputy, rules=rules)


def _unsigned(landed: LandedRecord, person: Person, *, deputy: str | None, rules: Rules) -> Testimony:
    """What a record rests on that its approver did not sign: whoever put it on the chain."""
    record, source, day = landed.record, landed.record.source, rules.day(landed.event.date)
    if _landed_by(person, landed, rules):
        sentence = words.by_own_record(person, _done(record), day, deputy=deputy)
        return Testimony(person, record.approver, Level.RECORDED, sentence)
    teller = rules.directory.person(landed.event.commit.author)
    if landed.seal is not None:
        # Whoever signs for having filed a print answers for it, whoever carries it to the main branch.
        teller = rules.directory.person(identity(landed.seal.principal))
    if isinstance(source, ScanSource):
        sentence = words.on_paper(person, _done(record), rules.day(record.date), teller, source.scan)
        # The key is then that of whoever filed the print.
        key = landed.seal.key if landed.seal else ""
        return Testimony(person, record.approver, Level.PAPER, sentence, key=key, told_by=teller)
    sentence = words.by_another(person, _done(record), day, teller)
    return Testimony(person, record.approver, Level.DECLARED, sentence, told_by=teller)


def _done(record: ApprovalRecord) -> str:
    return words.done(record.meaning, until=record.valid_until, editorial=record.change is not None)


def _by_review(
    landed: LandedRecord, source: ForgeSource, landing: Event, rules: Rules
) -> Testimony | Refusal:
    found = attested(landed.record, landed.seal, event=landed.event, landing=landing, rules=rules)
    if isinstance(found, Refusal):
        return found
    assert landed.seal is not None, "nothing is attested without a signature"
    sentence = words.by_review(
        found.reviewer,
        _done(landed.record),
        rules.day(landed.record.date),
        f"{FORGES[source.forge]}, {source.review}",
        landed.seal.principal,
    )
    return Testimony(
        found.reviewer,
        landed.record.approver,
        Level.ATTESTED,
        sentence,
        key=landed.seal.key,
        review=found.review,
        attests=found.attests,
    )


def _is_his(seal: Seal, person: Person, rules: Rules) -> bool:
    """Whether a key is the approver's: its principal is one of the addresses that his person alone lists."""
    if fold(seal.principal) == fold(person.mail):
        return True
    return person.id is not None and rules.directory.person(identity(seal.principal)).id == person.id


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
