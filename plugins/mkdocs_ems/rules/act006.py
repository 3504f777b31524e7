"""An action comes from nothing

## What it checks
Every action names under `source` what it comes from, or something names it: a risk, an objective, a
nonconformity, a context issue. What is verified or cancelled is left alone.

## Why an auditor asks
Nobody can say any more why it is done, and so nobody can say whether it served its purpose.

## Fails
A good thing, but why?

`ems/registers/more-actions.yml`
```yaml
id: REG-MORE-ACTIONS
type: action
title: More actions
owner: ROL-MD
rows:
  - id: ACT-010  # ← ACT006
    title: New probe
    owner: ROL-EHS
    due: 2026-09-30
```

What is done has a reason too.

`ems/registers/more-actions.yml`
```yaml
id: REG-MORE-ACTIONS
type: action
title: More actions
owner: ROL-MD
rows:
  - id: ACT-010  # ← ACT006
    title: New probe
    owner: ROL-EHS
    due: 2026-02-01
    status: done
    evidence: [records/probe.pdf]
    effectiveness: {method: Comparison with the laboratory, result: effective}
```

## Passes
The first names its source, the second is named by a risk.

`ems/registers/more-actions.yml`
```yaml
id: REG-MORE-ACTIONS
type: action
title: More actions
owner: ROL-MD
rows:
  - id: ACT-010
    title: New probe
    source: [OBL-001]
    owner: ROL-EHS
    due: 2026-09-30
  - id: ACT-011
    title: New valve
    owner: ROL-EHS
    due: 2026-09-30
```

`ems/registers/more-risks.yml`
```yaml
id: REG-MORE-RISKS
type: risk
title: More risks
owner: ROL-MD
rows:
  - id: RSK-010
    title: Consent not renewed
    kind: risk
    source: [OBL-001]
    actions: [ACT-011]
    owner: ROL-MD
```

It was cancelled.

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
Add `source: […]` with the risk, objective, nonconformity or whatever else it answers.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ActionRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_FINISHED = ("verified", "cancelled")
_SOURCES = ("risk", "objective", "nonconformity", "context-issue")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each action that names no source and that nothing names."""
    incoming = context.graph.incoming
    for entry, action in context.each(ActionRow):
        if action.source or action.status in _FINISHED:
            continue
        named = any(edge.field != "text" for edge in incoming.get(action.id or "", ()))
        if named or context.named_by(action.id, *_SOURCES):
            continue
        yield Finding(
            f"{called(action)} has no source",
            place(entry),
            id=action.id,
            help="add `source: […]` with the risk, objective or nonconformity that it answers",
        )


RULE = Rule(
    code="ACT006",
    name="orphan-action",
    severity=Severity.INFO,
    basis=Basis.PRACTICE,
    clauses_2015=("6.1.4",),
    clauses_2026=("6.1.5",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
