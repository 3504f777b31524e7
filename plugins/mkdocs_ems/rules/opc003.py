"""A control that people carry out is written down nowhere

## What it checks
A control that depends on what people do (`hierarchy: administrative`, or `type: procedure`) names the
`procedure`, work instruction or plan that describes it, or says in `no_procedure_reason` why none is
needed.

## Why an auditor asks
Documented information is asked for to the extent that one can be confident that the work is done as
planned. Where a control is nothing but people's doing, what they do has to be found somewhere.

## Fails
Two checks that people make, described nowhere.

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001  # ← OPC003
    title: pH check before discharge
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
    hierarchy: administrative
  - id: OPC-002  # ← OPC003
    title: Tour of the bunds
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
    type: procedure
```

## Passes
With a procedure, with a reason; a machine needs none; withdrawn.

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
    hierarchy: administrative
    procedure: PRO-001
  - id: OPC-002
    title: Tour of the bunds
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
    hierarchy: administrative
    no_procedure_reason: The form leads through it step by step.
  - id: OPC-003
    title: Level alarm of the rinse tank
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
    hierarchy: engineering
    type: equipment
  - id: OPC-004
    title: Old tour
    hierarchy: administrative
    status: withdrawn
```

## How to fix
Write a work instruction and name it in `procedure`; where training, a form or the machine itself leads
through the work, say so in `no_procedure_reason`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ControlRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each control in use that people carry out with neither a procedure nor a reason."""
    for entry, control in context.each(ControlRow):
        if control.hierarchy != "administrative" and control.type != "procedure":
            continue
        if control.procedure or control.no_procedure_reason or control.status == "withdrawn":
            continue
        yield Finding(
            f"{called(control)} is carried out by people and is described in no procedure",
            place(entry),
            id=control.id,
            help="add `procedure: …` with a procedure, instruction or plan, "
            "or say why none is needed: `no_procedure_reason: …`",
        )


RULE = Rule(
    code="OPC003",
    name="control-without-procedure-or-reason",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("8.1",),
    clauses_2026=("8.1",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
