"""An evaluation found a breach and nothing was raised

## What it checks
An evaluation of compliance whose result is partial or non-compliant names a nonconformity (`nonconformities`)
or an action (`actions`), or one of them names it (`evaluations` of the nonconformity).

## Why an auditor asks
A breach that is known and not managed weighs more than one that nobody had seen.

## Fails
Metals were above the consent, and that was all.

`ems/records/compliance-evaluations/2026.yml`
```yaml
type: compliance-evaluation
rows:
  - id: EVC-001
    title: Trade effluent consent
    obligation: OBL-001
    date: 2026-03-10
    by: [ROL-MD]
    method: sampling
    result: partial  # ← EVC003
    comment: One composite of February was above the limit.
    evidence: [{what: Report 2026/114 of the laboratory}]
  - id: EVC-002
    title: Where we stand
    scope: overall
    date: 2026-03-10
    by: [ROL-MD]
    result: partial  # ← EVC003
```

## Passes
The first names what was raised; the second is named by it.

`ems/records/compliance-evaluations/2026.yml`
```yaml
type: compliance-evaluation
rows:
  - id: EVC-001
    title: Trade effluent consent
    obligation: OBL-001
    date: 2026-03-10
    by: [ROL-MD]
    method: sampling
    result: non-compliant
    actions: [ACT-001]
    evidence: [{what: Report 2026/114 of the laboratory}]
  - id: EVC-002
    title: Where we stand
    scope: overall
    date: 2026-03-10
    by: [ROL-MD]
    result: partial
```

`ems/registers/nonconformities.yml`
```yaml
id: REG-NONCONFORMITIES
type: nonconformity
title: Nonconformities
owner: ROL-MD
rows:
  - id: NCR-001
    title: Nickel above the consent
    status: open
    source: compliance
    detected_on: 2026-05-30
    criterion: Consent 14/2019
    evaluations: [EVC-002]
    correction: {what: Line stopped, by: ROL-EHS, date: 2026-05-30}
    impact_mitigation: None needed.
```

## How to fix
Raise a nonconformity that names the evaluation (`evaluations: [EVC-…]`), see whether the authority has to be
told, and name it in the evaluation as long as that is still open.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ComplianceEvaluationRecord
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_ANSWERS = ("nonconformity", "action")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each evaluation that found a breach and led to nothing."""
    for entry, record in context.each(ComplianceEvaluationRecord):
        if not record.breach or record.nonconformities or record.actions:
            continue
        lost = any(route[0] in ("nonconformities", "actions") for route in entry.dropped)
        if lost or context.named_by(record.id, *_ANSWERS):
            continue
        yield Finding(
            f"{called(record)} found {record.obligation or 'the obligations'} {_WORDS[record.result or '']}, "
            "and no nonconformity or action takes that up",
            place(entry, "result"),
            id=record.id,
            help=f"raise a nonconformity with `evaluations: [{record.id}]`, and see whether the authority "
            "has to be told",
        )


_WORDS = {"partial": "met only in part", "non-compliant": "not met"}


RULE = Rule(
    code="EVC003",
    name="noncompliance-without-ncr",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("9.1.2", "10.2"),
    clauses_2026=("9.1.2", "10.2"),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
