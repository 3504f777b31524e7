"""Which rows of the awareness matrix reach whom (7.3): by role, employer or firm. Judges nothing itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from mkdocs_ems import dataclass
from mkdocs_ems.model import AwarenessRow, PersonRow
from mkdocs_ems.rules.values import AuditContext


def in_use(row: AwarenessRow) -> bool:
    """Whether a row of the matrix is carried out: neither withdrawn nor only planned."""
    return row.status in (None, "active")


@dataclass(frozen=True, slots=True)
class Audiences:
    """The rows in use, by whom they reach."""

    by_role: Mapping[str, tuple[AwarenessRow, ...]]
    by_employer: Mapping[str, tuple[AwarenessRow, ...]]
    by_provider: Mapping[str, tuple[AwarenessRow, ...]]
    employers: Mapping[str, frozenset[str]]
    """Whose staff those are who act in each role."""

    @classmethod
    def of(cls, context: AuditContext) -> Audiences:
        """The audiences of everything that is written."""
        by_role: defaultdict[str, tuple[AwarenessRow, ...]] = defaultdict(tuple)
        by_employer: defaultdict[str, tuple[AwarenessRow, ...]] = defaultdict(tuple)
        by_provider: defaultdict[str, tuple[AwarenessRow, ...]] = defaultdict(tuple)
        for _, row in context.each(AwarenessRow):
            if not in_use(row):
                continue
            for role in row.roles:
                by_role[role] += (row,)
            for employer in row.employers:
                by_employer[employer] += (row,)
            for provider in row.providers:
                by_provider[provider] += (row,)
        staff = {person.id: person.employer or "own" for _, person in context.each(PersonRow)}
        employers = {
            role: frozenset(staff.get(one, "own") for one in who) for role, who in context.holders.items()
        }
        return cls(dict(by_role), dict(by_employer), dict(by_provider), employers)

    def of_role(self, role: str) -> tuple[AwarenessRow, ...]:
        """The rows that reach everybody who acts in a role."""
        employers = self.employers.get(role, frozenset())
        general = [
            row
            for employer in employers
            for row in self.by_employer.get(employer, ())
            if employers <= frozenset(row.employers)
        ]
        return (*self.by_role.get(role, ()), *general)

    def of_provider(self, provider: str | None) -> tuple[AwarenessRow, ...]:
        """The rows that reach the people of an external provider."""
        return (*self.by_provider.get(provider or "", ()), *self.by_employer.get("contractor", ()))
