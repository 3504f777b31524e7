"""An obligation bears on no aspect and on no process

## What it checks
Every obligation that applies is linked to an aspect or to a process: it names them under `aspects` or
`processes`, or an aspect names it. A commitment of your own (`voluntary`, `corporate`) may instead be what an
objective rests on.

## Why an auditor asks
Obligations are those that relate to your aspects. One that is linked to nothing has no owner on the shop
floor, and nobody can say why it is in the register.

## Fails
A law and a commitment, and nothing that they bear on.

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
    processes: [PRC-001]
  - id: OBL-002  # ← OBL007
    title: Waste duty of care
    citation: Environmental Protection Act 1990 s 34
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: We hand our waste to licensed carriers only.
  - id: OBL-003  # ← OBL007
    title: Net zero by 2040
    citation: Decision of the board
    type: corporate
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: We halve our emissions by 2030.
```

## Passes
Linked to a process, named by an aspect; the commitment is taken up by an objective, the last does not
apply.

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001
    title: Waste duty of care
    citation: Environmental Protection Act 1990 s 34
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: We hand our waste to licensed carriers only.
    processes: [PRC-001]
  - id: OBL-002
    title: Trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Rinse water goes to the sewer.
  - id: OBL-003
    title: Net zero by 2040
    citation: Decision of the board
    type: corporate
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: We halve our emissions by 2030.
  - id: OBL-004
    title: Major accident hazards
    citation: SI 2015/483
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    applicable: no
    reason: We hold no dangerous substances.
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
    obligations: [OBL-002]
```

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001
    title: Half the emissions
    basis: [OBL-003]
    not_measurable_reason: The inventory is being set up.
```

## How to fix
Add `aspects: [ASP-…]` or `processes: [PRC-…]` to the obligation. Where you find nothing, ask whether it
applies to you at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ObligationRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_OWN = frozenset({"voluntary", "corporate"})


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each obligation that applies and bears on no aspect and no process."""
    for entry, obligation in context.each(ObligationRow):
        if obligation.aspects or obligation.processes or not obligation.applies:
            continue
        takers = ("aspect", "objective") if obligation.type in _OWN else ("aspect",)
        if not context.named_by(obligation.id, *takers):
            yield Finding(
                f"{called(obligation)} is linked to no aspect and to no process",
                place(entry),
                id=obligation.id,
                help="add `aspects: [ASP-…]` or `processes: [PRC-…]`: what it bears on",
            )


RULE = Rule(
    code="OBL007",
    name="obligation-without-aspect-or-process",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.3",),
    clauses_2026=("6.1.3",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
