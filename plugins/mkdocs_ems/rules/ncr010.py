"""A certification body waits for an answer past the agreed day

## What it checks
A nonconformity of an external audit (`source: external-audit`) was answered (`responded_on`) by the day that
was agreed with the certification body (`response_due`), or is closed.

## Why an auditor asks
An answer that does not come puts the certificate at risk; for a major nonconformity it may be suspended.

## Fails
The agreed day has passed.

`ems/registers/nonconformities.yml`
```yaml
id: REG-NCR
type: nonconformity
title: Nonconformities
owner: ROL-EHS
rows:
  - id: NCR-001
    title: No drill in two years
    owner: ROL-EHS
    status: open
    source: external-audit
    criterion_clauses: ["8.2"]
    grade: minor
    detected_on: 2026-03-22
    correction: {what: Drill planned}
    impact_mitigation: None needed
    response_due: 2026-05-20  # ← NCR010
```

## Passes
It was answered in time.

`ems/registers/nonconformities.yml`
```yaml
id: REG-NCR
type: nonconformity
title: Nonconformities
owner: ROL-EHS
rows:
  - id: NCR-001
    title: No drill in two years
    owner: ROL-EHS
    status: open
    source: external-audit
    criterion_clauses: ["8.2"]
    grade: minor
    detected_on: 2026-03-22
    correction: {what: Drill planned}
    impact_mitigation: None needed
    response_due: 2026-05-20
    responded_on: 2026-05-18
```

## How to fix
Send the cause and what you will do, and write the day: `responded_on: …`; or agree on another day with the
certification body.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import NonconformityRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each finding of an external audit that nobody answered in time, or that was answered late."""
    for entry, case in context.each(NonconformityRow):
        if case.source != "external-audit" or case.response_due is None or case.status == "closed":
            continue
        if case.responded_on is None and case.response_due < context.as_of:
            yield Finding(
                f"{called(case)} should have been answered by {case.response_due}",
                place(entry, "response_due"),
                id=case.id,
                help="answer the certification body, and write the day: `responded_on: …`",
            )


RULE = Rule(
    code="NCR010",
    name="cb-finding-deadline",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("10.2",),
    clauses_2026=("10.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
