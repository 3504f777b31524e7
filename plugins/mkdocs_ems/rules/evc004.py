"""Compliance was concluded and nothing shows it

## What it checks
An evaluation of compliance that comes to *compliant* names its `evidence`: a file, another record, or what
was looked at and where it is kept. A file or address under `links` will do.

## Why an auditor asks
"Compliant" without anything behind it is a tick, and nobody can tell what it rests on.

## Fails
It says compliant, and not why.

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
    result: compliant  # ← EVC004
  - id: EVC-002
    title: Where we stand
    scope: overall
    date: 2026-03-10
    by: [ROL-MD]
    result: compliant
    evidence: [{what: Minutes of 10 March}]
```

## Passes
The report is named. What is not known yet rests on nothing.

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
    result: compliant
    evidence: [{what: Report 2026/114 of the laboratory, record: MON-001}]
  - id: EVC-002
    title: Where we stand
    scope: overall
    date: 2026-03-10
    by: [ROL-MD]
    result: compliant
    evidence: [{what: Minutes of 10 March}]
  - id: EVC-003
    title: Trade effluent consent, the night of the flood
    obligation: OBL-001
    date: 2026-04-10
    by: [ROL-MD]
    method: records
    result: unknown
    comment: The recorder of that night is with the insurer.
```

## How to fix
Add `evidence: [{what: …}]` with the report, log or note that was looked at; for a file `file` and `sha256`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ComplianceEvaluationRecord
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each evaluation that says compliant and names nothing that shows it."""
    for entry, record in context.each(ComplianceEvaluationRecord):
        if record.result != "compliant" or record.shown:
            continue
        if any(route[0] in ("evidence", "links") for route in entry.dropped):
            continue
        yield Finding(
            f"{called(record)} says that {record.obligation or 'all'} is complied with, and nothing shows it",
            place(entry, "result"),
            id=record.id,
            help="add `evidence: [{what: …}]` with the report, log or note that was looked at",
        )


RULE = Rule(
    code="EVC004",
    name="conclusion-without-evidence",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("9.1.2",),
    clauses_2026=("9.1.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
