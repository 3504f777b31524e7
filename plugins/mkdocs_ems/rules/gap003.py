"""A clause is said to be met and nothing shows it

## What it checks
A row of the gap analysis that is `met` names under `evidence` or `links` what shows it.

## Why an auditor asks
Optimism is cheap. Whoever reads the analysis later has to be able to look.

## Fails
Met, they say.

`ems/registers/gap.yml`
```yaml
id: REG-GAP
type: gap-assessment
title: Gap analysis
owner: ROL-EHS
rows:
  - {id: GAP-001, title: All, clause: "4", status: met}  # ← GAP003
  - {id: GAP-002, title: Leadership, clause: "5", status: met, links: [https://example.org]}
  - {id: GAP-003, title: Planning, clause: "6", status: met, links: [https://example.org]}
  - {id: GAP-004, title: Support, clause: "7", status: met, links: [https://example.org]}
  - {id: GAP-005, title: Operation, clause: "8", status: met, links: [https://example.org]}
  - {id: GAP-006, title: Evaluation, clause: "9", status: met, links: [https://example.org]}
  - {id: GAP-007, title: Improvement, clause: "10", status: met, links: [https://example.org]}
```

## Passes
The policy shows it.

`ems/registers/gap.yml`
```yaml
id: REG-GAP
type: gap-assessment
title: Gap analysis
owner: ROL-EHS
rows:
  - {id: GAP-001, title: All, clause: "4", status: met, evidence: [{record: POL-001}]}
  - {id: GAP-002, title: Leadership, clause: "5", status: met, links: [https://example.org]}
  - {id: GAP-003, title: Planning, clause: "6", status: met, links: [https://example.org]}
  - {id: GAP-004, title: Support, clause: "7", status: met, links: [https://example.org]}
  - {id: GAP-005, title: Operation, clause: "8", status: met, links: [https://example.org]}
  - {id: GAP-006, title: Evaluation, clause: "9", status: met, links: [https://example.org]}
  - {id: GAP-007, title: Improvement, clause: "10", status: met, links: [https://example.org]}
```

## How to fix
Name what shows it: `evidence: [{record: PRO-001}]`, a file, or an address under `links`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import GapAssessmentRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each clause that is met by word alone."""
    for entry, row in context.each(GapAssessmentRow):
        if row.status == "met" and not row.evidence and not row.links:
            yield Finding(
                f"{called(row)} is said to be met, and nothing shows it",
                place(entry),
                id=row.id,
                help="add `evidence: [{record: …}]` with the document, register or record that shows it",
            )


RULE = Rule(
    code="GAP003",
    name="met-without-evidence",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=(),
    clauses_2026=(),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
