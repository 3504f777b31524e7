"""Nothing watches a significant aspect

## What it checks
Every significant aspect is monitored: it names measurements or indicators under `monitoring`, or a
measurement names it under `why`, or it is watched through what it is linked to: a measured condition of
one of its obligations, unless that measurement says that it is for other aspects; a measurement of one of
its controls; the indicator of one of its objectives. Otherwise it says in `no_monitoring_reason` why not. For
emergencies, and where you have only influence, this is good practice.

## Why an auditor asks
What can do significant harm has to be monitored; without a figure nobody can say whether the controls
work.

## Fails
The first aspect is significant and nothing watches it; the measurement of the second was given up.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001  # ← ASP011
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    control: direct
    controls: [OPC-001]
    criteria: {likelihood: 3, severity: 3}
  - id: ASP-002  # ← ASP011
    title: Noise of the fans
    process: PRC-001
    impacts: [{text: Nuisance}]
    control: direct
    controls: [OPC-001]
    criteria: {likelihood: 3, severity: 2}
```

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - id: MON-001
    title: Noise at the fence
    status: withdrawn
    why: [ASP-002]
```

The obligation is linked, but none of its conditions is measured.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001  # ← ASP011
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    control: direct
    controls: [OPC-001]
    obligations: [OBL-001]
    criteria: {likelihood: 3, severity: 3}
```

## Passes
Named by the aspect, named by the measurement, explained; the last is not significant.

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
    monitoring: [KPI-001]
    criteria: {likelihood: 3, severity: 3}
  - id: ASP-002
    title: Acid in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    control: influence
    criteria: {likelihood: 3, severity: 3}
  - id: ASP-003
    title: Nickel mined for our anodes
    process: PRC-001
    impacts: [{text: Loss of habitat}]
    control: influence
    no_monitoring_reason: The mine publishes nothing; we ask the supplier every year.
    criteria: {likelihood: 3, severity: 3}
  - id: ASP-004
    title: Cardboard
    process: PRC-001
    impacts: [{text: Waste}]
    control: influence
    criteria: {likelihood: 3, severity: 1}
```

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - id: MON-001
    title: pH at the outlet
    what: pH of the treated rinse water at the outlet
    why: [ASP-002]
    method: Probe, verified weekly
    frequency: daily
    when_evaluated: Every Monday
    who: ROL-EHS
    unit: "1"
    no_readings: In the log book at the outlet
```

A condition of the obligation that bears on the aspect is measured.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Acid in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    control: influence
    criteria: {likelihood: 3, severity: 3}
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
    conditions: [{text: pH at most 10, kind: limit, limit: 10, unit: "1", parameter: MON-001}]
```

## How to fix
Add `monitoring: [MON-…]` to the aspect, or name the aspect under `why` of the measurement; where there
is nothing to measure, say so in `no_monitoring_reason`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AspectRow, ControlRow, ObjectiveRow, ObligationRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each significant aspect that nothing watches and that does not say why."""
    for entry, aspect, assessment in context.assessed:
        if not assessment.significant or aspect.monitoring or aspect.no_monitoring_reason:
            continue
        if context.named_by(aspect.id, "measurement") or _through_links(aspect, context):
            continue
        # What others do, and what may never happen, are no operations of the works.
        own = aspect.control not in ("influence", "none") and aspect.condition != "emergency"
        yield Finding(
            f"{called(aspect)} is significant and nothing watches it",
            place(entry),
            id=aspect.id,
            help="add `monitoring: [MON-…]`, or say why there is none: `no_monitoring_reason: …`",
            basis=None if own else Basis.PRACTICE,
        )


def _through_links(aspect: AspectRow, context: AuditContext) -> bool:
    """Whether something the aspect is linked to is measured, on whichever side the link was written."""
    nodes = context.graph.nodes
    linked = [
        nodes[one] for one in (*aspect.obligations, *aspect.controls, *aspect.objectives) if one in nodes
    ]
    linked += context.graph.referrers(aspect.id or "", "obligation", "control", "objective")
    for node in linked:
        match node.entity:
            case ObligationRow(conditions=conditions):
                watched = any(_is_open(condition.parameter, context) for condition in conditions)
            case ObjectiveRow(kpi=kpi, status=status):
                watched = kpi is not None and status != "withdrawn"
            case ControlRow(status=status):
                watched = status != "withdrawn" and context.named_by(node.id, "measurement")
            case _:
                watched = False
        if watched:
            return True
    return False


def _is_open(parameter: str | None, context: AuditContext) -> bool:
    """Whether a measurement may watch any aspect of its obligation: it does not say that it is for others."""
    nodes = context.graph.nodes
    if parameter is None or parameter not in nodes:
        return parameter is not None
    why = getattr(nodes[parameter].entity, "why", ())
    return not any(nodes[one].kind == "aspect" for one in why if one in nodes)


RULE = Rule(
    code="ASP011",
    name="significant-without-monitoring",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("9.1.1",),
    clauses_2026=("9.1.1",),
    since="0.1.0",
    requires=("SCH001", "ASP008"),
    needs_all_registers=True,
    check=check,
)
