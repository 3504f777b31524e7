"""Evidence that an event itself gives: who pressed merge, and whom messages name as approvers.

A merge approves what it brought in and nothing else; what the merger made up himself
makes him an author. Signed by his own key it is his signature; signed by a listed key of somebody
else it is nothing. Messages only declare.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.control import words
from mkdocs_ems.control.approvals import Claim
from mkdocs_ems.control.authority import Mandate, Rules
from mkdocs_ems.control.authorship import EventWriting, identity
from mkdocs_ems.control.dossier import Dossier
from mkdocs_ems.control.refusal import Refusal
from mkdocs_ems.control.seals import Seal, Seals
from mkdocs_ems.control.terms import FaultReason, Level, Meaning
from mkdocs_ems.control.values import Act
from mkdocs_ems.git.values import Commit, Event, Identity
from mkdocs_ems.text import fold

_MAIN = ""
"""Stands for the main file where parts go by their targets."""


def claims_of(dossier: Dossier, writing: EventWriting, rules: Rules, seals: Seals) -> Iterator[Claim]:
    """The claims that an event makes for a content that it has just landed."""
    if writing.event.proposed:
        return
    merged = writing.event.commit.is_merge and rules.settings.approval.merge_approves
    declared = tuple(writing.declared(dossier.paths))
    if not merged and not declared:
        return
    mandates = [mandate for kind in dossier.types if (mandate := rules.mandate(kind)) is not None]
    if mandates and merged:
        yield from _merged(dossier, writing, rules, mandates, seals)
    if mandates and declared:
        yield from _declared(dossier, writing, rules, mandates, declared)


def _merged(
    dossier: Dossier, writing: EventWriting, rules: Rules, mandates: list[Mandate], seals: Seals
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
    seal = _seal(event, rules, seals)
    if isinstance(seal, Refusal):
        told = f"{person.name} merged it on {day}, and the merge approves nothing: {seal.words}"
        dossier.note(seal.reason, told, event=event, person=person.key)
        return
    deputy = role if roles[role] else None
    act = Act(
        principal=seal.principal if seal else commit.author.mail,
        person=person,
        role=role,
        meaning=Meaning.APPROVAL,
        level=Level.SIGNED if seal else Level.RECORDED,
        done=commit.committed,
        event=commit.id,
        evidence=commit.id,
        issue=dossier.next_number,
        sentence=words.by_signed_merge(person, day, commit.id, seal=seal, deputy=deputy)
        if seal
        else words.by_merge(person, day, commit.id, deputy=deputy),
        top_management=rules.directory.directs(roles),
        key=seal.key if seal else "",
        deputy_for=deputy,
    )
    yield Claim(act, frozenset(roles))


def _seal(event: Event, rules: Rules, seals: Seals) -> Seal | Refusal | None:
    """The signature of a merge, which must be its author's own; None where it bears none that is judged."""
    seal = seals.of_merge(event, rules.signers)
    if not isinstance(seal, Seal):
        return seal
    author, signer = event.commit.author, rules.directory.person(identity(seal.principal))
    same = fold(seal.principal) == fold(author.mail)
    if same or (signer.id is not None and signer.id == rules.directory.person(author).id):
        return seal
    told = f"it names {author.mail} as its author, and {seal.principal} signed it"
    return Refusal(FaultReason.BAD_SIGNATURE, told)


def _all_brought_in(dossier: Dossier, writing: EventWriting) -> bool:
    """Whether everything that differs from the last approved content came in by this merge."""
    content = dossier.content
    assert content is not None, "only a landed content can be merged"
    last = dossier.issues[-1].content if dossier.issues else None
    # Each in its own place: two approved pictures that changed places are not what was approved.
    approved = {(_MAIN, last.blob), *[(part.target, part.blob) for part in last.parts]} if last else set()
    now = [(content.path, (_MAIN, content.blob))]
    now += [(part.path, (part.target, part.blob)) for part in content.parts]
    if [path for path, place in now if path not in dossier.paths and place not in approved]:
        return False
    landed = {path for path, _ in now}
    return all(writing.brought_in(path, dossier.id) for path in dossier.paths if path in landed)


def _declared(
    dossier: Dossier,
    writing: EventWriting,
    rules: Rules,
    mandates: list[Mandate],
    declared: tuple[tuple[Identity, Commit], ...],
) -> Iterator[Claim]:
    day = rules.day(writing.event.date)
    for approver, commit in declared:
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
            sentence=words.by_another(person, words.done(Meaning.APPROVAL), day, teller),
            top_management=rules.directory.directs(roles),
            told_by=teller,
        )
        yield Claim(act, frozenset(roles))
