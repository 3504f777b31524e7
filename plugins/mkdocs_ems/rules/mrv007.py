"""The management review rests on old data

## What it checks
What the last management review names as `data` under objectives, monitoring results, compliance and audits
is not older than the time it looks back on: from its `period_start`, else from the review before, else one
interval between reviews. A record counts by its day, a finding by its audit's, a measurement or indicator
by its last reading before the review. What has no day is left alone.

## Why an auditor asks
A review of last year's figures decides about last year.

## Fails
The audit is three years old, and the pH was last read in 2024.

`ems/records/management-reviews/2026.yml`
```yaml
type: management-review
title: Management reviews
rows:
  - id: MRV-001
    title: Management review 2026
    date: 2026-02-20
    chair: ROL-MD
    attendees: [ROL-MD, ROL-EHS]
    inputs:  # ← MRV007
      previous_actions: {text: None were open}
      changes_issues: {text: Drier summers}
      changes_parties_obligations: {text: None}
      changes_significant_aspects: {text: None}
      changes_risks_opportunities: {text: Rinse water twice}
      objectives: {text: On their way, data: [KPI-001]}
      ncr_ca: {text: None were raised}
      monitoring_results: {text: pH within limits, data: [MON-001]}
      compliance: {text: All met}
      audits: {data: [AUD-001]}
      resources: {text: Enough}
      communications_complaints: {text: No complaint}
      improvement_opportunities: {text: A third rinse}
    outputs:
      suitability: Still fits a works of this size
      adequacy: Enough
      effectiveness: The rinse water keeps its limits
      improvement_decisions: A third rinse stage
      ems_changes_resources: None needed
    approved: {by: ROL-MD, on: 2026-02-27}
```

`ems/records/audits/2026.yml`
```yaml
type: audit
title: Audits 2026
rows:
  - id: AUD-001
    title: Plating line
    by: [PER-BEN]
    period_start: 2023-03-10
    period_end: 2023-03-11
    objectives: [See whether the line keeps to its procedures]
    scope: The line with its rinses
    criteria: [ISO 14001, PRO-001]
    processes: [PRC-001]
    team: {lead: PER-BEN}
    auditees: [ROL-MD]
    conclusion: Conforms; one thing is to be put right
    reported_to: [ROL-MD]
    reported_on: 2023-03-20
```

`ems/records/readings/MON-001-2024.csv`
```csv
parameter,period,value,unit
MON-001,2024-05-28,7.2,1
```

## Passes
Both are of the year under review.

`ems/records/management-reviews/2026.yml`
```yaml
type: management-review
title: Management reviews
rows:
  - id: MRV-001
    title: Management review 2026
    date: 2026-02-20
    period_start: 2025-03-01
    chair: ROL-MD
    attendees: [ROL-MD, ROL-EHS]
    inputs:
      previous_actions: {text: None were open}
      changes_issues: {text: Drier summers}
      changes_parties_obligations: {text: None}
      changes_significant_aspects: {text: None}
      changes_risks_opportunities: {text: Rinse water twice}
      objectives: {text: On their way, data: [KPI-001]}
      ncr_ca: {text: None were raised}
      monitoring_results: {text: pH within limits, data: [MON-001]}
      compliance: {text: All met}
      audits: {data: [AUD-001]}
      resources: {text: Enough}
      communications_complaints: {text: No complaint}
      improvement_opportunities: {text: A third rinse}
    outputs:
      suitability: Still fits a works of this size
      adequacy: Enough
      effectiveness: The rinse water keeps its limits
      improvement_decisions: A third rinse stage
      ems_changes_resources: None needed
    approved: {by: ROL-MD, on: 2026-02-27}
```

`ems/records/audits/2026.yml`
```yaml
type: audit
title: Audits 2026
rows:
  - id: AUD-001
    title: Plating line
    by: [PER-BEN]
    period_start: 2025-09-10
    period_end: 2025-09-11
    objectives: [See whether the line keeps to its procedures]
    scope: The line with its rinses
    criteria: [ISO 14001, PRO-001]
    processes: [PRC-001]
    team: {lead: PER-BEN}
    auditees: [ROL-MD]
    conclusion: Conforms; one thing is to be put right
    reported_to: [ROL-MD]
    reported_on: 2025-09-20
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit
MON-001,2026-01-28,7.2,1
```

## How to fix
Put the latest data before top management, and name them; or say in `period_start` how far the review looks
back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AuditFindingRecord, AuditRecord, IndicatorRow, MeasurementRow, Record
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.reviews import Review, reviews
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_JUDGED = ("objectives", "monitoring_results", "compliance", "audits")
"""The inputs that have to be of the time under review; earlier actions are old by nature."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding that names what the last review rests on and is older than the time it looks at."""
    held = reviews(context)
    if not held:
        return
    last = held[-1]
    since = _since(context, held)
    named = dict.fromkeys(one for key in _JUDGED for said in last.inputs(key) for one in said.data)
    old = [(one, day) for one in named if (day := _day(context, one, last.held)) and day < since]
    if old:
        entry, record = last.entry, last.record
        yield Finding(
            f"{called(record)} looks back to {since}, but rests on what is older: "
            f"{listed(f'{one} of {day}' for one, day in old)}",
            place(entry, "inputs", key=True),
            id=record.id,
            help="put the latest data before the review, or say in `period_start` how far it looks back",
        )


def _since(context: AuditContext, held: tuple[Review, ...]) -> date:
    last = held[-1]
    began = [one.period_start for _, one in last.parts if one.period_start]
    if began:
        return min(began)
    if len(held) > 1:
        return held[-2].held
    interval = context.settings.intervals.management_review
    days = (interval.after(last.held) - last.held).days
    return date.fromordinal(max(last.held.toordinal() - days, 1))


def _day(context: AuditContext, identity: str, held: date) -> date | None:
    """The day that something is of; None where it has none."""
    node = context.graph.nodes.get(identity)
    match node.entity if node else None:
        case AuditRecord() as audit:
            return audit.ended
        case AuditFindingRecord() as finding:
            return finding.date or (_day(context, finding.audit, held) if finding.audit else None)
        case MeasurementRow() as measurement:
            return _last_reading(context, measurement.id, held)
        case IndicatorRow() as indicator:
            days = [_last_reading(context, one, held) for one in indicator.source]
            return max((day for day in days if day), default=None)
        case Record() as record:
            return record.period_end or record.date
        case _:
            return None


def _last_reading(context: AuditContext, measurement: str | None, held: date) -> date | None:
    series = context.model.series.get(measurement or "")
    days = [one.period.last for one in series.readings if one.period.first <= held] if series else []
    return max(days, default=None)


RULE = Rule(
    code="MRV007",
    name="input-data-stale",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("9.3",),
    clauses_2026=("9.3.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
