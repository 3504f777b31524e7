"""Somebody lacks a competence that the role needs

## What it checks
Whoever acts in a role, as its holder or as a deputy, has every competence that the role needs, by a record
of training that was passed, or a training is planned for it (`planned_on`, today or later). Being there is
no proof: `result: passed`, or an evaluation that found it effective. What was held and ran out is told by
TRN003, and nothing is said before there is a record of training.

## Why an auditor asks
An auditor goes from the role to the person to the record. A gap that nobody has planned to close is the
first nonconformity of the day.

## Fails
The manager was there, but nobody knows whether he passed; his deputy has nothing at all, and what was planned
for her never took place.

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
    date: 2026-02-10
    by: [ROL-MD]
    people: [PER-BEN]
    competences: [CMP-001]
    result: attended
    evidence: [{what: Certificate in the personnel file}]
  - id: TRN-002
    title: Duties under the consent
    planned_on: 2026-05-11
    people: [PER-MAYA]
    competences: [CMP-001]
```

`ems/registers/people.yml`
```yaml
id: REG-PEOPLE
type: person
title: People
owner: ROL-MD
rows:
  - id: PER-MAYA  # ← TRN002
    title: Maya Holm
    git_identities: [maya@small.example]
    roles: [{role: ROL-MD}]
  - id: PER-BEN  # ← TRN002
    title: Ben Okoro
    git_identities: [ben@small.example]
    roles: [{role: ROL-EHS}]
```

`ems/registers/roles.yml`
```yaml
id: REG-ROLES
type: role
title: Roles
owner: ROL-MD
rows:
  - id: ROL-MD
    title: Managing director
    top_management: true
  - id: ROL-EHS
    title: EHS manager
    required_for: [ems-conformity, performance-reporting]
    deputies: [{person: PER-MAYA}]
```

## Passes
He passed; for his deputy it is planned.

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
    date: 2026-02-10
    by: [ROL-MD]
    people: [PER-BEN]
    competences: [CMP-001]
    result: passed
    evidence: [{what: Certificate in the personnel file}]
    effectiveness: {method: interview, result: effective, date: 2026-04-01, by: ROL-MD}
  - id: TRN-002
    title: Duties under the consent
    planned_on: 2026-06-15
    people: [PER-MAYA]
    competences: [CMP-001]
```

`ems/registers/roles.yml`
```yaml
id: REG-ROLES
type: role
title: Roles
owner: ROL-MD
rows:
  - id: ROL-MD
    title: Managing director
    top_management: true
  - id: ROL-EHS
    title: EHS manager
    required_for: [ems-conformity, performance-reporting]
    deputies: [{person: PER-MAYA}]
```

Nobody has kept a record of training yet: that is told for all at once.

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

## How to fix
Train the person and keep the record, plan it with `planned_on`, or give the role to somebody who is
competent. Experience or education counts by a record of the kind `assessment`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import PersonRow, TrainingRecord
from mkdocs_ems.model.competence import CompetenceState, Holding
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_READ = ("people", "competences", "date", "result", "planned_on", "failed", "effectiveness", "kind")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each person who lacks what a role needs, with everything that is lacking."""
    records = list(context.each(TrainingRecord))
    # A record that cannot be read whole may be the one that is missed; it has its own finding.
    if not records or any(route[0] in _READ for entry, _ in records for route in entry.dropped):
        return
    lacking: dict[str, list[Holding]] = {}
    for one in context.competence.holdings.values():
        if one.state is CompetenceState.MISSING and one.roles:
            lacking.setdefault(one.person, []).append(one)
    for entry, person in context.each(PersonRow):
        gaps = lacking.pop(person.id or "", ())
        if gaps:
            roles = listed(role for gap in gaps for role in gap.roles)
            yield Finding(
                f"{called(person)} lacks what {roles} needs, and no training is planned: "
                f"{listed(_gap(context, gap) for gap in gaps)}",
                place(entry),
                id=person.id,
                help="train the person and keep a record with `result: passed`, or plan it with `planned_on`",
            )


def _gap(context: AuditContext, gap: Holding) -> str:
    name = called(context.graph.nodes[gap.competence].entity)
    tried = gap.record.entity.id if gap.record is not None else None
    return f"{name}, not passed by {tried}" if tried else name


RULE = Rule(
    code="TRN002",
    name="competence-gap-open",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("7.2",),
    clauses_2026=("7.2",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
