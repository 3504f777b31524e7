"""A waiver is past its date

## What it checks
The end date (`until`) of every waiver in `ems.yml` is today or later. An expired waiver accepts nothing:
what it once accepted is found again.

## Why an auditor asks
A waiver is a decision for a time. When its time is over, somebody has to decide again.

## Fails
The waiver held until yesterday.

`ems/ems.yml`
```yaml
schema: 1
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
waivers:
  - code: OPC001
    id: OPC-001
    reason: Criteria follow with the new probe
    until: 2026-05-31  # ← WAI002
```

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001  # ← OPC001
    title: pH check before discharge
```

## Passes
A waiver holds to the end of its last day.

`ems/ems.yml`
```yaml
schema: 1
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
waivers:
  - code: OPC001
    id: OPC-001
    reason: Criteria follow with the new probe
    until: 2026-06-01
```

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: pH check before discharge
```

## How to fix
Mend what was waived and take the waiver out, or decide again and give it a new date and reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.rules.values import AuditContext, Rule


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each waiver whose end date is past."""
    for position, waiver in enumerate(context.settings.waivers):
        if waiver.until < context.as_of:
            what = f"{waiver.code} on {waiver.id}" if waiver.id else waiver.code
            yield Finding(
                f"the waiver of {what} ended on {waiver.until}",
                Anchor(context.model.settings_path, ("waivers", position, "until")),
                help="mend what was waived and take the waiver out, or decide again with a new date",
            )


RULE = Rule(
    code="WAI002",
    name="waiver-expired",
    severity=Severity.WARNING,
    basis=Basis.OWN_RULE,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    requires=("SCH001",),
    judges_waivers=True,
    check=check,
)
