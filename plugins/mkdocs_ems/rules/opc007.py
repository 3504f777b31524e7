"""A stage of the life cycle has no control and no decision

## What it checks
Design, procurement, transport and delivery, use, and what becomes of the product in the end: for each of
them there is a control (`lifecycle_stage`), for procurement an external provider with a `control_type`, for
transport a carrier, or a decision in the scope (`lifecycle_decisions`) that says what is required there or
why nothing is. And every significant aspect at these stages that you can only influence says how: by a
control, a provider that names it, an objective, or in its `notes`. Asked is who keeps a register of controls.

## Why an auditor asks
What you buy, how it is designed and carried, and what your customers do with it may matter more than your own
fence line. The standard wants requirements and information there, as far as they are yours to give; that
nobody decided anything is what auditors find.

## Fails
Controls for the line, and no word on any other stage: the scope is told once.

`ems/scope.md`
```markdown
---
id: SCO-001  # ← OPC007
type: scope
title: Scope
owner: ROL-MD
statement: Plating of small parts at the works
activities: [{text: Plating, processes: [PRC-001]}]
products_services: [{text: Plated parts, processes: [PRC-001]}]
organisational_units: [The whole company]
physical_boundary: The fence of the works
control_and_influence: We run the line; of suppliers we can ask.
lifecycle_considered: From the anodes we buy to the parts that come back for recycling.
available_at: https://small.example/scope
standard_edition: "2026"
---

## What is in

Everything inside the fence.
```

Everything is decided, but nothing is said of how the nickel mine is influenced.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001  # ← OPC007
    title: Nickel mined for our anodes
    process: PRC-001
    impacts: [{text: Loss of habitat}]
    condition: normal
    control: influence
    lifecycle_stage: [raw-material]
    criteria: {likelihood: 3, severity: 3}
```

`ems/scope.md`
```markdown
---
id: SCO-001
type: scope
title: Scope
owner: ROL-MD
statement: Plating of small parts at the works
activities: [{text: Plating, processes: [PRC-001]}]
products_services: [{text: Plated parts, processes: [PRC-001]}]
organisational_units: [The whole company]
physical_boundary: The fence of the works
control_and_influence: We run the line; of suppliers we can ask.
lifecycle_considered: From the anodes we buy to the parts that come back for recycling.
lifecycle_decisions:
  - {stages: [design], decision: Customers design their parts; we plate to drawing.}
  - {stages: [distribution, use, end-of-life], decision: A leaflet goes with every delivery.}
available_at: https://small.example/scope
standard_edition: "2026"
---

## What is in

Everything inside the fence.
```

## Passes
A control for design, a provider for what is bought, a decision on the rest; the mine is asked for by the
provider, and the wear of the parts is told in its notes.

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: New parts are looked at for plating
    obligations: [OBL-001]
    operating_criteria: [{parameter: cadmium, text: none}]
    verification: {last: 2026-05-12}
    lifecycle_stage: design
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
    condition: normal
    control: influence
    lifecycle_stage: [raw-material]
    criteria: {likelihood: 3, severity: 3}
  - id: ASP-002
    title: Metal lost as the parts wear
    process: PRC-001
    impacts: [{text: Metals in soil}]
    condition: normal
    control: influence
    lifecycle_stage: [use]
    criteria: {likelihood: 3, severity: 3}
    notes: We tell customers which lubricants slow the wear.
```

`ems/registers/providers.yml`
```yaml
id: REG-PROVIDERS
type: provider
title: External providers
owner: ROL-MD
rows:
  - id: SUP-001
    title: Anode merchant
    what: Nickel anodes
    aspects: [ASP-001]
    control_type: [questionnaire]
    extent: We can ask for the origin and choose by it.
    requirements_sent: [{date: 2026-02-01, text: Terms of the yearly order}]
```

`ems/scope.md`
```markdown
---
id: SCO-001
type: scope
title: Scope
owner: ROL-MD
statement: Plating of small parts at the works
activities: [{text: Plating, processes: [PRC-001]}]
products_services: [{text: Plated parts, processes: [PRC-001]}]
organisational_units: [The whole company]
physical_boundary: The fence of the works
control_and_influence: We run the line; of suppliers we can ask.
lifecycle_considered: From the anodes we buy to the parts that come back for recycling.
lifecycle_decisions:
  - {stages: [distribution, end-of-life], decision: Customers fetch their parts; rejects go back to the mill.}
available_at: https://small.example/scope
standard_edition: "2026"
---

## What is in

Everything inside the fence.
```

## How to fix
Write in the scope what was decided: `lifecycle_decisions: [{stages: [design], decision: …}]`; or add a
control with that `lifecycle_stage`, or the provider with its `control_type`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AspectRow, ProviderRow, Scope, WasteStreamRow
from mkdocs_ems.rules.checks import controls_in_use
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.registers import head_of
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import fold

_TOPICS = {
    "design": ("design",),
    "procurement": ("procurement", "raw-material"),
    "transport and delivery": ("inbound-transport", "distribution"),
    "use": ("use",),
    "end of life": ("end-of-life",),
}
"""What the standard names beside the organisation's own work, with the stages that belong to it."""

_OUTSIDE = frozenset(stage for stages in _TOPICS.values() for stage in stages)


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield the stages without any control or decision, and each influenced aspect that nobody influences."""
    controls = [control for _, control in controls_in_use(context)]
    if not controls:
        return
    settled = {fold(control.lifecycle_stage or "") for control in controls}
    for _, scope in context.each(Scope):
        settled.update(stage for one in scope.lifecycle_decisions for stage in one.stages)
    if any(row.control_type and row.status != "withdrawn" for _, row in context.each(ProviderRow)):
        settled.add("procurement")
    if any(row.carriers and row.status != "withdrawn" for _, row in context.each(WasteStreamRow)):
        settled.add("distribution")
    for entry, aspect, assessment in context.assessed:
        outside = _OUTSIDE.intersection(aspect.lifecycle_stage)
        # What is in the works' own hands ASP010 asks for.
        acted_upon = _acted_upon(aspect, context)
        settled |= outside if assessment.significant or acted_upon else set()
        asked = assessment.significant and aspect.control == "influence" and bool(outside)
        if asked and not acted_upon and aspect.notes is None:
            yield Finding(
                f"{called(aspect)} is significant at a stage that you can only influence "
                f"({listed(sorted(outside))}), and nothing says how you do",
                place(entry),
                id=aspect.id,
                help="name a control, or have the provider's row name the aspect; where nothing can be "
                "done, say so in `notes`",
            )
    missing = [topic for topic, stages in _TOPICS.items() if settled.isdisjoint(stages)]
    if missing:
        first = next((entry for entry, _ in context.each(Scope)), None)
        at = first or head_of(context, "control")
        assert at is not None, "there are controls, so there is a register of them"
        yield Finding(
            f"neither a control nor a decision says what is required for {listed(missing)}",
            place(at),
            id=at.entity.id,
            help="add a control with that `lifecycle_stage`, or write in the scope "
            "`lifecycle_decisions: [{stages: […], decision: …}]`, also that nothing is required and why",
        )


def _acted_upon(aspect: AspectRow, context: AuditContext) -> bool:
    named = any(map(context.in_use, (*aspect.controls, *aspect.objectives)))
    return named or context.named_by(aspect.id, "control", "provider", "objective")


RULE = Rule(
    code="OPC007",
    name="life-cycle-control-missing",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("8.1",),
    clauses_2026=("8.1",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_files=True,
    check=check,
)
