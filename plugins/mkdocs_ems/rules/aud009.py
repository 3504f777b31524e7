"""A nonconformity that an audit found was not raised

## What it checks
Each finding that is graded as a major or minor nonconformity, of an internal audit or one from outside,
leads to a nonconformity of the register: its `nonconformity` names it, or the nonconformity names the
finding.

## Why an auditor asks
What was found has to be corrected, its cause found, and the answer judged. A finding that stays in the
report is found again next year.

## Fails
A minor nonconformity without anything behind it.

`ems/registers/audit-programmes.yml`
```yaml
id: REG-AUP
type: audit-programme
title: Audit programmes
owner: ROL-MD
rows:
  - id: AUP-001
    title: Internal audits 2025 to 2027
    cycle_from: 2025-01-01
    cycle_to: 2027-12-31
    frequency: Every process once a year
    methods: On site, by interview and samples of records
    responsibilities: The EHS manager plans, the auditors report
    planning: Scope and criteria are agreed a week before
    reporting: To the managing director within two weeks
    risk_basis: The line comes first, since the rinse water does
    planned:
      - audit: AUD-001
        title: Plating line
        month: 2026-03
        clauses: ["4", "5", "6", "7", "8", "9", "10"]
        processes: [PRC-001]
```

`ems/records/audits/2026.yml`
```yaml
type: audit
title: Audits 2026
rows:
  - id: AUD-001
    title: Plating line
    by: [PER-BEN]
    period_start: 2026-03-10
    period_end: 2026-03-11
    objectives: [See whether the line keeps to its procedures]
    scope: The line with its rinses
    criteria: [ISO 14001, PRO-001]
    processes: [PRC-001]
    team: {lead: PER-BEN}
    auditees: [ROL-MD]
    conclusion: Conforms; one thing is to be put right
    reported_to: [ROL-MD]
    reported_on: 2026-03-20
```

`ems/records/findings/2026.yml`
```yaml
type: finding
title: Findings 2026
rows:
  - id: FND-001
    audit: AUD-001
    grade: minor  # ← AUD009
    criterion: Drums are labelled
    statement: One drum had a faded label
    evidence: [{what: Photograph of the drum}]
    auditee: ROL-EHS
```

## Passes
Raised; and an observation, which needs none.

`ems/registers/audit-programmes.yml`
```yaml
id: REG-AUP
type: audit-programme
title: Audit programmes
owner: ROL-MD
rows:
  - id: AUP-001
    title: Internal audits 2025 to 2027
    cycle_from: 2025-01-01
    cycle_to: 2027-12-31
    frequency: Every process once a year
    methods: On site, by interview and samples of records
    responsibilities: The EHS manager plans, the auditors report
    planning: Scope and criteria are agreed a week before
    reporting: To the managing director within two weeks
    risk_basis: The line comes first, since the rinse water does
    planned:
      - audit: AUD-001
        title: Plating line
        month: 2026-03
        clauses: ["4", "5", "6", "7", "8", "9", "10"]
        processes: [PRC-001]
```

`ems/records/audits/2026.yml`
```yaml
type: audit
title: Audits 2026
rows:
  - id: AUD-001
    title: Plating line
    by: [PER-BEN]
    period_start: 2026-03-10
    period_end: 2026-03-11
    objectives: [See whether the line keeps to its procedures]
    scope: The line with its rinses
    criteria: [ISO 14001, PRO-001]
    processes: [PRC-001]
    team: {lead: PER-BEN}
    auditees: [ROL-MD]
    conclusion: Conforms; one thing is to be put right
    reported_to: [ROL-MD]
    reported_on: 2026-03-20
```

`ems/records/findings/2026.yml`
```yaml
type: finding
title: Findings 2026
rows:
  - id: FND-001
    audit: AUD-001
    grade: minor
    criterion: Drums are labelled
    statement: One drum had a faded label
    evidence: [{what: Photograph of the drum}]
    auditee: ROL-EHS
    nonconformity: NCR-001
  - id: FND-002
    audit: AUD-001
    grade: observation
    criterion: Drums are labelled
    statement: One drum had a faded label
    evidence: [{what: Photograph of the drum}]
    auditee: ROL-EHS
```

`ems/registers/nonconformities.yml`
```yaml
id: REG-NCR
type: nonconformity
title: Nonconformities
owner: ROL-EHS
rows:
  - id: NCR-001
    title: Drum without a label
    owner: ROL-EHS
    status: open
    source: internal-audit
    criterion: Every drum has a label
    detected_on: 2026-05-31
```

## How to fix
Raise a nonconformity in its register, with the correction and the cause, and name it in the finding:
`nonconformity: NCR-…`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AuditFindingRecord
from mkdocs_ems.model.audits import NONCONFORMING
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each nonconformity that an audit found and nobody raised."""
    for entry, finding in context.each(AuditFindingRecord):
        if finding.grade not in NONCONFORMING or finding.nonconformity is not None:
            continue
        if not context.named_by(finding.id, "nonconformity"):
            yield Finding(
                f"{called(finding)} is a {finding.grade} nonconformity, and none was raised for it",
                place(entry, "grade"),
                id=finding.id,
                help="raise it in the register of nonconformities and write `nonconformity: NCR-…` here",
            )


RULE = Rule(
    code="AUD009",
    name="nc-finding-without-ncr",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("9.2", "10.2"),
    clauses_2026=("9.2", "10.2"),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
