"""Nothing shows that a competence was proved

## What it checks
Every record by which somebody holds a competence that a role needs names its `evidence` (a certificate, an
attendance list, an answered test: a file, another record, or in words where it is kept), or has it under
`links`.

## Why an auditor asks
Evidence of competence has to be kept. A line in a list that says "trained" is what somebody typed.

## Fails
The line says that he passed, and nothing else does.

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
  - id: TRN-001  # ← TRN004
    title: Duties under the consent
    kind: course
    date: 2026-02-10
    by: [ROL-MD]
    people: [PER-BEN]
    competences: [CMP-001]
    result: passed
    effectiveness: {method: interview, result: effective, date: 2026-04-01, by: ROL-MD}
```

## Passes
It is said where the certificate is; the old one is not what counts any more.

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
  - id: TRN-000
    title: Duties under the consent, the first time
    kind: course
    date: 2024-02-10
    by: [ROL-MD]
    people: [PER-BEN]
    competences: [CMP-001]
    result: passed
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
```

## How to fix
Name in `evidence` what shows it: `{file: …}`, `{record: …}` or, where it must not be kept here, in words
`{what: …}`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import TrainingRecord
from mkdocs_ems.rules.competent import deciding
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each record that somebody's competence rests on and that nothing shows."""
    resting = deciding(context)
    for entry, record in context.each(TrainingRecord):
        if id(entry) not in resting or record.evidence or record.links:
            continue
        if any(route[0] in ("evidence", "links") for route in entry.dropped):
            continue
        what = listed(one.competence for one in resting[id(entry)])
        yield Finding(
            f"nothing shows what {called(record)} says: that {what} was proved",
            place(entry),
            id=record.id,
            help="add `evidence: [{what: …}]` or the file itself",
        )


RULE = Rule(
    code="TRN004",
    name="no-competence-evidence",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("7.2",),
    clauses_2026=("7.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
