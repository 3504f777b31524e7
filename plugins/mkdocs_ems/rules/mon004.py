"""A reading is beyond a legal limit and no nonconformity answers it

## What it checks
Every reading keeps to the limits by law of its measurement (`limits: {legal_min, legal_max}`) and to the
`limit` of each condition that an obligation in force sets for it (`parameter`). One that does not is named,
with its period, by a nonconformity (`readings`). A condition with the `statistic` mean, sum or percentile-95
is held against the calendar year: a total as soon as it passes the limit, the others when the year is over.
Limits and readings in different units are compared after conversion; `<2` may be anything below 2.

## Why an auditor asks
An exceedance that nobody took up is the gravest thing a series of readings can hold: it shows that nobody
compared the values with the permit, and the authority may have had to be told.

## Fails
In March the nickel was above the consent. May was too, and the nonconformity names March alone.

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
    limits: {legal_max: 2}
```

`ems/registers/nonconformities.yml`
```yaml
id: REG-NONCONFORMITIES
type: nonconformity
title: Nonconformities
owner: ROL-MD
rows:
  - id: NCR-001
    title: Nickel above the consent
    readings: [{measurement: MON-001, period: 2026-03}]
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit,qualifier,comment
MON-001,2026-02,1.9,mg/L,,
MON-001,2026-03,2.2,mg/L,,dosing pump failed
MON-001,2026-04,2.0,mg/L,,
MON-001,2026-05,2.1,mg/L,,looked into  # ← MON004
```

The limit stands in a condition of the consent, in another unit, and is a lowest value.

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001
    title: Trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    applicable: yes
    how_it_applies: Rinse water goes to the sewer; metals and pH have limits.
    conditions:
      - {text: At least half a cubic metre, parameter: MON-001, limit: 0.5, unit: m3, sense: at-least}
```

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - id: MON-001
    title: Rinse water let out in a day
    unit: L
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit
MON-001,2026-05-04,510,L
MON-001,2026-05-05,490,L  # ← MON004
```

The total of the year has passed its limit in April.

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001
    title: Trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    applicable: yes
    how_it_applies: Rinse water goes to the sewer; metals and pH have limits.
    conditions:
      - {text: At most 100 m3 a year, parameter: MON-001, limit: 100, statistic: sum}
```

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - id: MON-001
    title: Rinse water let out in a month
    unit: m3
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit
MON-001,2025-12,90,m3
MON-001,2026-01,30,m3
MON-001,2026-02,30,m3
MON-001,2026-03,30,m3
MON-001,2026-04,30,m3  # ← MON004
```

## Passes
A nonconformity names the reading; a day in its period is named as well.

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
    limits: {legal_max: 2}
```

`ems/registers/nonconformities.yml`
```yaml
id: REG-NONCONFORMITIES
type: nonconformity
title: Nonconformities
owner: ROL-MD
rows:
  - id: NCR-001
    title: Nickel above the consent
    readings:
      - {measurement: MON-001, period: 2026-03}
      - {measurement: MON-001, period: 2026-05-11}
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit
MON-001,2026-03,2.2,mg/L
MON-001,2026-05,2100,ug/L  # ← MON003
```

Below the limit of detection, before the consent, a permit repealed, and a mean whose year is not over.

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001
    title: Trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    applicable: yes
    effective_from: 2026-03-01
    how_it_applies: Rinse water goes to the sewer; metals and pH have limits.
    conditions:
      - {text: At most 2 mg/L, parameter: MON-001, limit: 2, unit: mg/L}
      - {text: On average 1 mg/L, parameter: MON-001, limit: 1, unit: mg/L, statistic: mean}
  - id: OBL-002
    title: The consent before it
    citation: Consent 3/2009
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    status: repealed
    how_it_applies: It had the lower limit.
    conditions:
      - {text: At most 1 mg/L, parameter: MON-001, limit: 1, unit: mg/L}
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
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit,qualifier
MON-001,2026-02,2.5,mg/L,
MON-001,2026-03,2.5,mg/L,<
MON-001,2026-04,1.5,mg/L,
```

## How to fix
Raise a nonconformity that names the reading (`readings: [{measurement: MON-…, period: …}]`), and see whether
the authority has to be told. If the value is a slip, correct it and say so in the commit.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.rules.excesses import Limit
from mkdocs_ems.rules.readings import bounded
from mkdocs_ems.rules.values import AuditContext, Rule, called


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each reading beyond a legal limit that no nonconformity names."""
    found = (one for one in context.excesses if one.bound.limit is Limit.LEGAL and not one.answered)
    for one, more in bounded(found):
        name, period = called(one.measurement), one.period.text
        yield Finding(
            f"{name}: {one.words}, and no nonconformity names it{more}",
            one.reading.span,
            id=one.measurement.id,
            help=f"raise a nonconformity with `readings: [{{measurement: {one.measurement.id}, period: "
            f"{period[:10]}}}]`, and see whether the authority has to be told",
        )


RULE = Rule(
    code="MON004",
    name="limit-exceeded-without-ncr",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("9.1.1", "9.1.2", "10.2"),
    clauses_2026=("9.1.1", "9.1.2", "10.2"),
    since="0.1.0",
    check=check,
)
