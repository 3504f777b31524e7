"""A document's content is not approved

## What it checks
What stands in the tree was approved once, for every document and register that is approved issue by issue.
Found is content of which no issue was ever approved, and content that is still there though its last issue
was withdrawn. One that was changed after its approval is DOC005's, and one of which only a drawing or an
attachment changed is DOC025's. While an interim approval of exactly this content holds, nothing is told; when
it has run out, DOC026 says so.

## Why an auditor asks
Documents have to be approved before they are used. A draft that lies among approved documents is followed as
if it were one of them.

## Fails
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
- date: 2026-03-02
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Say how waste is kept
  files: [ems/procedures/waste.md]
```

The procedure was withdrawn, and its file is still there.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001  # ← DOC004
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Discharge between 6 and 9 only.
```

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
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE, ems/procedures/rinse-water.md, ems/registers/controls.yml]
- date: 2026-03-02
  by: PER-MAYA
  message: The line is closed, and nothing is discharged any more
  records: [{of: ems/procedures/rinse-water.md, issue: 1, meaning: withdrawal}]
```

## Passes
The director merged the new procedure, and so approved it.

`ems/procedures/waste.md`
```markdown
---
id: PRO-002
type: procedure
title: Waste
---

## Skips

Keep them closed.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-03-02
  by: PER-BEN
  message: Say how waste is kept
  files: [ems/procedures/waste.md]
  merged_by: PER-MAYA
```

The director approved it by a record, two days after it had landed.

`ems/procedures/waste.md`
```markdown
---
id: PRO-002
type: procedure
title: Waste
---

## Skips

Keep them closed.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-03-02
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Say how waste is kept
  files: [ems/procedures/waste.md]
- date: 2026-03-04
  by: PER-MAYA
  message: Approve it
  records: [{of: ems/procedures/waste.md, issue: 1}]
```

## How to fix
Get the content approved by somebody whom the approval matrix in `ems.yml` names and who did not write it, or
take it back. The file of a withdrawn document is deleted.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.rules.unapproved import Unapproved
from mkdocs_ems.rules.values import AuditContext, Rule, evidence


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each document of whose present content there never was an issue, or none any more."""
    for document, pending, why in context.unapproved:
        if why is not Unapproved.NEVER:
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
    requires=("POL001", "DOC012", "DOC026"),
    needs_history=True,
    check=check,
)
