"""Nobody decided whether a significant aspect gets an objective

## What it checks
Every significant aspect has an objective, named under `objectives` or resting on it by its `basis`, or
says in `objective_decision` why there is none. A withdrawn objective improves nothing.

## Why an auditor asks
Significant aspects have to be taken into account when objectives are set. Not each needs one, but the
decision has to be seen.

## Fails
No objective and no word; the only objective was given up.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001  # ← ASP012
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    control: influence
    criteria: {likelihood: 3, severity: 3}
  - id: ASP-002  # ← ASP012
    title: Gas burnt in the boiler
    process: PRC-001
    impacts: [{text: Climate}]
    control: influence
    criteria: {likelihood: 3, severity: 2}
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
    status: withdrawn
    basis: [ASP-002]
    not_measurable_reason: A pilot without a baseline.
```

## Passes
An objective rests on the first, the second names one, for the third it was decided against.

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
  - id: ASP-002
    title: Power for the rectifiers
    process: PRC-001
    impacts: [{text: Climate}]
    control: influence
    objectives: [OBJ-001]
    criteria: {likelihood: 3, severity: 3}
  - id: ASP-003
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    control: influence
    objective_decision: Far below the limit for years; the money does more for the climate.
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
    title: Less energy
    basis: [ASP-001]
    not_measurable_reason: A pilot without a baseline.
```

What is not significant needs no decision.

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

## How to fix
Name the aspect under `basis` of an objective, or write in `objective_decision` why none is set: what was
weighed, and what comes first.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each significant aspect with neither an objective nor a decision against one."""
    for entry, aspect, assessment in context.assessed:
        if not assessment.significant or aspect.objectives or aspect.objective_decision:
            continue
        if not context.named_by(aspect.id, "objective"):
            yield Finding(
                f"{called(aspect)} is significant, and nobody decided whether it gets an objective",
                place(entry),
                id=aspect.id,
                help=f"name {aspect.id or 'it'} under `basis` of an objective, or write why there is none: "
                "`objective_decision: …`",
            )


RULE = Rule(
    code="ASP012",
    name="significant-without-objective-decision",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("6.2.1",),
    clauses_2026=("6.2.1",),
    since="0.1.0",
    requires=("SCH001", "ASP008"),
    needs_all_registers=True,
    check=check,
)
