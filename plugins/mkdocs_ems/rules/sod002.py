"""A change reached the main branch without anybody else having seen it

## What it checks
Text that waits for approval came onto the main branch through somebody else's hands, or somebody else has
reviewed it since. Told is each commit or merge by which somebody landed work of his own, while nobody but its
authors has acted on the text. What a forge landed for him (squash, rebase) may have been reviewed there and
is not told, nor are records, readings, living logs and what was adopted; nor anything where `ems.yml` says
`segregation: warn`. It ends with the approval, with a `review` of somebody else, or when the change is taken
back.

## Why an auditor asks
Where everybody can write onto the main branch alone, the trail of approvals rests on everybody's good will. A
protected branch asks for a second person before anything lands.

## Fails
Ben committed onto the main branch what he had written.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001  # ← DOC005, SOD002
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
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
```

He made a branch, and merged it himself.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001  # ← DOC005, SOD002
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
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
  merged_by: PER-BEN
```

## Passes
Eve merged it: she may not approve, but she has seen it.

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

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-03-02
  by: PER-BEN
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
  merged_by: Eve Marsh <eve@small.example>
```

The director has reviewed it, and will approve it next week.

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

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-03-02
  by: PER-BEN
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
- date: 2026-03-04
  by: PER-MAYA
  message: Looked through it
  records: [{of: ems/procedures/rinse-water.md, meaning: review}]
```

## How to fix
Protect the main branch on the forge, so that a change needs a second person to land. For what has landed
already, ask somebody to review or approve it.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.control import Directory
from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.model import PersonRow
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.unapproved import Draft
from mkdocs_ems.rules.values import AuditContext, Rule


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each event by which somebody landed work of his own that nobody else has looked at."""
    if context.settings.approval.segregation == "warn":
        return
    directory = Directory((person for _, person in context.each(PersonRow)), ())
    alone: dict[str, list[Draft]] = {}
    for draft in context.unapproved:
        if _is_alone(draft, directory):
            alone.setdefault(draft.pending.event.commit.id, []).append(draft)
    for landed in alone.values():
        document, event = landed[0].document, landed[0].pending.event
        yield Finding(
            f"{directory.person(event.commit.author).name} put {listed(one.document.id for one in landed)} "
            f"on the main branch alone, as commit {event.commit.id[:10]}; nobody else has looked at it",
            Anchor(document.path, ("id",)),
            id=document.id,
            help="protect the main branch, so that a change needs a second person to land; ask somebody to "
            "review or approve this one",
        )


def _is_alone(draft: Draft, directory: Directory) -> bool:
    document, pending, event = draft.document, draft.pending, draft.pending.event
    commit = event.commit
    if event.proposed or event.index == 0:
        return False
    authors = {person.key for person in pending.authors}
    who = directory.person(commit.author).key
    if who not in authors or (not commit.is_merge and directory.person(commit.committer).key != who):
        return False
    return all(act.person.key in authors for act in (*pending.acts, *document.reviews))


RULE = Rule(
    code="SOD002",
    name="merged-without-required-review",
    severity=Severity.WARNING,
    basis=Basis.OWN_RULE,
    clauses_2015=("7.5.2",),
    clauses_2026=("7.5.2",),
    since="0.1.0",
    # What an entitled person let in for some days was looked at.
    requires=("DOC026",),
    needs_history=True,
    check=check,
)
