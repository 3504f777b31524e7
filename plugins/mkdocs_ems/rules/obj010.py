"""An objective is off its track and nobody answers

## What it checks
An objective whose indicator is worse than what was to be reached by now has an answer: an action of its
programme that is open, or a decision in `off_track_response`. What was to be reached is the last interim
target that is due, else the straight line from the baseline to the target. One that is missed already,
since nothing to come can bring it back, needs an answer too. Objectives that are proposed or closed are not
asked.

## Why an auditor asks
Nobody is blamed for a target that is hard to reach. That nobody noticed, or nobody decided anything, is
what an auditor writes up.

## Fails
A third of the way in time, and no step done; the programme is at its end.

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001  # ← OBJ010
    title: Use less water
    basis: [OBL-001]
    kpi: KPI-001
    unit: L/m2
    baseline: {value: 46, period: "2025"}
    target: {value: 38, date: 2026-12-31}
    programme: [ACT-001]
```

`ems/registers/indicators.yml`
```yaml
id: REG-INDICATORS
type: indicator
title: Indicators
owner: ROL-EHS
rows:
  - id: KPI-001
    title: Water by area plated
    definition: Litres of mains water for each square metre plated
    source: [MON-001]
    unit: L/m2
    direction: decrease
    aggregation: rolling3
```

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - {id: MON-001, title: Water by area plated, unit: L/m2}
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit
MON-001,2026-02,45,L/m2
MON-001,2026-03,45,L/m2
MON-001,2026-04,45,L/m2
```

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
    due: 2026-02-28
    status: done
    done_on: 2026-02-20
    evidence: [Acceptance note of 20 February]
    effectiveness: {method: Readings of spring, result: effective, date: 2026-05-04, by: ROL-EHS}
```

The interim target of March is missed, though the straight line is kept.

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001  # ← OBJ010
    title: Use less water
    basis: [OBL-001]
    kpi: KPI-001
    unit: L/m2
    baseline: {value: 46, period: "2025"}
    target: {value: 43, date: 2026-12-31}
    interim_targets: [{date: 2026-03-31, value: 44}]
    programme: [ACT-001]
```

`ems/registers/indicators.yml`
```yaml
id: REG-INDICATORS
type: indicator
title: Indicators
owner: ROL-EHS
rows:
  - id: KPI-001
    title: Water by area plated
    definition: Litres of mains water for each square metre plated
    source: [MON-001]
    unit: L/m2
    direction: decrease
    aggregation: rolling3
```

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - {id: MON-001, title: Water by area plated, unit: L/m2}
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit
MON-001,2026-02,45,L/m2
MON-001,2026-03,45,L/m2
MON-001,2026-04,45,L/m2
```

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
    due: 2026-02-28
    status: done
    done_on: 2026-02-20
    evidence: [Acceptance note of 20 February]
    effectiveness: {method: Readings of spring, result: effective, date: 2026-05-04, by: ROL-EHS}
```

## Passes
An action is open; a decision was taken; the third is on its way; nobody has set the fourth yet.

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
    title: Use less water in the second line
    basis: [OBL-001]
    kpi: KPI-001
    unit: L/m2
    baseline: {value: 46, period: "2025"}
    target: {value: 38, date: 2026-12-31}
    off_track_response: The third rinse comes in July; until then nothing more is done.
  - id: OBJ-003
    title: Use a little less water
    basis: [OBL-001]
    kpi: KPI-001
    unit: L/m2
    baseline: {value: 46, period: "2025"}
    target: {value: 44, date: 2026-12-31}
  - id: OBJ-004
    title: Use no water
    basis: [OBL-001]
    kpi: KPI-001
    unit: L/m2
    baseline: {value: 46, period: "2025"}
    target: {value: 0, date: 2026-12-31}
    status: proposed
```

`ems/registers/indicators.yml`
```yaml
id: REG-INDICATORS
type: indicator
title: Indicators
owner: ROL-EHS
rows:
  - id: KPI-001
    title: Water by area plated
    definition: Litres of mains water for each square metre plated
    source: [MON-001]
    unit: L/m2
    direction: decrease
    aggregation: rolling3
```

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - {id: MON-001, title: Water by area plated, unit: L/m2}
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit
MON-001,2026-02,45,L/m2
MON-001,2026-03,45,L/m2
MON-001,2026-04,45,L/m2
```

`ems/registers/actions.yml`
```yaml
id: REG-ACTIONS
type: action
title: Actions
owner: ROL-MD
rows:
  - {id: ACT-001, title: Third rinse, source: [OBJ-001], owner: ROL-EHS, due: 2026-12-31, status: open}
```

## How to fix
Decide what is done about it: an action with a day, or in `off_track_response` why the course is kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ObjectiveRow
from mkdocs_ems.model.progress import Progress, ProgressState, amount, progress
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.programmes import actions_of
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each objective that falls behind while nothing is open and nothing decided."""
    for entry, objective in context.each(ObjectiveRow) if context.model.series else ():
        if objective.kpi is None or objective.off_track_response or objective.status == "proposed":
            continue
        if is_over(objective) or ("off_track_response",) in entry.dropped or _is_acted_on(context, objective):
            continue
        found = progress(objective, model=context.model, as_of=context.as_of)
        if found.state is ProgressState.MISSED or found.behind:
            yield Finding(
                f"{called(objective)} is off its track and nothing is open or decided: {_words(found)}",
                place(entry),
                id=objective.id,
                help="add an action to `programme`, or say in `off_track_response` what was decided",
            )


def _is_acted_on(context: AuditContext, objective: ObjectiveRow) -> bool:
    """Whether an action of the programme is still open; one that does not exist may be."""
    return any(
        one is None or one.status in (None, "open", "in-progress") for one in actions_of(context, objective)
    )


def _words(found: Progress) -> str:
    if found.state is ProgressState.MISSED or found.expected is None:
        return found.words
    return f"{found.words}, and {amount(found.expected, found.unit)} was to be reached by then"


RULE = Rule(
    code="OBJ010",
    name="off-track-no-response",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("9.1.1", "9.3"),
    clauses_2026=("9.1.1", "9.3"),
    since="0.1.0",
    requires=("SCH001", "OBJ003", "OBJ004", "OBJ005"),
    check=check,
)
