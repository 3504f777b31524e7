"""Something that came in was not answered

## What it checks
Every complaint and enquiry that came in, and everything with a `response_due`, is answered (`responded_on`)
or has a `decision` that says why not: by `response_due`, else within `intervals: {response_days: …}` of
`ems.yml`, else twenty-eight days.

## Why an auditor asks
You have to respond to relevant communications. A complaint that nobody answered comes back with the
authority.

## Fails
It has been lying since April; the authority wants its answer by May.

`ems/records/communications/2026.yml`
```yaml
type: communication
title: Communication log of 2026
rows:
  - id: COL-001  # ← COM002
    subject: Smell at the fence
    direction: in
    kind: complaint
    date: 2026-04-13
    by: [ROL-EHS]
    parties: [PTY-001]
  - id: COL-002
    subject: Question on the permit
    direction: in
    kind: permit-correspondence
    date: 2026-05-11
    by: [ROL-EHS]
    parties: [PTY-001]
    response_due: 2026-05-29  # ← COM002
```

## Passes
The first was answered; on the second it was decided not to; the third has time.

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
    subject: List of all chemicals
    direction: in
    kind: enquiry
    date: 2026-03-02
    by: [ROL-EHS]
    parties: [PTY-001]
    decision: Not disclosed, since it would tell our recipes; the data sheets are with the authority.
  - id: COL-003
    subject: Can a school class visit?
    direction: in
    kind: enquiry
    date: 2026-05-11
    by: [ROL-EHS]
    others: Primary school
  - id: COL-004
    subject: Thank you
    direction: in
    kind: notice
    date: 2026-02-11
    by: [ROL-EHS]
    parties: [PTY-001]
```

## How to fix
Answer it and write `responded_on` and `response`, or write the `decision` not to and why.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import CommunicationRecord
from mkdocs_ems.model.aggregation import days_after
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import ago

_ANSWERS = ("responded_on", "decision", "response_due")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each communication that is still to be answered and is late."""
    usual = context.settings.intervals.response_days
    for entry, record in context.each(CommunicationRecord):
        if record.answered or any(route[0] in _ANSWERS for route in entry.dropped):
            continue
        due = record.response_due or (days_after(record.day, usual) if record.day else None)
        if due is not None and due < context.as_of:
            yield Finding(
                f"{called(record)} was to be answered by {due}, {ago(due, today=context.as_of)}",
                place(entry, "response_due") if record.response_due else place(entry),
                id=record.id,
                help="answer it and write `responded_on`, or write the `decision` not to and why",
            )


RULE = Rule(
    code="COM002",
    name="incoming-unanswered",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("7.4",),
    clauses_2026=("7.4",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
