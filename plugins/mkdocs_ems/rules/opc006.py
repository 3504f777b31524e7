"""Nothing shows that a control works

## What it checks
Every control in use has something that shows it to work: an inspection record that names it, a measurement
that is taken for it (`why`), a `last` check in its `verification`, or a word where the records are kept
instead (`records_kept`). For a control that says no interval it is no older than
`intervals: {control_evidence: …}` of `ems.yml`, twelve months without; one with an interval is OPC005's once
it was checked at all, and one that nothing describes either is REF006's. Where an `upkeep` has an interval,
it was done once. Where no control has anything, the register is told once.

## Why an auditor asks
You keep enough on record to trust that things run as planned. A control without any trace of a check exists
on paper, and the auditor's next question is how you know that it works.

## Fails
The first was never checked, the second not for more than a year, the third was never maintained.

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001  # ← OPC006
    title: pH check before discharge
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
    verification: {every: 1 week}
  - id: OPC-002  # ← OPC006
    title: Level alarm of the rinse tank
    operating_criteria: [{parameter: level, max: 80}]
    verification: {method: Alarm is set off, last: 2025-03-01}
  - id: OPC-003
    title: Scrubber
    operating_criteria: [{parameter: pH, min: 7}]
    verification: {last: 2026-05-29}
    upkeep:
      every: 1 month  # ← OPC006
```

No control has anything that shows it to work: the register is told once.

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS  # ← OPC006
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: pH check before discharge
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
  - id: OPC-002
    title: Level alarm of the rinse tank
    operating_criteria: [{parameter: level, max: 80}]
```

## Passes
A record, a measurement, a log elsewhere, a planned control, and one whose lapsed check is OPC005's.

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: pH check before discharge
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
  - id: OPC-002
    title: Level alarm of the rinse tank
    operating_criteria: [{parameter: level, max: 80}]
  - id: OPC-003
    title: Leak check of the chiller
    operating_criteria: [{parameter: leaks, max: 0}]
    verification: {records_kept: Portal of the refrigeration firm}
  - id: OPC-004
    title: Cover on the bath
    status: planned
    operating_criteria: [{parameter: cover, text: closed}]
  - id: OPC-005
    title: Scrubber
    operating_criteria: [{parameter: pH, min: 7}]
    verification:
      every: 1 month  # ← OPC005
      last: 2025-03-01
    upkeep: {every: 2 years, last: 2024-10-01}
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
    what: pH of the treated rinse water at the outlet
    why: [OPC-001]
    method: Probe, verified weekly
    frequency: daily
    when_evaluated: Every Monday
    who: ROL-EHS
    unit: "1"
    limits: {legal_min: 6, legal_max: 10}
    no_readings: In the log book at the outlet
```

`ems/records/inspections/2026.yml`
```yaml
type: inspection
rows:
  - {id: CHK-001, date: 2026-02-26, by: [PER-BEN], control: OPC-002, result: in-order}
```

## How to fix
Record the next check as an `inspection` with `control: OPC-…` below `records/inspections/`, or say in
`verification: {records_kept: …}` where its records are.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ControlRow, Entry
from mkdocs_ems.rules.checks import Inspected, controls_in_use, inspected, latest
from mkdocs_ems.rules.registers import each_or_register
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each control in use that nothing shows to work, or to be maintained as it says."""
    seen = inspected(context)
    asked = list(controls_in_use(context))
    proved: list[tuple[Entry, ControlRow]] = []
    unproved: list[tuple[Entry, ControlRow]] = []
    for one in asked:
        shown = _is_kept(one[1], context) or _last(one[1], seen) is not None
        (proved if shown else unproved).append(one)
    yield from each_or_register(
        context,
        [_finding(at, row, f"nothing shows that {called(row)} works") for at, row in unproved],
        kind="control",
        asked=len(asked),
        message=f"nothing shows that any of the {plural(len(asked), 'operational control')} works",
    )
    for entry, control in proved:
        yield from _lapsed(entry, control, seen, context)


def _lapsed(entry: Entry, control: ControlRow, seen: Inspected, context: AuditContext) -> Iterator[Finding]:
    """What of a control was shown once, too long ago; or what of its upkeep never was."""
    said, upkeep, last = control.verification, control.upkeep, _last(control, seen)
    within = context.settings.intervals.control_evidence
    paced = said is not None and said.every is not None
    if last and not paced and not _is_kept(control, context) and within.passed(last, on=context.as_of):
        words = f"what last showed that {called(control)} works is of {last}, more than {within} ago"
        yield _finding(entry, control, words)
    if upkeep is None or upkeep.every is None or latest(upkeep.last, seen.upkeep.get(control.id or "")):
        return
    yield Finding(
        f"{called(control)} is to be maintained every {upkeep.every}, and no upkeep is recorded",
        place(entry, "upkeep", "every"),
        id=control.id,
        help=f"record it as an inspection with `kind: maintenance` and `control: {control.id or 'OPC-…'}`, "
        "or write its day under `upkeep: {last: …}`",
    )


def _last(control: ControlRow, seen: Inspected) -> date | None:
    said = control.verification
    return latest(said.last if said else None, seen.checks.get(control.id or ""))


def _is_kept(control: ControlRow, context: AuditContext) -> bool:
    """Whether its records are said to be elsewhere, or a measurement is taken for it."""
    said = control.verification
    return (said is not None and said.records_kept is not None) or context.named_by(control.id, "measurement")


def _finding(entry: Entry, control: ControlRow, message: str) -> Finding:
    return Finding(
        message,
        place(entry),
        id=control.id,
        help=f"record the next check as an inspection with `control: {control.id or 'OPC-…'}`, or say in "
        "`verification: {records_kept: …}` where its records are",
    )


RULE = Rule(
    code="OPC006",
    name="no-verification-evidence",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("8.1",),
    clauses_2026=("8.1",),
    since="0.1.0",
    # Of a control that nothing describes either, the broken trace is told.
    requires=("SCH001", "REF006"),
    needs_all_files=True,
    check=check,
)
