"""A temporary change has become a lasting one

## What it checks
A temporary change has not passed its last day (`temporary_until`) unless all was put back (`reverted_on`, or
`status: reverted`).

## Why an auditor asks
What was agreed to for six weeks was judged for six weeks. After that nobody has agreed to it.

## Fails
Its day has passed.

`ems/registers/changes.yml`
```yaml
id: REG-CHG
type: change
title: Changes
owner: ROL-EHS
rows:
  - id: CHG-001
    title: Hired chiller
    kind: temporary
    owner: ROL-EHS
    status: implemented
    approved_by: ROL-MD
    approved_on: 2026-04-01
    implemented_on: 2026-04-04
    temporary_until: 2026-05-15  # ← CHG006
    screening:
      aspects: {affected: true, note: New mist}
      obligations: {affected: false}
      risks: {affected: false}
      controls: {affected: true, note: New scrubber}
      competence: {affected: false}
      communication: {affected: false}
      emergency: {affected: false}
      monitoring: {affected: false}
      permits: {affected: false}
```

## Passes
One was put back, one has some days left.

`ems/registers/changes.yml`
```yaml
id: REG-CHG
type: change
title: Changes
owner: ROL-EHS
rows:
  - id: CHG-001
    title: Hired chiller
    kind: temporary
    owner: ROL-EHS
    status: reverted
    approved_by: ROL-MD
    approved_on: 2026-04-01
    implemented_on: 2026-04-04
    temporary_until: 2026-05-15
    reverted_on: 2026-05-14
    screening:
      aspects: {affected: true, note: New mist}
      obligations: {affected: false}
      risks: {affected: false}
      controls: {affected: true, note: New scrubber}
      competence: {affected: false}
      communication: {affected: false}
      emergency: {affected: false}
      monitoring: {affected: false}
      permits: {affected: false}
  - id: CHG-002
    title: Hired pump
    kind: temporary
    owner: ROL-EHS
    status: implemented
    approved_by: ROL-MD
    approved_on: 2026-04-01
    implemented_on: 2026-04-04
    temporary_until: 2026-06-15
    screening:
      aspects: {affected: true, note: New mist}
      obligations: {affected: false}
      risks: {affected: false}
      controls: {affected: true, note: New scrubber}
      competence: {affected: false}
      communication: {affected: false}
      emergency: {affected: false}
      monitoring: {affected: false}
      permits: {affected: false}
```

## How to fix
Put it back and write `reverted_on: …`; or have it approved anew with another `temporary_until`, or as a
lasting change.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ChangeRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import ago


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each temporary change that is past its last day."""
    for entry, change in context.each(ChangeRow):
        end = change.temporary_until
        if end is None or end >= context.as_of or change.implemented_on is None:
            continue
        if change.reverted_on is None and change.status not in ("reverted", "rejected", "withdrawn"):
            yield Finding(
                f"{called(change)} was agreed to until {end}, {ago(end, today=context.as_of)}",
                place(entry, "temporary_until"),
                id=change.id,
                help="put it back and write `reverted_on: …`, or have it approved anew",
            )


RULE = Rule(
    code="CHG006",
    name="temporary-change-expired",
    severity=Severity.WARNING,
    basis=Basis.OWN_RULE,
    clauses_2015=("6.1.2", "8.1"),
    clauses_2026=("6.3", "8.1"),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
