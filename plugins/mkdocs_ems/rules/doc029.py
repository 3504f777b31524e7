"""An approval record was used a second time, or comes from elsewhere

## What it checks
Each approval record counts once and in the repository that it was made for. Told is one whose bytes had
counted before, and one that names another repository. It counts for nothing. It is an error until the
document has its next approval, and stays as information after that: somebody may have meant to deceive. A
deleted record that is put back in its place is none.

## Why an auditor asks
An old approval under a new text looks exactly like a new one, to whoever does not compare checksums.

## Fails
The text was changed after its approval, and the old record was copied under the next number.

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

`ems/records/approvals/PRO-001/2-approval-maya@small.example-2.yml` (record) ← DOC029

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
  by: PER-BEN
  message: Approve again
  copy:
    ems/records/approvals/PRO-001/2-approval-maya@small.example-2.yml: >-
      ems/records/approvals/PRO-001/2-approval-maya@small.example-1.yml
```

The record was made for the sister company's manual, whose text is the same.

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

`ems/records/approvals/PRO-001/2-approval-maya@small.example-1.yml` (record) ← DOC029

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
  records: [{of: ems/procedures/rinse-water.md, repository: sister}]
```

## Passes
Two records of the same person for two issues.

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
  records: [{of: ems/procedures/rinse-water.md}]
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

One record, once.

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
Have the text approved with a record of its own, written by `ems approve` in this repository, and ask who
landed the old one.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.rules.values import AuditContext, Rule


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each record that had counted before, or was made for another repository."""
    for doubt in context.doubts("DOC029"):
        # A file that was deleted and is back in its place was told as deleted.
        if doubt.settled and doubt.restored:
            continue
        yield Finding(
            f"a record counts for nothing: {doubt.told}",
            doubt.at,
            id=doubt.subject,
            help="ask who landed it; what it was to approve needs a record of its own (`ems approve`)",
            severity=Severity.INFO if doubt.settled else None,
        )


RULE = Rule(
    code="DOC029",
    name="record-replayed",
    severity=Severity.ERROR,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    needs_history=True,
    check=check,
)
