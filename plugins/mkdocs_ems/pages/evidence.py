"""What stands behind an approval, in sentences: who acted, how we know, and what did not count.

Nothing here weighs evidence; it says what document control made of it.
"""

from __future__ import annotations

from mkdocs_ems.control import Act, DocumentControl, Fault, Issue, Meaning, Person
from mkdocs_ems.pages import words
from mkdocs_ems.pages.links import Links

_SHORT = 10


def person_name(person: Person, links: Links) -> str:
    """A person's name for readers: the register's where it knows them, never a mail address alone."""
    place = links.places.get(person.id) if person.id else None
    return place.title if place else person.name or person.id or "somebody without a name"


def act_sentence(act: Act, links: Links) -> str:
    """Who, when, how we know: the act's own sentence, or one made from its parts."""
    said = _sentence(act, links)
    later = act.effective_from if act.meaning is Meaning.WITHDRAWAL else None
    if later is None or later <= act.done.date():
        return said
    return f"{said} The withdrawal takes effect on {words.day(later)}."


def _sentence(act: Act, links: Links) -> str:
    if act.sentence:
        return act.sentence
    role = f" as {act.role}" if act.role else ""
    return (
        f"{words.sentence(act.meaning.value)} by {person_name(act.person, links)}{role} "
        f"on {words.day(act.done.date())} ({act.level.word})."
    )


def level_words(issue: Issue) -> str:
    """The level, and whether author and approver are two persons; of what was taken over nobody knows."""
    level = issue.level.word
    if issue.segregation is None:
        return f"{level}; no author's and no approver's act is in evidence"
    return f"{level}; {words.SEGREGATION[issue.segregation.value]}"


def acts_beside(control: DocumentControl, links: Links) -> tuple[str, ...]:
    """Acts that make no issue: reviews, confirmations of the issue in force, withdrawals."""
    number = control.in_force.number if control.in_force else None
    confirmed = (act for act in control.confirmations if act.issue == number)
    acts = (*control.reviews, *confirmed, *control.withdrawals)
    return tuple(f"Issue {act.issue}: {act_sentence(act, links)}" for act in acts)


def doubts(control: DocumentControl) -> tuple[str, ...]:
    """What is to be looked at in the evidence: first what counted all the same, then what did not."""
    counted = (fault for issue in control.issues for fault in issue.faults)
    return tuple(dict.fromkeys(fault_sentence(fault) for fault in (*counted, *control.faults)))


def fault_sentence(fault: Fault) -> str:
    """One fault with the place where it was seen."""
    where = fault.event if len(fault.event) < 40 else f"commit {fault.event[:_SHORT]}"
    place = f"{fault.path}, {where}" if fault.path else where
    return f"{words.sentence(fault.words)} ({place})."
