"""The management review is overdue

## What it checks
The last management review was held no longer ago than `intervals: {management_review: …}` of `ems.yml`
says; twelve months without, which is usual and no demand. And there has been one at all.

## Why an auditor asks
The standard asks for reviews at planned intervals, and you planned them. A review that slips by half a year
misses its season: budgets are made and objectives set without it.

## Fails
The last one was in March of last year.

`ems/records/management-reviews/2026.yml`
```yaml
type: management-review
title: Management reviews
rows:
  - id: MRV-001
    title: Management review 2026
    date: 2025-03-14  # ← MRV001
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
      audits: {text: None since}
      resources: {text: Enough}
      communications_complaints: {text: No complaint}
      improvement_opportunities: {text: A third rinse}
    outputs:
      suitability: Still fits a works of this size
      adequacy: Enough
      effectiveness: The rinse water keeps its limits
      improvement_decisions: A third rinse stage
      ems_changes_resources: None needed
    approved: {by: ROL-MD, on: 2025-03-20}
```

There was never one.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}  # ← MRV001
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
```

They planned one every six months.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
intervals: {management_review: 6 months}
```

`ems/records/management-reviews/2026.yml`
```yaml
type: management-review
title: Management reviews
rows:
  - id: MRV-001
    title: Management review 2026
    date: 2025-11-14  # ← MRV001
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
      audits: {text: None since}
      resources: {text: Enough}
      communications_complaints: {text: No complaint}
      improvement_opportunities: {text: A third rinse}
    outputs:
      suitability: Still fits a works of this size
      adequacy: Enough
      effectiveness: The rinse water keeps its limits
      improvement_decisions: A third rinse stage
      ems_changes_resources: None needed
    approved: {by: ROL-MD, on: 2025-11-20}
```

## Passes
Held a year ago today.

`ems/records/management-reviews/2026.yml`
```yaml
type: management-review
title: Management reviews
rows:
  - id: MRV-001
    title: Management review 2026
    date: 2025-06-01
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
      audits: {text: None since}
      resources: {text: Enough}
      communications_complaints: {text: No complaint}
      improvement_opportunities: {text: A third rinse}
    outputs:
      suitability: Still fits a works of this size
      adequacy: Enough
      effectiveness: The rinse water keeps its limits
      improvement_decisions: A third rinse stage
      ems_changes_resources: None needed
    approved: {by: ROL-MD, on: 2025-06-20}
```

They planned one every other year.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
intervals: {management_review: 2 years}
```

`ems/records/management-reviews/2026.yml`
```yaml
type: management-review
title: Management reviews
rows:
  - id: MRV-001
    title: Management review 2026
    date: 2025-03-14
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
      audits: {text: None since}
      resources: {text: Enough}
      communications_complaints: {text: No complaint}
      improvement_opportunities: {text: A third rinse}
    outputs:
      suitability: Still fits a works of this size
      adequacy: Enough
      effectiveness: The rinse water keeps its limits
      improvement_decisions: A third rinse stage
      ems_changes_resources: None needed
    approved: {by: ROL-MD, on: 2025-03-20}
```

## How to fix
Hold the review, and keep its record below records/management-reviews.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.model import ManagementReviewRecord
from mkdocs_ems.rules.checks import unread_day
from mkdocs_ems.rules.reviews import reviews
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import ago


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield that the last review is too long ago, or that there was none."""
    if not context.model.settings_readable:
        return
    held = reviews(context)
    if not held and any(unread_day(entry, context) for entry, _ in context.each(ManagementReviewRecord)):
        return
    if not held:
        yield Finding(
            "there is no record of a management review",
            Anchor(context.model.settings_path, ("organisation",), key=True),
            help="have top management review the system, and keep a record of it",
        )
        return
    last, intervals = held[-1], context.settings.intervals
    due = intervals.management_review.after(last.held)
    if due < context.as_of:
        declared = "management_review" in intervals.model_fields_set
        entry, record = last.parts[-1]
        yield Finding(
            f"the management review was due on {due}, {ago(due, today=context.as_of)}; "
            f"the last one, {called(record)}, was held on {last.held}",
            place(entry, "date") if record.date else place(entry),
            id=record.id,
            help="hold it and keep its record; how often you do, `intervals: {management_review: …}` says",
            basis=Basis.OWN_RULE if declared else Basis.PRACTICE,
        )


RULE = Rule(
    code="MRV001",
    name="management-review-overdue",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("9.3",),
    clauses_2026=("9.3.1",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
