"""An aspect that the law mostly governs has no obligation

## What it checks
An aspect whose `topic` is nearly always regulated (air, water use, effluent, chemicals, either kind of
waste, refrigerants) is linked to a compliance obligation, on either side, or says in
`no_obligation_reason` why none applies.

## Why an auditor asks
Obligations have to be determined as they relate to your aspects. Where the two registers do not meet, a
permit or a duty was likely overlooked.

## Fails
Rinse water, and no obligation on either side.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001  # ← ASP016
    title: Nickel in rinse water
    topic: effluent
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 1, severity: 1}
```

## Passes
Linked by the aspect; explained; of a topic that is not asked about; of no topic at all.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    topic: effluent
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 1, severity: 1}
    obligations: [OBL-001]
  - id: ASP-002
    title: Mains water for rinsing
    topic: water-use
    process: PRC-001
    impacts: [{text: Less water in the catchment}]
    criteria: {likelihood: 1, severity: 1}
    no_obligation_reason: The water company abstracts it; we only buy it.
  - id: ASP-003
    title: Power for the rectifiers
    topic: energy
    process: PRC-001
    impacts: [{text: Climate}]
    criteria: {likelihood: 1, severity: 1}
  - id: ASP-004
    title: Light at night
    process: PRC-001
    impacts: [{text: Nuisance}]
    criteria: {likelihood: 1, severity: 1}
```

Linked by the obligation: one of the two directions is enough.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    topic: effluent
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 1, severity: 1}
```

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001
    title: Trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Rinse water goes to the sewer.
    aspects: [ASP-001]
```

## How to fix
Find the permit, law or contract that governs it and add `obligations: [OBL-…]`; where none does, write
why in `no_obligation_reason`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AspectRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_REGULATED = frozenset(
    {"air", "water-use", "effluent", "chemicals", "waste-haz", "waste-nonhaz", "refrigerant"}
)


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each aspect of a regulated topic without an obligation and without a reason."""
    for entry, aspect in context.each(AspectRow):
        if aspect.topic not in _REGULATED or aspect.status == "withdrawn":
            continue
        if aspect.obligations or aspect.no_obligation_reason or context.named_by(aspect.id, "obligation"):
            continue
        yield Finding(
            f"{called(aspect)} is about {aspect.topic}, which is mostly regulated, "
            "but is linked to no compliance obligation",
            place(entry),
            id=aspect.id,
            help="add `obligations: [OBL-…]`, or say why none applies: `no_obligation_reason: …`",
        )


RULE = Rule(
    code="ASP016",
    name="regulated-aspect-without-obligation",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.3",),
    clauses_2026=("6.1.3",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
