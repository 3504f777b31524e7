"""Evidence bears an odd date

## What it checks
Dates in git and in records are claims, and nothing is approved by a date alone; but odd ones show that a
clock was wrong, or that something was made to look older than it is. Told is a record that is dated before
the text that it approves was written, until the document's next issue is approved; an event that is dated
after the day for which the manual is judged (an error, until that day has come); and events whose date cannot
be, such as 1970. What lies in the history and cannot be mended can be accepted with a waiver, which says why.

## Why an auditor asks
Back-dated approvals are the oldest trick there is. Mostly it was only the clock, and then somebody should be
able to say so.

## Fails
The record claims a day on which the text had not been written.

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

`ems/records/approvals/PRO-001/2-approval-maya@small.example-1.yml` (record) ← DOC031

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
  records: [{of: ems/procedures/rinse-water.md, date: "2026-02-20T10:00:00Z"}]
```

Two issues, and the newer record is dated before its text.

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

`ems/records/approvals/PRO-001/3-approval-maya@small.example-1.yml` (record) ← DOC031

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-03-02
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
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

      Read the pH. Discharge between 5 and 11 only.
- date: 2026-03-04
  by: PER-MAYA
  message: Approve the limits
  records: [{of: ems/procedures/rinse-water.md}]
- date: 2026-03-09
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Limits after all
  files: [ems/procedures/rinse-water.md]
- date: 2026-03-12
  by: PER-MAYA
  message: Approve the next issue
  records: [{of: ems/procedures/rinse-water.md, issue: 3, date: "2026-03-05T10:00:00Z"}]
```

## Passes
It was only the older issue that had such a record.

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
  texts:
    ems/procedures/rinse-water.md: |
      ---
      id: PRO-001
      type: procedure
      title: Treating rinse water
      owner: ROL-EHS
      ---

      ## Before discharge

      Read the pH. Discharge between 5 and 11 only.
- date: 2026-03-04
  by: PER-MAYA
  message: Approve the limits
  records: [{of: ems/procedures/rinse-water.md, date: "2026-02-20T10:00:00Z"}]
- date: 2026-03-09
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Limits after all
  files: [ems/procedures/rinse-water.md]
- date: 2026-03-12
  by: PER-MAYA
  message: Approve the next issue
  records: [{of: ems/procedures/rinse-water.md, issue: 3}]
```

Written, then approved.

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
Find out whose clock was wrong, and set it by the net. A record with a wrong date is followed by a new one, if
the matter is important; an odd date in the history is accepted with a waiver.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.control import FaultReason
from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.rules.values import AuditContext, Rule


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each odd date of an event, and of a record while its issue is the latest."""
    for doubt in context.doubts("DOC031"):
        if not doubt.settled:
            late = doubt.fault.reason is FaultReason.AFTER_AS_OF
            yield Finding(
                doubt.told,
                doubt.at,
                id=doubt.subject,
                help="find out whose clock was wrong; what cannot be mended, a waiver of DOC031 accepts",
                severity=Severity.ERROR if late else None,
            )


RULE = Rule(
    code="DOC031",
    name="odd-date",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    needs_history=True,
    check=check,
)
