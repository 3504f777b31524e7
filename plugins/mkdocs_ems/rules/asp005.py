"""A declared significance contradicts the method

## What it checks
Where an aspect carries `significant`, it equals what the threshold in `ems.yml` and the aspect's own
`override` give. An aspect needs no such field: its significance is computed.

## Why an auditor asks
You established criteria for significance; an aspect that is judged otherwise was not judged by them.

## Fails
The score of 9 is above the threshold, and the row says it is not significant.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    control: influence
    criteria: {likelihood: 3, severity: 3}
    significant: false  # ← ASP005
```

## Passes
The first follows the threshold, the second a recorded decision.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    control: influence
    criteria: {likelihood: 3, severity: 3}
    significant: true
  - id: ASP-002
    title: Smell of the baths
    process: PRC-001
    impacts: [{text: Nuisance}]
    control: influence
    criteria: {likelihood: 1, severity: 1}
    significant: true
    override: {value: true, reason: Two complaints from neighbours, approved_by: PER-MAYA}
```

## How to fix
Delete `significant` and let it be computed; where the decision differs from the score on purpose,
record it as `override: {value: …, reason: …, approved_by: …}`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each declared significance that method and override do not give."""
    for entry, aspect, assessment in context.assessed:
        if assessment.significance_differs:
            declared = "significant" if aspect.significant else "not significant"
            yield Finding(
                f"{called(aspect)} is declared {declared}, which your method does not give "
                f"({assessment.computation})",
                place(entry, "significant"),
                id=aspect.id,
                help="delete `significant`, or record the decision: "
                f"`override: {{value: {str(aspect.significant).lower()}, reason: …, approved_by: …}}`",
            )


RULE = Rule(
    code="ASP005",
    name="significance-mismatch",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.2",),
    clauses_2026=("6.1.2",),
    since="0.1.0",
    requires=("SCH001", "ASP006", "ASP008"),
    check=check,
)
