"""A declared risk score differs from the computed one

## What it checks
Where a risk or opportunity brings a `score` along, as from a spreadsheet, it equals `likelihood` times
`consequence`. Closed ones are left alone.

## Why an auditor asks
Two figures for the same thing show that the evaluation was not done by one method. Only the computed score
is used here.

## Fails
Two times four is not twelve.

`ems/registers/more-risks.yml`
```yaml
id: REG-MORE-RISKS
type: risk
title: More risks
owner: ROL-MD
rows:
  - id: RSK-010
    title: Consent not renewed
    kind: risk
    source: [OBL-001]
    likelihood: 2
    consequence: 4
    score: 12  # ← RSK003
    owner: ROL-MD
```

Opportunities are rated by the same method.

`ems/registers/more-risks.yml`
```yaml
id: REG-MORE-RISKS
type: risk
title: More risks
owner: ROL-MD
rows:
  - id: RSK-010
    title: Warm rinse water for the office
    kind: opportunity
    source: [OBL-001]
    likelihood: 5
    consequence: 3
    score: 7.5  # ← RSK003
    owner: ROL-MD
```

## Passes
It agrees; without a rating nothing can be compared.

`ems/registers/more-risks.yml`
```yaml
id: REG-MORE-RISKS
type: risk
title: More risks
owner: ROL-MD
rows:
  - id: RSK-010
    title: Consent not renewed
    kind: risk
    source: [OBL-001]
    likelihood: 2
    consequence: 4
    score: 8.0
    owner: ROL-MD
  - id: RSK-011
    title: Valve sticks
    kind: risk
    source: [OBL-001]
    likelihood: 2
    score: 9
    owner: ROL-MD
```

It is closed.

`ems/registers/more-risks.yml`
```yaml
id: REG-MORE-RISKS
type: risk
title: More risks
owner: ROL-MD
rows:
  - id: RSK-010
    title: Consent not renewed
    kind: risk
    status: closed
    likelihood: 2
    consequence: 4
    score: 12
```

## How to fix
Correct `likelihood` or `consequence`, whichever is wrong, and remove the `score`: it is computed.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import RiskRow
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each score that is not likelihood times consequence."""
    for entry, risk in context.each(RiskRow):
        if risk.score is None or risk.likelihood is None or risk.consequence is None or is_over(risk):
            continue
        computed = risk.likelihood * risk.consequence
        if risk.score != computed:
            yield Finding(
                f"{called(risk)} declares a score of {risk.score:g}; "
                f"likelihood {risk.likelihood} times consequence {risk.consequence} is {computed}",
                place(entry, "score"),
                id=risk.id,
                help="correct `likelihood` or `consequence`, or remove `score`: it is computed",
            )


RULE = Rule(
    code="RSK003",
    name="risk-score-mismatch",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.1",),
    clauses_2026=("6.1.4",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
