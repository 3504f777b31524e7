"""A need of an interested party is not classified

## What it checks
Every need of an interested party says whether it becomes a compliance obligation (`becomes_obligation:
true` or `false`), and one that does names it (`obligation`). A need that names its obligation has said so.

## Why an auditor asks
Among all that interested parties want, the organisation has to know what it must meet or chose to meet.
Those needs belong into the register of obligations.

## Fails
The first need was never decided; the second was, and nobody knows where it went.

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
      - text: Quiet nights  # ← CTX006
      - {text: No smell of acid, becomes_obligation: false}
      - text: To be told of an accident  # ← CTX006
        becomes_obligation: true
```

Two parties, each with a need that is open.

`ems/registers/neighbours.yml`
```yaml
id: REG-NEIGHBOURS
type: interested-party
title: Neighbours
owner: ROL-MD
rows:
  - id: PTY-010
    title: Houses in Mill Lane
    needs: [{text: Quiet nights}]  # ← CTX006
  - id: PTY-011
    title: The school
    needs: [{text: To be told of an accident at once, climate: false}]  # ← CTX006
```

## Passes
Decided both ways; the third names its obligation.

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
      - {text: Quiet nights, becomes_obligation: false, response: No work after ten}
      - {text: To be told of an accident, becomes_obligation: true, obligation: OBL-001}
      - {text: Clean water, obligation: OBL-001}
```

A party that is withdrawn is left alone.

`ems/registers/neighbours.yml`
```yaml
id: REG-NEIGHBOURS
type: interested-party
title: Neighbours
owner: ROL-MD
rows:
  - id: PTY-010
    title: The mill
    status: withdrawn
    needs: [{text: Quiet nights}]
```

## How to fix
Decide for each need: `becomes_obligation: false`, or `true` with `obligation: OBL-…`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import InterestedPartyRow
from mkdocs_ems.model.reading import written_indices
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each need that nobody decided on, or that became an obligation nobody can find."""
    for entry, party in context.each(InterestedPartyRow):
        if party.status == "withdrawn":
            continue
        indices = written_indices(entry.dropped, ("needs",), len(party.needs))
        for index, need in zip(indices, party.needs, strict=True):
            if need.obligation is not None or need.becomes_obligation is False:
                continue
            decided = need.becomes_obligation is True
            fault = "became an obligation, and does not say which" if decided else "is not decided on"
            yield Finding(
                f'the need "{need.text}" of {called(party)} {fault}',
                place(entry, "needs", index),
                id=party.id,
                help="add `obligation: OBL-…`"
                if decided
                else "add `becomes_obligation: false`, or `true` with `obligation: OBL-…`",
            )


RULE = Rule(
    code="CTX006",
    name="need-not-classified",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("4.2", "6.1.3"),
    clauses_2026=("4.2", "6.1.3"),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
