"""An aspect's criteria do not fit the method

## What it checks
Every criterion of an aspect is one that the method in `ems.yml` knows, with a value of its scale, and
nothing that the method needs is missing, so that the significance can be computed. Where the method
leaves the verdict to people, it is written down (`significant`) with its reasons (`rationale`).

## Why an auditor asks
Significance has to follow from the criteria you established. A value that the scale does not have, or
none at all, shows that they were not used.

## Fails
The scale of severity ends at 3; the second aspect was never rated.

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
    criteria: {likelihood: 3, severity: 5}  # ← ASP008
  - id: ASP-002  # ← ASP008
    title: Chromium in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
```

A criterion that the method does not know.

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
    criteria:
      likelihood: 1
      severity: 1
      urgency: 2  # ← ASP008
```

A method without a threshold: the score informs, people decide and say why. Here the first was never
decided, and the second without a reason.

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
```

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001  # ← ASP008
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 3, severity: 3}
  - id: ASP-002
    title: Cardboard
    process: PRC-001
    impacts: [{text: Waste}]
    criteria: {likelihood: 3, severity: 1}
    significant: false  # ← ASP008
```

## Passes
Values of the scales; where a decision stands, no rating is needed.

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
    criteria: {likelihood: 2, severity: 2}
  - id: ASP-002
    title: Chromium in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    control: influence
    override: {value: true, reason: Never rated; taken as significant until it is, approved_by: PER-MAYA}
```

## How to fix
Give each criterion of the method a value of its scale. Where the scale does not fit what you see, change
the method in `ems.yml`, with the approval that takes.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model.assessment import ProblemKind
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_OURS = (
    ProblemKind.OUTSIDE_SCALE,
    ProblemKind.UNKNOWN_CRITERION,
    ProblemKind.MISSING_CRITERION,
    ProblemKind.NOT_COMPUTABLE,
    ProblemKind.MISSING_JUDGEMENT,
    ProblemKind.MISSING_RATIONALE,
)
_NOWHERE = (ProblemKind.MISSING_CRITERION, ProblemKind.MISSING_JUDGEMENT)
"""What is missing has no line of its own."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield what keeps an aspect's criteria from being judged by the method."""
    for entry, aspect, assessment in context.assessed:
        for problem in assessment.problems:
            missing = problem.kind is ProblemKind.MISSING_CRITERION
            # A verdict that stands without the rating, such as a recorded decision, needs none.
            if problem.kind not in _OURS or (missing and assessment.significant is not None):
                continue
            at = place(entry) if problem.kind in _NOWHERE else place(entry, *problem.route, key=problem.key)
            yield Finding(f"{called(aspect)}: {problem.message}", at, id=aspect.id, help=problem.help)


RULE = Rule(
    code="ASP008",
    name="score-out-of-scale",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.2",),
    clauses_2026=("6.1.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
