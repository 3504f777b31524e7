"""A check or the upkeep of a control is overdue

## What it checks
A control that says how often it is checked (`verification: {every: …}`) or maintained (`upkeep: {every: …}`)
was checked and maintained no longer ago than that. The last time is that of its latest inspection record,
or the `last` that the row itself gives where that is later. `intervals: {check_grace_days: …}` of `ems.yml`
says how many days later still count, three without. A check that is recorded elsewhere (`records_kept`) is
not asked for here, and that there never was one is OPC006's.

## Why an auditor asks
The interval is your own promise. A scrubber that nobody has looked at since March keeps nothing in hand,
and an auditor only needs the last sheet to see it.

## Fails
The scrubber is checked each week, last in April; the pads are washed each month, last in February.

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: Scrubber of the chrome line
    obligations: [OBL-001]
    operating_criteria: [{parameter: pH, min: 7}]
    verification: {method: Check sheet, every: 1 week}  # ← OPC005
    upkeep:
      every: 1 month  # ← OPC005
      last: 2026-02-20
```

`ems/records/inspections/2026.yml`
```yaml
type: inspection
rows:
  - {id: CHK-001, date: 2026-04-20, by: [PER-BEN], control: OPC-001, result: in-order}
  - {id: CHK-002, date: 2026-04-27, by: [PER-BEN], control: OPC-001, result: not-done, reason: No time}
```

## Passes
Checked six days ago, and the pads washed on the day that stands with the row.

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: Scrubber of the chrome line
    obligations: [OBL-001]
    operating_criteria: [{parameter: pH, min: 7}]
    verification: {method: Check sheet, every: 1 week, last: 2026-01-05}
    upkeep: {every: 1 month, last: 2026-05-20}
```

`ems/records/inspections/2026.yml`
```yaml
type: inspection
rows:
  - {id: CHK-001, date: 2026-05-26, by: [PER-BEN], control: OPC-001, result: in-order}
```

One is recorded in the contractor's own system, one is no longer in use.

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: Leak check of the chiller
    obligations: [OBL-001]
    operating_criteria: [{parameter: pH, min: 7}]
    verification: {every: 1 week, last: 2025-01-05, records_kept: Portal of the refrigeration firm}
  - id: OPC-002
    title: Old alarm
    status: withdrawn
    verification: {every: 1 week, last: 2025-01-05}
```

## How to fix
Make the check and record it as an `inspection` with `control: OPC-…` below `records/inspections/`. Where it
was made and not recorded, record it now with the day on which it was made and say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model.fields import Interval
from mkdocs_ems.rules.checks import controls_in_use, inspected, latest
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import ago


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each check and each upkeep of a control that should have been made by now."""
    seen = inspected(context)
    for entry, control in controls_in_use(context):
        said, upkeep, identity = control.verification, control.upkeep, control.id or ""
        if said is not None and said.every is not None and said.records_kept is None:
            last = latest(said.last, seen.checks.get(identity))
            due = _late(said.every, last, context)
            if due is not None:
                yield Finding(
                    f"the check of {called(control)}, made every {said.every}, {_since(due, last, context)}",
                    place(entry, "verification", "every"),
                    id=control.id,
                    help=f"make the check and record it as an inspection with `control: {identity}`; where "
                    "it was made, record it with its day",
                )
        if upkeep is not None and upkeep.every is not None:
            last = latest(upkeep.last, seen.upkeep.get(identity))
            due = _late(upkeep.every, last, context)
            if due is not None:
                yield Finding(
                    f"the upkeep of {called(control)}, every {upkeep.every}, {_since(due, last, context)}",
                    place(entry, "upkeep", "every"),
                    id=control.id,
                    help="do it and record it as an inspection with `kind: maintenance` and "
                    f"`control: {identity}`, or write the day under `upkeep: {{last: …}}`",
                )


def _late(every: Interval, last: date | None, context: AuditContext) -> date | None:
    """The day on which it was due, where that is longer ago than the grace."""
    if last is None:
        return None
    due = every.after(last)
    return due if (context.as_of - due).days > context.settings.intervals.check_grace_days else None


def _since(due: date, last: date | None, context: AuditContext) -> str:
    return f"was due on {due}, {ago(due, today=context.as_of)}; the last was on {last}"


RULE = Rule(
    code="OPC005",
    name="maintenance-or-check-overdue",
    severity=Severity.ERROR,
    basis=Basis.OWN_RULE,
    clauses_2015=("8.1",),
    clauses_2026=("8.1",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_files=True,
    check=check,
)
