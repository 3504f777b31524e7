"""Who owns obligations need not know them

## What it checks
Every role that owns an obligation that applies, or whose holder does, needs at least one competence with a
`legal_basis`: one that has to do with obligations. Nothing is said before the register of competences is
begun.

## Why an auditor asks
Whoever answers for a legal duty has to know what it says. Good practice: that people are competent is asked
for, this competence is not.

## Fails
The manager owns the consent and only has to know how to chair a meeting.

`ems/registers/competences.yml`
```yaml
id: REG-COMPETENCES
type: competence
title: Competences
owner: ROL-EHS
rows:
  - id: CMP-001
    title: Chairing a meeting
    required_by_roles: [ROL-EHS]
```

`ems/registers/roles.yml`
```yaml
id: REG-ROLES
type: role
title: Roles
owner: ROL-MD
rows:
  - id: ROL-MD
    title: Managing director
    top_management: true
  - id: ROL-EHS  # ← OBL011
    title: EHS manager
    required_for: [ems-conformity, performance-reporting]
```

## Passes
One of the competences is on the law.

`ems/registers/competences.yml`
```yaml
id: REG-COMPETENCES
type: competence
title: Competences
owner: ROL-EHS
rows:
  - id: CMP-001
    title: Duties under the consent
    requirement: Knows the limits of the consent and whom to call
    required_by_roles: [ROL-EHS]
    validity_months: 24
    legal_basis: [OBL-001]
```

## How to fix
Ask the role for a competence on the obligations, and name these in its `legal_basis`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import CompetenceRow, ObligationRow, RoleRow
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each role that answers for obligations and of which no knowledge of them is asked."""
    legal = {one.id for _, one in context.each(CompetenceRow) if one.legal_basis}
    if not any(context.each(CompetenceRow)):
        return
    roles_of: dict[str, list[str]] = {}
    for role, people in context.holders.items():
        for person in people:
            roles_of.setdefault(person, []).append(role)
    owned: dict[str, list[str]] = {}
    for _, obligation in context.each(ObligationRow):
        if obligation.applies and obligation.owner is not None and obligation.id is not None:
            # A person who holds any role with such a competence has it.
            for role in roles_of.get(obligation.owner, [obligation.owner]):
                owned.setdefault(role, []).append(obligation.id)
    required = context.competence.required
    for entry, one in context.each(RoleRow):
        duties = owned.get(one.id or "", ())
        if duties and legal.isdisjoint(required.get(one.id or "", ())):
            yield Finding(
                f"{called(one)} answers for {listed(duties)}, and no competence that it needs has a "
                "`legal_basis`",
                place(entry),
                id=one.id,
                help=f"add a competence with `required_by_roles: [{one.id}]` and `legal_basis: [OBL-…]`",
            )


RULE = Rule(
    code="OBL011",
    name="owner-cannot-be-responsible",
    severity=Severity.INFO,
    basis=Basis.PRACTICE,
    clauses_2015=("7.2",),
    clauses_2026=("7.2",),
    since="0.1.0",
    requires=("SCH001", "TRN001"),
    needs_all_registers=True,
    check=check,
)
