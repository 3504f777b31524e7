"""An action has no owner or no due date

## What it checks
Every open action has an `owner` (one role or person) and a day by which it is `due`. What is done, verified
or cancelled is left alone.

## Why an auditor asks
Who does it by when belongs to every plan. What nobody was asked to do by any day is not planned.

## Fails
Neither who nor when.

`ems/registers/more-actions.yml`
```yaml
id: REG-MORE-ACTIONS
type: action
title: More actions
owner: ROL-MD
rows:
  - id: ACT-010  # ← ACT001
    title: New probe
    source: [RSK-001]
```

The first has no day, the second nobody.

`ems/registers/more-actions.yml`
```yaml
id: REG-MORE-ACTIONS
type: action
title: More actions
owner: ROL-MD
rows:
  - id: ACT-010  # ← ACT001
    title: New probe
    source: [RSK-001]
    owner: ROL-EHS
  - id: ACT-011  # ← ACT001
    title: New valve
    source: [RSK-001]
    due: 2026-09-30
    status: in-progress
```

## Passes
Who and when.

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
```

Cancelled, and done long ago.

`ems/registers/more-actions.yml`
```yaml
id: REG-MORE-ACTIONS
type: action
title: More actions
owner: ROL-MD
rows:
  - id: ACT-010
    title: New probe
    status: cancelled
    cancelled_reason: The old one was repaired
  - id: ACT-011
    title: New valve
    source: [RSK-001]
    status: done
    evidence: [records/valve.pdf]
    effectiveness: {method: No leak in six months, result: effective}
```

## How to fix
Agree with one role or person on a day, and add `owner: ROL-…` and `due: …`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ActionRow
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each open action that nobody has to do, or not by any day."""
    for entry, action in context.each(ActionRow):
        if (action.owner is not None and action.due is not None) or is_over(action):
            continue
        missing = {"owner": action.owner is None, "due": action.due is None}
        words = {"owner": "no owner", "due": "no due date"}
        yield Finding(
            f"{called(action)} has {' and '.join(words[one] for one, lacks in missing.items() if lacks)}",
            place(entry),
            id=action.id,
            help=f"add {' and '.join(f'`{one}: …`' for one, lacks in missing.items() if lacks)}",
        )


RULE = Rule(
    code="ACT001",
    name="action-without-owner-or-due",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.4", "6.2.2", "10.2"),
    clauses_2026=("6.1.5", "6.2.2", "10.2"),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
