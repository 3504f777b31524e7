"""The programme of an objective is incomplete

## What it checks
Every objective that is not closed says with which `resources`, who is `responsible` (or its `owner`), when
it will be reached (the target's `date`) and how the result is evaluated (`evaluation_method`). Resources
and dates may stand with the actions of its programme instead: with one of them, and with all of them. What
will be done, the actions themselves, is asked by OBJ008.

## Why an auditor asks
What, with which resources, who, when, and how the result is evaluated: these five are what planning an
objective means, and an auditor ticks them off one by one.

## Fails
Neither resources nor a way to evaluate the result; what is missing is said once.

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001  # ← OBJ002
    title: Use less water
    basis: [OBL-001]
    kpi: KPI-001
    unit: L/m2
    baseline: {value: 46, period: "2025"}
    target: {value: 38, date: 2026-12-31}
    programme: [ACT-001]
    responsible: ROL-EHS
```

Nobody answers for it, and neither it nor its actions have a date.

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001  # ← OBJ002
    title: Talk with the neighbours
    basis: [OBL-001]
    not_measurable_reason: What counts is what is said.
    programme: [ACT-001]
    resources: Two days of the EHS manager
    evaluation_method: Read the minutes
```

`ems/registers/actions.yml`
```yaml
id: REG-ACTIONS
type: action
title: Actions
owner: ROL-MD
rows:
  - {id: ACT-001, title: Invite them, source: [RSK-001], owner: ROL-EHS, status: open}  # ← ACT001
```

## Passes
The first says it all; the second leaves resources and dates to its actions; the third is closed.

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
    responsible: ROL-EHS
    resources: 12,000 for the third rinse
    evaluation_method: Mean of the last three months against the target
  - id: OBJ-002
    title: Talk with the neighbours
    owner: ROL-EHS
    basis: [OBL-001]
    not_measurable_reason: What counts is what is said.
    programme: [ACT-001]
    evaluation_method: Read the minutes
  - id: OBJ-003
    title: Greener canteen
    basis: [OBL-001]
    not_measurable_reason: A pilot without a baseline.
    status: withdrawn
```

`ems/registers/actions.yml`
```yaml
id: REG-ACTIONS
type: action
title: Actions
owner: ROL-MD
rows:
  - id: ACT-001
    title: Invite them
    source: [RSK-001]
    owner: ROL-EHS
    due: 2026-12-31
    resources: Two days of the EHS manager
    status: open
```

## How to fix
Add the columns that the finding names: `resources: …` in money, hours or people, `responsible: ROL-…`,
`target: {value: …, date: …}`, `evaluation_method: …`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Entry, ObjectiveRow
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.programmes import actions_of
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_COLUMNS = {
    "resources": "`resources: …`",
    "responsible": "`responsible: ROL-…`",
    "target": "`target: {value: …, date: …}`",
    "evaluation_method": "`evaluation_method: …`",
}
_WORDS = {
    "resources": "with which resources",
    "responsible": "who is responsible",
    "target": "by when",
    "evaluation_method": "how the result is evaluated",
}


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding for each open objective whose planning lacks an element."""
    for entry, objective in context.each(ObjectiveRow):
        if is_over(objective):
            continue
        missing = list(_missing(context, entry, objective))
        if missing:
            words = [_WORDS[one] for one in missing]
            said = " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
            yield Finding(
                f"{called(objective)} does not say {said}",
                place(entry),
                id=objective.id,
                help=f"add {', '.join(_COLUMNS[one] for one in missing)}",
            )


def _missing(context: AuditContext, entry: Entry, objective: ObjectiveRow) -> Iterator[str]:
    dropped = {route[0] for route in entry.dropped}
    target = objective.target
    if objective.resources is None and "resources" not in dropped and not _has_resources(context, objective):
        yield "resources"
    if (
        objective.responsible is None
        and objective.owner is None
        and dropped.isdisjoint(("responsible", "owner"))
    ):
        yield "responsible"
    if (target is None or target.date is None) and "target" not in dropped:
        actions = tuple(actions_of(context, objective))
        if not actions or not all(one is None or one.due for one in actions):
            yield "target"
    if objective.evaluation_method is None and "evaluation_method" not in dropped:
        yield "evaluation_method"


def _has_resources(context: AuditContext, objective: ObjectiveRow) -> bool:
    return any(one is not None and one.resources for one in actions_of(context, objective))


RULE = Rule(
    code="OBJ002",
    name="objective-programme-incomplete",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("6.2.2",),
    clauses_2026=("6.2.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
