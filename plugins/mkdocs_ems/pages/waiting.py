"""Whom a pending change waits for, by name."""

from __future__ import annotations

from mkdocs_ems.control import Pending, Person, Waiting
from mkdocs_ems.pages import words
from mkdocs_ems.pages.evidence import person_name
from mkdocs_ems.pages.links import Links
from mkdocs_ems.text import plural


def waits_for(pending: Pending, links: Links) -> str:
    """Roles and the persons who can act for them: `1 approval by ROL-MD: Ada Wren`."""
    if not pending.waits_for:
        return words.sentence(pending.missing.rstrip(".")) or "nobody can approve it"
    return "; ".join(_waiting(one, links) for one in pending.waits_for)


def _waiting(one: Waiting, links: Links) -> str:
    roles = " or ".join(_role(role, links) for role in one.roles)
    names = words.listed([person_name(person, links) for person in one.candidates])
    who = names or "nobody holds the role and is free to approve"
    if one.given:
        asked = f"{plural(one.persons, 'more approval')} of {one.given + one.persons}"
        return f"{asked}, by {roles}: {who}"
    return f"{plural(one.persons, 'approval')} by {roles}: {who}"


def _role(role: str, links: Links) -> str:
    place = links.places.get(role)
    return f"{role} {place.title}" if place else role


def waiting_words(pending: Pending) -> str:
    """What it waits for, as a clause of its own: `it waits for approval by ROL-MD`."""
    said = pending.missing.rstrip(".")
    # What is missing either goes on from the name of the change, or names an issue and is whole.
    return said if said.startswith(("issue ", "it ")) else f"it {said}"


def candidates(pending: Pending) -> tuple[Person, ...]:
    """Everybody who can act, once each."""
    found = {person.key: person for one in pending.waits_for for person in one.candidates}
    return tuple(found.values())
