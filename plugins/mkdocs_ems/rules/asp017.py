"""An emergency has no scenario

## What it checks
Every aspect with `condition: emergency` is taken up by an emergency scenario: named under `emergency`, or
naming the aspect itself. A withdrawn scenario prepares nobody.

## Why an auditor asks
Emergencies that were identified and then planned for nowhere are among the gravest gaps: everybody knew,
and nobody is ready.

## Fails
The first has no scenario; that of the second was given up.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001  # ← ASP017
    title: Bund overflows
    process: PRC-001
    condition: emergency
    impacts: [{text: Groundwater}]
    criteria: {likelihood: 1, severity: 3}
  - id: ASP-002  # ← ASP017
    title: Hose of the tanker bursts
    process: PRC-001
    condition: emergency
    impacts: [{text: Soil}]
    criteria: {likelihood: 1, severity: 3}
    emergency: [EMR-001]
```

`ems/registers/emergency-scenarios.yml`
```yaml
id: REG-EMERGENCIES
type: emergency-scenario
title: Emergency scenarios
owner: ROL-EHS
rows:
  - id: EMR-001
    title: Spill in the yard
    status: withdrawn
```

## Passes
The aspect names its scenario, or the scenario names the aspect; normal running needs none, and neither
does what is withdrawn.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Bund overflows
    process: PRC-001
    condition: emergency
    impacts: [{text: Groundwater}]
    criteria: {likelihood: 1, severity: 3}
  - id: ASP-002
    title: Hose of the tanker bursts
    process: PRC-001
    condition: emergency
    impacts: [{text: Soil}]
    criteria: {likelihood: 1, severity: 3}
    emergency: [EMR-001]
  - id: ASP-003
    title: Nickel in rinse water
    process: PRC-001
    condition: normal
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 1, severity: 1}
  - id: ASP-004
    title: Tank of the old line leaks
    process: PRC-001
    condition: emergency
    status: withdrawn
```

`ems/registers/emergency-scenarios.yml`
```yaml
id: REG-EMERGENCIES
type: emergency-scenario
title: Emergency scenarios
owner: ROL-EHS
rows:
  - id: EMR-001
    title: Spill in the yard
    aspects: [ASP-001]
    response: [PRO-001]
    roles: [ROL-EHS]
```

## How to fix
Write an emergency scenario with its response plan and add `emergency: [EMR-…]` to the aspect; where it
is no emergency after all, correct its `condition`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AspectRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each emergency that no scenario in use takes up."""
    for entry, aspect in context.each(AspectRow):
        if aspect.condition != "emergency" or aspect.status == "withdrawn":
            continue
        if any(map(context.in_use, aspect.emergency)) or context.named_by(aspect.id, "emergency-scenario"):
            continue
        which = (
            "only withdrawn emergency scenarios take" if aspect.emergency else "no emergency scenario takes"
        )
        yield Finding(
            f"{called(aspect)} is an emergency, and {which} it up",
            place(entry),
            id=aspect.id,
            help="write a scenario with its response plan and add `emergency: [EMR-…]`",
        )


RULE = Rule(
    code="ASP017",
    name="emergency-aspect-without-scenario",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.2", "8.2"),
    clauses_2026=("6.1.2", "8.2"),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
