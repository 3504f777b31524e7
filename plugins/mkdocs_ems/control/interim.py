"""Approval for the interim: one entitled person lets a landed text be used for some days.

It has no number, comes once for a content, ends by itself, and resets nothing: whoever
wrote the text is its author still when it comes to the full approval.
"""

from __future__ import annotations

from datetime import date, timedelta

from mkdocs_ems.control import words
from mkdocs_ems.control.approvals import Claim
from mkdocs_ems.control.approved_contents import ForNow
from mkdocs_ems.control.authority import Rules
from mkdocs_ems.control.dossier import Dossier
from mkdocs_ems.control.journal import Completed
from mkdocs_ems.control.records import ApprovalRecord
from mkdocs_ems.control.rules_in_force import RULES_TYPES
from mkdocs_ems.control.terms import FaultReason, Meaning
from mkdocs_ems.control.weighing import Weighed, alone, author_keys, persons, weighed
from mkdocs_ems.git.values import Event

LONGEST = timedelta(days=14)
"""How long after its event an interim approval may last."""


def refused(record: ApprovalRecord, dossier: Dossier, day: date) -> str | None:
    """Why a record cannot be an interim approval of the landed content; None where it can.

    Args:
        record: a record whose meaning is `interim`.
        dossier: the document.
        day: the day of the event that landed the record.
    """
    until = record.valid_until
    told = None
    if any(kind in RULES_TYPES for kind in dossier.types):
        told = "rules, persons and roles are never approved for the interim: they decide who may approve"
    elif dossier.periodic:
        told = "a register under periodic control shows what has landed and needs no interim approval"
    elif dossier.approved is not None:
        told = f"the content is issue {dossier.approved.number} already and needs no interim approval"
    elif until is None:
        told = "an interim approval says until when: `valid_until`, at most 14 days on"
    elif until > day + LONGEST:
        told = f"it lasts until {until}; at most 14 days are allowed, which is until {day + LONGEST}"
    elif until < max(day, record.effective_from or day):
        told = f"it was over on {until} before it began"
    elif dossier.content is not None:
        before = next((one for one in dossier.interims if one.content.key == dossier.content.key), None)
        if before is not None:
            told = (
                f"the same content was approved for the interim until {before.valid_until} before, and that "
                "can be done once: it needs its full approval, or another text"
            )
    return told


def approve_for_now(dossier: Dossier, claim: Claim, event: Event, rules: Rules) -> Weighed | None:
    """Weigh an interim approval that binds the landed content, and let it hold if it counts.

    Returns:
        What it amounts to; None if one of the authors gave it, and that is told.
    """
    act, content, landed = claim.act, dossier.content, dossier.event
    authors = author_keys(dossier, rules)
    if act.person.key in authors:
        # Not even where a small company is only warned of it.
        told = f"{words.act_of(act)} does not count: its author is among those who wrote the change"
        dossier.fault(
            FaultReason.AUTHOR_APPROVES, told, event=event, path=act.evidence, person=act.person.key
        )
        return None
    found = weighed([claim], dossier.types, authors=authors, rules=rules, proof=dossier.proof, asking=alone)
    found.explain(dossier, [claim], event)
    if found.approves and act.valid_until and content and landed:
        day = rules.day(event.date)
        one = ForNow(
            content=content,
            head=dossier.head,
            event=landed,
            act=act,
            valid_from=max(day, act.effective_from or day),
            valid_until=act.valid_until,
            after=len(dossier.issues),
            authors=persons(dossier.authors, rules),
            segregation=found.segregation,
            approved=event,
        )
        dossier.interims.append(one)
        _note(dossier, one, found, event, rules)
    return found


def _note(dossier: Dossier, one: ForNow, found: Weighed, event: Event, rules: Rules) -> None:
    """Note in the journal what holds now; the number is the one that a full approval would give."""
    step = Completed(
        event=event,
        document=dossier.id,
        type=one.head.type or "",
        meaning=Meaning.INTERIM,
        number=dossier.next_number,
        content=one.content,
        landed=one.event,
        level=found.level,
        segregation=found.segregation,
        acts=(one.act,),
        authors=one.authors,
        from_=one.valid_from,
        rules=rules,
        asked=tuple(alone(asked) for kind in dossier.types if (asked := rules.mandate(kind)) is not None),
    )
    dossier.journal.counted(dossier.id, one.content, step.acts, event=event, rules=rules)
    dossier.journal.completed(step)
