"""What document control says, in plain words: who acted, how we know, what is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from mkdocs_ems.control.authority import Mandate
from mkdocs_ems.control.seals import Seal
from mkdocs_ems.control.terms import Meaning
from mkdocs_ems.control.values import Act, Person

_DONE = {
    Meaning.REVIEW: "reviewed it",
    Meaning.APPROVAL: "approved it",
    Meaning.CONFIRMATION: "confirmed it",
    Meaning.INTERIM: "approved it for the interim",
    Meaning.WITHDRAWAL: "withdrew it",
}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six")
_SHORT = 10


def listed(names: Iterable[str], last: str) -> str:
    """`a, b and c`; `last` is the word before the last."""
    *before, end = list(names) or [""]
    return f"{', '.join(before)} {last} {end}" if before else end


def names(persons: Iterable[Person]) -> str:
    """Persons by name."""
    return listed(dict.fromkeys(person.name or person.mail for person in persons), "and")


def done(meaning: Meaning, *, until: date | None = None, editorial: bool = False) -> str:
    """What somebody did, for the sentences below: `approved it for the interim until 2026-03-10`."""
    last = f" until {until}" if until is not None else ""
    return f"{_DONE[meaning]}{' as an editorial change' if editorial else ''}{last}"


def by_merge(person: Person, day: date, commit: str, *, deputy: str | None) -> str:
    """The sentence for an approval by merging."""
    return (
        f"{person.name}{_acting(deputy)} approved it on {day} by merging it (commit {commit[:_SHORT]}); git "
        "names the approver as author of that merge, and that rests on who may push to the main branch, not "
        "on cryptography."
    )


def by_own_record(person: Person, did: str, day: date, *, deputy: str | None) -> str:
    """The sentence for a record that its approver landed."""
    return (
        f"{person.name}{_acting(deputy)} {did} on {day} and landed the record of it under the "
        "same name; that rests on who may push to the main branch, not on cryptography."
    )


def by_signature(person: Person, did: str, day: date, *, seal: Seal, deputy: str | None) -> str:
    """The sentence for a record that its approver signed."""
    return (
        f"{person.name}{_acting(deputy)} {did} on {day}; the record is signed by "
        f"{seal.principal}, key {seal.key}."
    )


def by_signed_merge(person: Person, day: date, commit: str, *, seal: Seal, deputy: str | None) -> str:
    """The sentence for a merge that the approver signed."""
    return (
        f"{person.name}{_acting(deputy)} approved it on {day} by merging it (commit {commit[:_SHORT]}); the "
        f"merge is signed by {seal.principal}, key {seal.key}."
    )


def by_review(person: Person, did: str, day: date, review: str, importer: str) -> str:
    """The sentence for a review that the importer attests."""
    return f"{person.name} {did} on {day} in {review}; attested by {importer}."


def on_paper(person: Person, did: str, day: date, teller: Person, scan: str) -> str:
    """The sentence for an act on paper."""
    return (
        f"{person.name or person.mail} {did} on {day}: signed on paper, scan kept as {scan}; "
        f"filed by {teller.name}."
    )


def by_another(person: Person, did: str, day: date, teller: Person) -> str:
    """The sentence for an act that somebody else wrote down."""
    name = person.name or person.mail
    told = f"{teller.name} declared on {day} that {name} {did}"
    if teller.key == person.key:
        told = f"A commit that anybody could have written says since {day} that {name} {did}"
    return f"{told}; the approver's own act is not in evidence."


def act_of(act: Act) -> str:
    """An act as the beginning of a sentence: `the approval by Mary Dean (recorded)`."""
    return f"the {act.meaning.value} by {act.person.name or act.principal} ({act.level.word})"


def _acting(deputy: str | None) -> str:
    return f", as deputy for {deputy}," if deputy else ""


def wanted(mandate: Mandate, *, more: int) -> str:
    """Whose approval is waited for: `approval by one of ROL-MD or ROL-EHS`."""
    count = _NUMBERS[more] if more < len(_NUMBERS) else str(more)
    roles = listed(mandate.roles, "or")
    holders = f"a holder of {roles}" if more == 1 else f"{count} holders of {roles}"
    return f"approval by {holders}" if more == mandate.persons else f"one more approval, by {holders}"


def accepted(mandate: Mandate) -> str:
    """The levels that would do: `recorded, attested or signed`."""
    return listed((level.word for level in sorted(mandate.accepts)), "or")


def edited(authors: Sequence[Person], day: date, issue: int | None) -> str:
    """Who changed it and when: `edited by Ann Archer on 2026-03-02 after issue 2 was approved`."""
    who = names(authors) or "somebody"
    if issue is None:
        return f"written by {who}, landed on {day}, never approved so far"
    return f"edited by {who} on {day} after issue {issue} was approved"


def withdrawn(authors: Sequence[Person], day: date, issue: int, leaves: date) -> str:
    """Who wrote what is there though the last issue is withdrawn; of an adopted one nobody knows."""
    who = f"written by {names(authors)}, " if authors else ""
    return f"{who}landed on {day}; issue {issue} is withdrawn from {leaves} on"
