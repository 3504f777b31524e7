"""Nobody asked whether a better control was possible

## What it checks
Every operational control says in `hierarchy` where it stands: eliminate, substitute, engineering,
administrative or ppe.

## Why an auditor asks
The hierarchy of controls is a recommendation and no demand. Where the column is filled in, somebody has
asked whether the cause could be taken away rather than watched.

## Fails
The check does not say where it stands.

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001  # ← OPC004
    title: pH check before discharge
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
```

## Passes
A machine, an instruction, and a control that is withdrawn.

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
    hierarchy: engineering
  - id: OPC-002
    title: Tour of the bunds
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
    hierarchy: administrative
    procedure: PRO-001
  - id: OPC-003
    title: Old tour
    status: withdrawn
```

## How to fix
Add `hierarchy: …` to the control: eliminate where it takes the cause away, substitute where it replaces
it, engineering where it holds it by design, administrative where people have to do something, ppe where
it only protects them.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ControlRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each control in use without its place in the hierarchy of controls."""
    for entry, control in context.each(ControlRow):
        if control.hierarchy is None and control.status != "withdrawn":
            yield Finding(
                f"{called(control)} does not say where it stands in the hierarchy of controls",
                place(entry),
                id=control.id,
                help="add `hierarchy: …`: eliminate, substitute, engineering, administrative or ppe",
            )


RULE = Rule(
    code="OPC004",
    name="hierarchy-not-considered",
    severity=Severity.INFO,
    basis=Basis.PRACTICE,
    clauses_2015=("8.1",),
    clauses_2026=("8.1",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
