"""Acts that a forge attests: a review, written down after landing and signed by the importer.

Trusted are the forge's word and the importer's key, and nothing beyond: the importer signs that
it has read this, not that it is enough. So everything that could make the reviewer one of the
authors is asked here again, by account and by person.
"""

from __future__ import annotations

import re

from mkdocs_ems import dataclass
from mkdocs_ems.control.approvals import Attestation
from mkdocs_ems.control.authority import Directory, Rules
from mkdocs_ems.control.authorship import identity
from mkdocs_ems.control.records import ApprovalRecord, ForgeSource
from mkdocs_ems.control.refusal import Refusal
from mkdocs_ems.control.seals import Seal
from mkdocs_ems.control.terms import FaultReason, Meaning
from mkdocs_ems.control.values import Person
from mkdocs_ems.git.values import Event
from mkdocs_ems.text import fold

IMPORTER = "ROL-IMPORTER"
"""The role whose holder's key may attest."""

FORGES = {"github": "GitHub", "gitlab": "GitLab", "forgejo": "Forgejo"}

_NOBODY = r".*\[bot\]|(?:project|group)_\d+_bot.*|ghost\d*"
"""Accounts of programs, and those that forges put in the place of a deleted one."""


@dataclass(frozen=True, slots=True)
class Attested:
    """A review that is in evidence."""

    reviewer: Person
    review: str
    """Forge, request and review."""
    attests: Attestation | None
    """Whose hands were in what the event landed; None if any account is not one person's of the register."""


def attested(
    record: ApprovalRecord, seal: Seal | None, *, event: Event, landing: Event, rules: Rules
) -> Attested | Refusal:
    """Whether a record is a forge's review in evidence, and whose.

    Args:
        record: the record; its source is a forge.
        seal: whose signature it bears.
        event: the event that landed the record.
        landing: the event that landed the content it is about.
        rules: the rules in force before the record's event.
    """
    source = record.source
    assert isinstance(source, ForgeSource), "only a review is attested"
    why = (
        _not_imported(seal, event, rules)
        or _not_this_review(record, source, event, landing)
        or _not_another(source, rules.directory)
    )
    reviewer = _reviewer(record, source, rules.directory)
    if not why and seal is not None and reviewer is not None:
        importer = rules.directory.person(identity(seal.principal))
        why = f"{importer.name} attests to its own review" if importer.id == reviewer.id else None
    if why or reviewer is None:
        why = why or (
            f"the account {source.reviewer} is not listed as the approver's: its person lists it in "
            "forge_accounts of the approved register, and nobody else does"
        )
        return Refusal(FaultReason.NOT_ATTESTED, why)
    return Attested(reviewer, f"{source.forge} {source.review}", _attestation(source, landing, rules))


def _attestation(source: ForgeSource, landing: Event, rules: Rules) -> Attestation | None:
    held = [holders(rules.directory, one) for one in (source.opener, *source.pushers, *source.authors)]
    if any(len(persons) != 1 for persons in held):
        return None
    return Attestation(landing.commit.id, frozenset(person for persons in held for person in persons))


def _not_imported(seal: Seal | None, event: Event, rules: Rules) -> str | None:
    if seal is None:
        return "it names a review on a forge and bears no signature: only the importer's key attests"
    importer = rules.directory.person(identity(seal.principal))
    held = rules.directory.roles(importer.id, rules.day(event.date)) if importer.id else {}
    if held.get(IMPORTER) is not False:  # as its holder: nobody stands in for a machine
        return f"it was signed by {seal.principal}, who did not hold the role {IMPORTER} on that day"
    return None


def _not_this_review(record: ApprovalRecord, source: ForgeSource, event: Event, landing: Event) -> str | None:
    if source.dismissed:
        return "the review was dismissed"
    if record.meaning not in (Meaning.APPROVAL, Meaning.REVIEW):
        return f"a review on a forge approves; it cannot be a record of {record.meaning.value}"
    if source.event != landing.commit.id:
        return (
            f"it names the event {source.event[:10]}, and this content landed with {landing.commit.id[:10]}"
        )
    if event.index <= landing.index:
        return "a review is attested after its content has landed, never with it"
    return None


def _not_another(source: ForgeSource, directory: Directory) -> str | None:
    """Why the reviewer may have had a hand in what he reviewed."""
    if _is_nobody(source.reviewer):
        return (
            f"{source.reviewer} is the account of a program or of nobody any more, and such approve nothing"
        )
    if not source.pushers or any(_is_nobody(one) for one in source.pushers):
        return "nobody can say who pushed what was reviewed"
    if not source.authors:
        return "nobody can say who wrote what was reviewed"
    reviewer = _keys(source.reviewer, directory)
    for what, accounts in (
        ("opened the request", (source.opener,)),
        ("pushed to it", source.pushers),
        ("wrote at it", source.authors),
    ):
        if any(not reviewer.isdisjoint(_keys(one, directory)) for one in accounts):
            return f"the reviewer {source.reviewer} {what}"
    return None


def _reviewer(record: ApprovalRecord, source: ForgeSource, directory: Directory) -> Person | None:
    """The one person who lists the reviewer's account, if the record names the same as its approver."""
    listed = directory.by_account(source.reviewer)
    if len(listed) != 1:
        return None
    if directory.person(identity(record.approver)).id == listed[0].id:
        return listed[0]
    return listed[0] if fold(record.approver) == fold(source.reviewer) else None


def holders(directory: Directory, account: str) -> tuple[str, ...]:
    """Ids of every person who lists an account, or a mail address that stands where no account is known."""
    listed = (one.id for one in directory.by_account(account) if one.id is not None)
    return tuple(dict.fromkeys((*listed, *directory.holders(account))))


def _keys(account: str, directory: Directory) -> frozenset[str]:
    return frozenset((fold(account), *holders(directory, account)))


def _is_nobody(account: str) -> bool:
    return re.fullmatch(_NOBODY, account.casefold()) is not None
