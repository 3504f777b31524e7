"""A waiver accepts nothing

## What it checks
Every waiver in `ems.yml` that still holds accepts at least one finding, and names a rule that exists. What
cannot be read (SCH001) cannot be accepted: a waiver of it is told, and the fault stands.
Rules that could not be judged, or were not asked for, prove nothing about their waivers.

## Why an auditor asks
A waiver that nothing needs will one day hide a fault that nobody has decided about.

## Fails
The control has criteria by now, and no rule has the second code.

`ems/ems.yml`
```yaml
schema: 1
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
waivers:
  - {code: OPC001, id: OPC-001, reason: Criteria follow with the new probe, until: 2026-12-31}  # ← WAI001
  - {code: OPC999, reason: A slip of the finger, until: 2026-12-31}  # ← WAI001
```

What nobody can read cannot be accepted, and is found all the same.

`ems/ems.yml`
```yaml
schema: 1
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
waivers:
  - {code: SCH001, reason: We know of it, until: 2026-12-31}  # ← WAI001
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
    operating_criterions: [{parameter: pH, min: 6}]  # ← SCH001
```

## Passes
The waiver accepts what it was written for.

`ems/ems.yml`
```yaml
schema: 1
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
waivers:
  - {code: OPC001, id: OPC-001, reason: Criteria follow with the new probe, until: 2026-12-31}
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
Take the waiver out of `ems.yml`, or correct its code or id.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.rules.values import AuditContext, Rule
from mkdocs_ems.text import did_you_mean


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each waiver in time that accepted nothing of what was judged."""
    outcome = context.outcome
    assert outcome is not None, "the engine runs this rule after all others"
    for position, waiver in enumerate(context.settings.waivers):
        code = waiver.code.upper()
        at = Anchor(context.model.settings_path, ("waivers", position))
        if code in outcome.unwaivable and waiver.until >= context.as_of:
            yield Finding(
                f"no waiver reaches {code}: what cannot be read cannot be accepted, and stands as a finding",
                at,
                help="mend what it tells, and take the waiver out",
            )
            continue
        if waiver.until < context.as_of or position in outcome.waivers_used:
            continue
        if code in outcome.known and code not in outcome.judged:
            continue
        what = f"{code} on {waiver.id}" if waiver.id else code
        message, help_ = f"the waiver of {what} accepts nothing: there is no such finding", None
        if code not in outcome.known:
            near = did_you_mean(code, outcome.known)
            message = f"the waiver of {what} names no rule"
            help_ = f"did you mean {near}?" if near else "`ems rules` lists the codes"
        yield Finding(message, at, help=help_)


RULE = Rule(
    code="WAI001",
    name="waiver-unused",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    requires=("SCH001",),
    judges_waivers=True,
    check=check,
)
