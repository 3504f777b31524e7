"""The review of a risk or opportunity is overdue

## What it checks
Each risk and opportunity was looked at (`last_reviewed`) within its own interval (`review_every`), or else
that of its register's head, or else the one that `ems.yml` sets under `intervals: {risks: …}`. A row counts
as looked at with its register. Where a whole register is late, that is told once. Closed ones are left
alone.

## Why an auditor asks
The standard sets no interval: you did. A register that never changes says nothing about today's risks.

## Fails
The second risk was to be looked at every month.

`ems/registers/more-risks.yml`
```yaml
id: REG-MORE-RISKS
type: risk
title: More risks
owner: ROL-MD
review_every: 1 year
last_reviewed: 2026-01-10
rows:
  - id: RSK-010
    title: Consent not renewed
    kind: risk
    source: [OBL-001]
    owner: ROL-MD
  - id: RSK-011
    title: Valve sticks
    kind: risk
    source: [OBL-001]
    owner: ROL-MD
    review_every: 1 month
    last_reviewed: 2026-04-10  # ← RSK005
```

The whole register was last looked at two years ago.

`ems/registers/more-risks.yml`
```yaml
id: REG-MORE-RISKS
type: risk
title: More risks
owner: ROL-MD
review_every: 1 year
last_reviewed: 2024-01-10  # ← RSK005
rows:
  - id: RSK-010
    title: Consent not renewed
    kind: risk
    source: [OBL-001]
    owner: ROL-MD
  - id: RSK-011
    title: Valve sticks
    kind: risk
    source: [OBL-001]
    owner: ROL-MD
```

## Passes
Due today, and closed.

`ems/registers/more-risks.yml`
```yaml
id: REG-MORE-RISKS
type: risk
title: More risks
owner: ROL-MD
review_every: 1 year
rows:
  - id: RSK-010
    title: Consent not renewed
    kind: risk
    source: [OBL-001]
    owner: ROL-MD
    last_reviewed: 2025-06-01
  - id: RSK-011
    title: Valve sticks
    kind: risk
    status: closed
    last_reviewed: 2020-06-01
```

Nobody set an interval.

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
    owner: ROL-MD
    last_reviewed: 2019-06-01
```

## How to fix
Look at the risk again, change its rating where it has changed, and write the day into `last_reviewed`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import RiskRow
from mkdocs_ems.rules.registers import late_reviews
from mkdocs_ems.rules.values import AuditContext, Rule


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield the risks and opportunities, or whole registers of them, whose review is late."""
    yield from late_reviews(context, RiskRow, interval=context.settings.intervals.risks, undated=True)


RULE = Rule(
    code="RSK005",
    name="risk-review-overdue",
    severity=Severity.WARNING,
    basis=Basis.OWN_RULE,
    clauses_2015=("6.1.1",),
    clauses_2026=("6.1.4",),
    since="0.1.0",
    requires=("SCH001", "DOC006"),
    check=check,
)
