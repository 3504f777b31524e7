"""A reading is beyond the organisation's own alert and nobody said why

## What it checks
Every reading beyond an alert (`limits: {alert_min, alert_max}`) has a `comment` in its line, or a
nonconformity that names it (`readings`). A reading beyond a limit by law is MON004's, one that is not
plausible MON003's.

## Why an auditor asks
You set the alert to be warned before the limit is reached. A value beyond it without a word shows that the
warning went unheard.

## Fails
April is above the alert and its line says nothing.

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
    limits: {legal_max: 2, alert_max: 1.5}
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit,comment
MON-001,2026-03,1.4,mg/L,
MON-001,2026-04,1.6,mg/L,  # ← MON005
```

The pH is below its lower alert.

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - id: MON-001
    title: pH at the outlet
    limits: {alert_min: 6.5}
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter;period;value;unit
MON-001;2026-05-04T08:00;6,5;1
MON-001;2026-05-04T16:00;6,4;1  # ← MON005
```

## Passes
April's line says what it was, a nonconformity answers May, and February is MON004's.

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
    limits: {legal_max: 2, alert_max: 1.5}
```

`ems/registers/nonconformities.yml`
```yaml
id: REG-NONCONFORMITIES
type: nonconformity
title: Nonconformities
owner: ROL-MD
rows:
  - id: NCR-001
    title: Nickel near the consent
    readings: [{measurement: MON-001, period: 2026-05}]
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit,comment
MON-001,2026-02,2.2,mg/L,  # ← MON004
MON-001,2026-03,1.5,mg/L,
MON-001,2026-04,1.6,mg/L,"Resin spent; changed on the 20th"
MON-001,2026-05,1.7,mg/L,
```

## How to fix
Say in the `comment` of the line what was found and done, or raise a nonconformity that names the reading.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.rules.excesses import Limit
from mkdocs_ems.rules.readings import bounded
from mkdocs_ems.rules.values import AuditContext, Rule, called


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each reading beyond an alert that neither its comment nor a nonconformity explains."""
    beyond = (one for one in context.excesses if one.bound.limit is Limit.ALERT)
    unexplained = (one for one in beyond if not one.answered and one.reading.comment is None)
    for one, more in bounded(unexplained):
        yield Finding(
            f"{called(one.measurement)}: {one.words}, and nobody says why{more}",
            one.reading.span,
            id=one.measurement.id,
            help="say in the line's `comment` what was done, or raise a nonconformity that names it",
        )


RULE = Rule(
    code="MON005",
    name="internal-limit-exceeded",
    severity=Severity.WARNING,
    basis=Basis.OWN_RULE,
    clauses_2015=("9.1.1",),
    clauses_2026=("9.1.1",),
    since="0.1.0",
    check=check,
)
