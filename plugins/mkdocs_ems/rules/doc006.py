"""A document's review is overdue, or due soon

## What it checks
A document that sets itself a review interval (`review_every`, or the organisation's own in `ems.yml`)
was approved or confirmed within it. The last days before (`review_warning_days`) are told as well. A living
register that was never approved as a whole counts from the day on which it landed.

## Why an auditor asks
The standard sets no interval: you did. An interval that is not kept shows a system that is not lived.

## Fails
Adopted in January, to be reviewed after three months: due since 5 April.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
review_every: 3 months  # ← DOC006
---

## Before discharge

Read the pH. Discharge between 6 and 9 only.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/procedures/rinse-water.md]}
```

Due on 5 June, which is within the thirty days of warning.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
review_every: 5 months  # ← DOC006
---

## Before discharge

Read the pH. Discharge between 6 and 9 only.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/procedures/rinse-water.md]}
```

A log of providers, begun in January after the rest; nobody ever looked at it as a whole.

`ems/registers/providers.yml`
```yaml
id: REG-SUP
type: provider
title: External providers
owner: ROL-MD
review_every: 3 months  # ← DOC006
rows:
  - id: SUP-001
    title: Laboratory
    what: Analyses of rinse water
    status: approved
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- {date: 2026-01-12, by: PER-BEN, message: Begin the log, files: [ems/registers/providers.yml]}
```

## Passes
A year is not over yet.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
review_every: 12 months
---

## Before discharge

Read the pH. Discharge between 6 and 9 only.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/procedures/rinse-water.md]}
```

## How to fix
Look at the document: where nothing has to change, record a confirmation; where something has, change it
and get it approved.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.rules.values import AuditContext, Rule
from mkdocs_ems.text import plural


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each document whose review date is past, or nearer than the warning days."""
    warning = context.settings.intervals.review_warning_days
    for document in context.control.documents.values():
        living = document.control == "periodic" and document.landed is not None
        if document.review_due is None or not (document.in_force or living):
            continue
        left = (document.review_due - context.as_of).days
        if left > warning:
            continue
        when = f"was due on {document.review_due}, {plural(-left, 'day')} ago"
        if left >= 0:
            when = f"is due on {document.review_due}, in {plural(left, 'day')}"
        never = "" if document.in_force else "; it was never approved as a whole"
        yield Finding(
            f"the review of {document.id} ({document.title}) {when}{never}",
            Anchor(document.path, (_field(context, document.path),)),
            id=document.id,
            help=f"look through it and approve it as it stands: `ems approve {document.id}`"
            if never
            else f"review {document.id}: record a confirmation where nothing has to change, "
            "or change it and get it approved",
        )


def _field(context: AuditContext, path: str) -> str:
    """Where the interval stands; at the id where it is the organisation's own."""
    source = context.sources.files.get(path)
    return "review_every" if source and "review_every" in source.data else "id"


RULE = Rule(
    code="DOC006",
    name="review-overdue",
    severity=Severity.WARNING,
    basis=Basis.OWN_RULE,
    clauses_2015=("7.5.2",),
    clauses_2026=("7.5.2",),
    since="0.1.0",
    needs_history=True,
    check=check,
)
