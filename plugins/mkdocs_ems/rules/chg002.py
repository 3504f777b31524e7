"""A change was in place before anybody agreed to it

## What it checks
A change that is in place (`implemented_on`, or by its `status`) was approved (`approved_on`) on that day or
before, by somebody who is named (`approved_by`).

## Why an auditor asks
A change that is approved afterwards was not controlled. Whoever finds out raises a nonconformity.

## Fails
It ran for a week before it was approved; the other was never approved.

`ems/registers/changes.yml`
```yaml
id: REG-CHG
type: change
title: Changes
owner: ROL-EHS
rows:
  - id: CHG-001
    title: Second chrome line
    kind: equipment
    owner: ROL-EHS
    status: implemented
    approved_by: ROL-MD
    approved_on: 2026-05-11
    implemented_on: 2026-05-04  # ← CHG002
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
    title: Other degreaser
    kind: chemical
    owner: ROL-EHS
    status: implemented
    implemented_on: 2026-05-04  # ← CHG002
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
Approved first.

`ems/registers/changes.yml`
```yaml
id: REG-CHG
type: change
title: Changes
owner: ROL-EHS
rows:
  - id: CHG-001
    title: Second chrome line
    kind: equipment
    owner: ROL-EHS
    status: implemented
    approved_by: ROL-MD
    approved_on: 2026-04-11
    implemented_on: 2026-05-04
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
The days stay as they were. Raise a nonconformity and say in `notes` what came of the missing approval; next
time approve first.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ChangeRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_IN_PLACE = ("implemented", "reviewed", "reverted")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each change that was put into place unapproved."""
    for entry, change in context.each(ChangeRow):
        done, agreed = change.implemented_on, change.approved_on
        if done is None and change.status not in _IN_PLACE:
            continue
        if agreed is not None and agreed <= (done or agreed) and change.approved_by is not None:
            continue
        if agreed is None or change.approved_by is None:
            said = "and nobody approved it" if agreed is None else "and nobody is named who approved it"
        else:
            said = f"and was approved on {agreed}"
        yield Finding(
            f"{called(change)} {f'was in place on {done}' if done else 'is in place'}, {said}",
            place(entry, "implemented_on" if done else "status"),
            id=change.id,
            help="write `approved_by` and `approved_on` if it was approved; if not, raise a nonconformity",
        )


RULE = Rule(
    code="CHG002",
    name="implemented-before-approval",
    severity=Severity.ERROR,
    basis=Basis.OWN_RULE,
    clauses_2015=("6.1.2", "8.1"),
    clauses_2026=("6.3", "8.1"),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
