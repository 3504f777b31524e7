"""Nobody holds a responsibility that the standard names

## What it checks
A role in use carries `ems-conformity` (the system conforms to the standard) and a role carries
`performance-reporting` (its performance is reported to top management) under `required_for`.

## Why an auditor asks
These two responsibilities have to be assigned, and the auditor asks by name who holds them.

## Fails
There is an EHS manager, but who reports to the director?

`ems/registers/roles.yml`
```yaml
id: REG-ROLES  # ← ROL001
type: role
title: Roles
owner: ROL-MD
rows:
  - id: ROL-MD
    title: Managing director
    top_management: true
  - id: ROL-EHS
    title: EHS manager
    required_for: [ems-conformity]
```

## Passes
One role may hold both.

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

## How to fix
Add the missing word to `required_for` of the role that holds the responsibility.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.model import RoleRow
from mkdocs_ems.rules.values import AuditContext, Rule

_REQUIRED = {
    "ems-conformity": "that the system conforms to the standard",
    "performance-reporting": "that environmental performance is reported to top management",
}


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each required responsibility that no role in use carries."""
    held: set[str] = set()
    path = context.model.settings_path
    for entry, role in context.each(RoleRow):
        path = entry.anchor.path
        if any(route[0] == "required_for" for route in entry.dropped):
            return  # what was meant there is told by SCH001, and may be what is missing
        if role.status in (None, "active"):
            held.update(role.required_for)
    for word, meaning in _REQUIRED.items():
        if word not in held:
            yield Finding(
                f"no role is responsible for seeing {meaning}",
                Anchor(path, ("id",)),
                help=f"add `required_for: [{word}]` to the role that holds this responsibility",
            )


RULE = Rule(
    code="ROL001",
    name="required-responsibility-unassigned",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("5.3",),
    clauses_2026=("5.3",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
