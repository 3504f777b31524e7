"""An override of significance has no reason, or nobody who approved it

## What it checks
An `override` of the computed significance says why (`reason`) and who decided it (`approved_by`).

## Why an auditor asks
Overrides are part of most methods. One without a reason and a name looks like an aspect that was taken off
the list because it is a nuisance.

## Fails
No reason and no name; the second one lacks only the name.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    control: influence
    criteria: {likelihood: 3, severity: 3}
    override: {value: false}  # ← ASP009
  - id: ASP-002
    title: Smell of the baths
    process: PRC-001
    impacts: [{text: Nuisance}]
    control: influence
    criteria: {likelihood: 1, severity: 1}
    override: {value: true, reason: Two complaints from neighbours}  # ← ASP009
```

A name, and no reason.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Smell of the baths
    process: PRC-001
    impacts: [{text: Nuisance}]
    control: influence
    criteria: {likelihood: 1, severity: 1}
    override:  # ← ASP009
      value: true
      approved_by: PER-MAYA
```

## Passes
The decision can be followed. What is withdrawn is not asked any more.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Smell of the baths
    process: PRC-001
    impacts: [{text: Nuisance}]
    control: influence
    criteria: {likelihood: 1, severity: 1}
    override: {value: true, reason: Two complaints from neighbours, approved_by: PER-MAYA}
  - id: ASP-002
    title: Cyanide baths
    status: withdrawn
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 3, severity: 3}
    override: {value: false}
```

Nothing is overridden.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Cardboard
    process: PRC-001
    impacts: [{text: Waste}]
    criteria: {likelihood: 3, severity: 1}
```

## How to fix
Add `reason` and `approved_by` to the override; where nobody knows either any more, delete the override.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_WHAT = {"reason": "no reason", "approved_by": "nobody who approved it"}


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each override that lacks its reason or its approver."""
    for entry, aspect, _ in context.assessed:
        override = aspect.override
        if override is None:
            continue
        asked = (("reason", override.reason), ("approved_by", override.approved_by))
        missing = [name for name, value in asked if not value and ("override", name) not in entry.dropped]
        if missing:
            yield Finding(
                f"the override of {called(aspect)} has {' and '.join(_WHAT[name] for name in missing)}",
                place(entry, "override", key=True),
                id=aspect.id,
                help=f"add {' and '.join(f'`{name}: …`' for name in missing)} to the override, or delete it",
            )


RULE = Rule(
    code="ASP009",
    name="override-without-reason",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("6.1.2",),
    clauses_2026=("6.1.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
