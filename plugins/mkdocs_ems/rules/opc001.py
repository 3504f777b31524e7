"""An operational control has no criteria

## What it checks
Every operational control states what right looks like: `operating_criteria`, each with a limit or with
words.

## Why an auditor asks
A control without criteria cannot be followed or checked. Certification bodies report this more often
than any other finding on operations.

## Fails
The first control has no criteria, the second names a parameter without saying what is right.

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001  # ← OPC001
    title: pH check before discharge
  - id: OPC-002
    title: Scrubber on the chrome line
    operating_criteria:
      - {parameter: pressure drop}  # ← OPC001
```

## Passes
Limits where one can measure, words where one cannot.

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
    title: Tanker unloading
    operating_criteria: [{parameter: supervision, text: Never unattended while the hose is connected}]
```

## How to fix
Add `operating_criteria: [{parameter: …, min: …, max: …, unit: …}]`, or `text` in place of the limits
where the criterion cannot be measured.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ControlRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each control in use without criteria, and each criterion that decides nothing."""
    for entry, control in context.each(ControlRow):
        if control.status == "withdrawn":
            continue
        if not control.operating_criteria:
            yield Finding(
                f"{called(control)} has no operating criteria",
                place(entry),
                id=control.id,
                help="add `operating_criteria: [{parameter: …, min: …, max: …, unit: …}]`",
            )
        for position, criterion in enumerate(control.operating_criteria):
            if criterion.min is None and criterion.max is None and criterion.text is None:
                yield Finding(
                    f"{called(control)} names {criterion.parameter} without saying what is right",
                    place(entry, "operating_criteria", position),
                    id=control.id,
                    help="add `min`, `max` or, where it cannot be measured, `text`",
                )


RULE = Rule(
    code="OPC001",
    name="control-without-criteria",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("8.1",),
    clauses_2026=("8.1",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
