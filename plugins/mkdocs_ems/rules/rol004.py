"""A role that is needed has no holder

## What it checks
Every role that owns or answers for something in use, takes readings, responds in an emergency, has to know
a document (`read_by`), or carries a duty of the standard (`required_for`) is held by somebody on the day: a
person whose `roles` name it, within `from` and `to`, who is still here, or a deputy. Withdrawn and planned
roles are left alone.

## Why an auditor asks
A procedure that gives a task to a vacant role gives it to nobody. It shows in an emergency first.

## Fails
The only holder's time is over, and the emergency plan counts on the role.

`ems/registers/shifts.yml`
```yaml
id: REG-SHIFTS
type: role
title: Shift roles
owner: ROL-MD
rows:
  - id: ROL-SHIFT  # ← ROL004
    title: Shift lead
```

`ems/registers/shift-people.yml`
```yaml
id: REG-SHIFT-PEOPLE
type: person
title: Shift people
owner: ROL-MD
rows:
  - id: PER-ANA
    title: Ana Lind
    roles: [{role: ROL-SHIFT, from: 2020-01-01, to: 2026-05-31}]
```

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
read_by: [ROL-SHIFT]
---

## Before discharge

Read the pH. Discharge between 6 and 9 only.
```

Nobody was ever appointed; the next holder begins in July.

`ems/registers/duties.yml`
```yaml
id: REG-DUTIES
type: role
title: Duties
owner: ROL-MD
rows:
  - id: ROL-FIRE  # ← ROL004
    title: Emergency coordinator
    required_for: [emergency-coordinator]
  - id: ROL-WASTE  # ← ROL004
    title: Waste officer
```

`ems/registers/duty-people.yml`
```yaml
id: REG-DUTY-PEOPLE
type: person
title: Duty people
owner: ROL-MD
rows:
  - id: PER-ANA
    title: Ana Lind
    roles: [{role: ROL-WASTE, from: 2026-07-01}]
```

`ems/registers/waste-actions.yml`
```yaml
id: REG-WASTE-ACTIONS
type: action
title: Waste actions
owner: ROL-WASTE
rows: []
```

## Passes
A deputy stands in; nothing needs the second role, and the third is withdrawn.

`ems/registers/shifts.yml`
```yaml
id: REG-SHIFTS
type: role
title: Shift roles
owner: ROL-MD
rows:
  - id: ROL-SHIFT
    title: Shift lead
    deputies: [{person: PER-BEN, from: 2026-05-01}]
  - id: ROL-GUIDE
    title: Guide for visitors
  - id: ROL-OLD
    title: Foreman
    status: withdrawn
    required_for: [compliance]
```

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
read_by: [ROL-SHIFT]
---

## Before discharge

Read the pH. Discharge between 6 and 9 only.
```

It holds the role since January, without an end.

`ems/registers/shifts.yml`
```yaml
id: REG-SHIFTS
type: role
title: Shift roles
owner: ROL-MD
rows:
  - id: ROL-SHIFT
    title: Shift lead
    required_for: [compliance]
```

`ems/registers/shift-people.yml`
```yaml
id: REG-SHIFT-PEOPLE
type: person
title: Shift people
owner: ROL-SHIFT
rows:
  - id: PER-ANA
    title: Ana Lind
    roles: [{role: ROL-SHIFT, from: 2026-01-01}]
```

## How to fix
Appoint somebody (`roles: [{role: …}]` of a person) or a deputy (`deputies` of the role); where nobody needs
the role any more, give its duties to another and withdraw it.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import PersonRow, RoleRow
from mkdocs_ems.model.organisation import HeldRole
from mkdocs_ems.rules.duties import listed, places, uses
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_DUTIES = ("owner", "responsible", "who", "knowledge_holder", "roles", "read_by")
_APPOINTING = ("roles", "end_date", "status")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each role in use that something counts on and nobody holds."""
    people = list(context.each(PersonRow))
    if any(route[0] in _APPOINTING for entry, _ in people for route in entry.dropped):
        return  # who was meant there is told by SCH001, and may be the holder
    # A role held to a day before its first is told by SCH002.
    known = {held.role for _, person in people for held in person.roles if _is_misdated(held)}
    known |= context.holders.keys()
    for entry, role in context.each(RoleRow):
        if role.id is None or role.status not in (None, "active") or role.id in known:
            continue
        needed = uses(context, role.id, _DUTIES)
        by = [f"{edge.source} (`{edge.field}`)" for edge in needed]
        by += [f"the duty {duty}" for duty in role.required_for]
        if by:
            yield Finding(
                f"{called(role)} is held by nobody on {context.as_of}, and is needed by {listed(by)}",
                place(entry),
                id=role.id,
                help=f"add `roles: [{{role: {role.id}}}]` to a person, or a deputy to the role",
                related=places(context, needed),
            )


def _is_misdated(held: HeldRole) -> bool:
    return held.from_ is not None and held.to is not None and held.to < held.from_


RULE = Rule(
    code="ROL004",
    name="role-vacant",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("5.3",),
    clauses_2026=("5.3",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
