"""Somebody approved a change of his own

## What it checks
Nobody approves what he wrote or helped to write since the document's last full approval, under whatever
address. Told is a record by one of the authors, which counts for nothing unless `ems.yml` says `segregation:
warn`, until somebody else approved; and a latest issue that rests on its author's approval, as `warn` lets
it. That an author pressed merge is told with the content that waits (DOC004, DOC005) and, where nobody else
saw it, as SOD002.

## Why an auditor asks
Not literally asked for; but a second pair of eyes is what an approval is for, and an auditor looks whether
there was one.

## Fails
The director changed the limits and approved them.

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

`ems/records/approvals/PRO-001/2-approval-maya@small.example-1.yml` (record) ← SOD001

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-03-02
  by: PER-MAYA
  committed_by: Forge <noreply@forge.example>
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
- date: 2026-03-04
  by: PER-MAYA
  message: Approve the limits
  records: [{of: ems/procedures/rinse-water.md}]
```

In a company of two it counts, and is shown.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
approval:
  segregation: warn
  matrix:
    - {types: [policy, scope, procedure, work-instruction, plan, method, rules], roles: [ROL-MD]}
    - {types: [aspect, obligation, control, objective, person, role, process], roles: [ROL-MD]}
    - {types: [context-issue, interested-party, risk, action], roles: [ROL-MD]}
    - {types: [measurement, indicator, emergency-scenario], roles: [ROL-MD]}
```

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001  # ← SOD001
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Discharge between 5 and 10 only.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/ems.yml]}
- date: 2026-03-02
  by: PER-MAYA
  committed_by: Forge <noreply@forge.example>
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
- date: 2026-03-04
  by: PER-MAYA
  message: Approve the limits
  records: [{of: ems/procedures/rinse-water.md}]
```

## Passes
Ben wrote it, the director approved it.

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

Ben tried it himself first, and then the director approved.

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

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
approval:
  matrix:
    - {types: [policy, scope, work-instruction, plan, method, rules], roles: [ROL-MD]}
    - {types: [procedure], roles: [ROL-MD, ROL-EHS]}
    - {types: [aspect, obligation, control, objective, person, role, process], roles: [ROL-MD]}
    - {types: [context-issue, interested-party, risk, action], roles: [ROL-MD]}
    - {types: [measurement, indicator, emergency-scenario], roles: [ROL-MD]}
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/ems.yml]}
- date: 2026-03-02
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
- date: 2026-03-04
  by: PER-BEN
  message: Approve the limits
  records: [{of: ems/procedures/rinse-water.md}]
- date: 2026-03-05
  by: PER-MAYA
  message: Approve the limits
  records: [{of: ems/procedures/rinse-water.md}]
```

## How to fix
Let somebody else approve it whom the matrix names; name a deputy where there is nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.control import Segregation
from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Related, Severity
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each record of an author that is not made good, and each latest issue approved by its author."""
    for doubt in context.doubts("SOD001"):
        if not doubt.settled:
            yield Finding(doubt.told, doubt.at, id=doubt.subject, help=_HELP)
    for document in context.control.documents.values():
        issue = document.issues[-1] if document.issues else None
        if issue is None or issue.segregation is not Segregation.SELF or document.withdrawn_from:
            continue
        yield Finding(
            f"issue {issue.number} of {document.id} ({document.title}) was approved by one of its authors: "
            f"{listed(act.person.name for act in issue.approvals)}",
            Anchor(document.path, ("id",)),
            id=document.id,
            help=_HELP,
            related=tuple(Related(act.sentence, Anchor(document.path, ("id",))) for act in issue.approvals),
        )


_HELP = "let somebody else approve it whom the matrix names; where there is nobody, name a deputy"


RULE = Rule(
    code="SOD001",
    name="author-approves-own",
    severity=Severity.WARNING,
    basis=Basis.OWN_RULE,
    clauses_2015=("7.5.2",),
    clauses_2026=("7.5.2",),
    since="0.1.0",
    needs_history=True,
    check=check,
)
