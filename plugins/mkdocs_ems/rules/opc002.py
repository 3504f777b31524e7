"""A control serves nothing that is named

## What it checks
Every operational control says what it is for: an aspect, an obligation or a risk, named by it
(`aspects`, `obligations`, `risks`), or naming it under `controls`.

## Why an auditor asks
A control without a purpose is kept out of habit, and nobody notices when what it was for has changed.

## Fails
Nothing says why the check is made.

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001  # ← OPC002
    title: pH check before discharge
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
```

## Passes
For an obligation, for a risk, named by an aspect, and withdrawn.

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
    obligations: [OBL-001]
  - id: OPC-002
    title: Level alarm of the rinse tank
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
    risks: [RSK-001]
  - id: OPC-003
    title: Cover on the bath
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
  - id: OPC-004
    title: Old alarm
    status: withdrawn
```

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 1, severity: 1}
    controls: [OPC-003]
```

## How to fix
Add `aspects: [ASP-…]`, `obligations: [OBL-…]` or `risks: [RSK-…]` to the control, or withdraw it.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ControlRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each control in use that is linked to nothing it could serve."""
    for entry, control in context.each(ControlRow):
        if control.aspects or control.obligations or control.risks or control.status == "withdrawn":
            continue
        if not context.named_by(control.id, "aspect", "obligation"):
            yield Finding(
                f"{called(control)} is linked to no aspect, obligation or risk",
                place(entry),
                id=control.id,
                help="add `aspects: [ASP-…]`, `obligations: [OBL-…]` or `risks: [RSK-…]`: what it is for",
            )


RULE = Rule(
    code="OPC002",
    name="control-orphan",
    severity=Severity.INFO,
    basis=Basis.PRACTICE,
    clauses_2015=("8.1",),
    clauses_2026=("8.1",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
