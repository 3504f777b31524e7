"""Somebody audits work of their own

## What it checks
Nobody audits a process for which they answer, or in which they work: as its `owner`, or in a role, or as a
person, that names the process under `processes`. Nor a document whose issue in force on the day they wrote
(`documents` of the audit; only where the history is there to tell). The day of the audit decides who held
which role; a deputy does not answer for a role. Audits that are planned are judged too, and audits by
somebody from outside are not.

## Why an auditor asks
Nobody sees their own omissions. Auditors are chosen so that they can be fair, which the standard asks for
by name; in a small company two people audit each other, or a neighbour comes.

## Fails
The EHS manager answers for the line that he audits; and he is to audit it again.

`ems/registers/processes.yml`
```yaml
id: REG-PROCESSES
type: process
title: Processes
owner: ROL-MD
rows:
  - id: PRC-001
    title: Plating line
    owner: ROL-EHS
    no_conditions:
      - {condition: abnormal, reason: "The line stops for every repair; nothing runs then"}
      - {condition: emergency, reason: "Assessed with the site's fire plan"}
```

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
        title: Plating line again
        month: 2026-10
        processes: [PRC-001]
        auditors: [ROL-EHS]  # ← AUD005
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
    team: {lead: ROL-MD, auditors: [PER-BEN]}  # ← AUD005
    auditees: [ROL-MD]
    conclusion: Conforms; one thing is to be put right
    reported_to: [ROL-MD]
    reported_on: 2026-03-20
    no_findings_reason: Sampled all twelve baths
```

## Passes
The managing director audits it, and the EHS manager only answers.

`ems/registers/processes.yml`
```yaml
id: REG-PROCESSES
type: process
title: Processes
owner: ROL-MD
rows:
  - id: PRC-001
    title: Plating line
    owner: ROL-EHS
    no_conditions:
      - {condition: abnormal, reason: "The line stops for every repair; nothing runs then"}
      - {condition: emergency, reason: "Assessed with the site's fire plan"}
```

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
    team: {lead: PER-MAYA}
    auditees: [ROL-EHS]
    conclusion: Conforms; one thing is to be put right
    reported_to: [ROL-MD]
    reported_on: 2026-03-20
    no_findings_reason: Sampled all twelve baths
```

He held the role only after the audit.

`ems/registers/processes.yml`
```yaml
id: REG-PROCESSES
type: process
title: Processes
owner: ROL-MD
rows:
  - id: PRC-001
    title: Plating line
    owner: ROL-EHS
    no_conditions:
      - {condition: abnormal, reason: "The line stops for every repair; nothing runs then"}
      - {condition: emergency, reason: "Assessed with the site's fire plan"}
```

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

`ems/registers/people.yml`
```yaml
id: REG-PEOPLE
type: person
title: People
owner: ROL-MD
rows:
  - id: PER-MAYA
    title: Maya Holm
    git_identities: [maya@small.example]
    roles: [{role: ROL-MD}]
  - id: PER-BEN
    title: Ben Okoro
    git_identities: [ben@small.example]
    roles: [{role: ROL-EHS, from: 2026-04-01}]
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
```

## How to fix
Have somebody else audit what the finding names, and write who did; what was audited by its own owner has to
be audited again.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AuditRecord
from mkdocs_ems.model.audit_coverage import is_made, is_ours
from mkdocs_ems.model.audits import PlannedAudit
from mkdocs_ems.model.periods import read_period
from mkdocs_ems.rules.audits import made, programmes
from mkdocs_ems.rules.ties import Ties
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield, for each audit, the auditors who look at work of their own."""
    ties = Ties(context)
    planned: dict[str, PlannedAudit] = {}
    for _, programme in programmes(context):
        planned.update({one.audit: one for one in programme.planned if one.audit})
    for entry, audit in made(context):
        day, plan = audit.ended or context.as_of, planned.get(audit.id or "")
        processes = audit.processes or (plan.processes if plan else ())
        own = audit.team.own if audit.team else ()
        told = ties.told(own, processes, day, audit.documents)
        if told:
            yield Finding(
                f"in {called(audit)} {told}",
                place(entry, "team"),
                id=audit.id,
                help="have somebody else audit it, who does not answer for it",
            )
    done = {audit.id for _, audit in context.each(AuditRecord) if is_made(audit, context.as_of)}
    for entry, programme in programmes(context):
        for index, plan in enumerate(programme.planned):
            period = read_period(plan.month) if plan.month else None
            if plan.cancelled is not None or plan.audit in done or not is_ours(plan.standards):
                continue
            day = max(period.last, context.as_of) if period else context.as_of
            told = ties.told(plan.auditors, plan.processes, day, ())
            if told:
                yield Finding(
                    f"in the planned audit {plan.audit or plan.title or ''} {told}",
                    place(entry, "planned", index, "auditors"),
                    id=programme.id,
                    help="plan it with somebody who does not answer for it",
                )


RULE = Rule(
    code="AUD005",
    name="auditor-audits-own-work",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("9.2.2",),
    clauses_2026=("9.2.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
