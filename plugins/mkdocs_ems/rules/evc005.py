"""An evaluation says compliant, and readings or the permit say otherwise

## What it checks
In the days that an evaluation with the result *compliant* covers, no reading is beyond a limit by law of its
obligation: the `limit` of one of its conditions, or a limit by law of a measurement that is taken for it
(`why`). And a permit, licence, consent or registration had not expired (`valid_to`) on that day. The days are
those from `period_start` to `period_end` or `date`; without, all since the evaluation before it, or one
interval.

## Why an auditor asks
Both stand in the same folder, and auditors hold them against each other. A conclusion that the readings
refute shows that nobody looked at them.

## Fails
February was above the consent; the permit had expired when it was evaluated.

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
    processes: [PRC-001]
    conditions: [{ref: 2c, text: Nickel, kind: limit, parameter: MON-001, limit: 2, unit: mg/L}]
    evaluation: {frequency_months: 12, method: sampling}
  - id: OBL-002
    title: Environmental permit
    citation: EPR/AB1234CD
    type: permit
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: The line runs under it.
    no_conditions_reason: Its limits stand with the measurements.
    processes: [PRC-001]
    evaluation: {frequency_months: 12, method: records}
    valid_to: 2026-03-31  # ← OBL004
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

`ems/registers/nonconformities.yml`
```yaml
id: REG-NONCONFORMITIES
type: nonconformity
title: Nonconformities
owner: ROL-MD
rows:
  - id: NCR-001
    title: Nickel above the consent
    status: open
    source: monitoring
    detected_on: 2026-03-03
    criterion: Consent 14/2019
    readings: [{measurement: MON-001, period: 2026-02}]
    correction: {what: Line stopped, by: ROL-EHS, date: 2026-03-03}
    impact_mitigation: None needed.
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit
MON-001,2026-01,1.9,mg/L
MON-001,2026-02,2.2,mg/L
```

`ems/records/compliance-evaluations/2026.yml`
```yaml
type: compliance-evaluation
rows:
  - id: EVC-001
    title: Consent
    obligation: OBL-001
    date: 2026-05-10
    by: [ROL-MD]
    method: sampling
    result: compliant  # ← EVC005
    evidence: [{what: Reports of the laboratory}]
  - id: EVC-002
    title: Where we stand
    scope: overall
    date: 2026-05-10
    by: [ROL-MD]
    result: partial
    nonconformities: [NCR-001]
  - id: EVC-003
    title: Permit
    obligation: OBL-002
    date: 2026-05-10
    by: [ROL-MD]
    method: records
    result: compliant  # ← EVC005
    evidence: [{what: Yearly report}]
```

## Passes
The reading of last year was met by the evaluation before; this one says partial.

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - id: MON-001
    title: Nickel at the outlet
    why: [OBL-001]
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
    status: open
    source: monitoring
    detected_on: 2026-05-03
    criterion: Consent 14/2019
    readings: [{measurement: MON-001, period: 2025-06}, {measurement: MON-001, period: 2026-04}]
    correction: {what: Line stopped, by: ROL-EHS, date: 2026-05-03}
    impact_mitigation: None needed.
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit
MON-001,2025-06,2.2,mg/L
MON-001,2025-12,1.9,mg/L
MON-001,2026-04,2.1,mg/L
```

`ems/records/compliance-evaluations/2026.yml`
```yaml
type: compliance-evaluation
rows:
  - id: EVC-001
    title: Consent
    obligation: OBL-001
    period_start: 2025-07-01
    period_end: 2025-12-31
    date: 2026-01-12
    by: [ROL-MD]
    method: sampling
    result: compliant
    evidence: [{what: Reports of the laboratory}]
  - id: EVC-004
    title: Consent in spring
    obligation: OBL-001
    date: 2026-05-04
    by: [ROL-MD]
    method: sampling
    result: compliant
    evidence: [{what: Reports of the laboratory}]
    amendments: [{date: 2026-05-10, text: The reading of April had come in and was above the limit}]
  - id: EVC-002
    title: Consent once more
    obligation: OBL-001
    date: 2026-05-10
    by: [ROL-MD]
    method: sampling
    result: partial
    nonconformities: [NCR-001]
  - id: EVC-003
    title: Where we stand
    scope: overall
    date: 2026-05-10
    by: [ROL-MD]
    result: partial
    nonconformities: [NCR-001]
```

## How to fix
Say what is so: change the result and name the nonconformity that takes the reading up. Where the record has
landed, an amendment says it; a record with amendments is not told again.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Related, Severity
from mkdocs_ems.rules.contradictions import Contradiction, contradictions
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural

_SHOWN = 3
"""So many readings are named in words."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each evaluation that says compliant and is refuted."""
    for one in contradictions(context.compliance, context.excesses):
        if one.entry.dropped or one.evaluated.record.amendments:
            continue
        yield Finding(
            f"{called(one.evaluated.record)} finds {one.obligation.id or 'it'} complied with, but "
            f"{' and '.join(_reasons(one))}",
            place(one.entry, "result"),
            id=one.evaluated.record.id,
            help="say in `result` what is so and name the nonconformity that takes it up; where the record "
            "has landed, add an amendment that says so",
            related=tuple(
                Related(f"{excess.measurement.id}: {excess.words}", excess.reading.span)
                for excess in one.excesses[:_SHOWN]
            ),
        )


def _reasons(one: Contradiction) -> Iterator[str]:
    if one.excesses:
        shown = ", ".join(f"{excess.measurement.id}: {excess.words}" for excess in one.excesses[:_SHOWN])
        more = len(one.excesses) - _SHOWN
        yield shown + (f" and {plural(more, 'more reading')}" if more > 0 else "")
    if one.expired_on is not None:
        yield f"it had expired on {one.expired_on}"


RULE = Rule(
    code="EVC005",
    name="contradiction-with-readings",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("9.1.2",),
    clauses_2026=("9.1.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
