"""An interim approval has run out

## What it checks
A change that was let in for some days (a record of the meaning `interim`, at most fourteen days) is fully
approved before these days are over, or taken back. When they are over, the issue before is in force again,
and the change stands in the tree as a draft. Nothing is told while an interim approval holds, nor when the
change was approved or replaced in time.

## Why an auditor asks
What was let in for an emergency becomes habit. People go on working by a text that nobody stands for any
more, while the manual shows the old one.

## Fails
The director let the wider limits in for a week in March; nobody has approved them since.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001  # ← DOC026
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
  message: Wider limits while the probe is away
  files: [ems/procedures/rinse-water.md]
- date: 2026-03-02
  by: PER-MAYA
  message: Let them in for a week
  records: [{of: ems/procedures/rinse-water.md, meaning: interim, valid_until: 2026-03-09}]
```

A procedure that is new altogether was let in until the last day of May, the day before.

`ems/procedures/waste.md`
```markdown
---
id: PRO-002  # ← DOC026
type: procedure
title: Waste
---

## Skips

Keep them closed.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-05-20
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Say how waste is kept
  files: [ems/procedures/waste.md]
- date: 2026-05-20
  by: PER-MAYA
  message: Let it in until the end of the month
  records: [{of: ems/procedures/waste.md, issue: 1, meaning: interim, valid_until: 2026-05-31}]
```

## Passes
The week is not over yet.

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
- date: 2026-05-28
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Wider limits while the probe is away
  files: [ems/procedures/rinse-water.md]
- date: 2026-05-28
  by: PER-MAYA
  message: Let them in for a week
  records: [{of: ems/procedures/rinse-water.md, meaning: interim, valid_until: 2026-06-04}]
```

The change was fully approved after three days.

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
- date: 2026-03-02
  by: PER-MAYA
  message: Let them in for a week
  records: [{of: ems/procedures/rinse-water.md, meaning: interim, valid_until: 2026-03-09}]
- {date: 2026-03-05, by: PER-MAYA, message: Approve them, records: [{of: ems/procedures/rinse-water.md}]}
```

## How to fix
Get the change fully approved, or put the text of the issue in force back.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.control import IssueState
from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Related, Severity
from mkdocs_ems.rules.values import AuditContext, Rule


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each document whose landed content had an interim approval that is over."""
    for document in context.control.documents.values():
        pending = document.pending
        if not document.interims or pending is None or pending.content is None:
            continue
        interim = document.interims[-1]
        # Another text in its place is a draft like any other.
        if interim.state is not IssueState.INTERIM_EXPIRED or interim.content.key != pending.content.key:
            continue
        back = (
            f"issue {document.in_force.number} is in force again"
            if document.in_force
            else "nothing is in force"
        )
        yield Finding(
            f"{document.id} ({document.title}) was approved for the time until {interim.valid_until} only, "
            f"and was not fully approved since; {back}",
            Anchor(document.path, ("id",)),
            id=document.id,
            help=f"get the change approved as issue {document.next_issue}, or take it back",
            related=(Related(interim.act.sentence, Anchor(interim.act.evidence)),),
        )


RULE = Rule(
    code="DOC026",
    name="interim-expired",
    severity=Severity.ERROR,
    basis=Basis.OWN_RULE,
    clauses_2015=("7.5.2",),
    clauses_2026=("7.5.2",),
    since="0.1.0",
    needs_history=True,
    check=check,
)
