"""Two dates stand in an order that cannot be

## What it checks
What ends does not end before it begins: a role that is held, a deputy's time, an obligation's validity,
an objective's steps on the way to its target. What has been done was not done in the future: a review, an
assessment, a look at a law's source.

## Why an auditor asks
A date that cannot be right makes every date beside it doubtful.

## Fails
The assessment lies in the future, and the consent ends before it begins.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 1, severity: 1}
    assessed_on: 2026-07-01  # ← SCH002
```

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001
    title: Trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Rinse water goes to the sewer.
    effective_from: 2026-01-01
    valid_to: 2025-12-31  # ← SCH002
```

A role was given up before it was taken, and a step of an objective comes after its target.

`ems/registers/people.yml`
```yaml
id: REG-PEOPLE
type: person
title: People
owner: ROL-MD
rows:
  - id: PER-MAYA
    title: Maya Holm
    roles: [{role: ROL-MD}]
  - id: PER-BEN
    title: Ben Okoro
    roles:
      - {role: ROL-EHS, from: 2026-03-01, to: 2026-02-01}  # ← SCH002
```

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001
    title: Use less water
    basis: [OBL-001]
    kpi: KPI-001
    unit: L/m2
    baseline: {value: 46}
    target: {value: 38, date: 2026-12-31}
    interim_targets:
      - {date: 2027-06-30, value: 40}  # ← SCH002
```

## Passes
One day is enough for a beginning and an end.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 1, severity: 1}
    assessed_on: 2026-06-01
    last_reviewed: 2026-05-01
```

## How to fix
Correct the date that is wrong; the finding names both.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from mkdocs_ems.diagnostics import Basis, Finding, Route, Severity
from mkdocs_ems.model import AspectRow, Entity, ObjectiveRow, ObligationRow, PersonRow, RoleRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


class _Order(NamedTuple):
    """Two dates of which the first must not lie after the second; the fault is told at a route."""

    first: date | None
    second: date | None
    words: str
    """The fault, with ⟨1⟩ and ⟨2⟩ for the dates: plain marks, since a user's words stand in it."""
    route: Route


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each pair of dates in the wrong order, today included for what has been done."""
    for entry, entity in context.each(Entity):
        for order in _orders(entity, context.as_of):
            if order.first and order.second and order.second < order.first:
                words = order.words.replace("⟨1⟩", str(order.first)).replace("⟨2⟩", str(order.second))
                yield Finding(f"{called(entity)}: {words}", place(entry, *order.route), id=entity.id)


def _orders(entity: Entity, today: date) -> Iterator[_Order]:
    yield from _done("last_reviewed", entity.last_reviewed, today)
    match entity:
        case AspectRow():
            yield from _done("assessed_on", entity.assessed_on, today)
        case ObligationRow():
            yield from _done("last_checked_source", entity.last_checked_source, today)
            words = "`valid_to` ⟨2⟩ lies before `effective_from` ⟨1⟩"
            yield _Order(entity.effective_from, entity.valid_to, words, ("valid_to",))
        case PersonRow():
            for at, held in enumerate(entity.roles):
                words = f"{held.role} is held to ⟨2⟩, but only from ⟨1⟩"
                yield _Order(held.from_, held.to, words, ("roles", at, "to"))
        case RoleRow():
            for at, deputy in enumerate(entity.deputies):
                words = f"{deputy.person} stands in to ⟨2⟩, but only from ⟨1⟩"
                yield _Order(deputy.from_, deputy.to, words, ("deputies", at, "to"))
        case ObjectiveRow():
            yield from _steps(entity)


def _done(field: str, day: date | None, today: date) -> Iterator[_Order]:
    if day:
        yield _Order(day, today, f"`{field}` ⟨1⟩ lies in the future, seen from ⟨2⟩", (field,))


def _steps(objective: ObjectiveRow) -> Iterator[_Order]:
    target = objective.target.date if objective.target else None
    before: date | None = None
    for at, step in enumerate(objective.interim_targets):
        route = ("interim_targets", at, "date")
        yield _Order(before, step.date, "the interim target of ⟨2⟩ stands after that of ⟨1⟩", route)
        yield _Order(step.date, target, "the interim target of ⟨1⟩ lies after the target of ⟨2⟩", route)
        before = step.date


RULE = Rule(
    code="SCH002",
    name="date-order",
    severity=Severity.ERROR,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.2",),
    clauses_2026=("7.5.2",),
    since="0.1.0",
    check=check,
)
