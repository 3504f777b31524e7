"""Units of an objective cannot be compared

## What it checks
The `unit` of an objective can be turned into its indicator's, and the units of its baseline and target into
the objective's. Where an indicator has measurements, theirs can be turned into its own. Spellings do not
matter (`m³` is `m3`); a unit that is not known can only be compared with itself.

## Why an auditor asks
A target in tonnes against readings in cubic metres can be neither met nor missed.

## Fails
Tonnes cannot be turned into litres for each square metre.

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
    unit: t  # ← OBJ004
    baseline: {value: 46, period: "2025"}
    target: {value: 38, date: 2026-12-31}
```

The target has another unit than the objective, and one that nobody knows.

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
    baseline: {value: 46, unit: kg, period: "2025"}  # ← OBJ004
    target: {value: 38, unit: buckets, date: 2026-12-31}  # ← OBJ004
```

What is measured in kilowatt hours makes no litres.

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
    target: {value: 38, date: 2026-12-31}
```

`ems/registers/indicators.yml`
```yaml
id: REG-INDICATORS
type: indicator
title: Indicators
owner: ROL-EHS
rows:
  - id: KPI-001
    title: Water by area plated
    definition: Litres of mains water for each square metre plated
    source: [MON-001]  # ← OBJ004
    unit: L/m2
    direction: decrease
```

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - {id: MON-001, title: Water by area plated, unit: kWh}
```

## Passes
Cubic metres for each square metre are litres; other spellings are the same unit.

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
    unit: m³ / m²
    baseline: {value: 0.046, unit: m3/m2, period: "2025"}
    target: {value: 38, unit: l/m2, date: 2026-12-31}
```

## How to fix
Write the unit of the objective as its indicator has it, or correct the indicator's.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.model import Entry, IndicatorRow, ObjectiveRow
from mkdocs_ems.model.indicators import comes_to, indicator_sources
from mkdocs_ems.model.units import convertible
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each unit of an objective, and of an indicator's measurements, that cannot be compared."""
    for entry, objective in context.each(ObjectiveRow):
        if not is_over(objective):
            yield from _of_objective(context, entry, objective)
    for entry, indicator in context.each(IndicatorRow):
        if indicator.source and indicator.unit is not None and indicator.status != "withdrawn":
            yield from _of_indicator(context, entry, indicator)


def _of_objective(context: AuditContext, entry: Entry, objective: ObjectiveRow) -> Iterator[Finding]:
    node = context.graph.nodes.get(objective.kpi or "")
    indicator = node.entity if node is not None and isinstance(node.entity, IndicatorRow) else None
    own, its = objective.unit, indicator.unit if indicator else None
    route: tuple[str, ...] = ("unit",)
    pairs = [(route, own, its, f"the unit of its indicator {objective.kpi}")]
    for name, stated in (("baseline", objective.baseline), ("target", objective.target)):
        beside = "its own unit" if own else f"the unit of its indicator {objective.kpi}"
        pairs.append(((name, "unit"), stated.unit if stated else None, own or its, beside))
    for route, unit, other, whose in pairs:
        if unit is not None and other is not None and unit != other and convertible(unit, other) is not True:
            yield _finding(objective, place(entry, *route), unit, other, whose)


def _of_indicator(context: AuditContext, entry: Entry, indicator: IndicatorRow) -> Iterator[Finding]:
    for number, row in enumerate(indicator_sources(indicator, model=context.model)):
        if indicator.unit is not None and row.unit is not None and comes_to(row, indicator) is not True:
            at = place(entry, "source", number)
            yield _finding(indicator, at, indicator.unit, row.unit, f"the unit of {called(row)}")


def _finding(row: ObjectiveRow | IndicatorRow, at: Anchor, unit: str, other: str, whose: str) -> Finding:
    cannot = "cannot be turned into" if convertible(unit, other) is False else "cannot be compared with"
    unknown = "" if convertible(unit, other) is False else ": one of them is not known"
    return Finding(
        f"{called(row)} has {unit}, which {cannot} {other}, {whose}{unknown}",
        at,
        id=row.id,
        help=f"write {other}, or correct the other unit",
    )


RULE = Rule(
    code="OBJ004",
    name="unit-mismatch",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("6.2.2", "9.1.1"),
    clauses_2026=("6.2.2", "9.1.1"),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
