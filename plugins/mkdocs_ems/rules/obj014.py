"""An objective was not made known

## What it checks
Every objective that is neither proposed nor closed was made known: a communication or a training is `about`
it, or `communicated` says how and to whom. Nothing is said before the communication log is begun.

## Why an auditor asks
Objectives have to be communicated. Staff who are asked for the objective of their department should know
one.

## Fails
The log does not know it.

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001  # ← OBJ014
    title: Use less water
    basis: [OBL-001]
    function_level: Plating line
    kpi: KPI-001
    unit: L/m2
    baseline: {value: 46, period: "2025"}
    target: {value: 38, date: 2026-12-31}
    programme: [ACT-001]
    evaluation_method: Meter
    monitoring_frequency: monthly
    responsible: ROL-EHS
    resources: Third stage
```

`ems/records/communications/2026.yml`
```yaml
type: communication
title: Communication log of 2026
rows:
  - id: COL-001
    subject: Results of the year
    direction: internal
    kind: briefing
    date: 2026-01-12
    by: [ROL-MD]
    roles: [ROL-EHS]
    about: [POL-001]
```

## Passes
It was told in January; the others are only proposed, or told on the board.

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001
    title: Use less water
    basis: [OBL-001]
    function_level: Plating line
    kpi: KPI-001
    unit: L/m2
    baseline: {value: 46, period: "2025"}
    target: {value: 38, date: 2026-12-31}
    programme: [ACT-001]
    evaluation_method: Meter
    monitoring_frequency: monthly
    responsible: ROL-EHS
    resources: Third stage
  - id: OBJ-002
    title: Talk with the neighbours
    basis: [OBL-001]
    function_level: Works
    not_measurable_reason: What counts is what is said.
    programme: [ACT-001]
    communicated: On the board at the gate, to all
  - id: OBJ-003
    title: Greener canteen
    basis: [OBL-001]
    function_level: Canteen
    not_measurable_reason: A pilot.
    programme: [ACT-001]
    status: proposed
```

`ems/records/communications/2026.yml`
```yaml
type: communication
title: Communication log of 2026
rows:
  - id: COL-001
    subject: Results of the year
    direction: internal
    kind: briefing
    date: 2026-01-12
    by: [ROL-MD]
    roles: [ROL-EHS]
    about: [POL-001, OBJ-001]
```

## How to fix
Tell those whom it concerns, and keep it in the communication log with `about: [OBJ-…]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import CommunicationRecord, ObjectiveRow
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each objective of which nothing shows that it was made known."""
    if not any(context.each(CommunicationRecord)):
        return
    for entry, objective in context.each(ObjectiveRow):
        if objective.communicated or objective.status == "proposed" or is_over(objective):
            continue
        if ("communicated",) in entry.dropped or context.named_by(objective.id, "communication", "training"):
            continue
        yield Finding(
            f"nothing shows that {called(objective)} was made known",
            place(entry),
            id=objective.id,
            help=f"tell those whom it concerns and keep it in the log with `about: [{objective.id}]`",
        )


RULE = Rule(
    code="OBJ014",
    name="objective-not-communicated",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("6.2.1",),
    clauses_2026=("6.2.1",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
