"""An obligation that no longer binds is still counted on

## What it checks
An obligation that is repealed or superseded is not marked `applicable: yes`, and no aspect and no control
in use names it any more. One that is superseded says by what (`superseded_by`).

## Why an auditor asks
A register with law that is gone was not kept up to date, and what replaced it is likely missing.

## Fails
The first still counts as applicable, the second is what an aspect and a control count on, the third has
no successor.

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
  - id: OBL-002
    title: Waste duty of care
    citation: Environmental Protection Act 1990 s 34
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: We hand our waste to licensed carriers only.
    status: repealed  # ← OBL008
    applicable: yes
  - id: OBL-003
    title: Old trade effluent consent
    citation: Consent 3/2004
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Rinse water went to the sewer.
    status: superseded  # ← OBL008
    superseded_by: OBL-001
  - id: OBL-004
    title: Site licence
    citation: Licence 7
    type: licence
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: The line ran under it.
    status: superseded  # ← OBL008
```

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
    obligations: [OBL-003]
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
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
    obligations: [OBL-001, OBL-003]
```

## Passes
A repealed law is kept for the record with what it bore on, and a withdrawn aspect may go on naming it.

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
  - id: OBL-002
    title: Packaging waste rules
    citation: SI 2007/871
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    status: repealed
    applicable: no
    reason: Repealed; we have stayed below the threshold of what followed.
    aspects: [ASP-001]
  - id: OBL-003
    title: Old trade effluent consent
    citation: Consent 3/2004
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Rinse water went to the sewer.
    status: superseded
    superseded_by: OBL-001
```

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Film and pallets
    process: PRC-001
    impacts: [{text: Waste}]
    criteria: {likelihood: 1, severity: 1}
  - id: ASP-002
    title: Chromium in rinse water
    process: PRC-001
    status: withdrawn
    obligations: [OBL-003]
```

## How to fix
Put what replaces it into the register, let aspects and controls name that instead, write it in
`superseded_by`, and take `applicable: yes` away.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Related, Severity
from mkdocs_ems.graph import Edge
from mkdocs_ems.model import ObligationRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural

_NAMED = 3
"""So many of those that still count on it are named; the others are counted."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each obligation that no longer binds and is still treated as if it did."""
    for entry, obligation in context.each(ObligationRow):
        if not obligation.superseded:
            continue
        over = "repealed" if obligation.status == "repealed" else "superseded"
        faults: list[str] = []
        helps: list[str] = []
        counting = _counting(obligation.id, context)
        if obligation.applicable == "yes":
            faults.append("it is still marked `applicable: yes`")
            helps.append("take `applicable: yes` away")
        if counting:
            faults.append(f"{_listed(counting)} still {'names' if len(counting) == 1 else 'name'} it")
            helps.append(f"let them name {obligation.superseded_by or 'what replaces it'}")
        lost = over == "superseded" and obligation.superseded_by is None
        if lost:
            faults.append("it does not say by what")
            helps.append("add `superseded_by: OBL-…`")
        if faults:
            dated = obligation.status in ("repealed", "superseded")
            yield Finding(
                f"{called(obligation)} is {over}: {', and '.join(faults)}",
                place(entry, "status" if dated else "superseded_by"),
                id=obligation.id,
                help=" and ".join(helps),
                related=tuple(Related(f"{edge.source} names it", edge.at) for edge in counting[:_NAMED]),
                # The standard wants current obligations; it does not ask where the old ones went.
                basis=Basis.PRACTICE if lost and len(faults) == 1 else None,
            )


def _counting(identity: str | None, context: AuditContext) -> tuple[Edge, ...]:
    """The references of aspects and controls in use to an obligation, one from each."""
    nodes = context.graph.nodes
    found: dict[str, Edge] = {}
    for edge in context.graph.incoming.get(identity or "", ()):
        if nodes[edge.source].kind in ("aspect", "control") and context.in_use(edge.source):
            found.setdefault(edge.source, edge)
    return tuple(found.values())


def _listed(counting: tuple[Edge, ...]) -> str:
    names = [edge.source for edge in counting]
    if len(names) > _NAMED:
        return f"{', '.join(names[:_NAMED])} and {plural(len(names) - _NAMED, 'more', 'more')}"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


RULE = Rule(
    code="OBL008",
    name="repealed-law-cited",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.3",),
    clauses_2026=("6.1.3",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
