"""Nobody decided whether a nonconformity changes the system

## What it checks
A nonconformity whose corrective actions are done, or that is closed, says under `ems_changes` with yes or no
whether risks, aspects and documents have to change.

## Why an auditor asks
Corrective action may have to reach registers and procedures. Where nobody asked, incidents leave them as they
were.

## Fails
Closed, and the question was not asked of documents.

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
    status: closed
    source: inspection
    criterion: Every drum stands on a tray
    detected_on: 2026-03-22
    correction: {what: Tray put under it}
    impact_mitigation: None needed
    cause: {text: Nobody orders trays}
    similar_check: All stores looked at
    ems_changes: {risks: false, aspects: false}  # ← NCR009
    effectiveness: {method: Walk, result: effective, date: 2026-05-27, by: ROL-MD}
```

## Passes
All three are answered.

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
    status: closed
    source: inspection
    criterion: Every drum stands on a tray
    detected_on: 2026-03-22
    correction: {what: Tray put under it}
    impact_mitigation: None needed
    cause: {text: Nobody orders trays}
    similar_check: All stores looked at
    ems_changes: {risks: false, aspects: false, documents: false}
    effectiveness: {method: Walk, result: effective, date: 2026-05-27, by: ROL-MD}
```

## How to fix
Answer each: `ems_changes: {risks: …, aspects: …, documents: …}` with true or false, and change what is true.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import NonconformityRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_ASKED = ("risks", "aspects", "documents")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each nonconformity that is nearly over without that decision."""
    for entry, case in context.each(NonconformityRow):
        if case.status not in ("actions-done", "closed"):
            continue
        open_ = [one for one in _ASKED if getattr(case.ems_changes, one, None) is None]
        if open_:
            yield Finding(
                f"{called(case)} does not say whether {' or '.join(open_)} have to change",
                place(entry, "ems_changes") if case.ems_changes is not None else place(entry),
                id=case.id,
                help="answer each with true or false under `ems_changes`",
            )


RULE = Rule(
    code="NCR009",
    name="ems-change-not-considered",
    severity=Severity.INFO,
    basis=Basis.STANDARD,
    clauses_2015=("10.2",),
    clauses_2026=("10.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
