"""A drawing or an attachment was changed after the document was approved

## What it checks
Every picture, drawing and file that an approved document embeds or attaches is the very one that was approved
with it: its checksum is compared. The document's own text is as approved; where that changed as well, DOC005
says so. Of the rules, the file `allowed_signers` is such a part.

## Why an auditor asks
A flow sheet is as binding as the words around it. Where somebody can change the drawing and keep the
approval, people work by a drawing that nobody has looked at.

## Fails
The words are as approved, and the drawing shows another limit.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Discharge as the drawing says.

![The way of the water](flow.svg) <!-- ← DOC025 -->
```

`ems/procedures/flow.svg`
```xml
<svg xmlns="http://www.w3.org/2000/svg"><text>pH 5 to 10</text></svg>
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE, ems/procedures/rinse-water.md]
  texts:
    ems/procedures/flow.svg: |
      <svg xmlns="http://www.w3.org/2000/svg"><text>pH 6 to 9</text></svg>
- date: 2026-03-02
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Wider limits
  files: [ems/procedures/flow.svg]
```

A key was added to `allowed_signers`, which belongs to the rules; `ems.yml` itself is as approved.

`ems/ems.yml` (gone) ← DOC025

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-03-02
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Add a key
  texts:
    ems/allowed_signers: |
      ben@small.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1jBvAc2zbNpYt+4TWuoSA4nOBDzWkOmErZSFyQcP3c
```

## Passes
The director merged the new drawing, and so approved it.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Discharge as the drawing says.

![The way of the water](flow.svg)
```

`ems/procedures/flow.svg`
```xml
<svg xmlns="http://www.w3.org/2000/svg"><text>pH 5 to 10</text></svg>
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE, ems/procedures/rinse-water.md]
  texts:
    ems/procedures/flow.svg: |
      <svg xmlns="http://www.w3.org/2000/svg"><text>pH 6 to 9</text></svg>
- date: 2026-03-02
  by: PER-BEN
  message: Wider limits
  files: [ems/procedures/flow.svg]
  merged_by: PER-MAYA
```

The drawing moved to another folder, with a document that is moved as well: both are as they were.

`ems/water/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Discharge as the drawing says.

![The way of the water](flow.svg)
```

`ems/water/flow.svg`
```xml
<svg xmlns="http://www.w3.org/2000/svg"><text>pH 6 to 9</text></svg>
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
      ---

      ## Before discharge

      Read the pH. Discharge as the drawing says.

      ![The way of the water](flow.svg)
    ems/procedures/flow.svg: |
      <svg xmlns="http://www.w3.org/2000/svg"><text>pH 6 to 9</text></svg>
- date: 2026-03-02
  by: PER-BEN
  message: Give water a folder of its own
  files: [ems/water/rinse-water.md, ems/water/flow.svg]
  delete: [ems/procedures/rinse-water.md, ems/procedures/flow.svg]
```

## How to fix
Get the document approved again with its new drawing, as its next issue, or put the approved drawing back.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.control import Content, DocumentControl
from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity, Span
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.unapproved import Unapproved
from mkdocs_ems.rules.values import AuditContext, Rule, evidence


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each document that is as approved itself, and of which a part is not."""
    for document, pending, why in context.unapproved:
        if why is not Unapproved.PART or pending.content is None:
            continue
        issue = document.issues[-1]
        odd = _different(issue.content, pending.content)
        yield Finding(
            f"{listed(odd)} in {document.id} ({document.title}) "
            f"{'is' if len(odd) == 1 else 'are'} not what was approved with issue {issue.number}: "
            f"it {pending.missing or 'is approved by nobody'}",
            _place(document, odd, context),
            id=document.id,
            help=f"get {document.id} approved as issue {document.next_issue} with what it embeds now, "
            "or put back the file that was approved",
            related=evidence(pending, document.path),
        )


def _different(approved: Content, now: Content) -> tuple[str, ...]:
    """The targets that lead to another file than the approved one, or to none."""
    before = {part.target: part.blob for part in approved.parts}
    after = {part.target: part.blob for part in now.parts}
    return tuple(sorted(one for one in {*before, *after} if before.get(one) != after.get(one)))


def _place(document: DocumentControl, odd: tuple[str, ...], context: AuditContext) -> Anchor | Span:
    """Where the document first embeds one of them; the document itself where it is written in no line."""
    source = context.sources.files.get(document.path)
    links = source.body.links if source is not None and source.body is not None else ()
    return next((link.span for link in links if link.target in odd), Anchor(document.path, ("id",)))


RULE = Rule(
    code="DOC025",
    name="part-changed",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    # What was approved for some days and no longer is, is told as that.
    requires=("DOC026",),
    needs_history=True,
    check=check,
)
