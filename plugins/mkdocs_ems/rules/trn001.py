"""Nobody has said what a role has to be able to do

## What it checks
Every role that carries a duty of the standard (`required_for`), owns an obligation or an operational
control, takes readings or responds in an emergency needs at least one competence: named in its
`competences`, or naming the role in `required_by_roles`. Roles that nobody holds and withdrawn ones are
left alone, and nothing is said before the register of competences is begun.

## Why an auditor asks
Whoever can cause harm by a mistake, or miss a duty, has to be competent. What that takes has to be
determined before anybody can show it.

## Fails
The register is begun, and forgot who keeps the system.

`ems/registers/competences.yml`
```yaml
id: REG-COMPETENCES
type: competence
title: Competences
owner: ROL-EHS
rows:
  - id: CMP-001
    title: Chairing a review
    required_by_roles: [ROL-MD]
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
  - id: ROL-EHS  # ← TRN001
    title: EHS manager
    required_for: [ems-conformity, performance-reporting]
```

The only competence of the role was given up.

`ems/registers/competences.yml`
```yaml
id: REG-COMPETENCES
type: competence
title: Competences
owner: ROL-EHS
rows:
  - id: CMP-001
    title: Duties under the consent
    required_by_roles: [ROL-EHS]
    legal_basis: [OBL-001]
    status: withdrawn
  - id: CMP-002
    title: Chairing a review
    required_by_roles: [ROL-MD]
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
  - id: ROL-EHS  # ← TRN001
    title: EHS manager
    required_for: [ems-conformity, performance-reporting]
```

## Passes
The competence names the role; the other role names its competence; a role that does no such work needs none.

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
  - id: ROL-EHS
    title: EHS manager
    required_for: [ems-conformity, performance-reporting]
```

The role names its competence, and the vacant role is another rule's.

`ems/registers/competences.yml`
```yaml
id: REG-COMPETENCES
type: competence
title: Competences
owner: ROL-EHS
rows:
  - id: CMP-001
    title: Duties under the consent
    legal_basis: [OBL-001]
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
  - id: ROL-EHS
    title: EHS manager
    required_for: [ems-conformity, performance-reporting]
    competences: [CMP-001]
  - id: ROL-EMC  # ← ROL004
    title: Emergency coordinator
    required_for: [emergency-coordinator]
```

## How to fix
Write what somebody in the role has to know or be able to do into the register of competences, and name the
role in its `required_by_roles`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import CompetenceRow, RoleRow
from mkdocs_ems.rules.duties import listed, places, uses
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_DUTIES = ("owner", "who", "roles", "knowledge_holder")
_BY_KIND = {
    "owner": frozenset({"obligation", "control"}),
    "who": frozenset({"measurement"}),
    "roles": frozenset({"emergency-scenario"}),
    "knowledge_holder": frozenset({"obligation"}),
}
"""What makes a role one that bears on the environment or on compliance: the field, and where it stands."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each role that bears on the environment and of which no competence is asked."""
    if not any(context.each(CompetenceRow)):
        return
    required, nodes = context.competence.required, context.graph.nodes
    for entry, role in context.each(RoleRow):
        if role.id not in context.holders or role.id in required:
            continue
        if any(route[0] in ("competences", "required_for") for route in entry.dropped):
            continue
        edges = [
            edge
            for edge in uses(context, role.id or "", _DUTIES)
            if nodes[edge.source].kind in _BY_KIND[edge.field]
        ]
        if not edges and not role.required_for:
            continue
        by = listed((*role.required_for, *(edge.source for edge in edges)))
        yield Finding(
            f"no competence is asked of {called(role)}, which answers for {by}",
            place(entry, "competences") if role.competences else place(entry),
            id=role.id,
            help=f"add a competence with `required_by_roles: [{role.id}]`",
            related=places(context, edges),
        )


RULE = Rule(
    code="TRN001",
    name="role-without-competence",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("7.2",),
    clauses_2026=("7.2",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
