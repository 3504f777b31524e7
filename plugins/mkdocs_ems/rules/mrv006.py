"""A decision of the management review has nobody who carries it out

## What it checks
Each decision of the last management review names the `actions` that carry it out, or who does it (`owner`)
and by when (`due`); or it says why nothing has to be done (`no_action_reason`). Earlier reviews are left
alone.

## Why an auditor asks
Decisions evaporate that nobody was given.

## Fails
Nobody is named.

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
    decisions:
      - text: A third rinse stage  # ← MRV006
      - {text: A probe, owner: ROL-EHS}  # ← MRV006
    approved: {by: ROL-MD, on: 2026-02-27}
```

## Passes
With an action, with an owner and a day, and with nothing left to do.

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
    decisions:
      - {text: A third rinse stage, actions: [ACT-001]}
      - {text: A probe, owner: ROL-EHS, due: 2026-09-30}
      - {text: The policy stays, no_action_reason: It was found right}
    approved: {by: ROL-MD, on: 2026-02-27}
```

## How to fix
Write the `actions` of the decision, or its `owner` and `due`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.reviews import reviews
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each decision of the last review that nobody has to carry out."""
    parts = (part for review in reviews(context)[-1:] for part in review.parts)
    for entry, record in parts:
        for index, decision in enumerate(record.decisions):
            if decision.actions or decision.no_action_reason:
                continue
            missing = [f"`{name}`" for name in ("owner", "due") if getattr(decision, name) is None]
            if missing:
                yield Finding(
                    f'{called(record)} decides "{decision.text}" without {listed(missing)} or an action',
                    place(entry, "decisions", index, "text"),
                    id=record.id,
                    help="write its `actions`, or its `owner` and `due`; or `no_action_reason`, where "
                    "nothing has to be done",
                )


RULE = Rule(
    code="MRV006",
    name="decision-without-action",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("9.3",),
    clauses_2026=("9.3.3",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
