"""An objective cannot be measured

## What it checks
Every objective has an indicator (`kpi`), a unit, a baseline and a target, or says in
`not_measurable_reason` why it cannot be measured. The standard asks that it be measurable; to name where
one began is good practice.

## Why an auditor asks
Objectives have to be measurable where that is practicable. "Use less energy" can be neither missed
nor met.

## Fails
Less than what, in which unit, by when?

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001  # ← OBJ001
    title: Use less water
    basis: [OBL-001]
    kpi: KPI-001
```

## Passes
The first can be measured; the second says why it cannot.

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
  - id: OBJ-002
    title: Talk with the neighbours once a quarter
    basis: [OBL-001]
    not_measurable_reason: What counts is what is said; the minutes are the evidence.
```

## How to fix
Add `kpi`, `unit`, `baseline: {value: …}` and `target: {value: …, date: …}`; where measuring is not
practicable, say why in `not_measurable_reason`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ObjectiveRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding for each objective that lacks what measuring it needs."""
    for entry, objective in context.each(ObjectiveRow):
        if objective.not_measurable_reason or objective.status == "withdrawn":
            continue
        missing = _missing(objective)
        if missing:
            without_beginning = missing == ["baseline"]
            fault = "does not say where it begins" if without_beginning else "cannot be measured"
            yield Finding(
                f"{called(objective)} {fault}: it lacks {', '.join(missing)}",
                place(entry),
                id=objective.id,
                help=f"add {', '.join(f'`{column}: …`' for column in missing)}, or say in "
                "`not_measurable_reason` why it cannot be measured",
                basis=Basis.PRACTICE if without_beginning else None,
            )


def _missing(objective: ObjectiveRow) -> list[str]:
    # The unit may stand with the objective, its baseline or its target.
    beside = [one.unit for one in (objective.baseline, objective.target) if one]
    found = {
        "kpi": objective.kpi,
        "unit": next((unit for unit in (objective.unit, *beside) if unit), None),
        "baseline": objective.baseline,
        "target": objective.target,
    }
    return [column for column, value in found.items() if value is None]


RULE = Rule(
    code="OBJ001",
    name="objective-not-measurable",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("6.2.1",),
    clauses_2026=("6.2.1",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
