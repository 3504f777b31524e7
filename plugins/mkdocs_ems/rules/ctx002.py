"""Whether climate change matters here is not determined

## What it checks
At least one context issue with the topic `climate` says whether it is `relevant` and why (`rationale`).
Both answers are good; none is not. The edition of 2015 asks for it too, since its amendment of 2024.

## Why an auditor asks
The question is put in every audit since the amendment. A system that never answered it has an easy
nonconformity.

## Fails
Four issues, and none is about the climate.

`ems/registers/context.yml`
```yaml
id: REG-CONTEXT  # ← CTX002, CTX003
type: context-issue
title: Context issues
owner: ROL-MD
rows:
  - id: ISS-001
    title: Few young platers
    kind: internal
    topic: other
    relevant: true
    rationale: Half of the platers retire within five years.
    effect_on_outcomes: [performance]
    owner: ROL-MD
    last_reviewed: 2026-02-10
    leads_to: [RSK-001]
```

The issue is there; whether it matters was left open.

`ems/registers/heat.yml`
```yaml
id: REG-HEAT
type: context-issue
title: Heat
owner: ROL-MD
rows:
  - id: ISS-010  # ← CTX002
    title: Hotter, drier summers
    kind: external
    topic: climate
    direction: both
    effect_on_outcomes: [performance]
    owner: ROL-MD
    last_reviewed: 2026-02-10
```

`ems/registers/context.yml`
```yaml
id: REG-CONTEXT  # ← CTX003
type: context-issue
title: Context issues
owner: ROL-MD
rows: []
```

`ems/registers/risks.yml`
```yaml
id: REG-RISKS
type: risk
title: Risks and opportunities
owner: ROL-MD
rows: []
```

`ems/registers/actions.yml`
```yaml
id: REG-ACTIONS
type: action
title: Actions
owner: ROL-MD
rows: []
```

## Passes
It was considered and found not to matter; that is an answer.

`ems/registers/context.yml`
```yaml
id: REG-CONTEXT  # ← CTX003
type: context-issue
title: Context issues
owner: ROL-MD
last_reviewed: 2026-02-10
rows:
  - id: ISS-001
    title: Climate change
    kind: external
    topic: climate
    direction: both
    relevant: false
    rationale: The works stands high, uses little water and little energy, and its customers do not ask.
    owner: ROL-MD
```

One of two issues answers it.

`ems/registers/heat.yml`
```yaml
id: REG-HEAT
type: context-issue
title: Heat
owner: ROL-MD
rows:
  - id: ISS-010
    title: Heat in the plating hall
    kind: internal
    topic: climate
    effect_on_outcomes: [performance]
    owner: ROL-MD
    last_reviewed: 2026-02-10
```

## How to fix
Add a context issue with `topic: climate`, `relevant: true` or `false`, and a `rationale`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.rules.conditions import is_determined, issues, misread, where
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding where no issue answers: at one that is about it, else at the register."""
    about = [one for one in issues(context) if one[1].topic == "climate"]
    if misread(context) or any(is_determined(issue) for _, issue in about):
        return
    if about:
        entry, issue = about[0]
        missing = [one for one in ("relevant", "rationale") if getattr(issue, one) is None]
        yield Finding(
            f"{called(issue)} is about climate change and does not say "
            + ("why it matters or not" if missing == ["rationale"] else "whether it matters here"),
            place(entry),
            id=issue.id,
            help=f"add {' and '.join(f'`{column}: …`' for column in missing)}",
        )
        return
    at, register = where(context)
    none = at.path == context.model.settings_path
    begin = "begin a register of context issues (`type: context-issue`) with" if none else "add"
    yield Finding(
        "no context issue says whether climate change is relevant here",
        at,
        id=register,
        help=f"{begin} an issue with `topic: climate`, `relevant: true` or `false`, `rationale: …`",
    )


RULE = Rule(
    code="CTX002",
    name="climate-not-determined",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("4.1",),
    clauses_2026=("4.1",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
