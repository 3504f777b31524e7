"""The policy in force was not made known

## What it checks
The issue of the policy that is in force was made known inside since it came into force: a communication
with `direction: internal`, or a training, is `about` it, or a row of the awareness matrix told of the
policy. And it is there for interested parties: `public_url` says where, or a communication that went out is
`about` it. A new issue has `intervals: {reading_days: …}` of `ems.yml`, else thirty days. Nothing is said
before the communication log is begun.

## Why an auditor asks
The policy has to be communicated inside and available to interested parties. The usual finding: the one on
the wall is the one before.

## Fails
The talk in January was about the issue before, and nobody outside can read it.

`ems/policy.md`
```markdown
---
id: POL-001  # ← POL005
type: policy
title: Environmental policy
owner: ROL-MD
commitments:
  protection_of_environment: "#we-protect-the-river"
  compliance: "#we-keep-the-law"
  continual_improvement: "#we-get-better-every-year"
---

## We protect the river

Nothing but clean water leaves the works, in any weather.

## We keep the law

We know the rules that bind us and check that we meet them.

## We get better every year

We set ourselves objectives and publish the results.
```

`ems/records/communications/2026.yml`
```yaml
type: communication
title: Communication log of 2026
rows:
  - id: COL-001
    subject: Results of the year
    direction: internal
    kind: briefing
    date: 2026-01-12
    by: [ROL-MD]
    roles: [ROL-EHS]
    about: [POL-001]
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE, ems/records/communications/2026.yml]
- date: 2026-03-02
  by: PER-BEN
  merged_by: PER-MAYA
  message: In any weather
  files: [ems/policy.md]
```

## Passes
It was told again, and stands on the web.

`ems/policy.md`
```markdown
---
id: POL-001
type: policy
title: Environmental policy
owner: ROL-MD
public_url: https://small.example/policy
commitments:
  protection_of_environment: "#we-protect-the-river"
  compliance: "#we-keep-the-law"
  continual_improvement: "#we-get-better-every-year"
---

## We protect the river

Nothing but clean water leaves the works, in any weather.

## We keep the law

We know the rules that bind us and check that we meet them.

## We get better every year

We set ourselves objectives and publish the results.
```

`ems/records/communications/2026.yml`
```yaml
type: communication
title: Communication log of 2026
rows:
  - id: COL-001
    subject: Results of the year
    direction: internal
    kind: briefing
    date: 2026-03-09
    by: [ROL-MD]
    roles: [ROL-EHS]
    about: [POL-001]
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE, ems/records/communications/2026.yml]
- date: 2026-03-02
  by: PER-BEN
  merged_by: PER-MAYA
  message: In any weather
  files: [ems/policy.md]
```

It came into force last week.

`ems/policy.md`
```markdown
---
id: POL-001
type: policy
title: Environmental policy
owner: ROL-MD
commitments:
  protection_of_environment: "#we-protect-the-river"
  compliance: "#we-keep-the-law"
  continual_improvement: "#we-get-better-every-year"
---

## We protect the river

Nothing but clean water leaves the works, in any weather.

## We keep the law

We know the rules that bind us and check that we meet them.

## We get better every year

We set ourselves objectives and publish the results.
```

`ems/records/communications/2026.yml`
```yaml
type: communication
title: Communication log of 2026
rows:
  - id: COL-001
    subject: Results of the year
    direction: internal
    kind: briefing
    date: 2026-01-12
    by: [ROL-MD]
    roles: [ROL-EHS]
    about: [POL-001]
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE, ems/records/communications/2026.yml]
- date: 2026-05-25
  by: PER-BEN
  merged_by: PER-MAYA
  message: In any weather
  files: [ems/policy.md]
```

## How to fix
Tell everybody of the new policy and keep it in the communication log with `about: [POL-…]`; write into
`public_url` where others find it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AwarenessRow, CommunicationRecord, Policy, TrainingRecord
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each policy in force that was not told inside, or is not there for others."""
    if not any(context.each(CommunicationRecord)):
        return
    grace = timedelta(days=context.settings.intervals.reading_days)
    for entry, policy in context.each(Policy):
        document = context.control.documents.get(policy.id or "")
        if document is None or document.in_force is None:
            continue
        since = document.in_force.effective_from
        missing = []
        if context.as_of - since > grace and not _told_inside(context, document.id, since):
            missing.append("that it was told inside")
        if not policy.public_url and ("public_url",) not in entry.dropped:
            sent = (one for _, one in context.each(CommunicationRecord) if one.direction == "out")
            if context.as_of - since > grace and not any(document.id in one.about for one in sent):
                missing.append("where others find it")
        if missing:
            yield Finding(
                f"issue {document.in_force.number} of {called(policy)} is in force since {since}; "
                f"nothing shows {listed(missing)}",
                place(entry),
                id=policy.id,
                help=f"tell it and keep it in the communication log with `about: [{document.id}]`; "
                "`public_url` says where others find it",
            )


def _told_inside(context: AuditContext, policy: str, since: date) -> bool:
    """Whether the policy was told inside on a day or later."""
    told = [
        *(one.day for _, one in context.each(CommunicationRecord) if _is_on(one, policy)),
        *(one.day for _, one in context.each(TrainingRecord) if policy in (*one.about, one.document)),
        *(one.date for _, one in context.each(AwarenessRow) if "policy" in one.items),
    ]
    return any(day is not None and since <= day <= context.as_of for day in told)


def _is_on(record: CommunicationRecord, policy: str) -> bool:
    return record.direction == "internal" and policy in record.about


RULE = Rule(
    code="POL005",
    name="policy-not-available",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("5.2", "7.4"),
    clauses_2026=("5.2", "7.4"),
    since="0.1.0",
    requires=("SCH001",),
    needs_history=True,
    needs_all_registers=True,
    check=check,
)
