"""A character stands in the text that nobody sees

## What it checks
No character of no width stands where it does nothing: a zero-width space, a joiner between Latin letters, a
selector or a tag behind a letter. It is taken for what it hides, and shown as a mark. Left alone is what a
script or an emoji needs: joiners in Persian and Hindi, breaks in Thai, soft hyphens inside a word.

## Why an auditor asks
Two names that look the same and are not the same cannot be told apart, and a text may say more than its
approver could read.

## Fails
A zero-width space was pasted into the title.

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: pH\u200b check before discharge  # ← SCH003
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
```

## Passes
A soft hyphen says where a long word may be parted.

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: Umwelt\u00admanagement
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
```

## How to fix
Delete the character, or write the word again by hand: it was probably pasted from another program.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.rules.values import AuditContext, Rule


def check(_context: AuditContext) -> Iterator[Finding]:
    """Yield nothing: reading has found it all, and the engine reports it here."""
    yield from ()


RULE = Rule(
    code="SCH003",
    name="unseen-character",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.2",),
    clauses_2026=("7.5.2",),
    since="0.1.0",
    check=check,
)
