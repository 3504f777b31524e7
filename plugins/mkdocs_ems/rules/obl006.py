"""A limit is not measured

## What it checks
Every condition with a numeric `limit` names in `parameter` the measurement that watches it, in a unit that
the limit's can be turned into. Asked are
conditions of the kinds `limit` and `monitoring`, and those that name no kind; a technical figure, such as
the volume of a bund, is inspected rather than measured. A withdrawn measurement watches nothing.

## Why an auditor asks
A limit that nobody measures cannot be shown to be kept.

## Fails
The first condition has a limit and no measurement; that of the second was given up; the third limits a
load, which no concentration can be held against.

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
    conditions:
      - {text: Nickel at most 2 mg/L, kind: limit, limit: 2, unit: mg/L}  # ← OBL006
      - {text: pH at most 10, limit: 10, unit: "1", parameter: MON-001}  # ← OBL006
      - {text: Zinc at most 0.1 kg/d, kind: limit, limit: 0.1, unit: kg/d, parameter: MON-002}  # ← OBL006
```

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - id: MON-001
    title: pH at the outlet
    status: withdrawn
  - id: MON-002
    title: Zinc at the outlet
    unit: mg/L
```

## Passes
A limit with its measurement, a limit in words, a technical figure.

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
    conditions:
      - {text: pH at most 10, kind: limit, limit: 10, unit: "1", parameter: MON-001}
      - {text: No visible oil, kind: limit}
      - {text: Bund of 110 % of the largest tank, kind: technical, limit: 110, sense: at-least, unit: "%"}
```

An obligation that does not apply, and one that was replaced.

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
    applicable: threshold-below
    reason: We stay below the volume from which metals are limited.
    conditions: [{text: Nickel at most 2 mg/L, kind: limit, limit: 2, unit: mg/L}]
  - id: OBL-002
    title: Old trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Rinse water goes to the sewer.
    status: superseded
    superseded_by: OBL-001
    conditions: [{text: Nickel at most 3 mg/L, kind: limit, limit: 3, unit: mg/L}]
```

## How to fix
Plan the measurement in the monitoring plan, and name it in the condition: `parameter: MON-…`. What limits a
load is watched by a measurement of the load.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import MeasurementRow, ObligationRow
from mkdocs_ems.model.obligations import Condition
from mkdocs_ems.model.units import convertible
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_MEASURED = frozenset({"limit", "monitoring", None})


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each numeric limit that applies and that no measurement in use watches."""
    for entry, obligation in context.each(ObligationRow):
        if not obligation.conditions or not obligation.applies:
            continue
        for position, condition in enumerate(obligation.conditions):
            if condition.limit is None or condition.kind not in _MEASURED:
                continue
            parameter = condition.parameter
            if parameter is None or not context.in_use(parameter):
                which = "no measurement" if parameter is None else f"only {parameter}, which is withdrawn,"
                where = f" ({condition.ref})" if condition.ref else ""
                yield Finding(
                    f"{which} watches a limit of {called(obligation)}: {condition.text}{where}",
                    place(entry, "conditions", position),
                    id=obligation.id,
                    help="add `parameter: MON-…`: the row of the monitoring plan that measures it",
                )
            elif unit := _other_unit(context, condition):
                yield Finding(
                    f"{parameter} is read in {unit}, which cannot be held against a limit of "
                    f"{called(obligation)} in {condition.unit}: {condition.text}",
                    place(entry, "conditions", position),
                    id=obligation.id,
                    help=f"name a measurement in {condition.unit}, or correct the unit of the limit or of "
                    f"{parameter}",
                )


def _other_unit(context: AuditContext, condition: Condition) -> str | None:
    """The unit of the measurement, where nobody can turn it into that of the limit."""
    node = context.graph.nodes.get(condition.parameter or "")
    unit = node.entity.unit if node is not None and isinstance(node.entity, MeasurementRow) else None
    if unit is None or condition.unit is None or unit == condition.unit:
        return None
    return None if convertible(condition.unit, unit) else unit


RULE = Rule(
    code="OBL006",
    name="limit-without-measurement",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.3", "9.1.1"),
    clauses_2026=("6.1.3", "9.1.1"),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
