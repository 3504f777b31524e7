"""The target's day has passed and the objective is still open

## What it checks
An objective whose target's `date` lies behind is closed: its `status` is achieved, not-achieved or
withdrawn.

## Why an auditor asks
An objective that nobody closes was forgotten. What counts is that somebody compared the result with the
target and decided what follows.

## Fails
The day was the last of May; its status says that it goes on.

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
    kpi: KPI-001
    unit: L/m2
    baseline: {value: 46, period: "2025"}
    target: {value: 38, date: 2026-05-31}  # ← OBJ003
    status: on-track
```

Without a status it is open as well.

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
    kpi: KPI-001
    unit: L/m2
    baseline: {value: 46, period: "2024"}
    target: {value: 38, date: 2025-12-31}  # ← OBJ003
```

## Passes
The first was closed with its result; the second may be reached today; the third was given up.

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
    kpi: KPI-001
    unit: L/m2
    baseline: {value: 46, period: "2024"}
    target: {value: 38, date: 2025-12-31}
    status: not-achieved
    result: 41 L/m2; the third rinse came in December
  - id: OBJ-002
    title: Use less gas
    basis: [OBL-001]
    kpi: KPI-001
    unit: m3/m2
    baseline: {value: 46, period: "2024"}
    target: {value: 38, date: 2026-06-01}
  - id: OBJ-003
    title: Greener canteen
    basis: [OBL-001]
    kpi: KPI-001
    unit: L/m2
    baseline: {value: 46, period: "2024"}
    target: {value: 38, date: 2025-12-31}
    status: withdrawn
```

## How to fix
Set `status` to achieved or not-achieved and write the `result`; or set a new date, and have it approved.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ObjectiveRow
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each open objective whose target's day lies behind."""
    for entry, objective in context.each(ObjectiveRow):
        day = objective.target.date if objective.target else None
        if day is None or day >= context.as_of or is_over(objective):
            continue
        if ("status",) in entry.dropped:
            continue
        stands = f"its status is {objective.status}" if objective.status else "it has no status"
        yield Finding(
            f"{called(objective)} was to be reached by {day}, and {stands}",
            place(entry, "target"),
            id=objective.id,
            help="set `status: achieved` or `status: not-achieved` and write the `result`; or set a new "
            "date and have it approved",
        )


RULE = Rule(
    code="OBJ003",
    name="objective-past-due",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("6.2", "9.1.1"),
    clauses_2026=("6.2", "9.1.1"),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
