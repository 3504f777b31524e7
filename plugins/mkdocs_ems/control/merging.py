"""Evidence that an event itself gives: who pressed merge, and whom messages name as approvers.

A merge approves what it brought in and nothing else; what the merger made up himself
makes him an author. Messages only declare.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.control import words
from mkdocs_ems.control.approvals import Claim
from mkdocs_ems.control.authority import Mandate, Rules
from mkdocs_ems.control.authorship import EventWriting
from mkdocs_ems.control.dossier import Dossier
from mkdocs_ems.control.values import Act, FaultReason, Level, Meaning

_MAIN = ""
"""Stands for the main file where parts go by their targets."""


def claims_of(dossier: Dossier, writing: EventWriting, rules: Rules) -> Iterator[Claim]:
    """The claims that an event makes for a content that it has just landed."""
    mandates = [rules.mandate(kind) for kind in dossier.types]
    known = [mandate for mandate in mandates if mandate is not None]
    if not known or writing.event.proposed:
        return
    if writing.event.commit.is_merge and rules.settings.approval.merge_approves:
        yield from _merged(dossier, writing, rules, known)
    yield from _declared(dossier, writing, rules, known)


def _merged(
    dossier: Dossier, writing: EventWriting, rules: Rules, mandates: list[Mandate]
) -> Iterator[Claim]:
    event, commit = writing.event, writing.event.commit
    day = rules.day(event.date)
    person = rules.directory.person(commit.author)
    roles = rules.directory.roles(person.id, day) if person.id else {}
    held = [role for one in mandates for role in one.roles if role in roles]
    # A role of one's own before one that is held for somebody else.
    role = min(held, key=lambda role: roles[role], default=None)
    if role is None:
        wanted = words.listed(mandates[0].roles, "or")
        told = f"{person.name} merged it on {day}, and holds no role that may approve it ({wanted})"
        dossier.note(FaultReason.NOT_ENTITLED, told, event=event, person=person.key)
        return
    if not _all_brought_in(dossier, writing):
        told = f"{person.name} merged it on {day}, but the merge did not bring in all that is new in it"
        dossier.note(FaultReason.NOT_BROUGHT_IN, told, event=event, person=person.key)
        return
    act = Act(
        principal=commit.author.mail,
        person=person,
        role=role,
        meaning=Meaning.APPROVAL,
        level=Level.RECORDED,
        done=commit.committed,
        event=commit.id,
        evidence=commit.id,
        issue=dossier.next_number,
        sentence=words.by_merge(person, day, commit.id, deputy=role if roles[role] else None),
        top_management=rules.directory.directs(roles),
        deputy_for=role if roles[role] else None,
    )
    yield Claim(act, frozenset(roles))


def _all_brought_in(dossier: Dossier, writing: EventWriting) -> bool:
    """Whether everything that differs from the last approved content came in by this merge."""
    content = dossier.content
    assert content is not None, "only a landed content can be merged"
    last = dossier.issues[-1].content if dossier.issues else None
    # Each in its own place: two approved pictures that changed places are not what was approved.
    approved = {(_MAIN, last.blob), *((part.target, part.blob) for part in last.parts)} if last else set()
    now = [(content.path, (_MAIN, content.blob))]
    now += [(part.path, (part.target, part.blob)) for part in content.parts]
    changed = frozenset(dossier.paths)
    arrived = all(path in changed or place in approved for path, place in now)
    landed = {path for path, _ in now}
    return arrived and all(writing.brought_in(path) for path in dossier.paths if path in landed)


def _declared(
    dossier: Dossier, writing: EventWriting, rules: Rules, mandates: list[Mandate]
) -> Iterator[Claim]:
    day = rules.day(writing.event.date)
    for approver, commit in writing.declared(dossier.paths):
        person = rules.directory.person(approver)
        roles = rules.directory.roles(person.id, day) if person.id else {}
        teller = rules.directory.person(commit.author)
        act = Act(
            principal=approver.mail,
            person=person,
            role=next((role for one in mandates for role in one.roles if role in roles), None),
            meaning=Meaning.APPROVAL,
            level=Level.DECLARED,
            done=commit.authored,
            event=writing.event.commit.id,
            evidence=commit.id,
            issue=dossier.next_number,
            sentence=words.by_another(person, Meaning.APPROVAL, day, teller),
            top_management=rules.directory.directs(roles),
        )
        yield Claim(act, frozenset(roles))
