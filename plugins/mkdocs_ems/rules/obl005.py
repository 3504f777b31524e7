"""A permit's conditions are not broken down

## What it checks
Every permit, licence or consent that applies lists its single conditions under `conditions`, or says in
`no_conditions_reason` why it has none.

## Why an auditor asks
A permit that is only filed is not managed: limits, reports and records each need somebody who sees to
them, and an evaluation that looks at each.

## Fails
The consent stands in the register as one line.

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001  # ← OBL005
    title: Trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Rinse water goes to the sewer.
```

## Passes
Conditions in your own words; a reason; a law, which is not asked for them; a permit that does not apply.

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
    conditions:
      - {ref: "3.1", text: pH at most 10, kind: limit, limit: 10, unit: "1", parameter: MON-001}
  - id: OBL-002
    title: Waste carrier's licence
    citation: CBDU12345
    type: licence
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: We carry our own filter cake.
    no_conditions_reason: The consent only names us as a carrier.
  - id: OBL-003
    title: Waste duty of care
    citation: Environmental Protection Act 1990 s 34
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: We hand our waste to licensed carriers only.
  - id: OBL-004
    title: Permit of the anodising line
    citation: Consent 14/2019
    type: permit
    jurisdiction: GB-ENG
    owner: ROL-EHS
    applicable: no
    reason: The line was sold.
```

## How to fix
Go through the permit and write each thing that it asks under `conditions`: `ref`, `text` in your own
words, `kind`, and for limits the value, the unit and the `parameter` that watches it.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ObligationRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_ASKED = frozenset({"permit", "licence", "consent"})


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each permit that applies with neither conditions nor a reason for having none."""
    for entry, permit in context.each(ObligationRow):
        if permit.type not in _ASKED or permit.conditions or permit.no_conditions_reason:
            continue
        if permit.applies:
            yield Finding(
                f"the conditions of {called(permit)} are not listed",
                place(entry),
                id=permit.id,
                help="add `conditions: [{ref: …, text: …, kind: …}]`, one for each thing it asks, "
                "or `no_conditions_reason: …`",
            )


RULE = Rule(
    code="OBL005",
    name="permit-conditions-not-broken-down",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("6.1.3",),
    clauses_2026=("6.1.3",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
