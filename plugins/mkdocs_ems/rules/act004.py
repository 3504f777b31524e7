"""Whether an action worked was not evaluated

## What it checks
Every action that is `done` or `verified` says under `effectiveness` how it was found out whether it worked
(`method`) and what was found (`result`). Where the evaluation has a day of its own (`due`) that has not
passed, it may wait. The evaluation of a nonconformity counts for its corrective actions.

## Why an auditor asks
An action is complete when it is known to have worked. What was only done may have changed nothing.

## Fails
Done, and nobody looked again.

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
    status: done  # ← ACT004
    evidence: [records/probe.pdf]
```

The day of the evaluation has passed; of the second nobody knows how it was judged.

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
    evidence: [records/probe.pdf]
    effectiveness: {method: Comparison with the laboratory, due: 2026-05-31}  # ← ACT004
  - id: ACT-011
    title: New valve
    source: [RSK-001]
    owner: ROL-EHS
    due: 2026-02-01
    status: verified
    evidence: [records/valve.pdf]
    effectiveness: {result: effective}  # ← ACT004
```

## Passes
Evaluated, and to be evaluated next month.

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
    status: verified
    evidence: [records/probe.pdf]
    effectiveness: {method: Comparison with the laboratory, result: partly-effective}
  - id: ACT-011
    title: New valve
    source: [RSK-001]
    owner: ROL-EHS
    due: 2026-02-01
    status: done
    evidence: [records/valve.pdf]
    effectiveness: {due: 2026-07-01}
```

What is cancelled had no effect to look for.

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
```

## How to fix
Look whether it worked and record it: `effectiveness: {method: …, result: …, date: …, by: …}`; or set the
day on which that will be done: `effectiveness: {method: …, due: …}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ActionRow, NonconformityRow
from mkdocs_ems.model.risks import Effectiveness
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_DONE = ("done", "verified")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each action that is done and of which nobody knows whether it worked."""
    for entry, action in context.each(ActionRow):
        if action.status not in _DONE:
            continue
        judged = action.effectiveness
        missing = _missing(judged, context.as_of)
        if not missing or _with_its_nonconformity(context, action):
            continue
        lacking = ", ".join(missing)
        overdue = f" by {judged.due}" if judged and judged.due and judged.result is None else ""
        yield Finding(
            f"{called(action)} is {action.status}, and whether it worked was not evaluated{overdue}"
            + (f": {lacking} missing" if judged else ""),
            place(entry, "effectiveness") if judged else place(entry, "status"),
            id=action.id,
            help=f"add {', '.join(f'`{one}: …`' for one in missing)} under `effectiveness`; "
            "where it is too early, the day on which it will be judged: `due: …`",
        )


def _missing(judged: Effectiveness | None, today: date) -> list[str]:
    """What an evaluation lacks; nothing where its day is still to come."""
    if judged is not None and judged.result is None and judged.due is not None and judged.due >= today:
        return []
    return [one for one in ("method", "result") if getattr(judged, one, None) is None]


def _with_its_nonconformity(context: AuditContext, action: ActionRow) -> bool:
    if action.id is None:
        return False
    graph = context.graph
    linked = (*graph.referrers(action.id, "nonconformity"), *graph.targets(action.id, "nonconformity"))
    cases = (node.entity for node in linked)
    return any(
        isinstance(case, NonconformityRow) and not _missing(case.effectiveness, context.as_of)
        for case in cases
    )


RULE = Rule(
    code="ACT004",
    name="effectiveness-not-evaluated",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.4",),
    clauses_2026=("6.1.5",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
