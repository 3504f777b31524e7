"""A figure that was given out differs from the readings

## What it checks
Every figure under `figures` of a communication or a document is what its indicator comes to: the value of
the period itself, or the value that counts at its end (the twelve months, the mean of three), rounded as
the figure is. Another unit is converted. A period without readings, and what an indicator cannot work out,
is not compared.

## Why an auditor asks
What you tell outside has to agree with the information of the system. Two figures for one thing cost the
trust in both.

## Fails
The twelve months come to 1,200.4, and May to 102; one figure is an old one, the other has two digits the
wrong way round.

`ems/registers/indicators.yml`
```yaml
id: REG-INDICATORS
type: indicator
title: Indicators
owner: ROL-EHS
rows:
  - id: KPI-001
    title: Water used
    definition: Mains water of the whole works
    source: [MON-002]
    unit: m3
    direction: decrease
    aggregation: rolling12
    frequency: monthly
```

`ems/registers/water.yml`
```yaml
id: REG-WATER
type: measurement
title: Water meters
owner: ROL-EHS
rows:
  - id: MON-002
    title: Mains water
    what: Mains water at the gate
    method: Meter
    frequency: monthly
    starts: 2025-06-01
    when_evaluated: Every month
    who: ROL-EHS
    unit: m3
    indicators: [KPI-001]
    limits: {alert_max: 500}
```

`ems/records/readings/MON-002.csv`
```csv
parameter,period,value,unit
MON-002,2025-06,101,m3
MON-002,2025-07,99,m3
MON-002,2025-08,100,m3
MON-002,2025-09,104,m3
MON-002,2025-10,96,m3
MON-002,2025-11,100.4,m3
MON-002,2025-12,99,m3
MON-002,2026-01,100,m3
MON-002,2026-02,101,m3
MON-002,2026-03,100,m3
MON-002,2026-04,98,m3
MON-002,2026-05,102,m3
```

`ems/records/communications/2026.yml`
```yaml
type: communication
title: Communication log of 2026
rows:
  - id: COL-001
    subject: Water figures
    direction: out
    kind: report
    date: 2026-06-01
    by: [ROL-EHS]
    parties: [PTY-001]
    figures:
      - {indicator: KPI-001, period: 2026-05, value: 1180, unit: m3}  # ← COM005
```

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
figures:
  - {indicator: KPI-001, period: 2026-05, value: 120}  # ← COM005
---

## Before discharge

Read the pH. Discharge between 6 and 9 only. We used 120 m³ in May.
```

## Passes
The month, the twelve months, and these in litres; of a period without readings nothing is known.

`ems/registers/indicators.yml`
```yaml
id: REG-INDICATORS
type: indicator
title: Indicators
owner: ROL-EHS
rows:
  - id: KPI-001
    title: Water used
    definition: Mains water of the whole works
    source: [MON-002]
    unit: m3
    direction: decrease
    aggregation: rolling12
    frequency: monthly
```

`ems/registers/water.yml`
```yaml
id: REG-WATER
type: measurement
title: Water meters
owner: ROL-EHS
rows:
  - id: MON-002
    title: Mains water
    what: Mains water at the gate
    method: Meter
    frequency: monthly
    starts: 2025-06-01
    when_evaluated: Every month
    who: ROL-EHS
    unit: m3
    indicators: [KPI-001]
    limits: {alert_max: 500}
```

`ems/records/readings/MON-002.csv`
```csv
parameter,period,value,unit
MON-002,2025-06,101,m3
MON-002,2025-07,99,m3
MON-002,2025-08,100,m3
MON-002,2025-09,104,m3
MON-002,2025-10,96,m3
MON-002,2025-11,100.4,m3
MON-002,2025-12,99,m3
MON-002,2026-01,100,m3
MON-002,2026-02,101,m3
MON-002,2026-03,100,m3
MON-002,2026-04,98,m3
MON-002,2026-05,102,m3
```

`ems/records/communications/2026.yml`
```yaml
type: communication
title: Communication log of 2026
rows:
  - id: COL-001
    subject: Water figures
    direction: out
    kind: report
    date: 2026-06-01
    by: [ROL-EHS]
    parties: [PTY-001]
    figures:
      - {indicator: KPI-001, period: 2026-05, value: 102}
      - {indicator: KPI-001, period: 2026-05, value: 1200, unit: m3}
      - {indicator: KPI-001, period: 2026-05, value: 1200.4, unit: m3}
      - {indicator: KPI-001, period: 2026-05, value: 1200400, unit: L}
      - {indicator: KPI-001, period: 2024-12, value: 5}
```

## How to fix
Give out the figure that the readings come to; tell those who got the wrong one, and keep that as another
communication. Where the readings are wrong, put them right first.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import CommunicationRecord, Document, Entry, IndicatorRow
from mkdocs_ems.model.figures import Figure
from mkdocs_ems.model.periods import read_period
from mkdocs_ems.model.progress import amount
from mkdocs_ems.model.published import agrees, computed
from mkdocs_ems.model.reading import written_indices
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each figure that its indicator does not come to."""
    stating = [(entry, one.figures) for entry, one in context.each(CommunicationRecord) if one.figures]
    stating += [(entry, one.figures) for entry, one in context.each(Document) if one.figures]
    for entry, figures in stating:
        places = written_indices(entry.dropped, ("figures",), len(figures))
        for index, figure in zip(places, figures, strict=True):
            yield from _compare(context, entry, index, figure)


def _compare(context: AuditContext, entry: Entry, index: int, figure: Figure) -> Iterator[Finding]:
    node, period = context.model.by_id.get(figure.indicator), read_period(figure.period)
    if node is None or not isinstance(node.entity, IndicatorRow) or period is None:
        return
    indicator = node.entity
    unit = figure.unit or indicator.unit
    values = computed(indicator, period, unit=unit, model=context.model, as_of=context.as_of)
    if not values or any(agrees(figure.value, one) for one in values):
        return
    shown = " or ".join(dict.fromkeys(amount(one, unit) for one in values))
    yield Finding(
        f"{called(entry.entity)} gives {amount(figure.value, unit)} for {called(indicator)} in "
        f"{period.text}, and the readings come to {shown}",
        place(entry, "figures", index, "value"),
        id=entry.entity.id,
        help="give out the figure that the readings come to, and tell those who got the wrong one",
    )


RULE = Rule(
    code="COM005",
    name="published-figure-mismatch",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("7.4.1",),
    clauses_2026=("7.4.1",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
