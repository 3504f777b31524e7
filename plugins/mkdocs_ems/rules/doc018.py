"""A record approves in the name of somebody who may not approve

## What it checks
Whoever an approval record names may approve documents of that type: holds, on the day of the event, one of
the roles that the approval matrix in force names, himself or as a deputy within his dates. Told are records,
since they claim an approval; that somebody without the right pressed merge is no claim, and is shown with the
content that waits (DOC004, DOC005). It is told until the document has its approval, by somebody who may give
it.

## Why an auditor asks
Whoever decides who may approve, and then accepts the signature of anybody, has decided nothing.

## Fails
The EHS manager signed for the director.

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

`ems/records/approvals/PRO-001/2-approval-ben@small.example-1.yml` (record) ← DOC018

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-03-02
  by: Eve Marsh <eve@small.example>
  committed_by: Forge <noreply@forge.example>
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
- date: 2026-03-04
  by: PER-BEN
  message: Approve the limits
  records: [{of: ems/procedures/rinse-water.md}]
```

Somebody whom no register of persons lists wrote a record in his own name.

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

`ems/records/approvals/PRO-001/2-approval-eve@small.example-1.yml` (record) ← DOC018

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-03-02
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
- date: 2026-03-04
  by: Eve Marsh <eve@small.example>
  message: Approve the limits
  records: [{of: ems/procedures/rinse-water.md}]
```

## Passes
The director approved it afterwards.

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
  by: PER-BEN
  message: Approve the limits
  records: [{of: ems/procedures/rinse-water.md}]
- date: 2026-03-05
  by: PER-MAYA
  message: Approve the limits, as I may
  records: [{of: ems/procedures/rinse-water.md}]
```

The director approves.

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
```

## How to fix
Let somebody approve it whom the matrix names, or change the matrix in `ems.yml`, and have that approved
first. The record that counts for nothing stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.rules.values import AuditContext, Rule


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each record of somebody who had no right to it, while the act that it claims is still missing."""
    for doubt in context.doubts("DOC018"):
        if not doubt.settled:
            yield Finding(
                doubt.told,
                doubt.at,
                id=doubt.subject,
                help="let somebody approve it whom the approval matrix in ems.yml names; the record stays",
            )


RULE = Rule(
    code="DOC018",
    name="approver-not-authorised",
    severity=Severity.ERROR,
    basis=Basis.OWN_RULE,
    clauses_2015=("7.5.2",),
    clauses_2026=("7.5.2",),
    since="0.1.0",
    needs_history=True,
    check=check,
)
