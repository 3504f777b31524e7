"""An objective is set for no function, level or site

## What it checks
Every objective that is not closed says for which part of the organisation it is set: in `function_level`,
or by a `site`.

## Why an auditor asks
Objectives are to be set at the functions and levels where they matter. Where all of them belong to the
whole company, nobody on the line has one.

## Fails
Whose objective is it?

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001  # ← OBJ013
    title: Use less water
    basis: [OBL-001]
    kpi: KPI-001
    unit: L/m2
    baseline: {value: 46, period: "2025"}
    target: {value: 38, date: 2026-12-31}
```

An owner answers for it; which function it is set for is another thing.

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001  # ← OBJ013
    title: Talk with the neighbours
    owner: ROL-MD
    basis: [OBL-001]
    not_measurable_reason: What counts is what is said.
```

## Passes
The first names the function; the second is closed.

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
    function_level: Plating line
    kpi: KPI-001
    unit: L/m2
    baseline: {value: 46, period: "2025"}
    target: {value: 38, date: 2026-12-31}
  - id: OBJ-002
    title: Greener canteen
    basis: [OBL-001]
    not_measurable_reason: A pilot without a baseline.
    status: withdrawn
```

## How to fix
Add `function_level: …` with the department or level, or `site: …`; "Whole company" is an answer too.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ObjectiveRow
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each open objective that is set for no part of the organisation."""
    for entry, objective in context.each(ObjectiveRow):
        if objective.function_level or objective.site or is_over(objective):
            continue
        if entry.dropped.isdisjoint({("function_level",), ("site",)}):
            yield Finding(
                f"{called(objective)} names no function, level or site that it is set for",
                place(entry),
                id=objective.id,
                help="add `function_level: …` with the department or level, or `site: …`",
            )


RULE = Rule(
    code="OBJ013",
    name="no-function-or-level",
    severity=Severity.INFO,
    basis=Basis.STANDARD,
    clauses_2015=("6.2.1",),
    clauses_2026=("6.2.1",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
