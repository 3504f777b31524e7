"""Nobody found out whether a training worked

## What it checks
Every training by which somebody holds a competence that a role needs says in `effectiveness` with what
result it was found out whether people do what they learned, within `intervals: {training_evaluation_days:
…}` of `ems.yml`, else ninety days. An assessment of education or experience was no training and needs none.

## Why an auditor asks
What is done to make people competent has to be evaluated. A list of who was there evaluates nothing.

## Fails
Four months have passed, and nobody has asked.

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
  - id: TRN-001  # ← TRN005
    title: Duties under the consent
    kind: course
    date: 2026-02-10
    by: [ROL-MD]
    people: [PER-BEN]
    competences: [CMP-001]
    result: passed
    evidence: [{what: Certificate in the personnel file}]
```

What was found out is not said.

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
    effectiveness: {method: interview, date: 2026-04-01}  # ← TRN005
```

## Passes
There is time until ninety days are over.

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
    date: 2026-03-03
    by: [ROL-MD]
    people: [PER-BEN]
    competences: [CMP-001]
    result: passed
    evidence: [{what: Certificate in the personnel file}]
```

What somebody brought along was looked at, not taught.

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
    title: Twelve years with the consent
    kind: assessment
    date: 2025-02-10
    by: [ROL-MD]
    people: [PER-BEN]
    competences: [CMP-001]
    result: passed
    evidence: [{what: Notes of the talk in the personnel file}]
```

## How to fix
Ask, watch or test those who were trained, and write `effectiveness: {method: …, result: …, date: …, by:
…}`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import TrainingRecord
from mkdocs_ems.rules.competent import deciding
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each training that somebody's competence rests on and that nobody has evaluated in time."""
    resting = deciding(context)
    days = context.settings.intervals.training_evaluation_days
    for entry, record in context.each(TrainingRecord):
        held = record.date or record.period_end
        if id(entry) not in resting or held is None or not record.to_evaluate or record.evaluated:
            continue
        gone = (context.as_of - held).days
        if gone <= days or any(route[0] == "effectiveness" for route in entry.dropped):
            continue
        yield Finding(
            f"whether {called(record)} worked was not found out in {plural(gone, 'day')}",
            place(entry, "effectiveness") if record.effectiveness is not None else place(entry),
            id=record.id,
            help="add `effectiveness: {method: …, result: …, date: …, by: …}`",
        )


RULE = Rule(
    code="TRN005",
    name="training-effectiveness-missing",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("7.2",),
    clauses_2026=("7.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
