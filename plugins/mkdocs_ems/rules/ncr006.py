"""Whoever had to cure a nonconformity also found that it is cured

## What it checks
Whether corrective action worked is judged (`effectiveness: {by: …}`) by somebody else than the owner of the
nonconformity and the owners of its actions. Roles are compared by the people who held them on that day, where
one person alone did; a deputy does not count.

## Why an auditor asks
A second pair of eyes makes a closure credible. The standard does not ask for it, and in a small company it
may not be possible.

## Fails
The EHS manager owns it, and the EHS manager found it cured.

`ems/registers/nonconformities.yml`
```yaml
id: REG-NCR
type: nonconformity
title: Nonconformities
owner: ROL-EHS
rows:
  - id: NCR-001
    title: Drum without a tray
    owner: ROL-EHS
    status: closed
    source: inspection
    criterion: Every drum stands on a tray
    detected_on: 2026-03-22
    correction: {what: Tray put under it}
    impact_mitigation: None needed
    cause: {text: Nobody orders trays}
    similar_check: All stores looked at
    ems_changes: {risks: false, aspects: false, documents: false}
    effectiveness: {method: Walk, result: effective, date: 2026-05-27, by: ROL-EHS}  # ← NCR006
```

## Passes
Somebody else looked.

`ems/registers/nonconformities.yml`
```yaml
id: REG-NCR
type: nonconformity
title: Nonconformities
owner: ROL-EHS
rows:
  - id: NCR-001
    title: Drum without a tray
    owner: ROL-EHS
    status: closed
    source: inspection
    criterion: Every drum stands on a tray
    detected_on: 2026-03-22
    correction: {what: Tray put under it}
    impact_mitigation: None needed
    cause: {text: Nobody orders trays}
    similar_check: All stores looked at
    ems_changes: {risks: false, aspects: false, documents: false}
    effectiveness: {method: Walk, result: effective, date: 2026-05-27, by: ROL-MD}
```

## How to fix
Have somebody look who had no part in it, and name that person or role: `effectiveness: {by: …}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import NonconformityRow
from mkdocs_ems.rules.holding import Holding
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each nonconformity that was found cured by whoever had to cure it."""
    holding = Holding(context)
    for entry, case in context.each(NonconformityRow):
        judged = case.effectiveness
        if judged is None or judged.by is None or judged.result is None:
            continue
        cured, day = _owners(context, case), judged.date or context.as_of
        if judged.by in cured or _people(holding, {judged.by}, day) & _people(holding, cured, day):
            yield Finding(
                f"{called(case)} was found cured by {judged.by}, who had to cure it",
                place(entry, "effectiveness", "by"),
                id=case.id,
                help="have somebody look who had no part in it: `effectiveness: {by: …}`",
            )


def _owners(context: AuditContext, case: NonconformityRow) -> set[str]:
    nodes = context.graph.nodes
    owners = {nodes[one].entity.owner for one in case.corrective_actions if one in nodes}
    return {one for one in (case.owner, *owners) if one is not None}


def _people(holding: Holding, owners: set[str], day: date) -> set[str]:
    """Whom roles stood for: who held them, if one person alone did; a person for itself."""
    held = (holding.of(one, day) or {one} for one in owners)
    return {next(iter(one)) for one in held if len(one) == 1}


RULE = Rule(
    code="NCR006",
    name="self-verified",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("10.2",),
    clauses_2026=("10.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
