"""An audit lacks objectives, criteria or scope

## What it checks
Each internal audit that was made says what was looked at (`scope`) and by what it was judged (`criteria`);
by the edition of 2026 also what it was to find out (`objectives`). An audit whose clauses are all of the
edition of 2015 (`"2015:8.1"`) was made by that one, and needs no objectives.

## Why an auditor asks
Without a scope nobody knows what was not looked at, and without criteria a finding is an opinion.

## Fails
The first lacks everything, the second its objectives.

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
  - id: AUD-001  # ← AUD006
    title: Plating line
    by: [PER-BEN]
    period_start: 2026-03-10
    period_end: 2026-03-11
    processes: [PRC-001]
    team: {lead: PER-BEN}
    auditees: [ROL-MD]
    conclusion: Conforms; one thing is to be put right
    reported_to: [ROL-MD]
    reported_on: 2026-03-20
    no_findings_reason: Sampled all twelve baths
  - id: AUD-002  # ← AUD006
    title: Store
    by: [PER-BEN]
    period_start: 2026-03-10
    period_end: 2026-03-11
    scope: The line with its rinses
    criteria: [ISO 14001, PRO-001]
    processes: [PRC-001]
    team: {lead: PER-BEN}
    auditees: [ROL-MD]
    conclusion: Conforms; one thing is to be put right
    reported_to: [ROL-MD]
    reported_on: 2026-03-20
    no_findings_reason: Sampled all twelve baths
```

## Passes
All three; and one that was made by the edition of 2015.

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
    no_findings_reason: Sampled all twelve baths
  - id: AUD-002
    title: Store
    by: [PER-BEN]
    period_start: 2026-03-10
    period_end: 2026-03-11
    scope: The line with its rinses
    criteria: [ISO 14001, PRO-001]
    processes: [PRC-001]
    audited_clauses: ["2015:8.1"]
    team: {lead: PER-BEN}
    auditees: [ROL-MD]
    conclusion: Conforms; one thing is to be put right
    reported_to: [ROL-MD]
    reported_on: 2026-03-20
    no_findings_reason: Sampled all twelve baths
```

An audit of the certification body is theirs to describe.

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
    processes: [PRC-001]
    team: {lead: PER-BEN}
    auditees: [ROL-MD]
    conclusion: Conforms; one thing is to be put right
    reported_to: [ROL-MD]
    reported_on: 2026-03-20
    kind: external
    body: Certifier
```

## How to fix
Write `objectives`, `scope` and `criteria` into the record of the audit, as they were agreed on before it
began.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AuditRecord
from mkdocs_ems.model.clauses import find_clause
from mkdocs_ems.rules.audits import made
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each internal audit that does not say what it was for, of what, or by what it judged."""
    edition = context.settings.edition
    for entry, audit in made(context):
        asked = ["scope", "criteria"]
        if edition == "2026" and not _by_2015(audit):
            asked.insert(0, "objectives")
        missing = [f"`{name}`" for name in asked if not getattr(audit, name)]
        if missing:
            yield Finding(
                f"{called(audit)} does not say its {listed(missing)}",
                place(entry),
                id=audit.id,
                help="write them as they were agreed on before the audit began",
            )


def _by_2015(audit: AuditRecord) -> bool:
    """Whether all that it looked at are clauses of the edition of 2015."""
    found = [find_clause(ref, "2026") for ref in audit.audited_clauses]
    return bool(found) and all(one is not None and one.edition == "2015" for one in found)


RULE = Rule(
    code="AUD006",
    name="audit-objectives-criteria-scope-missing",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("9.2.2",),
    clauses_2026=("9.2.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
