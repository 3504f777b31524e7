"""A training has expired

## What it checks
Every competence that somebody needs in a role is still held: the last day of the training (`valid_to`, else
the competence's `validity_months` after its date) has not passed. Where a refresher is planned, it is told
as a warning. Everybody whom one record concerns is told together.

## Why an auditor asks
A certificate that ran out is no evidence. Auditors sort the list by date and read the top.

## Fails
Twenty-four months were over in March. A planned refresher makes it a warning.

`ems/registers/competences.yml`
```yaml
id: REG-COMPETENCES
type: competence
title: Competences
owner: ROL-EHS
rows:
  - id: CMP-001
    title: Duties under the consent
    requirement: Knows the limits of the consent and whom to call
    required_by_roles: [ROL-EHS]
    validity_months: 24
    legal_basis: [OBL-001]
```

`ems/records/training/2024.yml`
```yaml
type: training
title: Training of 2024
rows:
  - id: TRN-001  # ← TRN003
    title: Duties under the consent
    kind: course
    date: 2024-03-11
    by: [ROL-MD]
    people: [PER-BEN]
    competences: [CMP-001]
    result: passed
    evidence: [{what: Certificate in the personnel file}]
    effectiveness: {method: interview, result: effective, date: 2024-04-15, by: ROL-MD}
  - id: TRN-002
    title: Duties under the consent, again
    planned_on: 2026-06-08
    people: [PER-BEN]
    competences: [CMP-001]
```

The certificate itself says an earlier day.

`ems/registers/competences.yml`
```yaml
id: REG-COMPETENCES
type: competence
title: Competences
owner: ROL-EHS
rows:
  - id: CMP-001
    title: Duties under the consent
    requirement: Knows the limits of the consent and whom to call
    required_by_roles: [ROL-EHS]
    validity_months: 24
    legal_basis: [OBL-001]
```

`ems/records/training/2026.yml`
```yaml
type: training
title: Training of the EHS manager
rows:
  - id: TRN-001
    title: Duties under the consent
    kind: course
    date: 2026-01-12
    by: [ROL-MD]
    people: [PER-BEN]
    competences: [CMP-001]
    result: passed
    valid_to: 2026-05-31  # ← TRN003
    evidence: [{what: Certificate in the personnel file}]
    effectiveness: {method: interview, result: effective, date: 2026-03-01, by: ROL-MD}
```

## Passes
It was refreshed in time, and today is the last day of the second: it still holds.

`ems/registers/competences.yml`
```yaml
id: REG-COMPETENCES
type: competence
title: Competences
owner: ROL-EHS
rows:
  - id: CMP-001
    title: Duties under the consent
    requirement: Knows the limits of the consent and whom to call
    required_by_roles: [ROL-EHS]
    validity_months: 24
    legal_basis: [OBL-001]
```

`ems/records/training/2024.yml`
```yaml
type: training
title: Training of 2024
rows:
  - id: TRN-001
    title: Duties under the consent
    kind: course
    date: 2022-03-11
    by: [ROL-MD]
    people: [PER-BEN]
    competences: [CMP-001]
    result: passed
  - id: TRN-002
    title: Duties under the consent, again
    kind: course
    date: 2024-06-01
    by: [ROL-MD]
    people: [PER-BEN]
    competences: [CMP-001]
    result: passed
    evidence: [{what: Certificate in the personnel file}]
    effectiveness: {method: interview, result: effective, date: 2024-07-15, by: ROL-MD}
```

## How to fix
Have the training repeated and keep the record; until then let somebody else do the work. A refresher that
is agreed stands as a record with `planned_on`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Entry, TrainingRecord
from mkdocs_ems.model.competence import CompetenceState, Holding
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each record by which a competence that is needed ran out, with everybody it concerns."""
    records = list(context.each(TrainingRecord))
    if not records:
        return
    over: dict[int, list[Holding]] = {}
    for one in context.competence.holdings.values():
        if one.state is CompetenceState.EXPIRED and one.roles and one.record is not None:
            over.setdefault(id(one.record), []).append(one)
    for entry, record in records:
        if id(entry) in over:
            yield _told(context, entry, record, over[id(entry)])


def _told(context: AuditContext, entry: Entry, record: TrainingRecord, cells: list[Holding]) -> Finding:
    nodes, first = context.graph.nodes, min(cells, key=lambda one: str(one.until))
    what = listed(called(nodes[one.competence].entity) for one in cells)
    who = listed(called(nodes[one.person].entity) for one in cells)
    planned = [one.planned_on for one in cells if one.planned_on is not None]
    ahead = len(planned) == len(cells)
    refresher = f"; a refresher is planned for {max(planned)}" if ahead else ""
    return Finding(
        f"{what} ran out on {first.until} for {who}{refresher}",
        place(entry, "valid_to") if record.valid_to is not None else place(entry),
        id=record.id,
        help="have it refreshed and keep the record, or plan it with `planned_on`",
        severity=Severity.WARNING if ahead else None,
    )


RULE = Rule(
    code="TRN003",
    name="training-expired",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("7.2",),
    clauses_2026=("7.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
