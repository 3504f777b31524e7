"""A new issue was not read by those who have to know it

## What it checks
Everybody who acts in a role that a document names in `read_by` has a record of training that names the
document and its issue in force, within `intervals: {reading_days: …}` of `ems.yml` after it came into force
or after they took up the role, else thirty days. A record without an `issue` counts for the issue that was
in force on its day. Whoever wrote or approved the issue knows it, and what changed only in wording asks
nobody to read it again. Nothing is said before the first such record is kept.

## Why an auditor asks
A procedure changes what people do only when they know that it has changed. Working to the old issue is the
usual finding after a revision.

## Fails
Issue 2 came in March; she has read the first, and he wrote the second.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001  # ← TRN008
type: procedure
title: Treating rinse water
owner: ROL-EHS
read_by: [ROL-LINE, ROL-EHS]
---

## Before discharge

Read the pH. Discharge between 5 and 10 only.
```

`ems/records/training/2026.yml`
```yaml
type: training
title: Training of the EHS manager
rows:
  - id: TRN-001
    title: Read and understood
    kind: read-understood
    date: 2026-01-05
    by: [PER-ANA]
    people: [PER-ANA]
    document: PRO-001
    issue: 1
```

`ems/registers/line-people.yml`
```yaml
id: REG-LINE-PEOPLE
type: person
title: People of the line
owner: ROL-MD
rows:
  - id: PER-ANA
    title: Ana Lind
    employer: own
    roles: [{role: ROL-LINE, from: 2020-01-01}]
```

`ems/registers/line-roles.yml`
```yaml
id: REG-LINE-ROLES
type: role
title: Roles of the line
owner: ROL-MD
rows:
  - id: ROL-LINE
    title: Line operator
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE, ems/records/training/2026.yml, ems/registers/line-people.yml, ems/registers/line-roles.yml]
- date: 2026-03-02
  by: PER-BEN
  merged_by: PER-MAYA
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
```

## Passes
She has read the second.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
read_by: [ROL-LINE, ROL-EHS]
---

## Before discharge

Read the pH. Discharge between 5 and 10 only.
```

`ems/records/training/2026.yml`
```yaml
type: training
title: Training of the EHS manager
rows:
  - id: TRN-001
    title: Read and understood
    kind: read-understood
    date: 2026-01-05
    by: [PER-ANA]
    people: [PER-ANA]
    document: PRO-001
    issue: 2
```

`ems/registers/line-people.yml`
```yaml
id: REG-LINE-PEOPLE
type: person
title: People of the line
owner: ROL-MD
rows:
  - id: PER-ANA
    title: Ana Lind
    employer: own
    roles: [{role: ROL-LINE, from: 2020-01-01}]
```

`ems/registers/line-roles.yml`
```yaml
id: REG-LINE-ROLES
type: role
title: Roles of the line
owner: ROL-MD
rows:
  - id: ROL-LINE
    title: Line operator
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE, ems/records/training/2026.yml, ems/registers/line-people.yml, ems/registers/line-roles.yml]
- date: 2026-03-02
  by: PER-BEN
  merged_by: PER-MAYA
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
```

It came into force last week.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
read_by: [ROL-LINE, ROL-EHS]
---

## Before discharge

Read the pH. Discharge between 5 and 10 only.
```

`ems/records/training/2026.yml`
```yaml
type: training
title: Training of the EHS manager
rows:
  - id: TRN-001
    title: Read and understood
    kind: read-understood
    date: 2026-01-05
    by: [PER-ANA]
    people: [PER-ANA]
    document: PRO-001
    issue: 1
```

`ems/registers/line-people.yml`
```yaml
id: REG-LINE-PEOPLE
type: person
title: People of the line
owner: ROL-MD
rows:
  - id: PER-ANA
    title: Ana Lind
    employer: own
    roles: [{role: ROL-LINE, from: 2020-01-01}]
```

`ems/registers/line-roles.yml`
```yaml
id: REG-LINE-ROLES
type: role
title: Roles of the line
owner: ROL-MD
rows:
  - id: ROL-LINE
    title: Line operator
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE, ems/records/training/2026.yml, ems/registers/line-people.yml, ems/registers/line-roles.yml]
- date: 2026-05-25
  by: PER-BEN
  merged_by: PER-MAYA
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
```

## How to fix
Have them read the issue in force, and keep a record with `kind: read-understood`, `document` and `issue`;
one record may name all who read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from mkdocs_ems.control import DocumentControl, Issue
from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Controlled, PersonRow, RoleRow, TrainingRecord
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_Read = Mapping[tuple[str, str], tuple[TrainingRecord, ...]]
"""The records by which somebody read a document, by person and document."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each document whose issue in force was not read in time, with those who did not."""
    read = _readings(context)
    if not read:
        return
    begun = _begun(context)
    grace = timedelta(days=context.settings.intervals.reading_days)
    for entry, entity in context.each(Controlled):
        document = context.control.documents.get(entity.id or "") if entity.read_by else None
        issue = _to_read(document) if document else None
        if document is None or issue is None:
            continue
        late = []
        for role in entity.read_by:
            for person in context.holders.get(role, ()):
                since = max(issue.effective_from, begun.get((person, role), date.min))
                if (context.as_of - since) > grace and not _knows(read, person, document, issue, context):
                    late.append(called(context.graph.nodes[person].entity))
        if late:
            yield Finding(
                f"issue {issue.number} of {called(entity)} is in force since {issue.effective_from}, and no "
                f"record shows that it was read by {listed(late)}",
                place(entry),
                id=entity.id,
                help=f"keep a record of reading with `document: {entity.id}` and `issue: {issue.number}`",
            )


