"""Nobody looked at a change after it was in place

## What it checks
A change was reviewed (`review: {date: …, result: …}`) within the time of `intervals: {change_review: …}` of
`ems.yml`, else six months, after it was in place.

## Why an auditor asks
Only the review shows whether what was foreseen came true, and what nobody had thought of.

## Fails
It has been running for more than six months.

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
    approved_on: 2025-10-11
    implemented_on: 2025-11-04  # ← CHG005
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
It was reviewed after four months; the other is new.

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
    status: reviewed
    approved_by: ROL-MD
    approved_on: 2025-10-11
    implemented_on: 2025-11-04
    review: {date: 2026-03-02, by: ROL-EHS, result: Mist as expected; noise at the gate is new}
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
Look at it with those who work there, and write `review: {date: …, by: …, result: …}`; then `status:
reviewed`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ChangeRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each change that has been in place for long and was not reviewed."""
    every = context.settings.intervals.change_review
    declared = "change_review" in context.settings.intervals.model_fields_set
    for entry, change in context.each(ChangeRow):
        done = change.implemented_on
        if done is None or change.status in ("reverted", "rejected", "withdrawn"):
            continue
        if change.reverted_on is not None and change.reverted_on <= context.as_of:
            continue
        if change.review is not None and change.review.date and change.review.result:
            continue
        if every.passed(done, on=context.as_of):
            yield Finding(
                f"{called(change)} is in place since {done} and was not reviewed within {every}",
                place(entry, "review") if change.review is not None else place(entry, "implemented_on"),
                id=change.id,
                help="add `review: {date: …, by: …, result: …}`",
                basis=Basis.OWN_RULE if declared else Basis.PRACTICE,
            )


RULE = Rule(
    code="CHG005",
    name="no-post-change-review",
    severity=Severity.WARNING,
    basis=Basis.OWN_RULE,
    clauses_2015=("6.1.2", "8.1"),
    clauses_2026=("6.3", "8.1"),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
