"""An input of the management review is missing

## What it checks
The last management review says something of every input that the edition asks for: under `inputs`, each
with a `text`, or with the `data` it rests on, or both. What there was nothing to say of is said as that. A
review that was held in several meetings (`part_of`) is judged as one. Earlier ones are left alone.

## Why an auditor asks
Minutes in which one of the inputs does not occur are among the findings that certification bodies write
most.

## Fails
Nobody spoke of resources, and of complaints there is an empty line.

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
    inputs:  # ← MRV002
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
      improvement_opportunities: {text: A third rinse}
      communications_complaints: {data: []}
    outputs:
      suitability: Still fits a works of this size
      adequacy: Enough
      effectiveness: The rinse water keeps its limits
      improvement_decisions: A third rinse stage
      ems_changes_resources: None needed
    approved: {by: ROL-MD, on: 2026-02-27}
```

## Passes
All of them.

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

The second meeting spoke of what the first one left out.

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
      communications_complaints: {text: No complaint}
      improvement_opportunities: {text: A third rinse}
    outputs:
      suitability: Still fits a works of this size
      adequacy: Enough
      effectiveness: The rinse water keeps its limits
      improvement_decisions: A third rinse stage
      ems_changes_resources: None needed
    approved: {by: ROL-MD, on: 2026-02-27}
  - id: MRV-002
    title: Management review 2026, second part
    date: 2026-03-02
    part_of: MRV-001
    chair: ROL-MD
    attendees: [ROL-MD]
    inputs:
      resources: {text: Enough}
    approved: {by: ROL-MD, on: 2026-03-03}
```

## How to fix
Write under `inputs` what was reported and said, or what it rests on; what was not looked at, look at in a
further meeting with `part_of`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model.review_lists import review_inputs
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.reviews import reviews
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding that names the inputs of which the last review says nothing."""
    for review in reviews(context)[-1:]:
        missing = [
            f"{one.words} (`{one.key}`)"
            for one in review_inputs(context.settings.edition)
            if not any(said.text or said.data for said in review.inputs(one.key))
        ]
        if missing:
            entry, record = review.entry, review.record
            yield Finding(
                f"{called(record)} says nothing of {plural(len(missing), 'input')}: {listed(missing)}",
                place(entry, "inputs", key=True) if record.inputs else place(entry),
                id=record.id,
                help="write for each what was said (`text`) or what it rests on (`data`); what was not "
                "looked at, look at in a further meeting with `part_of`",
            )


RULE = Rule(
    code="MRV002",
    name="input-missing",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("9.3",),
    clauses_2026=("9.3.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
