"""An approval record was changed or deleted

## What it checks
Approval records, their signatures and the scans beside them are added, never changed and never deleted. What
a record said when it landed goes on counting, so that nobody can take an approval back in silence; that the
file is not what it was is told until it is put back as it was, byte by byte. A deleted record that never
counted for anything is told until its document is next approved.

## Why an auditor asks
Evidence that can be edited is none. Whoever looks into the folder in three years sees another story than the
one that happened.

## Fails
Somebody tidied up, and the approval is no longer in the folder.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001  # ← DOC028
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
- date: 2026-03-04
  by: PER-MAYA
  message: Approve the limits
  records: [{of: ems/procedures/rinse-water.md}]
- date: 2026-03-10
  by: PER-BEN
  message: Tidy up
  delete: [ems/records/approvals/PRO-001/2-approval-maya@small.example-1.yml]
```

The record of the approval was overwritten.

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

`ems/records/approvals/PRO-001/2-approval-maya@small.example-1.yml` (record) ← DOC028

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-03-02
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
- date: 2026-03-04
  by: PER-MAYA
  message: Approve the limits
  records: [{of: ems/procedures/rinse-water.md}]
- date: 2026-03-10
  by: PER-BEN
  message: Mend the reason
  records: [{of: ems/procedures/rinse-water.md, approver: maya@small.example, reason: New probes}]
```

## Passes
The deleted record was put back.

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
  committed_by: Forge <noreply@forge.example>
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
- date: 2026-03-04
  by: PER-MAYA
  message: Approve the limits
  records: [{of: ems/procedures/rinse-water.md}]
- date: 2026-03-05
  by: PER-BEN
  message: Keep a copy
  copy:
    notes/approval.txt: ems/records/approvals/PRO-001/2-approval-maya@small.example-1.yml
- date: 2026-03-10
  by: PER-BEN
  message: Tidy up
  delete: [ems/records/approvals/PRO-001/2-approval-maya@small.example-1.yml]
- date: 2026-03-11
  by: PER-BEN
  message: Put it back
  copy:
    ems/records/approvals/PRO-001/2-approval-maya@small.example-1.yml: notes/approval.txt
```

Records are only added.

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
  committed_by: Forge <noreply@forge.example>
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
- date: 2026-03-04
  by: PER-MAYA
  message: Approve the limits
  records: [{of: ems/procedures/rinse-water.md}]
- date: 2026-04-04
  by: PER-MAYA
  message: Still right
  records: [{of: ems/procedures/rinse-water.md, meaning: confirmation, issue: 2}]
```

## How to fix
Put the file back as it was when it landed: `git log -- FILE` names the commit. What it said wrongly, a new
record says rightly.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.rules.values import AuditContext, Rule


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each file of evidence that is not what it was when it landed, once."""
    told: set[str] = set()
    for doubt in reversed(context.doubts("DOC028")):
        path = doubt.fault.path or ""
        if doubt.settled or path in told:
            continue
        told.add(path)
        yield Finding(
            doubt.told,
            doubt.at,
            id=doubt.subject,
            help=f"put {path} back as it was when it landed: "
            f"`git log -- {shlex.quote(path)}` names the commit",
        )


RULE = Rule(
    code="DOC028",
    name="record-altered",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    needs_history=True,
    check=check,
)
