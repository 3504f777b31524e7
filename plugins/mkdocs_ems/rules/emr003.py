"""A drill or an incident was not evaluated

## What it checks
Every drill, and every real event that names a scenario, says how well the response worked (`result`) and what
was learnt (`lessons`), within `intervals: {response_evaluation_days: …}` of `ems.yml`, thirty days without.
An incident that no scenario foresaw is investigated instead: it says so in `investigated_on`.

## Why an auditor asks
A drill that nobody looked back at tested nothing. The report is where the auditor reads whether you learn.

## Fails
Of the drill nobody says how it went; of the fire nothing was learnt; the small spill was not investigated.

`ems/records/drills/2026.yml`
```yaml
type: drill
rows:
  - id: DRL-001  # ← EMR003
    title: Spill in the yard
    date: 2026-04-02
    by: [PER-BEN]
    scenarios: [EMR-001]
    participants: [ROL-EHS]
    plan_reviewed_on: 2026-04-10
```

`ems/records/incidents/2026.yml`
```yaml
type: incident
rows:
  - id: INC-001  # ← EMR003
    title: Smoke in the store
    date: 2026-04-20
    by: [PER-BEN]
    scenarios: [EMR-001]
    description: A lamp smouldered and was put out.
    result: effective
    plan_reviewed_on: 2026-04-22
  - id: INC-002  # ← EMR003
    title: Leaking drum
    date: 2026-04-21
    by: [PER-BEN]
    description: A drum of cleaner leaked into its tray.
```

`ems/registers/emergency-scenarios.yml`
```yaml
id: REG-EMERGENCIES
type: emergency-scenario
title: Emergency scenarios
owner: ROL-EHS
rows:
  - {id: EMR-001, title: Spill in the yard, response: [PRO-001], roles: [ROL-EHS]}
```

## Passes
Evaluated, investigated, and a drill of last week.

`ems/records/drills/2026.yml`
```yaml
type: drill
rows:
  - id: DRL-001
    title: Spill in the yard
    date: 2026-04-02
    by: [PER-BEN]
    scenarios: [EMR-001]
    participants: [ROL-EHS]
    result: partly-effective
    lessons: The drain cover was found late; it hangs beside the door now.
    plan_reviewed_on: 2026-04-10
  - id: DRL-002
    title: Fire in the store
    date: 2026-05-25
    by: [PER-BEN]
    scenarios: [EMR-001]
    participants: [ROL-EHS]
```

`ems/records/incidents/2026.yml`
```yaml
type: incident
rows:
  - id: INC-002
    title: Leaking drum
    date: 2026-04-21
    by: [PER-BEN]
    description: A drum of cleaner leaked into its tray.
    investigated_on: 2026-04-23
    no_action_reason: The tray held it; the drum was an old one and the last of its kind.
```

`ems/registers/emergency-scenarios.yml`
```yaml
id: REG-EMERGENCIES
type: emergency-scenario
title: Emergency scenarios
owner: ROL-EHS
rows:
  - {id: EMR-001, title: Spill in the yard, response: [PRO-001], roles: [ROL-EHS]}
```

## How to fix
Sit down with those who were there and write `result` and `lessons`, also that nothing has to change and why.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import DrillRecord, IncidentRecord, ResponseRecord
from mkdocs_ems.rules.responses import events
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each drill and event past its time that does not say how it went and what was learnt."""
    for entry, record, day in events(context):
        ago = (context.as_of - day).days
        missing = _missing(record)
        if missing and ago > context.settings.intervals.response_evaluation_days:
            what = "the drill" if isinstance(record, DrillRecord) else "the incident"
            yield Finding(
                f"{what} {called(record)} of {day}, {plural(ago, 'day')} ago, does not say {missing}",
                place(entry),
                id=record.id,
                help="sit down with those who were there and write `result` and `lessons`, also that nothing "
                "has to change and why; for an incident that no scenario foresaw, `investigated_on`",
            )


def _missing(record: ResponseRecord) -> str:
    if isinstance(record, IncidentRecord) and not record.scenarios:
        looked_into = record.investigated_on is not None or record.evaluated
        return "" if looked_into else "that it was investigated"
    if record.result is None and record.lessons is None:
        return "how well the response worked and what was learnt"
    if record.result is None:
        return "how well the response worked"
    return "" if record.lessons else "what was learnt"


RULE = Rule(
    code="EMR003",
    name="drill-not-evaluated",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("8.2",),
    clauses_2026=("8.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
