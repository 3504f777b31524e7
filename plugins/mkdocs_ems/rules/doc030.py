"""Somebody whom nobody knows wrote an approved text

## What it checks
Everybody who wrote a part of an approved issue is listed in a register of persons, with the address that git
shows (`git_identities`). One who is not is taken for another person than the approver, which nobody can
check: the approver may have written it under a second address. It is told once for each address, with the
documents, until a person lists it; whoever left long ago is listed with an `end_date`.

## Why an auditor asks
That author and approver are two persons is shown by names alone; a name that belongs to nobody shows nothing.

## Fails
Eve wrote it, the director approved it, and nobody knows who Eve is.

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

`ems/registers/people.yml` (record) ← DOC030

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-03-02
  by: Eve Marsh <eve@small.example>
  committed_by: Forge <noreply@forge.example>
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
- date: 2026-03-04
  by: PER-MAYA
  message: Approve the limits
  records: [{of: ems/procedures/rinse-water.md}]
```

She wrote on a branch as well as somebody who is listed, and the director merged it.

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

`ems/registers/people.yml` (record) ← DOC030

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-03-02
  by: Eve Marsh <eve@small.example>
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
  merged_by: PER-MAYA
```

## Passes
She was listed afterwards.

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

`ems/registers/people.yml`
```yaml
id: REG-PEOPLE
type: person
title: People
owner: ROL-MD
rows:
  - id: PER-MAYA
    title: Maya Holm
    git_identities: [maya@small.example]
    roles: [{role: ROL-MD}]
  - id: PER-BEN
    title: Ben Okoro
    git_identities: [ben@small.example]
    roles: [{role: ROL-EHS}]
  - id: PER-EVE
    title: Eve Marsh
    git_identities: [Eve@small.example]
    end_date: 2026-04-30
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-03-02
  by: Eve Marsh <eve@small.example>
  committed_by: Forge <noreply@forge.example>
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
- date: 2026-03-04
  by: PER-MAYA
  message: Approve the limits
  records: [{of: ems/procedures/rinse-water.md}]
- date: 2026-05-02
  by: PER-BEN
  message: List Eve, who has left
  files: [ems/registers/people.yml]
  merged_by: PER-MAYA
```

Ben wrote it, and Ben is listed.

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
Add the address to `git_identities` of the person whose it is, or list the person; if nobody knows whose it
is, have the document read and approved anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mkdocs_ems.control import Directory
from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Related, Severity
from mkdocs_ems.model import PersonRow, Register
from mkdocs_ems.rules.doubts import Doubt
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each address of an author that no person lists, with what was written under it."""
    written: defaultdict[str, list[Doubt]] = defaultdict(list)
    for doubt in context.doubts("DOC030"):
        written[doubt.fault.person or ""].append(doubt)
    if not written:
        return
    directory = Directory((person for _, person in context.each(PersonRow)), ())
    register = next((entry for entry, one in context.each(Register) if one.type == "person"), None)
    here = place(register) if register else Anchor(context.model.settings_path, ("organisation",), key=True)
    for mail, found in written.items():
        if not directory.holders(mail):
            yield Finding(
                f"{mail} wrote {listed(one.subject or '' for one in found)} and belongs to nobody: "
                f"{found[-1].fault.words}",
                here,
                id=register.entity.id if register else None,
                help=f"add {mail} to `git_identities` of the person whose it is",
                related=tuple({one.subject: Related(f"in {one.subject}", one.at) for one in found}.values()),
            )


RULE = Rule(
    code="DOC030",
    name="unknown-author",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.2",),
    clauses_2026=("7.5.2",),
    since="0.1.0",
    needs_history=True,
    check=check,
)
