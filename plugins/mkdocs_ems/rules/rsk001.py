"""A risk or opportunity has no source

## What it checks
Every risk and opportunity names under `source` the context issue, interested party, aspect, obligation or
emergency it comes from, or one of them names it. Closed ones are left alone.

## Why an auditor asks
Risks and opportunities are to be determined from the context, the aspects and the obligations. A list that
knows none of them was drawn up for another purpose.

## Fails
Where it comes from, nobody can say.

`ems/registers/more-risks.yml`
```yaml
id: REG-MORE-RISKS
type: risk
title: More risks
owner: ROL-MD
rows:
  - id: RSK-010  # ← RSK001
    title: The bank loses patience
    kind: risk
    likelihood: 1
    consequence: 3
    owner: ROL-MD
```

An opportunity as well.

`ems/registers/more-risks.yml`
```yaml
id: REG-MORE-RISKS
type: risk
title: More risks
owner: ROL-MD
rows:
  - id: RSK-010  # ← RSK001
    title: Parts without packaging
    kind: opportunity
    treatment: monitor
    owner: ROL-MD
```

## Passes
The risk names an obligation; the opportunity is named by an issue.

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
    likelihood: 1
    consequence: 5
    owner: ROL-MD
  - id: RSK-011
    title: Apprentices bring new methods
    kind: opportunity
    owner: ROL-MD
```

`ems/registers/staff.yml`
```yaml
id: REG-STAFF
type: context-issue
title: Staff issues
owner: ROL-MD
last_reviewed: 2026-02-10
rows:
  - id: ISS-010
    title: Platers retire
    kind: internal
    topic: other
    relevant: true
    rationale: Half of the platers retire within five years.
    effect_on_outcomes: [performance]
    owner: ROL-MD
    leads_to: [RSK-011]
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
    title: The bank loses patience
    kind: risk
    status: closed
```

## How to fix
Add `source: [ISS-…]` with the issue, party, aspect, obligation or emergency that it comes from.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import RiskRow
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_SOURCES = ("context-issue", "interested-party", "aspect", "obligation", "emergency-scenario")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each risk and opportunity that comes from nowhere."""
    for entry, risk in context.each(RiskRow):
        if not (risk.source or is_over(risk) or context.named_by(risk.id, *_SOURCES)):
            yield Finding(
                f"{called(risk)} has no source",
                place(entry),
                id=risk.id,
                help="add `source: [ISS-…]`: the issue, party, aspect, obligation or emergency it comes from",
            )


RULE = Rule(
    code="RSK001",
    name="risk-source-missing",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.1",),
    clauses_2026=("6.1.4",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
