"""Nothing was communicated inside for a long time

## What it checks
The communication log has an entry with `direction: internal` of the last `intervals:
{internal_communication: …}` of `ems.yml`, else of the last twelve months. Nothing is said before the log is
begun, and it is not in the first such time.

## Why an auditor asks
People inside have to hear what matters for the system, changes among it. Where nothing is kept, nobody can
show that they did.

## Fails
The last talk is more than a year ago.

`ems/registers/communication-plan.yml`
```yaml
id: REG-COP  # ← COM004
type: communication-plan
title: Communication plan
owner: ROL-EHS
rows:
  - id: COP-001
    what: The policy and the objectives
    direction: internal
    roles: [ROL-EHS]
    when: In January
    how: Talk
    who: ROL-MD
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
    date: 2025-05-31
    by: [ROL-MD]
    roles: [ROL-EHS]
    about: [POL-001]
  - id: COL-002
    subject: Figures of the year
    direction: out
    kind: report
    date: 2026-02-02
    by: [ROL-EHS]
    parties: [PTY-001]
```

## Passes
It was in January. The second log was begun in February.

`ems/registers/communication-plan.yml`
```yaml
id: REG-COP
type: communication-plan
title: Communication plan
owner: ROL-EHS
rows:
  - id: COP-001
    what: The policy and the objectives
    direction: internal
    roles: [ROL-EHS]
    when: In January
    how: Talk
    who: ROL-MD
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
  - id: COL-002
    subject: Figures of the year
    direction: out
    kind: report
    date: 2026-02-02
    by: [ROL-EHS]
    parties: [PTY-001]
```

There has been no time yet.

`ems/records/communications/2026.yml`
```yaml
type: communication
title: Communication log of 2026
rows:
  - id: COL-002
    subject: Figures of the year
    direction: out
    kind: report
    date: 2026-02-02
    by: [ROL-EHS]
    parties: [PTY-001]
```

## How to fix
Keep what was said inside: the talk in January, the results on the board, the change that people had to
know.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.model import CommunicationRecord
from mkdocs_ems.rules.registers import head_of
from mkdocs_ems.rules.values import AuditContext, Rule, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding where the log tells of nothing inside for too long."""
    every = context.settings.intervals.internal_communication
    log = [(one.day, one.direction) for _, one in context.each(CommunicationRecord)]
    days = [day for day, _ in log if day and day <= context.as_of]
    inside = [day for day, direction in log if day and day <= context.as_of and direction == "internal"]
    since = max(inside) if inside else min(days, default=context.as_of)
    if not every.passed(since, on=context.as_of):
        return
    head = head_of(context, "communication-plan")
    declared = "internal_communication" in context.settings.intervals.model_fields_set
    what = f"nothing was communicated inside since {since}" if inside else "the log tells of nothing inside"
    yield Finding(
        f"{what}; {every} is the time after which something should have been",
        place(head) if head else Anchor(context.model.settings_path, ("organisation",), key=True),
        id=head.entity.id if head else None,
        help="keep what was said inside in the communication log, with `direction: internal`",
        basis=Basis.OWN_RULE if declared else Basis.PRACTICE,
    )


RULE = Rule(
    code="COM004",
    name="no-internal-communication",
    severity=Severity.INFO,
    basis=Basis.STANDARD,
    clauses_2015=("7.4.2",),
    clauses_2026=("7.4.2",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
