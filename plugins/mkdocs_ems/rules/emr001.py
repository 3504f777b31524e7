"""An emergency scenario has no response plan

## What it checks
Every emergency scenario names under `response` the plan, procedure or instruction that is followed when
it happens.

## Why an auditor asks
You have to be prepared to respond to the emergencies that you identified. A scenario without a plan is a
list of fears.

## Fails
Nobody can look up what to do.

`ems/registers/emergency-scenarios.yml`
```yaml
id: REG-EMERGENCIES
type: emergency-scenario
title: Emergency scenarios
owner: ROL-EHS
rows:
  - id: EMR-001  # ← EMR001
    title: Spill in the yard
    roles: [ROL-EHS]
```

## Passes
The first names what is followed, the second is withdrawn.

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
  - id: EMR-002
    title: Fire in the old store
    status: withdrawn
```

## How to fix
Write the plan (who does what, with which equipment, who is called) and add `response: [PLN-…]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import EmergencyScenarioRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each scenario in use that names no response."""
    for entry, scenario in context.each(EmergencyScenarioRow):
        if not scenario.response and scenario.status != "withdrawn":
            yield Finding(
                f"{called(scenario)} has no response plan",
                place(entry),
                id=scenario.id,
                help="add `response: […]` with the plan, procedure or instruction that is followed",
            )


RULE = Rule(
    code="EMR001",
    name="scenario-without-plan",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("8.2",),
    clauses_2026=("8.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
