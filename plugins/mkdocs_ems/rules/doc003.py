"""A controlled document or register has no owner

## What it checks
Every document and every register names in `owner` the role or person who answers for it. A document that
says what replaced it (`superseded_by`) is not asked any more; neither are the rows of a register.

## Why an auditor asks
A document that nobody answers for is reviewed by nobody: it goes on saying what was true when it was
written. The first question about any document is whose it is.

## Fails
Nobody keeps the procedure up to date, nor the register.

`ems/procedures/waste.md`
```markdown
---
id: PRO-002  # ← DOC003
type: procedure
title: Waste
---

## Skips

Keep them closed.
```

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS  # ← DOC003
type: control
title: Operational controls
rows:
  - id: OPC-001
    title: pH check before discharge
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
```

## Passes
A role answers for the one, a person for the other; what was replaced needs nobody.

`ems/procedures/waste.md`
```markdown
---
id: PRO-002
type: procedure
title: Waste
owner: ROL-EHS
supersedes: [PRO-003]
---

## Skips

Keep them closed.
```

`ems/procedures/skips.md`
```markdown
---
id: PRO-003
type: procedure
title: Skips
superseded_by: PRO-002
---

## Skips

Keep them covered.
```

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: PER-BEN
rows:
  - id: OPC-001
    title: pH check before discharge
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
```

## How to fix
Name the role that answers for it in `owner`: roles stay when people leave.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Controlled
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each document and register in use without an owner."""
    for entry, document in context.each(Controlled):
        if document.owner is None and document.superseded_by is None and ("owner",) not in entry.dropped:
            yield Finding(
                f"{called(document)} has no owner",
                place(entry),
                id=document.id,
                help="add `owner: ROL-…` with the role that answers for it",
            )


RULE = Rule(
    code="DOC003",
    name="no-owner",
    severity=Severity.ERROR,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5", "5.3"),
    clauses_2026=("7.5", "5.3"),
    since="0.1.0",
    # What is not identified has that graver fault, and is told of its owner afterwards.
    requires=("SCH001", "DOC001"),
    check=check,
)
