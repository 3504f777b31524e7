"""A document was deleted and nobody approved its withdrawal

## What it checks
A document that was approved once leaves the tree with a withdrawal record only. Until there is one, its
issue in force stays published.

## Why an auditor asks
A document that vanishes leaves people working by memory, and nobody can say who decided it.

## Fails
The procedure was deleted like any other file.

`ems/procedures/rinse-water.md` (gone) ← DOC024

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: pH check before discharge
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/registers/controls.yml]}
- {date: 2026-02-02, by: PER-BEN, message: Remove a procedure, delete: [ems/procedures/rinse-water.md]}
```

## Passes
A document that moves is not gone.

`ems/procedures/water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Discharge between 6 and 9 only.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-02-02
  by: PER-BEN
  message: Shorten a file's name
  files: [ems/procedures/water.md]
  delete: [ems/procedures/rinse-water.md]
```

## How to fix
Restore the file, or get its withdrawal approved with a record of the meaning `withdrawal`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.control import DocumentState
from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.rules.values import AuditContext, Rule


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each document that is gone without a withdrawal."""
    for document in context.control.documents.values():
        if document.state is DocumentState.WITHDRAWAL_PENDING:
            yield Finding(
                f"{document.id} ({document.title}) was deleted, and nobody approved its withdrawal",
                Anchor(document.path),
                id=document.id,
                help=f"restore {document.path}, or get the withdrawal of {document.id} approved",
            )


RULE = Rule(
    code="DOC024",
    name="withdrawal-pending",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    needs_history=True,
    check=check,
)
