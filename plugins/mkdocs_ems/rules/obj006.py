"""An objective serves no commitment of the policy

## What it checks
Every objective that is not closed names under `policy_commitments` what of the policy it serves: the
heading's anchor, or the commitment's key.

## Why an auditor asks
Objectives have to be consistent with the policy. Which commitment an objective serves is the first thing
that is asked about both of them.

## Fails
No commitment is named.

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001  # ← OBJ006
    title: Use less water
    basis: [OBL-001]
    kpi: KPI-001
    unit: L/m2
    baseline: {value: 46, period: "2025"}
    target: {value: 38, date: 2026-12-31}
```

An empty list names none either.

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001  # ← OBJ006
    title: Talk with the neighbours
    basis: [OBL-001]
    not_measurable_reason: What counts is what is said.
    policy_commitments: []
```

## Passes
One names the heading, the other the commitment; the last is closed.

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
    policy_commitments: ["#we-protect-the-river"]
    kpi: KPI-001
    unit: L/m2
    baseline: {value: 46, period: "2025"}
    target: {value: 38, date: 2026-12-31}
  - id: OBJ-002
    title: Talk with the neighbours
    basis: [OBL-001]
    policy_commitments: [continual_improvement]
    not_measurable_reason: What counts is what is said.
  - id: OBJ-003
    title: Greener canteen
    basis: [OBL-001]
    not_measurable_reason: A pilot without a baseline.
    status: withdrawn
```

## How to fix
Add `policy_commitments: ["#…"]` with the heading in the policy that the objective serves. Where there is
none, either the policy lacks a commitment or the objective is nobody's intention.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ObjectiveRow
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each open objective that names no commitment."""
    for entry, objective in context.each(ObjectiveRow):
        if objective.policy_commitments or is_over(objective):
            continue
        if not any(route[0] == "policy_commitments" for route in entry.dropped):
            yield Finding(
                f"{called(objective)} names no commitment of the policy that it serves",
                place(entry),
                id=objective.id,
                help='add `policy_commitments: ["#…"]` with the heading in the policy that it serves',
            )


RULE = Rule(
    code="OBJ006",
    name="objective-no-policy-link",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("6.2.1",),
    clauses_2026=("6.2.1",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
