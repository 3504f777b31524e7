"""Top management was not at the management review

## What it checks
Somebody who directs the organisation chaired or attended the last management review: a role with
`top_management: true`, or a person who held such a role on that day. A deputy does not count, since the
review is top management's own. Where no role has that mark, POL004 and ROL001 have something to say, and
this rule has not.

## Why an auditor asks
The review cannot be delegated: only those who decide about people and money can conclude that there is
enough of both.

## Fails
The EHS manager reviewed the system alone.

`ems/records/management-reviews/2026.yml`
```yaml
type: management-review
title: Management reviews
rows:
  - id: MRV-001
    title: Management review 2026
    date: 2026-02-20
    chair: PER-BEN
    attendees: [PER-BEN, ROL-EHS]  # ← MRV004
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
    approved: {by: PER-BEN, on: 2026-02-27}
```

## Passes
The managing director attended, as a person.

`ems/records/management-reviews/2026.yml`
```yaml
type: management-review
title: Management reviews
rows:
  - id: MRV-001
    title: Management review 2026
    date: 2026-02-20
    chair: ROL-EHS
    attendees: [PER-MAYA]
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
    approved: {by: ROL-MD, on: 2026-02-27}
```

She chaired it, as a role.

`ems/records/management-reviews/2026.yml`
```yaml
type: management-review
title: Management reviews
rows:
  - id: MRV-001
    title: Management review 2026
    date: 2026-02-20
    chair: ROL-MD
    attendees: [ROL-EHS]
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
    approved: {by: ROL-MD, on: 2026-02-27}
```

## How to fix
Have top management go through the review and confirm it in a further meeting with `part_of`; next time
invite them first.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import RoleRow
from mkdocs_ems.rules.holding import Holding
from mkdocs_ems.rules.reviews import reviews
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield the last review where nobody of top management was there."""
    top = [role.id for _, role in context.each(RoleRow) if role.top_management and role.id]
    if not top:
        return
    holding = Holding(context)
    for review in reviews(context)[-1:]:
        there = {
            one for _, record in review.parts for one in (record.chair, *record.attendees) if one is not None
        }
        if there.isdisjoint(holding.people(top, review.held)):
            entry, record = review.entry, review.record
            yield Finding(
                f"nobody of top management was at {called(record)}",
                place(entry, "attendees") if record.attendees else place(entry),
                id=record.id,
                help="have top management go through it in a further meeting with `part_of`",
            )


RULE = Rule(
    code="MRV004",
    name="top-management-absent",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("9.3",),
    clauses_2026=("9.3.1",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
