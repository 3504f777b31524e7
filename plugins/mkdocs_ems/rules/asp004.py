"""A declared score differs from the computed one

## What it checks
Where an aspect carries a `score`, as rows from a spreadsheet do, it equals what the formula in `ems.yml`
gives for the aspect's criteria. An aspect needs no score: it is computed.

## Why an auditor asks
A score that does not follow from its criteria shows that your method is not what is applied.

## Fails
Three times two is six.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Noise of the fans
    process: PRC-001
    impacts: [{text: Nuisance}]
    control: influence
    criteria: {likelihood: 3, severity: 2}
    score: 9  # ← ASP004
```

## Passes
The first score fits; the second aspect declares none.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Noise of the fans
    process: PRC-001
    impacts: [{text: Nuisance}]
    control: influence
    criteria: {likelihood: 3, severity: 2}
    score: 6
  - id: ASP-002
    title: Cardboard
    process: PRC-001
    impacts: [{text: Waste}]
    criteria: {likelihood: 3, severity: 1}
```

## How to fix
Correct the criteria, or delete `score` and let it be computed.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each declared score that the method does not give."""
    for entry, aspect, assessment in context.assessed:
        if assessment.score_differs:
            yield Finding(
                f"{called(aspect)} declares the score {aspect.score:g}, but its criteria give "
                f"{assessment.score:g} ({assessment.computation})",
                place(entry, "score"),
                id=aspect.id,
                help="correct the criteria, or delete `score` and let it be computed",
            )


RULE = Rule(
    code="ASP004",
    name="score-mismatch",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.2",),
    clauses_2026=("6.1.2",),
    since="0.1.0",
    requires=("SCH001", "ASP008"),
    check=check,
)
