"""A control that keeps an aspect in hand leads to nothing that shows it

## What it checks
From each environmental aspect the trace leads to its controls, and from each of these on: to the
`procedure`, instruction or plan that describes it (or to `no_procedure_reason`), to its `verification` or
`maintenance`, or to a document or measurement that names it. What people do and nobody has described is
told by OPC003.

## Why an auditor asks
An auditor takes a significant aspect and walks along the chain: aspect, control, how it is carried out, what
shows that it works. Where the control stands alone, the chain breaks off in front of them.

## Fails
The alarm keeps the aspect in hand, as both of them say; nobody says what it does or that it is tested.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Overflow of the rinse tank
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    control: direct
    criteria: {likelihood: 1, severity: 1}
    controls: [OPC-002]
  - id: ASP-002
    title: Overflow of the sump
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    control: direct
    criteria: {likelihood: 1, severity: 1}
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
    obligations: [OBL-001]
    hierarchy: administrative
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
    procedure: PRO-001
    policy_commitments: ["#we-protect-the-river", "#we-get-better-every-year"]
  - id: OPC-002  # ← REF006
    title: Level alarm of the rinse tank
    hierarchy: engineering
    operating_criteria: [{parameter: level, max: 90, unit: "%"}]
  - id: OPC-003  # ← REF006
    title: Level alarm of the sump
    aspects: [ASP-002]
    hierarchy: engineering
    operating_criteria: [{parameter: level, max: 90, unit: "%"}]
```

## Passes
Tested, named in a procedure, explained, keeping no aspect in hand, or withdrawn.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Overflow of the rinse tank
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    control: direct
    criteria: {likelihood: 1, severity: 1}
    controls: [OPC-002, OPC-003, OPC-004]
  - id: ASP-002
    title: Overflow of the old sump
    process: PRC-001
    status: withdrawn
    controls: [OPC-005]
```

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Discharge between 6 and 9 only. The bund ([[OPC-003]]) is empty and dry.
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
    obligations: [OBL-001]
    hierarchy: administrative
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
    procedure: PRO-001
    policy_commitments: ["#we-protect-the-river", "#we-get-better-every-year"]
  - id: OPC-002
    title: Level alarm of the rinse tank
    hierarchy: engineering
    operating_criteria: [{parameter: level, max: 90, unit: "%"}]
    verification: {method: Tested with a float, frequency: monthly}
  - id: OPC-003
    title: Bund
    hierarchy: engineering
    operating_criteria: [{parameter: volume, min: 110, unit: "%"}]
  - id: OPC-004
    title: Lid
    hierarchy: engineering
    operating_criteria: [{parameter: gap, max: 0, unit: mm}]
    no_procedure_reason: It cannot be opened while the line runs.
  - id: OPC-005
    title: Old alarm
    hierarchy: engineering
    operating_criteria: [{parameter: level, max: 90, unit: "%"}]
```

## How to fix
Name the procedure that describes the control, say how it is verified or maintained, or mention it in the
document by which people work with it.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Controlled, ControlRow, MeasurementRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_SHOWN_BY = ("procedure", "no_procedure_reason", "verification", "maintenance", "upkeep")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each control in use that keeps an aspect in hand and leads no further."""
    for entry, control in context.each(ControlRow):
        kept_up = control.maintenance or control.upkeep
        if control.procedure or control.verification or control.no_procedure_reason or kept_up:
            continue
        if control.id is None or control.status == "withdrawn" or _dropped(entry.dropped):
            continue
        aspects = _aspects(control.id, context)
        if aspects and not _shown(control.id, context):
            more = f" and {len(aspects) - 1} more" if len(aspects) > 1 else ""
            yield Finding(
                f"{called(control)} keeps {aspects[0]}{more} in hand, and the trace ends there: no document "
                "describes it, and nothing says how it is verified or maintained",
                place(entry),
                id=control.id,
                help="add `procedure: …` or `verification: {method: …, frequency: …}`, "
                "or say why no procedure is needed: `no_procedure_reason: …`",
            )


def _dropped(routes: frozenset[tuple[str | int, ...]]) -> bool:
    return any(route[0] in _SHOWN_BY for route in routes)


def _aspects(identity: str, context: AuditContext) -> list[str]:
    """Ids of the aspects in use that it keeps in hand, whichever side says so."""
    graph = context.graph
    named = [edge.target for edge in graph.outgoing.get(identity, ()) if edge.field == "aspects"]
    naming = [edge.source for edge in graph.incoming.get(identity, ()) if edge.field == "controls"]
    known = (one for one in dict.fromkeys((*named, *naming)) if graph.nodes[one].kind == "aspect")
    return [one for one in known if context.in_use(one)]


def _shown(identity: str, context: AuditContext) -> bool:
    """Whether a document or a measurement names it."""
    nodes = context.graph.nodes
    sources = (nodes[edge.source].entity for edge in context.graph.incoming.get(identity, ()))
    return any(isinstance(one, Controlled | MeasurementRow) for one in sources)


RULE = Rule(
    code="REF006",
    name="one-way-trace",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("8.1",),
    clauses_2026=("8.1",),
    since="0.1.0",
    # What people do and nobody has described is graver.
    requires=("SCH001", "OPC003"),
    check=check,
)
