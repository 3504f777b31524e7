"""The review of context issues or interested parties is overdue

## What it checks
Context issues and interested parties were looked at (`last_reviewed`) within the interval that their
register sets itself (`review_every` in its head, or in a row), or that `ems.yml` sets under `intervals:
{context: …}`. A row counts as looked at with its register. Where a whole register is late, that is told
once. Withdrawn rows are left alone.

## Why an auditor asks
The standard sets no interval: you did. A context that dates from the first certificate describes another
world.

## Fails
Both parties were last looked at two years ago, with their register.

`ems/registers/neighbours.yml`
```yaml
id: REG-NEIGHBOURS
type: interested-party
title: Neighbours
owner: ROL-MD
review_every: 1 year
last_reviewed: 2024-05-02  # ← CTX011
rows:
  - id: PTY-010
    title: Houses in Mill Lane
    needs: [{text: Quiet nights, becomes_obligation: false}]
  - id: PTY-011
    title: The school
    needs: [{text: Clean air, becomes_obligation: false}]
```

One issue has a shorter interval of its own, and was forgotten.

`ems/registers/market.yml`
```yaml
id: REG-MARKET
type: context-issue
title: Market
owner: ROL-MD
review_every: 2 years
last_reviewed: 2025-01-20
rows:
  - id: ISS-010
    title: Fewer chromed parts
    kind: external
    topic: market
    relevant: false
    rationale: We sell to garages.
    owner: ROL-MD
  - id: ISS-011
    title: Price of nickel
    kind: external
    topic: market
    relevant: false
    rationale: We hold a year's stock.
    owner: ROL-MD
    review_every: 3 months
    last_reviewed: 2025-11-20  # ← CTX011
```

## Passes
The register is due, but each row was looked at since; one row is withdrawn.

`ems/registers/neighbours.yml`
```yaml
id: REG-NEIGHBOURS
type: interested-party
title: Neighbours
owner: ROL-MD
review_every: 1 year
last_reviewed: 2024-05-02
rows:
  - id: PTY-010
    title: Houses in Mill Lane
    last_reviewed: 2026-01-15
    needs: [{text: Quiet nights, becomes_obligation: false}]
  - id: PTY-011
    title: The mill
    status: withdrawn
```

Without an interval of your own nothing is late.

`ems/registers/neighbours.yml`
```yaml
id: REG-NEIGHBOURS
type: interested-party
title: Neighbours
owner: ROL-MD
last_reviewed: 2019-05-02
rows:
  - id: PTY-010
    title: Houses in Mill Lane
    needs: [{text: Quiet nights, becomes_obligation: false}]
```

## How to fix
Look through the register, change what has changed, write the day into `last_reviewed`, and get it approved.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ContextIssueRow, InterestedPartyRow
from mkdocs_ems.rules.registers import late_reviews
from mkdocs_ems.rules.values import AuditContext, Rule


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield the registers of context and parties, or single rows, whose review is late."""
    interval = context.settings.intervals.context
    # Of an issue without a date CTX001 speaks.
    yield from late_reviews(context, ContextIssueRow, interval=interval, undated=False)
    yield from late_reviews(context, InterestedPartyRow, interval=interval, undated=True)


RULE = Rule(
    code="CTX011",
    name="context-review-overdue",
    severity=Severity.WARNING,
    basis=Basis.OWN_RULE,
    clauses_2015=("4.1", "4.2"),
    clauses_2026=("4.1", "4.2"),
    since="0.1.0",
    requires=("SCH001", "DOC006"),
    check=check,
)
