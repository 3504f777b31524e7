"""An aspect has no impact

## What it checks
Every aspect names at least one environmental impact.

## Why an auditor asks
The aspect is what you do, the impact is what it does to the environment. A register that mixes them
up, or leaves one out, cannot say why an aspect matters.

## Fails
The row says what happens, not what it leads to.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001  # ← ASP001
    title: Nickel in rinse water
    process: PRC-001
    criteria: {likelihood: 1, severity: 1}
```

## Passes
The impact stands beside the aspect. A withdrawn aspect is left alone.

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
    impacts: [{text: Toxic to river life, receptor: river}]
    criteria: {likelihood: 1, severity: 1}
  - id: ASP-002
    title: Chromium in rinse water
    process: PRC-001
    status: withdrawn
```

## How to fix
Add `impacts: [{text: …}]` to the aspect: what changes in air, water, soil, resources or for neighbours
because of it, for the worse or for the better.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AspectRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each aspect in use that names no impact."""
    for entry, aspect in context.each(AspectRow):
        if not aspect.impacts and aspect.status != "withdrawn":
            yield Finding(
                f"{called(aspect)} names no environmental impact",
                place(entry),
                id=aspect.id,
                help="add `impacts: [{text: …}]`: what it does to air, water, soil, resources or people",
            )


RULE = Rule(
    code="ASP001",
    name="aspect-without-impact",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.2",),
    clauses_2026=("6.1.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
