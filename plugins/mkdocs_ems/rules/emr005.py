"""The numbers for an emergency were not verified in time

## What it checks
Every contact that is called in an emergency (`external_contacts`) has a `number`, and somebody made sure of
it (`verified_on`) within `intervals: {emergency_contacts: …}` of `ems.yml`, twelve months without. Public
numbers of three digits, such as 112, need no proof. A contact that several scenarios name is told once, and
each scenario's in one finding.

## Why an auditor asks
The auditor dials one of them. A wrong number costs the quarter of an hour in which the drain could have been
shut.

## Fails
The authority was last rung two years ago, the tanker firm has no number.

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
    external_contacts:  # ← EMR005
      - {who: Fire service, number: "112"}
      - {who: Environment agency, number: 01632 960301, verified_on: 2024-05-13}
      - {who: Tanker firm}
```

## Passes
One public number, one that was rung in March, though only in the other scenario.

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
    external_contacts:
      - {who: Fire service, number: "112"}
      - {who: Environment agency, number: 01632 960301, verified_on: 2024-05-13}
  - id: EMR-002
    title: Fire in the store
    response: [PRO-001]
    roles: [ROL-EHS]
    external_contacts:
      - {who: Environment agency, number: 01632 960301, verified_on: 2026-03-12}
```

## How to fix
Ring each of them, put right what is wrong, and write the day into `verified_on`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import EmergencyScenarioRow
from mkdocs_ems.model.entities import ExternalContact
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.responses import scenarios_in_use
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import fold

_PUBLIC = 3
"""Numbers of so few digits are the public services' own."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield for each scenario the contacts that nobody made sure of in time, each contact once."""
    every = context.settings.intervals.emergency_contacts
    scenarios = list(scenarios_in_use(context))
    verified = _verified([scenario for _, scenario in scenarios])
    told: set[tuple[str, str]] = set()
    for entry, scenario in scenarios:
        stale: list[str] = []
        for contact in scenario.external_contacts:
            key = _key(contact)
            day = verified.get(key)
            if key in told or _is_public(contact) or (day and not every.passed(day, on=context.as_of)):
                continue
            told.add(key)
            if contact.number is None:
                stale.append(f"{contact.who} (no number)")
            else:
                stale.append(f"{contact.who} ({f'last on {day}' if day else 'never'})")
        if stale:
            yield Finding(
                f"nobody made sure within {every} that these contacts of {called(scenario)} are right: "
                f"{listed(stale)}",
                place(entry, "external_contacts", key=True),
                id=scenario.id,
                help="ring each of them, put right what is wrong, and write the day into `verified_on`",
            )


def _verified(scenarios: list[EmergencyScenarioRow]) -> dict[tuple[str, str], date]:
    """When each contact was last verified, in whichever scenario that was written."""
    found: dict[tuple[str, str], date] = {}
    for scenario in scenarios:
        for contact in scenario.external_contacts:
            if contact.verified_on is not None and contact.number is not None:
                key = _key(contact)
                found[key] = max(contact.verified_on, found.get(key, contact.verified_on))
    return found


def _key(contact: ExternalContact) -> tuple[str, str]:
    return fold(contact.who), "".join(char for char in contact.number or "" if char.isalnum())


def _is_public(contact: ExternalContact) -> bool:
    return contact.number is not None and 0 < len(_key(contact)[1]) <= _PUBLIC


RULE = Rule(
    code="EMR005",
    name="contacts-stale",
    severity=Severity.WARNING,
    basis=Basis.OWN_RULE,
    clauses_2015=("8.2",),
    clauses_2026=("8.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
