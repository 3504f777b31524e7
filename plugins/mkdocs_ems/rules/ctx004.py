"""A relevant context issue leads to nothing

## What it checks
A context issue that is `relevant` leads somewhere: it names under `leads_to` the risks, opportunities,
aspects, objectives or actions that answer it, or one of them names the issue. Otherwise `no_action_reason`
says why nothing follows. What names it and was withdrawn or cancelled does not count.

## Why an auditor asks
Context is determined so that planning can answer it. Where issues and plans do not know of one another, the
context is paper for the audit.

## Fails
It matters, and nothing comes of it.

`ems/registers/staff.yml`
```yaml
id: REG-STAFF
type: context-issue
title: Staff issues
owner: ROL-MD
rows:
  - id: ISS-010  # ← CTX004
    title: Platers retire
    kind: internal
    topic: other
    relevant: true
    rationale: Half of the platers retire within five years.
    effect_on_outcomes: [performance]
    owner: ROL-MD
    last_reviewed: 2026-02-10
```

The one action that came from it was cancelled.

`ems/registers/staff.yml`
```yaml
id: REG-STAFF
type: context-issue
title: Staff issues
owner: ROL-MD
rows:
  - id: ISS-010  # ← CTX004
    title: Platers retire
    kind: internal
    topic: other
    relevant: true
    rationale: Half of the platers retire within five years.
    effect_on_outcomes: [performance]
    owner: ROL-MD
    last_reviewed: 2026-02-10
```

`ems/registers/staff-actions.yml`
```yaml
id: REG-STAFF-ACTIONS
type: action
title: Staff actions
owner: ROL-MD
rows:
  - id: ACT-010
    title: Two apprentices a year
    source: [ISS-010]
    status: cancelled
    cancelled_reason: Nobody applied
```

## Passes
An action comes from the first, the second gives its reason, the third is not relevant.

`ems/registers/staff.yml`
```yaml
id: REG-STAFF
type: context-issue
title: Staff issues
owner: ROL-MD
last_reviewed: 2026-02-10
rows:
  - id: ISS-010
    title: Platers retire
    kind: internal
    topic: other
    relevant: true
    rationale: Half of the platers retire within five years.
    effect_on_outcomes: [performance]
    owner: ROL-MD
  - id: ISS-011
    title: A second shift
    kind: internal
    topic: other
    relevant: true
    rationale: It would double the rinse water.
    effect_on_outcomes: [performance]
    owner: ROL-MD
    no_action_reason: Decided against until 2028; looked at again then.
  - id: ISS-012
    title: A works canteen
    kind: internal
    topic: other
    relevant: false
    rationale: It has its own drain.
    owner: ROL-MD
```

`ems/registers/staff-actions.yml`
```yaml
id: REG-STAFF-ACTIONS
type: action
title: Staff actions
owner: ROL-MD
rows:
  - id: ACT-010
    title: Two apprentices a year
    source: [ISS-010]
    owner: ROL-MD
    due: 2026-09-01
```

## How to fix
Link the issue to what answers it (`leads_to: [RSK-…]`), or say why nothing follows (`no_action_reason`).
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.rules.conditions import issues
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_ANSWERS = ("risk", "aspect", "objective", "action", "obligation")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each relevant issue that names nothing, is named by nothing, and gives no reason."""
    for entry, issue in issues(context):
        if issue.relevant is not True or issue.leads_to or issue.no_action_reason:
            continue
        if context.named_by(issue.id, *_ANSWERS):
            continue
        yield Finding(
            f"{called(issue)} is relevant, and nothing follows from it",
            place(entry),
            id=issue.id,
            help="add `leads_to: [RSK-…]` with the risk, aspect, objective or action that answers it, "
            "or `no_action_reason: …`",
        )


RULE = Rule(
    code="CTX004",
    name="issue-not-carried-forward",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("4.1", "6.1.1"),
    clauses_2026=("4.1", "6.1.4"),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
