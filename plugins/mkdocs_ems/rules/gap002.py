"""A gap has nobody who closes it

## What it checks
A row of the gap analysis that is `partial` or `not-met` has an owner, at least one action, a `due` and a
`priority`.

## Why an auditor asks
A list of gaps that nobody closes is worth less than none: it shows that you knew.

## Fails
Not met, and nothing more.

`ems/registers/gap.yml`
```yaml
id: REG-GAP
type: gap-assessment
title: Gap analysis
owner: ROL-EHS
rows:
  - {id: GAP-001, title: All, clause: "4", status: not-met}  # ← GAP002
  - {id: GAP-002, title: Leadership, clause: "5", status: met, links: [https://example.org]}
  - {id: GAP-003, title: Planning, clause: "6", status: met, links: [https://example.org]}
  - {id: GAP-004, title: Support, clause: "7", status: met, links: [https://example.org]}
  - {id: GAP-005, title: Operation, clause: "8", status: met, links: [https://example.org]}
  - {id: GAP-006, title: Evaluation, clause: "9", status: met, links: [https://example.org]}
  - {id: GAP-007, title: Improvement, clause: "10", status: met, links: [https://example.org]}
```

## Passes
Somebody closes it by a day.

`ems/registers/gap.yml`
```yaml
id: REG-GAP
type: gap-assessment
title: Gap analysis
owner: ROL-EHS
rows:
  - id: GAP-001
    title: All
    clause: "4"
    status: not-met
    owner: ROL-EHS
    actions: [ACT-001]
    due: 2026-09-30
    priority: significant
  - {id: GAP-002, title: Leadership, clause: "5", status: met, links: [https://example.org]}
  - {id: GAP-003, title: Planning, clause: "6", status: met, links: [https://example.org]}
  - {id: GAP-004, title: Support, clause: "7", status: met, links: [https://example.org]}
  - {id: GAP-005, title: Operation, clause: "8", status: met, links: [https://example.org]}
  - {id: GAP-006, title: Evaluation, clause: "9", status: met, links: [https://example.org]}
  - {id: GAP-007, title: Improvement, clause: "10", status: met, links: [https://example.org]}
```

`ems/registers/actions.yml`
```yaml
id: REG-ACTIONS
type: action
title: Actions
owner: ROL-EHS
rows:
  - id: ACT-001
    title: Write the context down
    what: Workshop with the heads of department
    owner: ROL-EHS
    due: 2026-09-30
    status: open
    source: [GAP-001]
    resources: A day of six people
```

## How to fix
Decide who closes the gap, by which actions, by when and why first: `owner`, `actions`, `due`, `priority`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import GapAssessmentRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_ASKED = (("owner", "no owner"), ("actions", "no action"), ("due", "no day"), ("priority", "no priority"))


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each gap of which something is missing that closes it."""
    for entry, row in context.each(GapAssessmentRow):
        if row.status not in ("partial", "not-met"):
            continue
        missing = [(field, words) for field, words in _ASKED if not getattr(row, field)]
        if missing:
            yield Finding(
                f"{called(row)} is {row.status.replace('-', ' ')} and has "
                + ", ".join(words for _, words in missing),
                place(entry),
                id=row.id,
                help="add " + ", ".join(f"`{field}: …`" for field, _ in missing),
            )


RULE = Rule(
    code="GAP002",
    name="gap-without-action",
    severity=Severity.ERROR,
    basis=Basis.PRACTICE,
    clauses_2015=(),
    clauses_2026=(),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
