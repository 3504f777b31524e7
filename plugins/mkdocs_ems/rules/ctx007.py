"""The scope of the system is incomplete

## What it checks
A scope says which sites or organisational units it takes in (`sites`, `organisational_units`), which
`activities` and which products and services (`products_services`), where the site ends
(`physical_boundary`), how far the organisation can decide or only influence (`control_and_influence`), and
where interested parties find it (`available_at`). One that is superseded is left alone.

## Why an auditor asks
A scope of one sentence hides what was left out. These are what has to be considered when it is set, and
interested parties have to be able to read it.

## Fails
One sentence and a boundary.

`ems/scope.md`
```markdown
---
id: SCO-001  # ← CTX007
type: scope
title: Scope
owner: ROL-MD
statement: Plating of small parts at the works
physical_boundary: The fence of the works
lifecycle_considered: From the anodes we buy to the parts that come back for recycling.
standard_edition: "2026"
---

## What is in

Everything inside the fence.
```

All but where it can be read.

`ems/scope.md`
```markdown
---
id: SCO-001  # ← CTX007
type: scope
title: Scope
owner: ROL-MD
statement: Plating of small parts at the works
activities: [{text: Plating, processes: [PRC-001]}]
products_services: [{text: Plated parts, processes: [PRC-001]}]
organisational_units: [The whole company]
physical_boundary: The fence of the works
control_and_influence: We run the line; of suppliers we can ask.
lifecycle_considered: From the anodes we buy to the parts that come back for recycling.
standard_edition: "2026"
---

## What is in

Everything inside the fence.
```

## Passes
Nothing is missing.

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
lifecycle_considered: From the anodes we buy to the parts that come back for recycling.
available_at: On request at the gate
standard_edition: "2026"
---

## What is in

Everything inside the fence.
```

A scope that another one replaced.

`ems/old-scope.md`
```markdown
---
id: SCO-000
type: scope
title: Scope until 2024
owner: ROL-MD
superseded_by: SCO-001
lifecycle_considered: Not asked for in those days.
---

## What is in

The plating line.
```

## How to fix
Complete the front matter of the scope with what the finding names.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Scope
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding for each scope that leaves something open."""
    for entry, scope in context.each(Scope):
        missing = [] if is_over(scope) else list(_missing(scope))
        if missing:
            yield Finding(
                f"{called(scope)} does not say {', nor '.join(words for _, words in missing)}",
                place(entry),
                id=scope.id,
                help=f"add {', '.join(f'`{column}: …`' for column, _ in missing)}",
            )


def _missing(scope: Scope) -> Iterator[tuple[str, str]]:
    if not (scope.sites or scope.organisational_units or scope.site):
        yield "organisational_units", "which sites or units it takes in"
    if not scope.activities:
        yield "activities", "which activities"
    if not scope.products_services:
        yield "products_services", "which products and services"
    if scope.physical_boundary is None:
        yield "physical_boundary", "where the site ends"
    if scope.control_and_influence is None:
        yield "control_and_influence", "how far we can decide or only influence"
    if scope.available_at is None:
        yield "available_at", "where interested parties find it"


RULE = Rule(
    code="CTX007",
    name="scope-incomplete",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("4.3",),
    clauses_2026=("4.3",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
