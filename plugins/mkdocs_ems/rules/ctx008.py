"""The scope does not say how the life cycle was considered

## What it checks
By the edition of 2026 the scope says how the life cycle of the products and services was considered when it
was set (`lifecycle_considered`). One that is superseded is left alone; by the edition of 2015 nothing is
said.

## Why an auditor asks
The edition of 2026 brings the life cycle into the scope itself, so that what happens before and after the
site is not left out by drawing the line at the fence.

## Fails
The scope ends at the fence, and nobody says why.

`ems/scope.md`
```markdown
---
id: SCO-001  # ← CTX008
type: scope
title: Scope
owner: ROL-MD
statement: Plating of small parts at the works
activities: [{text: Plating, processes: [PRC-001]}]
products_services: [{text: Plated parts, processes: [PRC-001]}]
organisational_units: [The whole company]
physical_boundary: The fence of the works
control_and_influence: We run the line; of suppliers we can ask.
available_at: https://small.example/scope
standard_edition: "2026"
---

## What is in

Everything inside the fence.
```

A second scope, for the workshop, forgot it.

`ems/workshop.md`
```markdown
---
id: SCO-002  # ← CTX008
type: scope
title: Scope of the workshop
owner: ROL-MD
statement: Repair of racks
activities: [{text: Repair of racks, processes: [PRC-001]}]
products_services: [{text: Racks, processes: [PRC-001]}]
organisational_units: [Workshop]
physical_boundary: The workshop's walls
control_and_influence: We decide everything in it.
available_at: https://small.example/workshop
---

## What is in

The workshop.
```

## Passes
It says so in a sentence.

`ems/scope.md`
```markdown
---
id: SCO-001
type: scope
title: Scope
owner: ROL-MD
statement: Plating of small parts at the works
activities: [{text: Plating, processes: [PRC-001]}]
products_services: [{text: Plated parts, processes: [PRC-001]}]
organisational_units: [The whole company]
physical_boundary: The fence of the works
control_and_influence: We run the line; of suppliers we can ask.
lifecycle_considered: Buying of anodes and the return of plated parts are in; use by customers is not ours.
available_at: https://small.example/scope
standard_edition: "2026"
---

## What is in

Everything inside the fence.
```

The scope before this one.

`ems/old-scope.md`
```markdown
---
id: SCO-000
type: scope
title: Scope until 2024
owner: ROL-MD
superseded_by: SCO-001
---

## What is in

The plating line.
```

## How to fix
Add `lifecycle_considered: …` to the scope: which stages before and after the site were looked at, and which
of them are in.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Scope
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each scope that is silent about the life cycle, where the edition asks for it."""
    if context.settings.edition != "2026":
        return
    for entry, scope in context.each(Scope):
        if scope.lifecycle_considered is None and not is_over(scope):
            yield Finding(
                f"{called(scope)} does not say how the life cycle was considered when it was set",
                place(entry),
                id=scope.id,
                help="add `lifecycle_considered: …`: which stages before and after the site were looked at",
            )


RULE = Rule(
    code="CTX008",
    name="scope-lifecycle-missing",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("4.3",),
    clauses_2026=("4.3",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
