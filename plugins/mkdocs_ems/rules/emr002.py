"""A response to an emergency was not practised in time

## What it checks
The planned response to every scenario was put to the test no longer ago than `drill_interval_months` says,
else `intervals: {drills: …}` of `ems.yml`, twelve months without. A drill counts, and a real event once it is
evaluated; also `last_drill` of the scenario. What cannot be practised says so in `no_drill_reason`. Where no
scenario was ever practised, the register is told once.

## Why an auditor asks
Planned responses have to be tested periodically where that can be done. It is in drills that pumps turn out
to be empty and numbers wrong, and the auditor lists your scenarios beside your drill reports.

## Fails
The first was last practised fourteen months ago, the second never; an event that nobody evaluated is no test.

`ems/registers/emergency-scenarios.yml`
```yaml
id: REG-EMERGENCIES
type: emergency-scenario
title: Emergency scenarios
owner: ROL-EHS
rows:
  - id: EMR-001
    title: Spill in the yard
    response: [PRO-001]
    roles: [ROL-EHS]
    drill_interval_months: 12  # ← EMR002
  - id: EMR-002  # ← EMR002
    title: Fire in the store
    response: [PRO-001]
    roles: [ROL-EHS]
```

`ems/records/drills/2025.yml`
```yaml
type: drill
rows:
  - id: DRL-001
    title: Spill in the yard
    date: 2025-04-02
    by: [PER-BEN]
    scenarios: [EMR-001]
    kind: practical
    participants: [ROL-EHS]
    result: effective
    lessons: The drain cover sits too far away; it was hung beside the door.
    plan_reviewed_on: 2025-04-10
```

`ems/records/incidents/2026.yml`
```yaml
type: incident
rows:
  - id: INC-001
    title: Smoke in the store
    date: 2026-05-20
    by: [PER-BEN]
    scenarios: [EMR-002]
    description: A lamp smouldered and was put out.
```

Nothing was ever practised: one finding for the register.

`ems/registers/emergency-scenarios.yml`
```yaml
id: REG-EMERGENCIES  # ← EMR002
type: emergency-scenario
title: Emergency scenarios
owner: ROL-EHS
rows:
  - {id: EMR-001, title: Spill in the yard, response: [PRO-001], roles: [ROL-EHS]}
  - {id: EMR-002, title: Fire in the store, response: [PRO-001], roles: [ROL-EHS]}
```

## Passes
Practised in time, told by an event that was evaluated, impossible to practise, and withdrawn.

`ems/registers/emergency-scenarios.yml`
```yaml
id: REG-EMERGENCIES
type: emergency-scenario
title: Emergency scenarios
owner: ROL-EHS
rows:
  - id: EMR-001
    title: Spill in the yard
    response: [PRO-001]
    roles: [ROL-EHS]
    drill_interval_months: 24
    last_drill: 2024-06-03
  - id: EMR-002
    title: Fire in the store
    response: [PRO-001]
    roles: [ROL-EHS]
  - id: EMR-003
    title: Aircraft comes down
    response: [PRO-001]
    roles: [ROL-EHS]
    no_drill_reason: The fire service leads; our part is the roll call, which EMR-002 practises.
  - id: EMR-004
    title: Spill at the old store
    status: withdrawn
```

`ems/records/incidents/2026.yml`
```yaml
type: incident
rows:
  - id: INC-001
    title: Smoke in the store
    date: 2026-05-20
    by: [PER-BEN]
    scenarios: [EMR-002]
    description: A lamp smouldered and was put out.
    result: effective
    lessons: The extinguisher hangs where it is needed.
    plan_reviewed_on: 2026-05-22
```

## How to fix
Hold the drill, a table-top where nothing else can be done, and keep its report as a `drill` with
`scenarios: [EMR-…]` below `records/drills/`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.model import EmergencyScenarioRow, Entry
from mkdocs_ems.model.fields import Interval
from mkdocs_ems.rules.checks import latest
from mkdocs_ems.rules.registers import each_or_register
from mkdocs_ems.rules.responses import last_tests, scenarios_in_use
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural

_HELP = (
    "hold the drill, a table-top where nothing else can be done, and keep its report as a `drill` that names "
    "the scenario; what cannot be practised says so in `no_drill_reason`"
)


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each scenario in use whose response was never tested, or too long ago."""
    last = last_tests(context)
    asked = [one for one in scenarios_in_use(context) if one[1].no_drill_reason is None]
    never: list[Finding] = []
    for entry, scenario in asked:
        day = latest(scenario.last_drill, last.get(scenario.id or ""))
        if day is None:
            words = f"the response to {called(scenario)} was never practised"
            never.append(Finding(words, place(entry), id=scenario.id, help=_HELP))
            continue
        every, declared = _interval(scenario, context)
        due = every.after(day)
        late = (context.as_of - due).days
        if late > context.settings.intervals.check_grace_days:
            yield Finding(
                f"the drill of {called(scenario)} was due on {due}, {plural(late, 'day')} ago; "
                f"the last was on {day}",
                _place(entry, scenario),
                id=scenario.id,
                help=_HELP,
                severity=None if declared else Severity.WARNING,
                basis=None if declared else Basis.PRACTICE,
            )
    words = f"none of the responses to the {plural(len(asked), 'emergency scenario')} was ever practised"
    yield from each_or_register(context, never, kind="emergency-scenario", asked=len(asked), message=words)


def _interval(scenario: EmergencyScenarioRow, context: AuditContext) -> tuple[Interval, bool]:
    """How often it is practised, and whether the organisation says so itself."""
    if scenario.drill_interval_months is not None:
        return Interval(scenario.drill_interval_months, 0), True
    intervals = context.settings.intervals
    return intervals.drills, "drills" in intervals.model_fields_set


def _place(entry: Entry, scenario: EmergencyScenarioRow) -> Anchor:
    return place(entry, "drill_interval_months") if scenario.drill_interval_months else place(entry)


RULE = Rule(
    code="EMR002",
    name="drill-overdue",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("8.2",),
    clauses_2026=("8.2",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_files=True,
    check=check,
)
