"""An action is done without evidence

## What it checks
Every action that is `done` or `verified` has something under `evidence` or `links` that shows it: a file,
an address, a record.

## Why an auditor asks
That it was done is claimed, not shown. The auditor asks for the invoice, the photograph, the changed
procedure.

## Fails
Done, it says.

`ems/registers/more-actions.yml`
```yaml
id: REG-MORE-ACTIONS
type: action
title: More actions
owner: ROL-MD
rows:
  - id: ACT-010
    title: New probe
    source: [RSK-001]
    owner: ROL-EHS
    due: 2026-02-01
    status: done  # ← ACT003
    effectiveness: {method: Comparison with the laboratory, result: effective}
```

Verified by whatever means.

`ems/registers/more-actions.yml`
```yaml
id: REG-MORE-ACTIONS
type: action
title: More actions
owner: ROL-MD
rows:
  - id: ACT-010
    title: New probe
    source: [RSK-001]
    owner: ROL-EHS
    due: 2026-02-01
    status: verified  # ← ACT003
    evidence: []
    effectiveness: {method: Comparison with the laboratory, result: effective}
```

## Passes
A certificate, and a link to the changed page.

`ems/registers/more-actions.yml`
```yaml
id: REG-MORE-ACTIONS
type: action
title: More actions
owner: ROL-MD
rows:
  - id: ACT-010
    title: New probe
    source: [RSK-001]
    owner: ROL-EHS
    due: 2026-02-01
    status: done
    evidence: [Certificate 4711 in the laboratory's folder]
    effectiveness: {method: Comparison with the laboratory, result: effective}
  - id: ACT-011
    title: Larger type on the board
    source: [RSK-001]
    owner: ROL-EHS
    due: 2026-02-01
    status: done
    links: [https://small.example/board.jpg]
    effectiveness: {method: Asked the shift, result: effective}
```

What is open has nothing to show yet.

`ems/registers/more-actions.yml`
```yaml
id: REG-MORE-ACTIONS
type: action
title: More actions
owner: ROL-MD
rows:
  - id: ACT-010
    title: New probe
    source: [RSK-001]
    owner: ROL-EHS
    due: 2026-09-30
    status: in-progress
```

## How to fix
Add what shows it: `evidence: [records/…]` with a file, an address or a record.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ActionRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_DONE = ("done", "verified")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each action that is done and has nothing to show for it."""
    for entry, action in context.each(ActionRow):
        if action.status in _DONE and not action.evidence and not action.links:
            yield Finding(
                f"{called(action)} is {action.status}, and nothing shows it",
                place(entry, "status"),
                id=action.id,
                help="add `evidence: [records/…]` with a file, an address or a record that shows it",
            )


RULE = Rule(
    code="ACT003",
    name="action-done-without-evidence",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.4",),
    clauses_2026=("6.1.5",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
