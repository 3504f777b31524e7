"""Two things have one id

## What it checks
Every id stands once in the content: no two documents, registers or rows share one. Ids that differ in
case only count as the same.

## Why an auditor asks
Two documents of one number are two "current" versions, and nobody knows which one was approved.

## Fails
A copied row kept the id of the first.

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: pH check before discharge
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
  - id: OPC-001  # ← DOC002
    title: Metals check before discharge
    operating_criteria: [{parameter: nickel, max: 2, unit: mg/L}]
```

## Passes
Each row has its own.

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: pH check before discharge
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
  - id: OPC-002
    title: Metals check before discharge
    operating_criteria: [{parameter: nickel, max: 2, unit: mg/L}]
```

## How to fix
Give the newer of the two a new id, one that was never used before.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Related, Severity
from mkdocs_ems.model import Entry
from mkdocs_ems.rules.values import AuditContext, Rule, place
from mkdocs_ems.text import fold


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each entity whose id an earlier one has already."""
    first: dict[str, Entry] = {}
    for entry in context.model.entries:
        identity = entry.entity.id
        if identity is None:
            continue
        holder = first.setdefault(fold(identity), entry)
        if holder is not entry:
            yield Finding(
                f"{identity} is taken already, by {holder.entity.name}",
                place(entry),
                id=identity,
                help="give the newer of the two a new id, one that was never used before",
                related=(Related(f"{holder.entity.id} stands here first", place(holder)),),
            )


RULE = Rule(
    code="DOC002",
    name="duplicate-id",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("7.5.2",),
    clauses_2026=("7.5.2",),
    since="0.1.0",
    broken=True,
    check=check,
)
