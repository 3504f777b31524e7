"""A response plan was not looked at again after an event

## What it checks
After every drill and every real event the plan that its scenarios name under `response` is looked at again
within `intervals: {plan_review_days: …}` of `ems.yml`, sixty days without. The record itself may say so
(`plan_reviewed_on`), or a later record of the same scenario; or the plan was approved in a new issue,
confirmed, or `last_reviewed` since; taking it over with the system is no review. Told is the latest event of
each scenario that nothing of this answers.

## Why an auditor asks
That plans are reviewed after emergencies and tests is asked for in so many words. The auditor lays the date
of the drill beside the date of the plan.

## Fails
The drill was in March, and nobody has looked at the plan since.

`ems/registers/emergency-scenarios.yml`
```yaml
id: REG-EMERGENCIES
type: emergency-scenario
title: Emergency scenarios
owner: ROL-EHS
rows:
  - {id: EMR-001, title: Spill in the yard, response: [PRO-001], roles: [ROL-EHS]}
```

`ems/records/drills/2026.yml`
```yaml
type: drill
rows:
  - id: DRL-001
    title: Spill in the yard
    date: 2026-02-20
    by: [PER-BEN]
    scenarios: [EMR-001]
    participants: [ROL-EHS]
    result: effective
    lessons: The drain cover was found late.
  - id: DRL-002  # ← EMR004
    title: Spill at night
    date: 2026-03-02
    by: [PER-BEN]
    scenarios: [EMR-001]
    participants: [ROL-EHS]
    result: effective
    lessons: Two radios were flat.
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE, ems/registers/emergency-scenarios.yml]
- {date: 2026-03-04, by: PER-BEN, message: Record the drills, files: [ems/records/drills/2026.yml]}
```

## Passes
The record of the second says so, and thereby of the first; the plan of the other says so itself.

`ems/registers/emergency-scenarios.yml`
```yaml
id: REG-EMERGENCIES
type: emergency-scenario
title: Emergency scenarios
owner: ROL-EHS
rows:
  - {id: EMR-001, title: Spill in the yard, response: [PRO-001], roles: [ROL-EHS]}
```

`ems/records/drills/2026.yml`
```yaml
type: drill
rows:
  - id: DRL-001
    title: Spill in the yard
    date: 2026-02-20
    by: [PER-BEN]
    scenarios: [EMR-001]
    participants: [ROL-EHS]
    result: effective
    lessons: The drain cover was found late.
  - id: DRL-002
    title: Spill at night
    date: 2026-03-02
    by: [PER-BEN]
    scenarios: [EMR-001]
    participants: [ROL-EHS]
    result: effective
    lessons: Two radios were flat.
    plan_reviewed_on: 2026-03-04
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE, ems/registers/emergency-scenarios.yml]
- {date: 2026-03-04, by: PER-BEN, message: Record the drills, files: [ems/records/drills/2026.yml]}
```

The plan was approved in a new issue after the drill.

`ems/registers/emergency-scenarios.yml`
```yaml
id: REG-EMERGENCIES
type: emergency-scenario
title: Emergency scenarios
owner: ROL-EHS
rows:
  - {id: EMR-001, title: Spill in the yard, response: [PRO-002], roles: [ROL-EHS]}
```

`ems/procedures/spills.md`
```markdown
---
id: PRO-002
type: procedure
title: Spills
---

## First

Shut the drain with the cover that hangs beside the door.
```

`ems/records/drills/2026.yml`
```yaml
type: drill
rows:
  - id: DRL-001
    title: Spill in the yard
    date: 2026-03-02
    by: [PER-BEN]
    scenarios: [EMR-001]
    participants: [ROL-EHS]
    result: partly-effective
    lessons: The drain cover was found late.
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE, ems/registers/emergency-scenarios.yml]
- {date: 2026-03-04, by: PER-BEN, message: Record the drill, files: [ems/records/drills/2026.yml]}
- date: 2026-03-20
  by: PER-BEN
  message: Say where the drain cover hangs
  files: [ems/procedures/spills.md]
  merged_by: PER-MAYA
```

## How to fix
Look at the plan with the report beside it. Where it has to change, change and approve it; where it is still
right, confirm it (`ems approve PLN-… --meaning confirmation`). A record that is still open takes
`plan_reviewed_on: …`; one that is closed stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Entry, ResponseRecord
from mkdocs_ems.rules.checks import latest
from mkdocs_ems.rules.responses import events, scenarios_in_use
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import ago

_Event = tuple[Entry, ResponseRecord, date]


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield the latest event of each scenario after which no plan was looked at, each event once."""
    open_, reviewed = _latest(context)
    told: set[int] = set()
    for _, scenario in scenarios_in_use(context):
        event = open_.get(scenario.id or "")
        if event is None or not scenario.response:
            continue
        entry, record, day = event
        plans = [_looked_at(plan, context) for plan in scenario.response]
        last = latest(reviewed.get(scenario.id or ""), *plans)
        if (last is not None and last >= day) or id(entry) in told:
            continue
        told.add(id(entry))
        since = f"; it was last looked at on {last}" if last else ""
        yield Finding(
            f"{called(record)} was on {day}, {ago(day, today=context.as_of)}, and the plan for "
            f"{called(scenario)} ({', '.join(scenario.response)}) was not reviewed since{since}",
            place(entry),
            id=record.id,
            help="look at the plan with the report beside it and confirm it, or change and approve it; a "
            "record that is still open takes `plan_reviewed_on: …`",
        )


def _latest(context: AuditContext) -> tuple[Mapping[str, _Event], Mapping[str, date]]:
    """By scenario: the latest event whose time for a review has passed, and the latest review of a record."""
    grace = context.settings.intervals.plan_review_days
    open_: dict[str, _Event] = {}
    reviewed: dict[str, date] = {}
    for entry, record, day in events(context):
        for scenario in record.scenarios:
            if (context.as_of - day).days > grace and (scenario not in open_ or day > open_[scenario][2]):
                open_[scenario] = (entry, record, day)
            if record.plan_reviewed_on is not None:
                reviewed[scenario] = max(record.plan_reviewed_on, reviewed.get(scenario, date.min))
    return open_, reviewed


def _looked_at(plan: str, context: AuditContext) -> date | None:
    """The day a plan was last approved, confirmed or reviewed."""
    node = context.graph.nodes.get(plan)
    document = context.control.documents.get(plan)
    issue = document.in_force if document else None
    return latest(
        node.entity.last_reviewed if node else None,
        document.last_confirmed if document else None,
        # What was taken over with the system was looked at by nobody that day.
        issue.approved_on.date() if issue and issue.completed else None,
    )


RULE = Rule(
    code="EMR004",
    name="plan-not-reviewed-after-event",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("8.2",),
    clauses_2026=("8.2",),
    since="0.1.0",
    requires=("SCH001",),
    needs_history=True,
    needs_all_files=True,
    check=check,
)
