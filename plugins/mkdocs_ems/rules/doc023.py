"""A paper copy shows an issue that is not in force

## What it checks
Every copy in a register of posted copies (`type: posted-copy`) that has not been removed shows the issue that
is in force on the day: not an older one, not one that is still to come, and none of a document that is
withdrawn or replaced. A copy that does not name its document or its issue is told as well, since nobody can
say what hangs there. While an interim approval holds, the copy of the issue is out of date, too.

## Why an auditor asks
People work by what hangs beside the machine. The screen in the office may show what it likes.

## Fails
The procedure is at its second issue, and the first one still hangs at the pump; of another copy nobody knows
the issue.

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

`ems/registers/copies.yml`
```yaml
id: REG-COPIES
type: posted-copy
title: Posted copies
owner: ROL-EHS
rows:
  - id: CPY-001
    title: At the pump
    document: PRO-001
    place: Wall beside the pump
    issue: 1  # ← DOC023
    posted_on: 2026-01-06
  - id: CPY-002  # ← DOC023
    title: In the folder
    document: PRO-001
    place: Folder in the office
    posted_on: 2026-03-03
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/registers/copies.yml]}
- date: 2026-03-02
  by: PER-BEN
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
  merged_by: PER-MAYA
```

The procedure was withdrawn, and it still hangs there.

`ems/registers/copies.yml`
```yaml
id: REG-COPIES
type: posted-copy
title: Posted copies
owner: ROL-EHS
rows:
  - id: CPY-001
    title: At the pump
    document: PRO-001  # ← DOC023
    place: Wall beside the pump
    issue: 1
    posted_on: 2026-01-06
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
  files: [EXAMPLE, ems/registers/copies.yml, ems/registers/controls.yml]
- date: 2026-03-02
  by: PER-MAYA
  message: The line is closed, and nothing is discharged any more
  records: [{of: ems/procedures/rinse-water.md, issue: 1, meaning: withdrawal}]
- {date: 2026-03-03, by: PER-BEN, message: Take it out, delete: [ems/procedures/rinse-water.md]}
```

## Passes
The copy was swapped, and another one removed.

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

`ems/registers/copies.yml`
```yaml
id: REG-COPIES
type: posted-copy
title: Posted copies
owner: ROL-EHS
rows:
  - id: CPY-001
    title: At the pump
    document: PRO-001
    place: Wall beside the pump
    issue: 2
    posted_on: 2026-03-02
  - id: CPY-002
    title: In the canteen
    document: PRO-001
    place: Notice board
    issue: 1
    posted_on: 2026-01-06
    removed_on: 2026-03-02
    removed_by: PER-BEN
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/registers/copies.yml]}
- date: 2026-03-02
  by: PER-BEN
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
  merged_by: PER-MAYA
```

The first issue is in force; a change of it is a draft.

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

`ems/registers/copies.yml`
```yaml
id: REG-COPIES
type: posted-copy
title: Posted copies
owner: ROL-EHS
rows:
  - id: CPY-001
    title: At the pump
    document: PRO-001
    place: Wall beside the pump
    issue: 1
    posted_on: 2026-01-06
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/registers/copies.yml]}
- date: 2026-03-02
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
```

## How to fix
Swap the copy and write the new number into `issue`, or take it away and write `removed_on` and `removed_by`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.control import DocumentControl
from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import PostedCopyRow
from mkdocs_ems.rules.obsolete import obsolete_documents
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each copy that hangs somewhere and does not show what is in force."""
    documents, obsolete = context.control.documents, obsolete_documents(context)
    for entry, copy in context.each(PostedCopyRow):
        if copy.removed_on is not None and copy.removed_on <= context.as_of:
            continue
        where = f" ({copy.place})" if copy.place else ""
        missing = [
            field
            for field in ("document", "issue")
            if getattr(copy, field) is None and (field,) not in entry.dropped
        ]
        document = documents.get(copy.document or "")
        if missing:
            yield Finding(
                f"{called(copy)}{where} does not say of which {' and which '.join(missing)} it is a copy",
                place(entry),
                id=copy.id,
                help=f"look what is there, and add `{missing[0]}: …`",
            )
        elif document is not None and copy.issue is not None:
            fault = _fault(document, copy.issue, obsolete.get(document.id))
            if fault is not None:
                told, field = fault
                yield Finding(
                    f"{called(copy)}{where} shows issue {copy.issue} of {document.id}, and {told}",
                    place(entry, field),
                    id=copy.id,
                    help="swap the copy and write its new number, or take it away and write `removed_on: …`",
                )


def _fault(document: DocumentControl, shown: int, obsolete: str | None) -> tuple[str, str] | None:
    """What is wrong with a copy of an issue, and the field that says it."""
    current = document.in_force
    if obsolete is not None:
        return f"{document.id} {obsolete}", "document"
    if document.interim is not None:
        return f"an interim approval of another text holds until {document.interim.valid_until}", "issue"
    if current is None or current.number == shown:
        return None
    if shown > current.number:
        return f"issue {current.number} is in force still", "issue"
    return f"issue {current.number} is in force since {current.effective_from}", "issue"


RULE = Rule(
    code="DOC023",
    name="posted-copy-superseded",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    needs_history=True,
    check=check,
)
