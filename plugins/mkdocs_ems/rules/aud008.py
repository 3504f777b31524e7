"""A finding of an audit is incomplete

## What it checks
Each finding of an internal audit has its `grade`, what shows it (`evidence`) and who answers for what was
audited (`auditee`); a nonconformity also what it is judged by (`criterion` or `criterion_clauses`). Of a
finding by somebody from outside only the grade and the criterion are asked.

## Why an auditor asks
A finding that does not say what was required, what was seen and whose it is cannot be answered, and a year
later nobody knows what was meant.

## Fails
Nothing is said but what was found.

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
  - id: FND-001  # ← AUD008
    audit: AUD-001
    statement: One drum had a faded label
```

## Passes
Complete; a chance to improve needs no criterion; and a good practice shows what it saw.

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
    grade: observation
    criterion: Drums are labelled
    statement: One drum had a faded label
    evidence: [{what: Photograph of the drum}]
    auditee: ROL-EHS
  - id: FND-002
    audit: AUD-001
    grade: ofi
    statement: The log could be kept on a tablet
    evidence: [{what: Photograph of the drum}]
    auditee: ROL-EHS
  - id: FND-003
    audit: AUD-001
    grade: good-practice
    statement: Labels are checked by colour
    evidence: [{what: Photograph of the drum}]
    auditee: ROL-EHS
```

The certification body keeps its own evidence.

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
      - audit: AUD-010
        title: The whole system
        month: 2026-09
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
    kind: external
    body: Certifier
```

`ems/records/findings/2026.yml`
```yaml
type: finding
title: Findings 2026
rows:
  - id: FND-001
    audit: AUD-001
    grade: observation
    criterion: Drums are labelled
    statement: One drum had a faded label
```

## How to fix
Ask the auditor, and write what is missing into the record of the finding.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AuditFindingRecord, AuditRecord
from mkdocs_ems.model.audits import NONCONFORMING
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each finding of an audit that does not say all that it takes to answer it."""
    outside = {audit.id for _, audit in context.each(AuditRecord) if audit.kind == "external"}
    for entry, finding in context.each(AuditFindingRecord):
        missing = list(_missing(finding, ours=finding.audit not in outside))
        if missing:
            yield Finding(
                f"{called(finding)} lacks {listed(missing)}",
                place(entry),
                id=finding.id,
                help="ask the auditor and write it into the record",
            )


def _missing(finding: AuditFindingRecord, *, ours: bool) -> Iterator[str]:
    if finding.grade is None:
        yield "its `grade`"
    unmet = finding.grade is None or finding.grade in NONCONFORMING
    if unmet and not (finding.criterion or finding.criterion_clauses):
        yield "its `criterion`"
    if ours and not finding.evidence:
        yield "its `evidence`"
    if ours and finding.auditee is None:
        yield "its `auditee`"


RULE = Rule(
    code="AUD008",
    name="finding-incomplete",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("9.2.2",),
    clauses_2026=("9.2.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
