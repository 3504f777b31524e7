"""Nothing before or after production was thought of

## What it checks
At least one aspect lies before or after what happens inside the works: materials, design, procurement,
transport to and from you, use, end of life (`lifecycle_stage`). Production, packaging and maintenance
count as inside. Where your own rule says so (`aspects: {stage_required: true}` in `ems.yml`), every
aspect names its stage.

## Why an auditor asks
Both editions want aspects determined with the whole life cycle in view. A register that ends at the
factory gate shows that nobody looked at what is bought, carried, used and thrown away.

## Fails
Everything in the register happens inside the works; that is said once, at the register.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS  # ← ASP003
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 1, severity: 1}
    lifecycle_stage: [production, maintenance]
  - id: ASP-002
    title: Film and pallets
    process: PRC-001
    impacts: [{text: Waste}]
    criteria: {likelihood: 1, severity: 1}
    lifecycle_stage: [packaging]
```

The organisation wants a stage for every aspect, and the second has none.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
aspects: {stage_required: true}
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
```

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel mined for our anodes
    process: PRC-001
    impacts: [{text: Loss of habitat}]
    criteria: {likelihood: 1, severity: 1}
    lifecycle_stage: [raw-material]
  - id: ASP-002  # ← ASP003
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 1, severity: 1}
```

## Passes
One aspect looks beyond the gate; without a rule of your own, not every aspect has to name a stage.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel mined for our anodes
    process: PRC-001
    impacts: [{text: Loss of habitat}]
    criteria: {likelihood: 1, severity: 1}
    lifecycle_stage: [raw-material]
  - id: ASP-002
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 1, severity: 1}
```

## How to fix
Add the aspects of what you buy, have carried, sell and see thrown away, with their `lifecycle_stage`;
where you can only ask others, set `control: influence`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AspectRow, Entry, Register
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_INSIDE = frozenset({"production", "packaging", "maintenance"})
"""Stages that lie between the gates of the works."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield the register whose aspects all lie in production; by own rule each aspect without a stage."""
    asked = context.settings.aspects.stage_required
    first: Entry | None = None
    settled = False
    for entry, aspect in context.each(AspectRow):
        if aspect.status == "withdrawn":
            continue
        first = first or entry
        if not _INSIDE.issuperset(aspect.lifecycle_stage) or (entry.dropped and _unread(entry)):
            settled = True
        elif asked and not aspect.lifecycle_stage:
            # As long as stages are missing, nobody can tell what the register leaves out.
            settled = True
            yield Finding(
                f"{called(aspect)} does not say in which stage of the life cycle it arises",
                place(entry),
                id=aspect.id,
                help="add `lifecycle_stage: […]`: your own rule asks it of every aspect",
            )
    if first is not None and not settled:
        yield _whole_register(context, first)


def _unread(entry: Entry) -> bool:
    """Whether a stage was written that could not be read: it may have been any."""
    return any(route[0] == "lifecycle_stage" for route in entry.dropped)


def _whole_register(context: AuditContext, first: Entry) -> Finding:
    path = first.anchor.path
    head = next((one for one in context.each(Register) if one[0].anchor.path == path), None)
    at, identity = (place(head[0]), head[1].id) if head else (place(first), first.entity.id)
    return Finding(
        "no aspect lies before or after production: the life cycle was not considered",
        at,
        id=identity,
        help="add what you buy, have carried, sell and see thrown away, with its `lifecycle_stage`: "
        "raw-material, design, procurement, inbound-transport, distribution, use or end-of-life",
        basis=Basis.STANDARD,
    )


RULE = Rule(
    code="ASP003",
    name="life-cycle-stage-missing",
    severity=Severity.WARNING,
    basis=Basis.OWN_RULE,
    clauses_2015=("6.1.2",),
    clauses_2026=("6.1.2",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
