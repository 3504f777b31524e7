"""An objective rests on nothing significant

## What it checks
Every objective names under `basis` at least one significant aspect or one compliance obligation.

## Why an auditor asks
Objectives are to be set with the significant aspects and the obligations in view. One that rests on
neither shows effort spent where it matters little.

## Fails
The first objective names no basis; the second names an aspect that is not significant.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Cardboard
    process: PRC-001
    impacts: [{text: Waste}]
    criteria: {likelihood: 3, severity: 1}
```

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001  # ← OBJ007
    title: Greener canteen
    not_measurable_reason: A pilot without a baseline.
  - id: OBJ-002
    title: Less cardboard
    basis: [ASP-001]  # ← OBJ007
    not_measurable_reason: A pilot without a baseline.
```

## Passes
A significant aspect is a basis, and so is an obligation.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Gas burnt in the boiler
    process: PRC-001
    impacts: [{text: Climate}]
    control: influence
    criteria: {likelihood: 3, severity: 3}
```

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001
    title: Less gas
    basis: [ASP-001]
    not_measurable_reason: A pilot without a baseline.
  - id: OBJ-002
    title: Nickel well below the consent
    basis: [OBL-001]
    not_measurable_reason: A pilot without a baseline.
```

## How to fix
Add to `basis` the significant aspect or the obligation that the objective answers. Where there is
none, ask whether the objective is worth its effort, and withdraw it if not.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ObjectiveRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each objective whose basis holds no significant aspect and no obligation."""
    minor = {aspect.id for _, aspect, assessment in context.assessed if assessment.significant is False}
    for entry, objective in context.each(ObjectiveRow):
        # What does not resolve is told by REF001; what could not be assessed is not held against it.
        if objective.status == "withdrawn" or not minor.issuperset(objective.basis):
            continue
        named = ", ".join(objective.basis)
        yield Finding(
            f"{called(objective)} rests on {named}, which is not significant"
            if named
            else f"{called(objective)} names no basis",
            place(entry, "basis") if named else place(entry),
            id=objective.id,
            help="add `basis: [ASP-…]` with a significant aspect, or `basis: [OBL-…]` with an obligation",
        )


RULE = Rule(
    code="OBJ007",
    name="objective-no-basis",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("6.2.1",),
    clauses_2026=("6.2.1",),
    since="0.1.0",
    requires=("SCH001", "ASP008"),
    check=check,
)
