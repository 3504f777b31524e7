"""An objective has no action

## What it checks
Every objective that is not closed has at least one action: named in its `programme`, or naming the
objective in the action's `source`. A cancelled action is none.

## Why an auditor asks
What will be done is the first question about an objective. A target that no action works towards is a wish.

## Fails
Neither side names the other.

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001  # ← OBJ008
    title: Use less water
    basis: [OBL-001]
    kpi: KPI-001
    unit: L/m2
    baseline: {value: 46, period: "2025"}
    target: {value: 38, date: 2026-12-31}
```

The only action was cancelled.

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
    baseline: {value: 46, period: "2025"}
    target: {value: 38, date: 2026-12-31}
    programme: [ACT-002]  # ← OBJ008
```

`ems/registers/actions.yml`
```yaml
id: REG-ACTIONS
type: action
title: Actions
owner: ROL-MD
rows:
  - {id: ACT-001, title: Third rinse stage, source: [RSK-001], owner: ROL-EHS, due: 2026-12-31, status: open}
  - id: ACT-002
    title: Closed loop
    source: [RSK-001]
    owner: ROL-EHS
    due: 2026-12-31
    status: cancelled
    cancelled_reason: Too dear
```

## Passes
The first names its action, an action names the second, and the last is closed.

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
    baseline: {value: 46, period: "2025"}
    target: {value: 38, date: 2026-12-31}
    programme: [ACT-001]
  - id: OBJ-002
    title: Talk with the neighbours
    basis: [OBL-001]
    not_measurable_reason: What counts is what is said.
  - id: OBJ-003
    title: Greener canteen
    basis: [OBL-001]
    not_measurable_reason: A pilot without a baseline.
    status: achieved
```

`ems/registers/actions.yml`
```yaml
id: REG-ACTIONS
type: action
title: Actions
owner: ROL-MD
rows:
  - {id: ACT-001, title: Third rinse stage, source: [RSK-001], owner: ROL-EHS, due: 2026-12-31, status: open}
  - {id: ACT-002, title: Invite them, source: [OBJ-002], owner: ROL-EHS, due: 2026-12-31, status: open}
```

## How to fix
Write the action with its owner and day into the register of actions, and add it to the objective's
`programme`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ObjectiveRow
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.programmes import actions_of
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each open objective that no action works towards."""
    for entry, objective in context.each(ObjectiveRow):
        if is_over(objective) or any(route[0] == "programme" for route in entry.dropped):
            continue
        if not any(True for _ in actions_of(context, objective)) and not context.named_by(
            objective.id, "action"
        ):
            named = ", ".join(objective.programme)
            yield Finding(
                f"{called(objective)} has no action but what was cancelled: {named}"
                if named
                else f"{called(objective)} has no action that works towards it",
                place(entry, "programme") if named else place(entry),
                id=objective.id,
                help="add `programme: [ACT-…]` with what is done, by whom and by when",
            )


RULE = Rule(
    code="OBJ008",
    name="objective-no-action",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("6.2.2",),
    clauses_2026=("6.2.2",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
