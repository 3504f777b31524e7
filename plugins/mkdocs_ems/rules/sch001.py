"""Content that cannot be read, or does not fit its schema

## What it checks
YAML, front matter and settings can be read, and every field is one that its kind knows, with a value of
the right type. What reading and the schema find is reported here: syntax errors, unknown fields, words
that an enumeration does not have, dates that are none, links and files that cannot be used. No waiver accepts
any of it: what nobody could read, nobody can have decided about.

## Why an auditor asks
Nobody asks for a schema. But content that the tool cannot read is content that no other check has seen.

## Fails
A field that no aspect has, and a word that `condition` does not know.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    proces: PRC-001  # ← SCH001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 1, severity: 1}
    condition: usual  # ← SCH001
```

A date that the calendar does not have, in a procedure's front matter.

`ems/procedures/waste.md`
```markdown
---
id: PRO-002
type: procedure
title: Waste
last_reviewed: 2026-02-30  # ← SCH001
---

## Skips

Keep them closed.
```

A page without any front matter.

`ems/procedures/notes.md`
```markdown
## Skips <!-- ← SCH001 -->

Keep them closed.
```

## Passes
Known fields, known words.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 1, severity: 1}
    condition: normal
```

## How to fix
Correct the field or value at the marked place. The finding names the nearest word that is known.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.rules.values import AuditContext, Rule


def check(_context: AuditContext) -> Iterator[Finding]:
    """Yield nothing: reading and the schema have found it all, and the engine reports it here."""
    yield from ()


RULE = Rule(
    code="SCH001",
    name="schema-invalid",
    severity=Severity.ERROR,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.2",),
    clauses_2026=("7.5.2",),
    since="0.1.0",
    broken=True,
    waivable=False,
    check=check,
)
