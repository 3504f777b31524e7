"""A nonconformity came again and nobody noticed

## What it checks
No nonconformity is of the same process and not met clause as one that was closed within the time of
`intervals: {recurrence: …}` of `ems.yml`, else 24 months, before it was found, without naming it under
`recurrence_of`.

## Why an auditor asks
What comes again was not cured. Whoever sees that opens the cause again instead of writing the same action
once more.

## Fails
The same line, the same clause, five months later.

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
    processes: [PRC-001]
    status: closed
    source: inspection
    criterion: Every drum stands on a tray
    criterion_clauses: ["8.1"]
    detected_on: 2025-10-22
    correction: {what: Tray put under it}
    impact_mitigation: None needed
    cause: {text: Nobody orders trays}
    similar_check: All stores looked at
    effectiveness: {method: Walk, result: effective, date: 2025-12-01, by: ROL-MD}
    ems_changes: {risks: false, aspects: false, documents: false}
    closed_on: 2025-12-20
  - id: NCR-002  # ← NCR007
    title: Can without a tray
    owner: ROL-EHS
    processes: [PRC-001]
    status: open
    source: inspection
    criterion: Every can stands on a tray
    criterion_clauses: ["8.1"]
    detected_on: 2026-05-22
    correction: {what: Tray put under it}
    impact_mitigation: None needed
```

## Passes
It is named as what it is.

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
    processes: [PRC-001]
    status: closed
    source: inspection
    criterion: Every drum stands on a tray
    criterion_clauses: ["8.1"]
    detected_on: 2025-10-22
    correction: {what: Tray put under it}
    impact_mitigation: None needed
    cause: {text: Nobody orders trays}
    similar_check: All stores looked at
    effectiveness: {method: Walk, result: effective, date: 2025-12-01, by: ROL-MD}
    ems_changes: {risks: false, aspects: false, documents: false}
    closed_on: 2025-12-20
  - id: NCR-002
    title: Can without a tray
    owner: ROL-EHS
    processes: [PRC-001]
    status: open
    source: inspection
    criterion: Every can stands on a tray
    criterion_clauses: ["8.1"]
    detected_on: 2026-05-22
    correction: {what: Tray put under it}
    impact_mitigation: None needed
    recurrence_of: NCR-001
```

## How to fix
Name the earlier one, `recurrence_of: NCR-…`, and look for the cause anew; or say in `notes` why it is another
matter and take the clause or process that differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import NonconformityRow
from mkdocs_ems.model.clauses import find_clause
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each nonconformity that repeats one that was closed not long before."""
    again = context.settings.intervals.recurrence
    edition = context.settings.edition
    closed: defaultdict[tuple[str, str], list[NonconformityRow]] = defaultdict(list)
    for _, case in context.each(NonconformityRow):
        if case.closed_on is not None:
            for pair in _pairs(case, edition):
                closed[pair].append(case)
    for entry, case in context.each(NonconformityRow):
        found = case.detected_on
        if found is None or case.recurrence_of is not None:
            continue
        before = {
            one.id: one
            for pair in _pairs(case, edition)
            for one in closed.get(pair, ())[-_MOST:]
            if one.closed_on and one.closed_on < found and not again.passed(one.closed_on, on=found)
        }
        if before:
            last = max(before.values(), key=lambda one: str(one.closed_on))
            yield Finding(
                f"{called(case)} is of the same process and clause as {called(last)}, "
                f"closed on {last.closed_on}",
                place(entry),
                id=case.id,
                help=f"write `recurrence_of: {last.id}` and look for the cause anew",
            )


_MOST = 100
"""So many closed cases of one process and clause are looked at: the latest that are written."""


def _pairs(case: NonconformityRow, edition: str) -> Iterator[tuple[str, str]]:
    """Its processes with each of the clauses, written with their edition, however the row writes them."""
    found = ((ref, find_clause(ref, edition)) for ref in case.criterion_clauses)
    clauses = [f"{one.edition}:{one.number}" if one else ref for ref, one in found]
    for process in case.processes:
        for clause in clauses:
            yield process, clause


RULE = Rule(
    code="NCR007",
    name="nonconformity-repeated",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("10.2",),
    clauses_2026=("10.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
