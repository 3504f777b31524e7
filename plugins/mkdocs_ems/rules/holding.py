"""Who held a role on a day, as its own holder: a deputy stands in for it and does not answer for it.

Shared by the rules that ask who a thing belonged to when it was done; judges nothing itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from mkdocs_ems.model import PersonRow
from mkdocs_ems.model.organisation import HeldRole
from mkdocs_ems.rules.values import AuditContext


class Holding:
    """The roles that people held, by role."""

    def __init__(self, context: AuditContext) -> None:
        self._held: defaultdict[str, list[tuple[str, HeldRole]]] = defaultdict(list)
        for _, person in context.each(PersonRow):
            for held in person.roles:
                if person.id is not None:
                    self._held[held.role].append((person.id, held))

    def people(self, named: Iterable[str], day: date) -> frozenset[str]:
        """The ids that are named, and those of everybody who held a role among them on the day."""
        ids = frozenset(named)
        return ids | {
            person
            for identity in ids
            for person, held in self._held.get(identity, ())
            if (held.from_ or date.min) <= day <= (held.to or date.max)
        }
