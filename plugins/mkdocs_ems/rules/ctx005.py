"""An interested party without needs

## What it checks
Every interested party that is not withdrawn has at least one need or expectation under `needs`.

## Why an auditor asks
A list of names shows who was thought of, not what was understood. Which of their needs the organisation has
to meet can only be decided where the needs are written down.

## Fails
The neighbours are listed, and nothing is known of them.

`ems/registers/neighbours.yml`
```yaml
id: REG-NEIGHBOURS
type: interested-party
title: Neighbours
owner: ROL-MD
rows:
  - id: PTY-010  # ← CTX005
    title: Houses in Mill Lane
    group: neighbour
```

An empty list is none.

`ems/registers/neighbours.yml`
```yaml
id: REG-NEIGHBOURS
type: interested-party
title: Neighbours
owner: ROL-MD
rows:
  - id: PTY-010
    title: Houses in Mill Lane
    needs: [{text: Quiet nights, becomes_obligation: false}]
  - id: PTY-011  # ← CTX005
    title: The school
    needs: []
```

## Passes
One need is enough; who is no party any more is left alone.

`ems/registers/neighbours.yml`
```yaml
id: REG-NEIGHBOURS
type: interested-party
title: Neighbours
owner: ROL-MD
rows:
  - id: PTY-010
    title: Houses in Mill Lane
    needs: [{text: Quiet nights, becomes_obligation: false}]
  - id: PTY-011
    title: The mill
    status: withdrawn
```

Both parties of a register say what they want.

`ems/registers/neighbours.yml`
```yaml
id: REG-NEIGHBOURS
type: interested-party
title: Neighbours
owner: ROL-MD
rows:
  - id: PTY-010
    title: Houses in Mill Lane
    needs:
      - {text: Quiet nights, becomes_obligation: false}
      - {text: A telephone that is answered, becomes_obligation: false}
  - id: PTY-011
    title: The school
    needs: [{text: To be told of an accident at once, becomes_obligation: true, obligation: OBL-001}]
```

## How to fix
Ask the party or those who deal with it, and list what it needs: `needs: [{text: …, becomes_obligation:
…}]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import InterestedPartyRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each party of which no need is known."""
    for entry, party in context.each(InterestedPartyRow):
        if not party.needs and party.status != "withdrawn":
            yield Finding(
                f"{called(party)} has no needs or expectations",
                place(entry),
                id=party.id,
                help="add `needs: [{text: …, becomes_obligation: true or false}]`",
            )


RULE = Rule(
    code="CTX005",
    name="party-without-needs",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("4.2",),
    clauses_2026=("4.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
