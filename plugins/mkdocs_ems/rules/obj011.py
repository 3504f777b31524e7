"""An objective is called achieved and its readings say otherwise

## What it checks
The readings of an objective whose `status` is achieved meet its target: by the last value that counts
before the target's day, or before the day it was closed (`closed_on`), whichever came first. Where there
are no readings nothing is said here.

## Why an auditor asks
A success that the company's own figures contradict takes the worth from every other figure in the manual.

## Fails
Called achieved at 45, with a target of 38.

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
    status: achieved  # ← OBJ011
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
    source: [MON-001]
    unit: L/m2
    direction: decrease
    aggregation: rolling3
```

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - {id: MON-001, title: Water by area plated, unit: L/m2}
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit
MON-001,2026-02,45,L/m2
MON-001,2026-03,45,L/m2
MON-001,2026-04,45,L/m2
```

It was reached in March, after it had been closed.

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
    status: achieved  # ← OBJ011
    closed_on: 2026-02-28
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
    source: [MON-001]
    unit: L/m2
    direction: decrease
    aggregation: latest
```

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - {id: MON-001, title: Water by area plated, unit: L/m2}
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit
MON-001,2026-02,45,L/m2
MON-001,2026-03,37,L/m2
```

## Passes
The first was reached when it was closed, whatever came later; of the second nothing was read.

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
    status: achieved
    closed_on: 2026-03-31
  - id: OBJ-002
    title: Use less gas
    basis: [OBL-001]
    kpi: KPI-002
    unit: kWh
    baseline: {value: 46, period: "2025"}
    target: {value: 38, date: 2026-12-31}
    status: achieved
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
    source: [MON-001]
    unit: L/m2
    direction: decrease
    aggregation: latest
  - {id: KPI-002, title: Gas, unit: kWh}
```

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - {id: MON-001, title: Water by area plated, unit: L/m2}
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit
MON-001,2026-03,38,L/m2
MON-001,2026-04,44,L/m2
```

## How to fix
Set `status: not-achieved` and say in `result` what was reached; or enter the reading that shows it.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ObjectiveRow
from mkdocs_ems.model.progress import ProgressState, progress
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_NOT_MET = (ProgressState.NOT_MET_YET, ProgressState.MISSED)


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each objective called achieved whose readings do not meet its target."""
    for entry, objective in context.each(ObjectiveRow) if context.model.series else ():
        if objective.status != "achieved" or objective.kpi is None:
            continue
        day = min(context.as_of, objective.closed_on or context.as_of)
        found = progress(objective, model=context.model, as_of=day)
        if found.state in _NOT_MET:
            yield Finding(
                f"{called(objective)} is called achieved, and its readings say otherwise: {found.words}",
                place(entry, "status"),
                id=objective.id,
                help="set `status: not-achieved` and write the `result`, or enter the reading that shows it",
            )


RULE = Rule(
    code="OBJ011",
    name="achieved-contradicted",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("6.2.1",),
    clauses_2026=("6.2.1",),
    since="0.1.0",
    requires=("SCH001", "OBJ004", "OBJ005"),
    check=check,
)
