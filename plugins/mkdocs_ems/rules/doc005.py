"""A document was changed after its approval

## What it checks
The text that stands in the tree is the one that was approved last, for every document and register that is
approved issue by issue: its bytes are compared, so that no change is too small. Until the change is approved,
the manual goes on showing the issue in force. A document of which nothing was ever approved is DOC004's; one
of which only a drawing or an attachment changed is DOC025's. While an interim approval of exactly this
content holds, nothing is told.

## Why an auditor asks
A document that was edited after its approval looks approved and is not. Whoever compares it with the copy at
the machine finds two texts of one issue.

## Fails
The limits were widened after the procedure had been taken over as approved, and nobody approved that.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001  # ← DOC005
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
  committed_by: Forge <noreply@forge.example>
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
```

The director approved wider limits, and then a figure was changed once more.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001  # ← DOC005
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Discharge between 5 and 11 only.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-03-02
  by: PER-BEN
  message: Wider limits
  texts:
    ems/procedures/rinse-water.md: |
      ---
      id: PRO-001
      type: procedure
      title: Treating rinse water
      owner: ROL-EHS
      ---

      ## Before discharge

      Read the pH. Discharge between 5 and 10 only.
  merged_by: PER-MAYA
- date: 2026-03-09
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Still wider
  files: [ems/procedures/rinse-water.md]
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

The change landed first, and the director approved exactly this text by a record.

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
- {date: 2026-03-02, by: PER-BEN, message: Wider limits, files: [ems/procedures/rinse-water.md]}
- {date: 2026-03-03, by: PER-MAYA, message: Approve it, records: [{of: ems/procedures/rinse-water.md}]}
```

## How to fix
Get the changed text approved as the next issue, by somebody whom the approval matrix in `ems.yml` names and
who did not write it, or put the approved text back.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.rules.unapproved import Unapproved
from mkdocs_ems.rules.values import AuditContext, Rule, evidence


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each document whose text is not that of its last issue."""
    for document, pending, why in context.unapproved:
        if why is Unapproved.CHANGED:
            yield Finding(
                f"{document.id} ({document.title}) is not what was approved as issue "
                f"{document.issues[-1].number}, and is a draft of issue {document.next_issue}: "
                f"it {pending.missing or 'is approved by nobody'}",
                Anchor(document.path, ("id",)),
                id=document.id,
                help=f"get this text approved as issue {document.next_issue} by somebody who may and who "
                "did not write it, or put the approved text back",
                related=evidence(pending, document.path),
            )


RULE = Rule(
    code="DOC005",
    name="approval-stale",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("7.5.2", "7.5.3"),
    clauses_2026=("7.5.2", "7.5.3"),
    since="0.1.0",
    # What was approved for some days and no longer is, is told as that.
    requires=("DOC026",),
    needs_history=True,
    check=check,
)
