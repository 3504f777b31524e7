"""A result of the management review is missing

## What it checks
The last management review concludes whether the system is suitable, adequate and effective, and what was
decided: what shall be made better (or `decisions` that say it), and what of the system has to change. All
stand under `outputs`; that nothing has to change is a result too. Earlier reviews are left alone.

## Why an auditor asks
A review without a conclusion was a presentation.

## Fails
Nobody says whether it works, nor what has to change.

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
    outputs:  # ← MRV003
      suitability: Still fits a works of this size
      adequacy: Enough
      improvement_decisions: A third rinse stage
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

What shall be made better stands among the decisions.

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
      ems_changes_resources: None needed
    decisions:
      - {text: A third rinse stage, owner: ROL-EHS, due: 2026-12-31}
    approved: {by: ROL-MD, on: 2026-02-27}
```

## How to fix
Ask the chair for what is missing, and write it under `outputs`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model.review_lists import review_results
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.reviews import Review, reviews
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_DECIDED = "improvement_decisions"


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding that names what the last review does not conclude."""
    for review in reviews(context)[-1:]:
        missing = [
            f"{one.words} (`{one.key}`)"
            for one in review_results(context.settings.edition)
            if one.always and not _says(review, one.key)
        ]
        if missing:
            entry, record = review.entry, review.record
            yield Finding(
                f"{called(record)} does not conclude {listed(missing)}",
                place(entry, "outputs", key=True) if record.outputs else place(entry),
                id=record.id,
                help="ask the chair, and write it under `outputs`; that nothing has to change is one too",
            )


def _says(review: Review, key: str) -> bool:
    decided = key == _DECIDED and any(record.decisions for _, record in review.parts)
    return decided or review.result(key)


RULE = Rule(
    code="MRV003",
    name="output-missing",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("9.3",),
    clauses_2026=("9.3.3",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
