"""Who held a role on a day, as its own holder: a deputy stands in for it and does not answer for it.

Shared by the rules that ask who a thing belonged to when it was done; judges nothing itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

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
        self._turns: dict[str, list[date]] = {}
        """The days from which on somebody else may hold a role: between two of them nobody comes or goes."""
        self._between: dict[tuple[str, int], frozenset[str]] = {}

    def of(self, role: str, day: date) -> frozenset[str]:
        """Everybody who held a role on the day; of what is no role, nobody."""
        if role not in self._held:
            return frozenset()
        if role not in self._turns:
            self._turns[role] = sorted({turn for _, held in self._held[role] for turn in _turns(held)})
        between = role, bisect_right(self._turns[role], day)
        if between not in self._between:
            self._between[between] = frozenset(
                person
                for person, held in self._held[role]
                if person != role and (held.from_ or date.min) <= day <= (held.to or date.max)
            )
        return self._between[between]

    def people(self, named: Iterable[str], day: date) -> frozenset[str]:
        """The ids that are named, and those of everybody who held a role among them on the day."""
        ids = frozenset(named)
        return ids.union(*(self.of(identity, day) for identity in ids))


def _turns(held: HeldRole) -> Iterable[date]:
    if held.from_ is not None:
        yield held.from_
    if held.to is not None and held.to < date.max:
        yield held.to + timedelta(days=1)
