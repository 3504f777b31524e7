"""A document's content is not approved

## What it checks
What stands in the tree is approved, for every document and register that is approved issue by issue.
Content that was never approved, and content that was changed after its approval, is found; the manual
goes on showing the issue in force.

## Why an auditor asks
Documents have to be approved before they are used. One that was edited after its approval looks
approved and is not.

## Fails
The procedure was changed after it had been taken over as approved, and nobody approved the change.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001  # ← DOC004
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Discharge between 5 and 10 only.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- {date: 2026-03-02, by: PER-BEN, message: Wider limits, files: [ems/procedures/rinse-water.md]}
```

A new procedure landed without any approval.

`ems/procedures/waste.md`
```markdown
---
id: PRO-002  # ← DOC004
type: procedure
title: Waste
---

## Skips

Keep them closed.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- {date: 2026-03-02, by: PER-BEN, message: Say how waste is kept, files: [ems/procedures/waste.md]}
```

## Passes
The director merged the change, and so approved it.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Discharge between 5 and 10 only.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-03-02
  by: PER-BEN
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
  merged_by: PER-MAYA
```

## How to fix
Get the content approved by somebody whom the approval matrix in `ems.yml` names and who did not write
it, or take the change back.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.rules.values import AuditContext, Rule, evidence


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each document under issue control whose present content is not approved."""
    for document in context.control.documents.values():
        pending = document.pending
        # A deletion is DOC024's; a living log is approved as a whole, now and then.
        if pending is None or pending.content is None or document.control != "issue":
            continue
        yield Finding(
            f"{document.id} ({document.title}) is a draft of issue {document.next_issue}: "
            f"it {pending.missing or 'is approved by nobody'}",
            Anchor(document.path, ("id",)),
            id=document.id,
            help="get this content approved by somebody who may and who did not write it, or take it back",
            related=evidence(pending, document.path),
        )


RULE = Rule(
    code="DOC004",
    name="unapproved-published",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("7.5.2",),
    clauses_2026=("7.5.2",),
    since="0.1.0",
    # A register that has to be there and of which nothing was ever approved has that graver fault.
    requires=("POL001", "DOC012"),
    needs_history=True,
    check=check,
)
