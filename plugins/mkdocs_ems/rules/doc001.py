"""A document, register, row or record cannot be told from others

## What it checks
Every document and every register has an id, a type and a title; every row and every record has an id. A
record without a type cannot be read at all, which another rule tells.

## Why an auditor asks
Documented information has to be identified. What has no id cannot be approved, referred to or found
again.

## Fails
A procedure without a title.

`ems/procedures/waste.md`
```markdown
---
id: PRO-002  # ← DOC001
type: procedure
---

## Skips

Keep them closed.
```

A record that nobody can refer to.

`ems/records/inspections/walk.yml`
```yaml
type: inspection  # ← DOC001
title: Walk
date: 2026-05-04
by: [PER-BEN]
point: The yard
result: in-order
```

A row without an id, in a register without one.

`ems/registers/aspects.yml`
```yaml
type: aspect  # ← DOC001
title: Aspects
rows:
  - title: Nickel in rinse water  # ← DOC001
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 1, severity: 1}
```

## Passes
All that identifies it stands in the front matter.

`ems/procedures/waste.md`
```markdown
---
id: PRO-002
type: procedure
title: Waste
---

## Skips

Keep them closed.
```

## How to fix
Add what the finding names: `id` (capital letters, digits and hyphens, such as `PRO-012`, never used
before), `type` and `title`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Controlled, Entity, Record, Register
from mkdocs_ems.rules.values import AuditContext, Rule, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding for each entity that lacks something of its identification."""
    for entry, entity in context.each(Entity):
        asked: dict[str, str | None] = {"id": entity.id}
        if isinstance(entity, Controlled):
            asked |= {"type": entity.type, "title": entity.title}
        missing = [field for field, value in asked.items() if value is None]
        if missing:
            what = "record" if isinstance(entity, Record) else "row"
            if isinstance(entity, Controlled):
                what = "register" if isinstance(entity, Register) else "document"
            yield Finding(
                f"{entity.id or f'this {what}'} has no {', no '.join(missing)}",
                place(entry),
                id=entity.id,
                help=f"add {', '.join(f'`{field}: …`' for field in missing)}",
            )


RULE = Rule(
    code="DOC001",
    name="identification-missing",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("7.5.2",),
    clauses_2026=("7.5.2",),
    since="0.1.0",
    requires=("SCH001",),
    broken=True,
    check=check,
)
