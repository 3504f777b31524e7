"""A document bears the label of another of its issues

## What it checks
An organisation that labels its issues itself (`issue_label: Rev C`) gives each content a label of its own:
what stands in the tree does not bear the label of an earlier issue whose content was another. Told is the
newest content only, since labels of the past cannot be mended; a text that is brought back as it was may bear
its old label.

## Why an auditor asks
Two papers that both say Rev C and differ are the classic finding in a works: nobody can tell by looking which
of them holds.

## Fails
The limits changed and the label did not.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
issue_label: Rev C  # ← DOC009
---

## Before discharge

Read the pH. Discharge between 5 and 10 only.
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE]
  texts:
    ems/procedures/rinse-water.md: |
      ---
      id: PRO-001
      type: procedure
      title: Treating rinse water
      owner: ROL-EHS
      issue_label: Rev C
      ---

      ## Before discharge

      Read the pH. Discharge between 6 and 9 only.
- date: 2026-03-02
  by: PER-BEN
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
  merged_by: PER-MAYA
```

A draft already bears the label of the issue before.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001  # ← DOC005
type: procedure
title: Treating rinse water
owner: ROL-EHS
issue_label: rev  C  # ← DOC009
---

## Before discharge

Read the pH. Discharge between 5 and 10 only.
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE]
  texts:
    ems/procedures/rinse-water.md: |
      ---
      id: PRO-001
      type: procedure
      title: Treating rinse water
      owner: ROL-EHS
      issue_label: Rev C
      ---

      ## Before discharge

      Read the pH. Discharge between 6 and 9 only.
- date: 2026-03-02
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
```

## Passes
The new issue has the next label.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
issue_label: Rev D
---

## Before discharge

Read the pH. Discharge between 5 and 10 only.
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE]
  texts:
    ems/procedures/rinse-water.md: |
      ---
      id: PRO-001
      type: procedure
      title: Treating rinse water
      owner: ROL-EHS
      issue_label: Rev C
      ---

      ## Before discharge

      Read the pH. Discharge between 6 and 9 only.
- date: 2026-03-02
  by: PER-BEN
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
  merged_by: PER-MAYA
```

The label was given up; issues are counted here in any case.

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
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE]
  texts:
    ems/procedures/rinse-water.md: |
      ---
      id: PRO-001
      type: procedure
      title: Treating rinse water
      owner: ROL-EHS
      issue_label: Rev C
      ---

      ## Before discharge

      Read the pH. Discharge between 6 and 9 only.
- date: 2026-03-02
  by: PER-BEN
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
  merged_by: PER-MAYA
```

## How to fix
Give the new content its own `issue_label`, and get it approved with that.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.control import DocumentControl, Issue
from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Controlled
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import fold


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each document whose newest content bears the label of another content."""
    documents = context.control.documents
    for entry, entity in context.each(Controlled):
        document = documents.get(entity.id or "")
        # Old labels are read from git: only for who has a label, and had an issue before.
        if entity.issue_label is None or document is None or document.path != entry.anchor.path:
            continue
        issue = _of_that_label(document, entity.issue_label)
        if issue is not None:
            yield Finding(
                f"{called(entity)} is {entity.issue_label}, as issue {issue.number} of it was, whose content "
                "is another",
                place(entry, "issue_label"),
                id=entity.id,
                help=f"write the label that follows {entity.issue_label}",
            )


def _of_that_label(document: DocumentControl, label: str) -> Issue | None:
    """The latest issue of another content that bore the label."""
    newest = document.landed or document.issues[-1].content if document.issues else None
    if document.pending is not None and document.pending.content is not None:
        newest = document.pending.content
    wanted = " ".join(fold(label).split())
    others = (
        one for one in reversed(document.issues) if newest is not None and one.content.key != newest.key
    )
    return next((one for one in others if one.label and " ".join(fold(one.label).split()) == wanted), None)


RULE = Rule(
    code="DOC009",
    name="own-label-repeated",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    requires=("SCH001",),
    needs_history=True,
    check=check,
)
