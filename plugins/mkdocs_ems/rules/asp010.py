"""A significant aspect has no operational control

## What it checks
Every aspect that your own method makes significant, and over which you have direct control, is
answered by at least one operational control: named in its `controls`, or naming it in the
control's `aspects`. A withdrawn control answers nothing. An aspect that does not say how far it is in
your hands (`control`) counts as one under direct control.

## Why an auditor asks
Operations that go with a significant aspect have to run under conditions you have laid down. A
significant aspect that nothing answers is the classic finding of a stage 2 audit.

## Fails
The aspect scores 9, the works has it in its own hands, and no control answers it.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001  # ← ASP010
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    condition: normal
    control: direct
    criteria: {likelihood: 3, severity: 3}
```

The only control is withdrawn.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001  # ← ASP010
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    condition: normal
    control: direct
    criteria: {likelihood: 3, severity: 3}
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
    status: withdrawn
    aspects: [ASP-001]
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
```

## Passes
The first aspect names its control, the second can only be influenced, the third is not significant.

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
    condition: normal
    control: direct
    criteria: {likelihood: 3, severity: 3}
    controls: [OPC-001]
  - id: ASP-002
    title: Nickel mined for our anodes
    process: PRC-001
    impacts: [{text: Loss of habitat}]
    condition: normal
    control: influence
    criteria: {likelihood: 3, severity: 3}
  - id: ASP-003
    title: Noise of the fans
    process: PRC-001
    impacts: [{text: Nuisance}]
    condition: normal
    control: direct
    criteria: {likelihood: 3, severity: 1}
```

The control names the aspect: one of the two directions is enough.

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
    condition: normal
    control: direct
    criteria: {likelihood: 3, severity: 3}
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
    aspects: [ASP-001]
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
```

## How to fix
Add `controls: [OPC-…]` to the aspect, with a control that has operating criteria. If nobody at the
works can direct it, set `control: influence` and say in `notes` what you do instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.graph import Node
from mkdocs_ems.model import AspectRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each significant aspect under direct control that no control answers."""
    for entry, aspect, assessment in context.assessed:
        # Whose reach nobody stated is taken to be in the works' own hands.
        if not assessment.significant or aspect.control in ("influence", "none"):
            continue
        controls = tuple(_controls(aspect, context))
        if any(map(_may_answer, controls)):
            continue
        which = "only withdrawn operational controls answer" if controls else "no operational control answers"
        yield Finding(
            f"{called(aspect)} is significant ({assessment.computation}) and {which} it",
            place(entry),
            id=aspect.id,
            help=f"add `controls: [OPC-…]` to {aspect.id}; where you can only influence it, set "
            "`control: influence` and say in `notes` what you do",
        )


def _controls(aspect: AspectRow, context: AuditContext) -> Iterator[Node | None]:
    """What the aspect names as its controls, and the controls that name it; None for what does not exist."""
    yield from (context.graph.nodes.get(identity) for identity in aspect.controls)
    if aspect.id:
        yield from context.graph.referrers(aspect.id, "control")


def _may_answer(control: Node | None) -> bool:
    # What a name that leads nowhere was meant to be, other rules ask.
    return control is None or getattr(control.entity, "status", None) != "withdrawn"


RULE = Rule(
    code="ASP010",
    name="significant-without-control",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.2", "8.1"),
    clauses_2026=("6.1.2", "8.1"),
    since="0.1.0",
    requires=("SCH001", "ASP008"),
    needs_all_registers=True,
    check=check,
)
