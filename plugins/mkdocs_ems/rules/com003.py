"""Nobody decided whether a complaint is a nonconformity

## What it checks
Every complaint that came in and was answered names the `nonconformity` that was raised for it, or says
`nonconformity_needed: false`. Where it says `true`, the nonconformity is named.

## Why an auditor asks
A complaint is often the first sign that something does not work. Kept beside the system, it improves
nothing.

## Fails
The first was answered politely; the second is one, and was never raised.

`ems/records/communications/2026.yml`
```yaml
type: communication
title: Communication log of 2026
rows:
  - id: COL-001  # ← COM003
    subject: Smell at the fence
    direction: in
    kind: complaint
    date: 2026-04-13
    by: [ROL-EHS]
    parties: [PTY-001]
    responded_on: 2026-04-20
  - id: COL-002
    subject: Smell at the fence
    direction: in
    kind: complaint
    date: 2026-05-04
    by: [ROL-EHS]
    parties: [PTY-001]
    responded_on: 2026-05-11
    nonconformity_needed: true  # ← COM003
```

## Passes
The first is none; the second was raised; the third is still open.

`ems/records/communications/2026.yml`
```yaml
type: communication
title: Communication log of 2026
rows:
  - id: COL-001
    subject: Smell at the fence
    direction: in
    kind: complaint
    date: 2026-04-13
    by: [ROL-EHS]
    parties: [PTY-001]
    responded_on: 2026-04-20
    nonconformity_needed: false
  - id: COL-002
    subject: Smell at the fence
    direction: in
    kind: complaint
    date: 2026-05-04
    by: [ROL-EHS]
    parties: [PTY-001]
    responded_on: 2026-05-11
    nonconformity: NCR-001
  - id: COL-003
    subject: Smell at the fence
    direction: in
    kind: complaint
    date: 2026-05-25
    by: [ROL-EHS]
    parties: [PTY-001]
```

`ems/registers/nonconformities.yml`
```yaml
id: REG-NCR
type: nonconformity
title: Nonconformities
owner: ROL-EHS
rows:
  - id: NCR-001
    title: Scrubber was off
    owner: ROL-EHS
    source: complaint
    criterion: The scrubber runs while the line does
    detected_on: 2026-05-30
    status: open
```

## How to fix
Decide it: raise the nonconformity and name it, or write `nonconformity_needed: false` and why in
`decision`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import CommunicationRecord
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_DECIDED = ("nonconformity", "nonconformity_needed")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each answered complaint that nobody decided about, or whose nonconformity was not raised."""
    for entry, record in context.each(CommunicationRecord):
        if record.kind != "complaint" or record.direction not in ("in", None) or not record.answered:
            continue
        if record.nonconformity or any(route[0] in _DECIDED for route in entry.dropped):
            continue
        if record.nonconformity_needed:
            yield Finding(
                f"{called(record)} is a nonconformity, and none is named",
                place(entry, "nonconformity_needed"),
                id=record.id,
                help="raise it and name it: `nonconformity: NCR-…`",
            )
        elif record.nonconformity_needed is None:
            yield Finding(
                f"nobody decided whether {called(record)} is a nonconformity",
                place(entry),
                id=record.id,
                help="write `nonconformity_needed: false`, or raise it and name it",
            )


RULE = Rule(
    code="COM003",
    name="complaint-without-nc-decision",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("7.4", "10.2"),
    clauses_2026=("7.4", "10.2"),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
