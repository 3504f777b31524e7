"""The audits of a cycle found nothing at all

## What it checks
Where two or more internal audits of today's cycle were made, at least one of them has a finding: a
nonconformity, an observation, a chance to improve, or good practice. Or one of them says under
`no_findings_reason` what was sampled.

## Why an auditor asks
No company is without anything to say about. Audits that never find anything were not deep, or nobody dared
to write it.

## Fails
Two audits and not one line.

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
    planned:  # ← AUD011
      - audit: AUD-001
        title: Plating line
        month: 2026-03
        clauses: ["4", "5", "6", "7", "8", "9", "10"]
        processes: [PRC-001]
      - audit: AUD-002
        title: Store
        month: 2026-04
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
  - id: AUD-002
    title: Store
    by: [PER-BEN]
    period_start: 2026-04-10
    period_end: 2026-04-10
    objectives: [See whether the line keeps to its procedures]
    scope: The line with its rinses
    criteria: [ISO 14001, PRO-001]
    processes: [PRC-001]
    team: {lead: PER-BEN}
    auditees: [ROL-MD]
    conclusion: Conforms; one thing is to be put right
    reported_to: [ROL-MD]
    reported_on: 2026-04-20
```

## Passes
One observation.

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
      - audit: AUD-002
        title: Store
        month: 2026-04
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
  - id: AUD-002
    title: Store
    by: [PER-BEN]
    period_start: 2026-04-10
    period_end: 2026-04-10
    objectives: [See whether the line keeps to its procedures]
    scope: The line with its rinses
    criteria: [ISO 14001, PRO-001]
    processes: [PRC-001]
    team: {lead: PER-BEN}
    auditees: [ROL-MD]
    conclusion: Conforms; one thing is to be put right
    reported_to: [ROL-MD]
    reported_on: 2026-04-20
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
```

Nothing was found, and it is said what was looked at.

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
      - audit: AUD-002
        title: Store
        month: 2026-04
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
    period_start: 2026-04-10
    period_end: 2026-04-10
    objectives: [See whether the line keeps to its procedures]
    scope: The line with its rinses
    criteria: [ISO 14001, PRO-001]
    processes: [PRC-001]
    team: {lead: PER-BEN}
    auditees: [ROL-MD]
    conclusion: Conforms; one thing is to be put right
    reported_to: [ROL-MD]
    reported_on: 2026-04-20
```

## How to fix
Ask the auditors what they saw, write also what was good or could be better, and look deeper next time.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AuditFindingRecord
from mkdocs_ems.model.audit_coverage import State
from mkdocs_ems.rules.audits import at_cycle
from mkdocs_ems.rules.values import AuditContext, Rule

_ENOUGH = 2
"""One audit without a finding says nothing yet."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding where all audits of today's cycle together found nothing."""
    cycle = context.audit_cycle
    if cycle is None:
        return
    done = [one for one in cycle.audits if one.state is State.DONE]
    if len(done) < _ENOUGH or any(one.record and one.record.no_findings_reason for one in done):
        return
    made = {one.id for one in done}
    if any(finding.audit in made for _, finding in context.each(AuditFindingRecord)):
        return
    at, identity = at_cycle(context, cycle)
    yield Finding(
        f"the {len(done)} internal audits since {cycle.begin} have not one finding, not even something good",
        at,
        id=identity,
        help="ask the auditors what they saw; write it as findings, or under `no_findings_reason` what was "
        "sampled",
    )


RULE = Rule(
    code="AUD011",
    name="no-findings-ever",
    severity=Severity.INFO,
    basis=Basis.PRACTICE,
    clauses_2015=("9.2",),
    clauses_2026=("9.2",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
