"""Nobody asked whether the same happens elsewhere

## What it checks
A nonconformity whose status is past `open` says under `similar_check` whether the same exists elsewhere or
could happen, and where somebody looked.

## Why an auditor asks
The question belongs to each nonconformity, and it is the one that is forgotten most often.

## Fails
Put right where it was found, and nowhere else.

`ems/registers/nonconformities.yml`
```yaml
id: REG-NCR
type: nonconformity
title: Nonconformities
owner: ROL-EHS
rows:
  - id: NCR-001  # ← NCR003
    title: Drum without a tray
    owner: ROL-EHS
    status: actions-agreed
    source: inspection
    criterion: Every drum stands on a tray
    detected_on: 2026-05-22
    correction: {what: Tray put under it}
    impact_mitigation: None needed
    cause: {text: Nobody orders trays}
```

## Passes
Somebody looked, and says where.

`ems/registers/nonconformities.yml`
```yaml
id: REG-NCR
type: nonconformity
title: Nonconformities
owner: ROL-EHS
rows:
  - id: NCR-001
    title: Drum without a tray
    owner: ROL-EHS
    status: actions-agreed
    source: inspection
    criterion: Every drum stands on a tray
    detected_on: 2026-05-22
    correction: {what: Tray put under it}
    impact_mitigation: None needed
    cause: {text: Nobody orders trays}
    similar_check: All three stores looked at on 23 May; two more drums, trays put under them
```

## How to fix
Look where the same could be, and write `similar_check: …` with where you looked and what you found.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import NonconformityRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each nonconformity that was acted on where it was found alone."""
    for entry, case in context.each(NonconformityRow):
        if case.status not in ("open", None) and case.similar_check is None:
            yield Finding(
                f"{called(case)} does not say whether the same exists elsewhere",
                place(entry),
                id=case.id,
                help="add `similar_check: …`: where somebody looked, and what was found",
            )


RULE = Rule(
    code="NCR003",
    name="similar-not-checked",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("10.2",),
    clauses_2026=("10.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
