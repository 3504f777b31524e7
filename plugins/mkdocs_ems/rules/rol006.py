"""An action has no resources

## What it checks
Every action that is still to be done says what is set aside for it (`resources`: money, hours, people, or
that it is done along the way). What belongs to an objective that says its own `resources` is covered by them;
those of objectives are asked by OBJ002. Where no open action says it, the register is told once.

## Why an auditor asks
You determine and provide the resources that the system needs. An action for which nothing was set aside is a
wish, and slips from quarter to quarter.

## Fails
One of two actions says what it takes.

`ems/registers/actions.yml`
```yaml
id: REG-ACTIONS
type: action
title: Actions
owner: ROL-MD
rows:
  - id: ACT-001  # ← ROL006
    title: Third rinse stage
    source: [RSK-001]
    owner: ROL-EHS
    due: 2026-12-31
    status: open
  - id: ACT-002
    title: Meter at the rinse
    source: [RSK-001]
    owner: ROL-EHS
    due: 2026-12-31
    status: open
    resources: 400 for the meter, two hours of maintenance
```

## Passes
The objective pays for the first; the second is done.

`ems/registers/actions.yml`
```yaml
id: REG-ACTIONS
type: action
title: Actions
owner: ROL-MD
rows:
  - id: ACT-001
    title: Third rinse stage
    source: [RSK-001]
    owner: ROL-EHS
    due: 2026-12-31
    status: open
  - id: ACT-002
    title: Meter at the rinse
    source: [RSK-001]
    owner: ROL-EHS
    due: 2026-02-28
    status: verified
    done_on: 2026-02-10
    evidence: [Photo of the meter]
    effectiveness: {method: Reading, result: effective, date: 2026-03-10, by: PER-MAYA}
```

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001
    title: Less water
    owner: ROL-EHS
    basis: [OBL-001]
    not_measurable_reason: The meter comes with the third rinse.
    programme: [ACT-001]
    responsible: ROL-EHS
    resources: 12,000 for the third rinse
    evaluation_method: Read the meter
```

## How to fix
Write `resources: …` into the action: money, hours, people, or that it is done along the way.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ActionRow, ObjectiveRow
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.registers import each_or_register
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each open action for which neither it nor its objective says what is set aside."""
    paid: set[str] = set()
    funded: set[str] = set()
    for _, objective in context.each(ObjectiveRow):
        if objective.resources is not None:
            paid.update(objective.programme)
            funded.add(objective.id or "")
    asked = [
        (entry, action)
        for entry, action in context.each(ActionRow)
        if not is_over(action) and action.id not in paid and funded.isdisjoint(action.source)
    ]
    found = [
        Finding(
            f"nothing says what is set aside for {called(action)}",
            place(entry),
            id=action.id,
            help="add `resources: …`: money, hours, people, or that it is done along the way",
        )
        for entry, action in asked
        if action.resources is None
    ]
    words = f"nothing says what is set aside for any of the {plural(len(asked), 'open action')}"
    yield from each_or_register(context, found, kind="action", asked=len(asked), message=words)


RULE = Rule(
    code="ROL006",
    name="resources-not-recorded",
    severity=Severity.INFO,
    basis=Basis.STANDARD,
    clauses_2015=("7.1", "6.2.2"),
    clauses_2026=("7.1", "6.2.2"),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
