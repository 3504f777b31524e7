"""A critical role has nobody to stand in

## What it checks
Every role in use with `critical: true` has a deputy today (`deputies`, each with its dates), or more than one
holder. That nobody holds it at all is ROL004's.

## Why an auditor asks
Nobody asks for it in so many words. But the one who may shut the penstock is on holiday some day, and
emergencies do not wait.

## Fails
The treatment plant hangs on one person; the deputy's time is over.

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
  - id: ROL-EHS  # ← ROL005
    title: EHS manager
    required_for: [ems-conformity, performance-reporting]
    critical: true
    deputies: [{person: PER-MAYA, to: 2025-12-31}]
```

## Passes
There is a deputy; the other is not critical.

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
    critical: true
    deputies: [{person: PER-MAYA, from: 2026-01-01}]
```

## How to fix
Add `deputies: [{person: PER-…}]` to the role, with somebody who can do it.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import RoleRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each critical role that one person alone holds today."""
    for entry, role in context.each(RoleRow):
        # Holders and deputies together: who stands in is among those who act in the role today.
        if (
            role.critical
            and role.status in (None, "active")
            and len(context.holders.get(role.id or "", ())) == 1
        ):
            yield Finding(
                f"{called(role)} is critical, and nobody stands in for its only holder",
                place(entry),
                id=role.id,
                help="add `deputies: [{person: PER-…}]` with somebody who can do it",
            )


RULE = Rule(
    code="ROL005",
    name="no-deputy-critical-role",
    severity=Severity.INFO,
    basis=Basis.PRACTICE,
    clauses_2015=("5.3", "8.2"),
    clauses_2026=("5.3", "8.2"),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
