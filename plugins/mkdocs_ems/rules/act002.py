"""An action is overdue

## What it checks
No open action is past the day on which it was `due`. What is done, verified or cancelled is left alone.

## Why an auditor asks
Plans are made to be carried out. Open actions from last year show that nobody looked at them since.

## Fails
Due last month, and still going on.

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
    due: 2026-05-01  # ← ACT002
    status: in-progress
```

Without a status it is open.

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
    due: 2026-05-31  # ← ACT002
```

## Passes
Due today.

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
    due: 2026-06-01
    status: open
```

Done in time, and cancelled.

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
    done_on: 2026-01-30
    evidence: [records/probe.pdf]
    effectiveness: {method: Comparison with the laboratory, result: effective}
  - id: ACT-011
    title: New valve
    due: 2026-02-01
    status: cancelled
```

## How to fix
Finish it and write `status: done` with the evidence, or agree on another day and say why under `notes`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ActionRow
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import ago


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each open action whose day has passed."""
    today = context.as_of
    for entry, action in context.each(ActionRow):
        if action.due is not None and action.due < today and not is_over(action):
            yield Finding(
                f"{called(action)} was due on {action.due}, {ago(action.due, today=today)}",
                place(entry, "due"),
                id=action.id,
                help="write `status: done` with its evidence, or set another `due` and say why under `notes`",
            )


RULE = Rule(
    code="ACT002",
    name="action-overdue",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.4", "6.2.2"),
    clauses_2026=("6.1.5", "6.2.2"),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
