"""The target of an objective lies on the wrong side of its baseline

## What it checks
An objective whose `direction` is decrease has a target below its baseline, one whose direction is increase
has it above. Without a direction of its own, its indicator's counts. Values in different units are compared
after conversion.

## Why an auditor asks
A target above the baseline of something that shall go down is met before anything is done.

## Fails
The water shall decrease, and the target is higher.

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
    direction: decrease
    baseline: {value: 38, period: "2025"}
    target: {value: 46, date: 2026-12-31}  # ← OBJ005
```

The direction is the indicator's, decrease; the target is written in another unit.

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
    baseline: {value: 38, period: "2025"}
    target: {value: 0.046, unit: m3/m2, date: 2026-12-31}  # ← OBJ005
```

## Passes
Down goes down, up goes up, and what is to be kept has no side.

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
    direction: decrease
    baseline: {value: 46, period: "2025"}
    target: {value: 38, date: 2026-12-31}
  - id: OBJ-002
    title: Use more of the rain
    basis: [OBL-001]
    kpi: KPI-001
    unit: L/m2
    direction: increase
    baseline: {value: 4, period: "2025"}
    target: {value: 8, date: 2026-12-31}
  - id: OBJ-003
    title: Keep the rinse clean
    basis: [OBL-001]
    kpi: KPI-001
    unit: L/m2
    direction: maintain
    baseline: {value: 4, period: "2025"}
    target: {value: 8, date: 2026-12-31}
```

## How to fix
Correct the target, the baseline or the direction, whichever is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ObjectiveRow
from mkdocs_ems.model.progress import figure
from mkdocs_ems.model.units import convert
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each objective whose target contradicts its direction."""
    for entry, objective in context.each(ObjectiveRow):
        baseline, target = objective.baseline, objective.target
        if baseline is None or target is None or is_over(objective):
            continue
        node = context.graph.nodes.get(objective.kpi or "")
        way = objective.direction or (getattr(node.entity, "direction", None) if node else None)
        begin: float | None = baseline.value
        units = baseline.unit or objective.unit, target.unit or objective.unit
        if units[0] is not None and units[1] is not None:
            begin = convert(baseline.value, units[0], units[1])
        if begin is None or way not in ("decrease", "increase"):
            continue
        if (target.value > begin) if way == "decrease" else (target.value < begin):
            side = "above" if way == "decrease" else "below"
            yield Finding(
                f"{called(objective)} shall {way}, and its target {figure(target.value)} lies {side} "
                f"the baseline {figure(begin)}",
                place(entry, "target"),
                id=objective.id,
                help="correct `target`, `baseline` or `direction`, whichever is wrong",
            )


RULE = Rule(
    code="OBJ005",
    name="direction-inconsistent",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("6.2.1",),
    clauses_2026=("6.2.1",),
    since="0.1.0",
    requires=("SCH001", "OBJ004"),
    check=check,
)