def _to_read(document: DocumentControl) -> Issue | None:
    """The issue that has to be known: the one in force, or where it is editorial the one before it."""
    if document.in_force is None:
        return None
    upto = [one for one in document.issues if one.number <= document.in_force.number]
    return next((one for one in reversed(upto) if not one.editorial), document.in_force)


def _readings(context: AuditContext) -> _Read:
    found: dict[tuple[str, str], tuple[TrainingRecord, ...]] = {}
    for _, record in context.each(TrainingRecord):
        if record.document and record.day and record.day <= context.as_of and record.result != "failed":
            for person in record.people:
                if person not in record.failed:
                    key = person, record.document
                    found[key] = (*found.get(key, ()), record)
    return found


def _knows(read: _Read, person: str, document: DocumentControl, issue: Issue, context: AuditContext) -> bool:
    """Whether somebody has read the issue, or wrote or approved it."""
    acted = (*issue.authors, *(act.person for act in issue.approvals))
    if any(one.id == person for one in acted):
        return True
    records = read.get((person, document.id), ())
    return any(
        one.issue >= issue.number
        if one.issue is not None
        else one.day is not None and issue.effective_from <= one.day <= context.as_of
        for one in records
    )


def _begun(context: AuditContext) -> Mapping[tuple[str, str], date]:
    """The day on which somebody took up a role, or began to deputise for it, by person and role."""
    found: dict[tuple[str, str], date] = {}
    for _, person in context.each(PersonRow):
        for held in person.roles:
            found[person.id or "", held.role] = held.from_ or date.min
    for _, role in context.each(RoleRow):
        for deputy in role.deputies:
            found.setdefault((deputy.person, role.id or ""), deputy.from_ or date.min)
    return found


RULE = Rule(
    code="TRN008",
    name="revision-not-acknowledged",
    severity=Severity.WARNING,
    basis=Basis.OWN_RULE,
    clauses_2015=("7.3", "7.5.3"),
    clauses_2026=("7.3", "7.5.3"),
    since="0.1.0",
    requires=("SCH001",),
    needs_history=True,
    check=check,
)
