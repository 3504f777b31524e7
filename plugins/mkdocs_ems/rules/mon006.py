"""Readings were never analysed

## What it checks
Every reading is looked at within a year, or within `intervals: {analyses: …}` of `ems.yml`: an analysis below
`records/analyses/` names its measurement, an indicator made of it, or an objective that this indicator shows,
covers its period (`period_start`, `period_end`) and says what the results mean (`shows`). A reading whose
line has a `comment` was looked at. What was measured before the first analysis is left alone; where there is
no analysis at all, that is told once for a register.

## Why an auditor asks
Measuring is only half of what is asked. Numbers that nobody drew a conclusion from change nothing.

## Fails
Nobody ever analysed anything.

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS  # ← MON006
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - id: MON-001
    title: Nickel at the outlet
    unit: mg/L
  - id: MON-002
    title: Zinc at the outlet
    unit: mg/L
```

`ems/records/readings/2025.csv`
```csv
parameter,period,value,unit
MON-001,2025-03,1.2,mg/L
MON-002,2025-03,1.2,mg/L
MON-002,2025-04,1.3,mg/L
```

The first quarter of last year was analysed, what came next was not; of zinc nothing was.

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - id: MON-001  # ← MON006
    title: Nickel at the outlet
    unit: mg/L
  - id: MON-002  # ← MON006
    title: Zinc at the outlet
    unit: mg/L
```

`ems/records/readings/2025.csv`
```csv
parameter,period,value,unit
MON-001,2025-03,1.2,mg/L
MON-001,2025-04,1.3,mg/L
MON-001,2026-02,1.3,mg/L
MON-002,2025-03,1.2,mg/L
```

`ems/records/analyses/2025.yml`
```yaml
type: analysis
rows:
  - id: ANA-001
    title: First quarter
    measurements: [MON-001]
    period_start: 2025-01-01
    period_end: 2025-03-31
    date: 2025-04-12
    by: [ROL-EHS]
    shows: Steady; nothing near the limit.
```

## Passes
Nickel is analysed through its indicator, which an objective goes by; zinc was commented; the reading of
spring may wait; and that of 2023 was there before analyses began.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
intervals: {analyses: 6 months}
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
```

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - id: MON-001
    title: Nickel at the outlet
    unit: mg/L
  - id: MON-002
    title: Zinc at the outlet
    unit: mg/L
```

`ems/registers/indicators.yml`
```yaml
id: REG-INDICATORS
type: indicator
title: Indicators
owner: ROL-EHS
rows:
  - id: KPI-001
    title: Nickel
    definition: As it is read
    source: [MON-001]
    unit: mg/L
    direction: decrease
    aggregation: latest
```

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001
    title: Less nickel
    basis: [OBL-001]
    kpi: KPI-001
    unit: mg/L
    baseline: {value: 2}
    target: {value: 1.3, date: 2026-12-31}
```

`ems/records/readings/2025.csv`
```csv
parameter,period,value,unit,comment
MON-001,2023-04,1.3,mg/L,
MON-001,2025-03,1.2,mg/L,
MON-001,2025-10,1.2,mg/L,
MON-001,2026-02,1.3,mg/L,
MON-002,2025-10,1.3,mg/L,Much as in spring; no change of the baths
```

`ems/records/analyses/2025.yml`
```yaml
type: analysis
rows:
  - id: ANA-002
    title: Second half of the year
    objectives: [OBJ-001]
    period_end: 2025-12-31
    by: [ROL-EHS]
    shows: Steady.
  - id: ANA-001
    title: First half of the year
    indicators: [KPI-001]
    period_start: 2025-01-01
    period_end: 2025-06-30
    by: [ROL-EHS]
    shows: Steady.
```

## How to fix
Write down what the results of the period show and what follows, as a record below `records/analyses/` with
`measurements` or `indicators`, `period_start`, `period_end`, `by` and `shows`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import MeasurementRow, Reading
from mkdocs_ems.model.fields import Interval
from mkdocs_ems.rules.analyses import Analysed, Days, analysed
from mkdocs_ems.rules.undated import tellable
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural

_A_YEAR = Interval(12, 0)


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each measurement with readings that nobody analysed; where nobody ever did, the register."""
    if not context.model.series:
        return
    covered = analysed(context)
    found = {}
    for entry, row in context.each(MeasurementRow):
        series = context.model.series.get(row.id or "")
        mine = row.id is not None and context.model.by_id[row.id] is entry
        if series is not None and row.status != "withdrawn" and mine:
            spans = _unanalysed(series.readings, covered, series.measurement, context)
            if spans:
                found[entry] = spans
    begun = {entry.anchor.path for entry in found} if covered.since else set[str]()
    for entry, entity, count in tellable(context, found, begun):
        if count > 1:
            message = f"the readings of {plural(count, 'measurement')} were never analysed"
        else:
            first, last, many = found[entry]
            when = first.period.text if first is last else f"{first.period.text} to {last.period.text}"
            message = f"{plural(many, 'reading')} ({when}) {'were' if many > 1 else 'was'} never analysed"
        yield Finding(
            f"{called(entity)}: {message}",
            place(entry),
            id=entity.id,
            help="write down what the results show below records/analyses/ with `measurements`, "
            "`period_start`, `period_end`, `by` and `shows`",
        )


def _unanalysed(
    readings: Sequence[Reading], covered: Analysed, name: str, context: AuditContext
) -> tuple[Reading, Reading, int] | None:
    """The first and last reading that should have been analysed and was not, and how many are so."""
    every = context.settings.intervals.analyses or _A_YEAR
    due = bisect_left(readings, True, key=lambda one: not every.passed(one.period.last, on=context.as_of))
    start = bisect_left(readings, covered.since or date.min, hi=due, key=_last)
    left: list[Reading] = []
    for first, last in (*covered.measurements.get(name, ()), _END):
        stop = bisect_left(readings, first, lo=start, hi=due, key=_last)
        left += [one for one in readings[start:stop] if one.comment is None]
        start = bisect_right(readings, last, lo=stop, hi=due, key=_last)
    return (left[0], left[-1], len(left)) if left else None


_END: Days = (date.max, date.max)


def _last(one: Reading) -> date:
    return one.period.last


RULE = Rule(
    code="MON006",
    name="no-analysis",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("9.1.1",),
    clauses_2026=("9.1.1",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
