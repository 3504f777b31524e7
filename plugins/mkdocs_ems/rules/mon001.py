"""A row of the monitoring plan does not say all that monitoring needs

## What it checks
Every measurement that is not withdrawn says what is measured (`what`), how (`method`), how often
(`frequency`), when its readings are evaluated (`when_evaluated`) and by whom they are taken (`who`), and
has something to be compared with: `limits`, an indicator, or a condition of an obligation. An indicator or
condition that names the measurement counts as well.

## Why an auditor asks
What, how, by which criteria, when and by whom has to be settled before values can be compared; a list of
parameters is no plan.

## Fails
What is missing is said once: this row names a parameter and no more.

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - id: MON-001  # ← MON001
    title: pH at the outlet
```

Everything is there but what the readings are compared with.

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - id: MON-001  # ← MON001
    title: pH at the outlet
    what: pH of the treated rinse water at the outlet
    method: Probe, verified weekly
    frequency: daily
    when_evaluated: Every Monday
    who: ROL-EHS
    no_readings: In the log book at the outlet
```

## Passes
The first has limits, the second feeds an indicator, a condition names the third; the last is withdrawn.

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - id: MON-001
    title: pH at the outlet
    what: pH of the treated rinse water at the outlet
    method: Probe, verified weekly
    frequency: daily
    when_evaluated: Every Monday
    who: ROL-EHS
    limits: {legal_min: 6, legal_max: 10}
    no_readings: In the log book at the outlet
  - id: MON-002
    title: Mains water
    what: Main meter
    method: Read by hand
    frequency: monthly
    when_evaluated: In the month after
    who: ROL-EHS
    indicators: [KPI-001]
    no_readings: In the log book of the meter
  - id: MON-003
    title: Nickel at the outlet
    what: Nickel in a sample of 24 hours
    method: Laboratory
    frequency: monthly
    when_evaluated: When the report comes
    who: ROL-EHS
    no_readings: In the laboratory's reports
  - id: MON-004
    title: Noise at the fence
    status: withdrawn
```

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
    conditions: [{text: At most 2 mg/L nickel, parameter: MON-003, limit: 2, unit: mg/L}]
```

## How to fix
Fill in the columns that the finding names: `frequency` as monthly or weekly, `who` as a role, `limits` or
`indicators` for what the values are compared with.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Entry, MeasurementRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_ASKED = ("what", "method", "frequency", "when_evaluated", "who")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding for each measurement that lacks any of the elements."""
    for entry, row in context.each(MeasurementRow):
        if row.status == "withdrawn":
            continue
        values = (row.what, row.method, row.frequency, row.when_evaluated, row.who)
        missing = [name for name, value in zip(_ASKED, values, strict=True) if value is None]
        if not _is_compared(context, entry, row):
            missing.append("limits")
        lacks = [name for name in missing if (name,) not in entry.dropped]
        if lacks:
            words = ["limits or indicators" if name == "limits" else name for name in lacks]
            yield Finding(
                f"{called(row)} lacks {', '.join(words)}",
                place(entry),
                id=row.id,
                help=f"add {', '.join(f'`{name}: …`' for name in lacks)}",
            )


def _is_compared(context: AuditContext, entry: Entry, row: MeasurementRow) -> bool:
    """Whether something is set that its readings are held against."""
    if row.indicators or (row.limits and row.limits.model_fields_set):
        return True
    if any(route[0] in ("limits", "indicators") for route in entry.dropped):
        return True
    return context.named_by(row.id, "indicator", "obligation")


RULE = Rule(
    code="MON001",
    name="monitoring-plan-incomplete",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("9.1.1",),
    clauses_2026=("9.1.1",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
