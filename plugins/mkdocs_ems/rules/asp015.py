"""Nobody said whether an aspect is in your hands

## What it checks
Every aspect says in `control` whether you direct it (`direct`), can influence it (`influence`), or
neither (`none`).

## Why an auditor asks
Aspects have to be determined that you can control and those that you can influence. Where the column is
empty, suppliers and the use of the product are mostly left out as well.

## Fails
The row does not say whose hands it is in.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001  # ← ASP015
    title: Diesel of the hauliers
    process: PRC-001
    impacts: [{text: Climate}]
    criteria: {likelihood: 1, severity: 1}
```

## Passes
One of each; what is withdrawn is left alone.

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
    criteria: {likelihood: 1, severity: 1}
    control: direct
  - id: ASP-002
    title: Diesel of the hauliers
    process: PRC-001
    impacts: [{text: Climate}]
    criteria: {likelihood: 1, severity: 1}
    control: influence
  - id: ASP-003
    title: Traffic on the road outside
    process: PRC-001
    impacts: [{text: Noise}]
    criteria: {likelihood: 1, severity: 1}
    control: none
  - id: ASP-004
    title: Chromium in rinse water
    process: PRC-001
    status: withdrawn
```

## How to fix
Set `control: direct` where the works decides, `influence` where it can ask, buy or design otherwise, and
`none` where it can do neither.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AspectRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each aspect in use that does not say how far it is in the organisation's hands."""
    for entry, aspect in context.each(AspectRow):
        if aspect.control is None and aspect.status != "withdrawn":
            yield Finding(
                f"{called(aspect)} does not say whether you control or influence it",
                place(entry),
                id=aspect.id,
                help="add `control: direct`, `control: influence` or `control: none`",
            )


RULE = Rule(
    code="ASP015",
    name="control-or-influence-unset",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.2",),
    clauses_2026=("6.1.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
