"""Corrective action was taken without looking for the cause

## What it checks
A nonconformity that has corrective actions, or whose status is past `open`, says under `cause: {text: …}` why
it happened.

## Why an auditor asks
What takes no cause away is a repair: it comes again. Auditors open the cause first.

## Fails
An action, and nobody asked why.

`ems/registers/nonconformities.yml`
```yaml
id: REG-NCR
type: nonconformity
title: Nonconformities
owner: ROL-EHS
rows:
  - id: NCR-001  # ← NCR002
    title: Drum without a tray
    owner: ROL-EHS
    status: actions-agreed
    source: inspection
    criterion: Every drum stands on a tray
    detected_on: 2026-05-22
    correction: {what: Tray put under it}
    impact_mitigation: None needed
    similar_check: All drums looked at
  - id: NCR-002
    title: Sludge on the yard
    owner: ROL-EHS
    status: actions-agreed
    source: inspection
    criterion: Nothing is stored on the yard
    detected_on: 2026-05-20
    correction: {what: Shovelled up}
    impact_mitigation: None needed
    cause: {method: 5-why}  # ← NCR002
    similar_check: All yards looked at
```

## Passes
The cause is written; of the other nothing has been decided yet.

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
    cause: {method: 5-why, text: Trays are ordered one by one and nobody orders them}
    similar_check: All drums looked at
  - id: NCR-002
    title: Sludge on the yard
    owner: ROL-EHS
    status: open
    source: inspection
    criterion: Nothing is stored on the yard
    detected_on: 2026-05-20
    correction: {what: Shovelled up}
    impact_mitigation: None needed
```

## How to fix
Ask why until the answer is something that can be changed, and write it: `cause: {method: 5-why, text: …}`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import NonconformityRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each nonconformity that was acted on and has no cause."""
    for entry, case in context.each(NonconformityRow):
        acted = bool(case.corrective_actions) or case.status not in ("open", None)
        if acted and (case.cause is None or case.cause.text is None):
            yield Finding(
                f"{called(case)} was acted on, and nothing says why it happened",
                place(entry, "cause") if case.cause is not None else place(entry),
                id=case.id,
                help="add `cause: {method: …, text: …}`: what has to change so that it does not come again",
            )


RULE = Rule(
    code="NCR002",
    name="no-root-cause",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("10.2",),
    clauses_2026=("10.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
