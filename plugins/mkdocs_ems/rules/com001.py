"""A row of the communication plan leaves something open

## What it checks
Every row of the communication plan in use says what is communicated (`what`, or its title), `when`, with
whom (`audience`, `parties` or `roles`), `how` and by `who`.

## Why an auditor asks
The standard asks for exactly these five. A plan that says "inform the neighbours" and no more is none.

## Fails
With whom, how and by whom is open.

`ems/registers/communication-plan.yml`
```yaml
id: REG-COP
type: communication-plan
title: Communication plan
owner: ROL-EHS
rows:
  - id: COP-001  # ← COM001
    what: How much nickel leaves with the water
    when: Each year in June
```

## Passes
The title says what; what is only planned may still be open.

`ems/registers/communication-plan.yml`
```yaml
id: REG-COP
type: communication-plan
title: Communication plan
owner: ROL-EHS
rows:
  - id: COP-001
    title: How much nickel leaves with the water
    direction: external
    when: Each year in June
    parties: [PTY-001]
    how: Letter
    who: ROL-EHS
  - id: COP-002
    title: Open day
    status: planned
```

## How to fix
Add what is missing: `what`, `when`, `audience` (or `parties`, `roles`), `how`, `who`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import PlannedCommunicationRow
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_ASKED = {
    "what": ("what", "title"),
    "when": ("when",),
    "with whom": ("audience", "parties", "roles"),
    "how": ("how",),
    "who communicates it": ("who",),
}


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each row of the plan that does not say all five."""
    for entry, row in context.each(PlannedCommunicationRow):
        if row.status in ("planned", "withdrawn"):
            continue
        lost = {route[0] for route in entry.dropped}
        missing = [
            words
            for words, fields in _ASKED.items()
            if not any(getattr(row, field) for field in fields) and lost.isdisjoint(fields)
        ]
        if missing:
            yield Finding(
                f"{called(row)} does not say {listed(missing)}",
                place(entry),
                id=row.id,
                help="add what is missing: `what`, `when`, `audience` (or `parties`, `roles`), `how`, `who`",
            )


RULE = Rule(
    code="COM001",
    name="communication-plan-incomplete",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("7.4.1",),
    clauses_2026=("7.4.1",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
