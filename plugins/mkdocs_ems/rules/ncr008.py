"""Nobody can tell where a nonconformity comes from, or what was not met

## What it checks
Every nonconformity says under `source` how it came to light, and under `criterion` or `criterion_clauses`
what was not met.

## Why an auditor asks
Without both no trend can be seen: which audits find things, and which requirement is missed again and again.

## Fails
What should it have been?

`ems/registers/nonconformities.yml`
```yaml
id: REG-NCR
type: nonconformity
title: Nonconformities
owner: ROL-EHS
rows:
  - id: NCR-001  # ← NCR008
    title: Drum without a tray
    owner: ROL-EHS
    status: open
    detected_on: 2026-05-31
```

## Passes
Both are said.

`ems/registers/nonconformities.yml`
```yaml
id: REG-NCR
type: nonconformity
title: Nonconformities
owner: ROL-EHS
rows:
  - id: NCR-001
    title: Drum without a tray
    owner: ROL-EHS
    status: open
    source: inspection
    criterion: Every drum stands on a tray
    detected_on: 2026-05-31
```

## How to fix
Add `source: …` and `criterion: …` in your own words, or the clause: `criterion_clauses: ["8.1"]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import NonconformityRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each nonconformity without its source, or without what was not met."""
    for entry, case in context.each(NonconformityRow):
        missing = [] if case.source else ["`source: …`"]
        if not case.criterion and not case.criterion_clauses:
            missing.append("`criterion: …`")
        if missing:
            lacks = {1: "how it came to light" if case.source is None else "what was not met"}
            yield Finding(
                f"{called(case)} does not say "
                + lacks.get(len(missing), "how it came to light nor what was not met"),
                place(entry),
                id=case.id,
                help=f"add {' and '.join(missing)}",
            )


RULE = Rule(
    code="NCR008",
    name="source-or-clause-missing",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("10.2",),
    clauses_2026=("10.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
