"""An approval record counts for nothing

## What it checks
Every approval record that lands does what it says. Told is one that does not hold: it was made for another
text, names another issue number or other records before it, confirms what was not in force, is not in the one
form of a record, comes with evidence of a level that the matrix does not accept, asks for an interim approval
or an editorial change that is refused, or for a later date where none is allowed. The finding says which. One
that names earlier records which the main branch never had shows that the main branch once ran elsewhere. It
is told until the act is done rightly: the document is approved (confirmed, withdrawn), or the same person
lands a record that holds. A record that cannot be read at all is SCH001's.

## Why an auditor asks
The approver is sure that it is approved; the system knows that it is not. Between the two, people work by the
old text.

## Fails
The record was written for issue 3, and this is issue 2.

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

`ems/records/approvals/PRO-001/3-approval-maya@small.example-1.yml` (record) ← DOC027

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
  records: [{of: ems/procedures/rinse-water.md, issue: 3}]
```

It was written before the last correction: for a text that is not there any more.

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

`ems/records/approvals/PRO-001/2-approval-maya@small.example-1.yml` (record) ← DOC027

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
  records:
    - of: ems/procedures/rinse-water.md
      manifest: {main: "0000000000000000000000000000000000000000000000000000000000000000", parts: {}}
```

## Passes
A second record, with the right number, took its place.

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
  records: [{of: ems/procedures/rinse-water.md, issue: 3}]
- date: 2026-03-05
  by: PER-MAYA
  message: Approve them under the right number
  records: [{of: ems/procedures/rinse-water.md}]
```

A review beside the approval: it is shown, and nobody waits for it.

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
- date: 2026-03-03
  by: PER-BEN
  message: Looked through
  records: [{of: ems/procedures/rinse-water.md, meaning: review}]
- date: 2026-03-04
  by: PER-MAYA
  message: Approve the limits
  records: [{of: ems/procedures/rinse-water.md}]
```

## How to fix
Write the record again with `ems approve`, which takes the next number at the end of its name; the old one is
neither changed nor deleted.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.control import FaultReason
from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.rules.values import AuditContext, Rule


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each record that does not hold, while the act that it was to be is still missing."""
    for doubt in context.doubts("DOC027"):
        if not doubt.settled:
            yield Finding(
                f"a record counts for nothing: {doubt.told}",
                doubt.at,
                id=doubt.subject,
                help=_CURE
                if doubt.fault.reason is FaultReason.UNCOUNTED_MERGE
                else "write a new record with `ems approve`; the old one stays as it is",
            )


_CURE = (
    "compare with a ledger that was kept before (`ems check --against LEDGER`): it names what is gone and "
    "prints the command that brings it back. Without one, find the old tip of the main branch: "
    "`git commit-tree TREE -p OLD_MAIN -p TIP` makes a commit that brings its chain back"
)


RULE = Rule(
    code="DOC027",
    name="evidence-void",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.2",),
    clauses_2026=("7.5.2",),
    since="0.1.0",
    needs_history=True,
    check=check,
)
