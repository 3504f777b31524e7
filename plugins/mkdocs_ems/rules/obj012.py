"""A target was made easier after its approval

## What it checks
The target of an objective is not easier than the one that was approved last: by its direction no higher (or
lower) value, and no later date. It is told until the register is approved with the new target; then the
change has been decided, and by whom stands in its history. Objectives that are kept level, or that are over,
are not judged.

## Why an auditor asks
Targets that move when they are about to be missed are always reached. Top management may change a target; it
has to be seen that it did, and why.

## Fails
The director approved 38 litres, and now the register says 42.

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES  # ← DOC005
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001
    title: Use less water
    basis: [OBL-001]
    kpi: KPI-001
    unit: L/m2
    direction: decrease
    baseline: {value: 46, period: "2025"}
    target: {value: 42, date: 2026-12-31}  # ← OBJ012
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE]
  texts:
    ems/registers/objectives.yml: |
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
          direction: decrease
          baseline: {value: 46, period: "2025"}
          target: {value: 38, date: 2026-12-31}
- date: 2026-03-02
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Be realistic about the water
  files: [ems/registers/objectives.yml]
```

The value is as it was; there is half a year more.

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES  # ← DOC005
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001
    title: Use less water
    basis: [OBL-001]
    kpi: KPI-001
    unit: L/m2
    direction: decrease
    baseline: {value: 46, period: "2025"}
    target: {value: 38, date: 2027-06-30}  # ← OBJ012
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE]
  texts:
    ems/registers/objectives.yml: |
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
          direction: decrease
          baseline: {value: 46, period: "2025"}
          target: {value: 38, date: 2026-12-31}
- date: 2026-03-02
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Give it until summer
  files: [ems/registers/objectives.yml]
```

## Passes
The director decided on the easier target.

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
    direction: decrease
    baseline: {value: 46, period: "2025"}
    target: {value: 42, date: 2026-12-31}
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE]
  texts:
    ems/registers/objectives.yml: |
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
          direction: decrease
          baseline: {value: 46, period: "2025"}
          target: {value: 38, date: 2026-12-31}
- date: 2026-03-02
  by: PER-BEN
  message: Give the water more room, since the third rinse comes a year later
  files: [ems/registers/objectives.yml]
  merged_by: PER-MAYA
```

The target got harder; nobody has approved that either, but nothing was made easier.

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES  # ← DOC005
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001
    title: Use less water
    basis: [OBL-001]
    kpi: KPI-001
    unit: L/m2
    direction: decrease
    baseline: {value: 46, period: "2025"}
    target: {value: 36, date: 2026-10-31}
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE]
  texts:
    ems/registers/objectives.yml: |
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
          direction: decrease
          baseline: {value: 46, period: "2025"}
          target: {value: 38, date: 2026-12-31}
- date: 2026-03-02
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Aim at less water
  files: [ems/registers/objectives.yml]
```

## How to fix
Put the approved target back, or have the new one approved and say why in the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from mkdocs_ems.changes.row_texts import parsed_rows
from mkdocs_ems.control import DocumentControl, FormerRegister, Issue
from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ObjectiveRow
from mkdocs_ems.model.progress import figure
from mkdocs_ems.model.units import convert
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each objective whose target is easier than in the last approved state of its register."""
    approved = {path: (issue, former) for path, issue, former in _changed(context) if former is not None}
    rows = {path: parsed_rows(path, former.data) for path, (_, former) in approved.items()}
    for entry, objective in context.each(ObjectiveRow) if approved else ():
        path = entry.anchor.path
        old = rows.get(path, {}).get(objective.id or "")
        if not isinstance(old, Mapping) or objective.target is None or is_over(objective):
            continue
        eased = tuple(_eased(old, objective))
        if eased:
            yield Finding(
                f"the target of {called(objective)} was made easier than issue {approved[path][0].number} of "
                f"{entry.document} has it: {' and '.join(eased)}",
                place(entry, "target"),
                id=objective.id,
                help="put the approved target back, or get the new one approved, and say why in the record",
            )


def unjudged(context: AuditContext) -> str | None:
    """That the approved state of a changed register is not among those that are read."""
    lost = [issue.content.path for _, issue, former in _changed(context) if former is None]
    return f"the approved state of {lost[0]} is older than what is read of old registers" if lost else None


def _changed(context: AuditContext) -> Iterator[tuple[str, Issue, FormerRegister | None]]:
    """Each register of objectives that is not as approved, with its last issue and the text of that."""
    entries = context.compilation.snapshot.entries
    for document in context.control.documents.values():
        if document.type == "objective" and document.path in entries and _stands(document):
            issue = document.issues[-1]
            if entries[document.path].blob != issue.content.blob:
                states = (one for one in context.control.former if one.blob == issue.content.blob)
                yield document.path, issue, next(states, None)


def _stands(document: DocumentControl) -> bool:
    return bool(document.issues) and document.withdrawn_from is None


def _eased(old: Mapping[str, object], objective: ObjectiveRow) -> Iterator[str]:
    before, target = old.get("target"), objective.target
    if not isinstance(before, Mapping) or target is None:
        return
    way = old.get("direction") or objective.direction
    value = _number(before.get("value"))
    units = str(before.get("unit") or old.get("unit") or ""), target.unit or objective.unit or ""
    if value is not None and units[0] != units[1]:
        value = convert(value, *units)
    if value is not None and (
        target.value > value if way == "decrease" else way == "increase" and target.value < value
    ):
        yield f"{figure(target.value)} in place of {figure(value)}"
    day = _day(before.get("date"))
    if day is not None and target.date is not None and target.date > day:
        yield f"by {target.date} in place of {day}"


def _number(written: object) -> float | None:
    try:
        return float(str(written))
    except ValueError:
        return None


def _day(written: object) -> date | None:
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None


RULE = Rule(
    code="OBJ012",
    name="target-moved",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("6.2.1",),
    clauses_2026=("6.2.1",),
    since="0.1.0",
    requires=("SCH001",),
    needs_history=True,
    unjudged=unjudged,
    check=check,
)
