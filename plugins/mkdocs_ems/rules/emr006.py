"""Equipment for an emergency was not checked in time

## What it checks
Every piece of equipment with a `check_interval` was checked no longer ago than that. The last check is its
`last_checked`, or the latest inspection record whose `point` is its name, whichever is later. A piece that
several scenarios name with the same place is told once. `intervals: {check_grace_days: …}` of `ems.yml` says
how many days later still count, three without.

## Why an auditor asks
The auditor lifts the lid of a spill kit. One that was used in spring and never filled again is found then, or
in the next spill.

## Fails
The kits were last looked at in March, the booms never.

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
    equipment:
      - {name: Spill kits, place: Yard, check_interval: 1 month, last_checked: 2026-03-05}  # ← EMR006
      - {name: Booms, place: Gatehouse, check_interval: 3 months}  # ← EMR006
  - id: EMR-002
    title: Fire in the store
    response: [PRO-001]
    roles: [ROL-EHS]
    equipment:
      - {name: Spill kits, place: Yard, check_interval: 1 month}
```

## Passes
Looked at in May by the record of the walk, checked without an interval, and of a scenario that is withdrawn.

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
    equipment:
      - {name: Spill kits, place: Yard, check_interval: 1 month, last_checked: 2026-03-05}
      - {name: Drain covers, place: Gatehouse}
  - id: EMR-002
    title: Old store
    status: withdrawn
    equipment:
      - {name: Booms, place: Old store, check_interval: 1 month}
```

`ems/records/inspections/2026.yml`
```yaml
type: inspection
rows:
  - {id: CHK-001, date: 2026-05-06, by: [PER-BEN], point: Spill kits, result: in-order}
```

## How to fix
Check it, fill it up, and record it as an `inspection` with `point: …` as the scenario names the piece, or
write the day into `last_checked`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model.entities import EmergencyEquipment
from mkdocs_ems.rules.checks import inspected, latest, named
from mkdocs_ems.rules.responses import scenarios_in_use
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import ago

_HELP = (
    "check it and record it as an inspection with `point: …` as the scenario names the piece, or write the "
    "day into `last_checked`"
)


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each piece of equipment whose check is overdue or was never made, once."""
    looked_at = inspected(context).points
    grace = context.settings.intervals.check_grace_days
    scenarios = list(scenarios_in_use(context))
    last = dict[tuple[str, str], date]()
    for _, scenario in scenarios:
        for piece in scenario.equipment:
            if piece.last_checked is not None:
                last[_key(piece)] = max(piece.last_checked, last.get(_key(piece), piece.last_checked))
    told: set[tuple[str, str]] = set()
    for entry, scenario in scenarios:
        for position, piece in enumerate(scenario.equipment):
            key = _key(piece)
            if piece.check_interval is None or key in told:
                continue
            told.add(key)
            day = latest(last.get(key), looked_at.get(key[0]))
            due = piece.check_interval.after(day) if day else None
            if due is not None and (context.as_of - due).days <= grace:
                continue
            when = f"was due on {due}, {ago(due, today=context.as_of)}" if due else "never was made"
            yield Finding(
                f"the check of {piece.name}, every {piece.check_interval}, {when} ({called(scenario)})",
                place(entry, "equipment", position),
                id=scenario.id,
                help=_HELP,
            )


def _key(piece: EmergencyEquipment) -> tuple[str, str]:
    return named(piece.name), named(piece.place or "")


RULE = Rule(
    code="EMR006",
    name="equipment-check-overdue",
    severity=Severity.WARNING,
    basis=Basis.OWN_RULE,
    clauses_2015=("8.2",),
    clauses_2026=("8.2",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_files=True,
    check=check,
)
