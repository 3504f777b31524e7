"""The result of an audit has not reached management

## What it checks
Each internal audit that was made is reported: `reported_on` says when and `reported_to` to whom, and there
is a result (`summary`, `conclusion`, a `report`, a file under `evidence`, or the text of the record
itself). How soon, `intervals: {audit_report_days: …}` of `ems.yml` says; thirty days are allowed without.

## Why an auditor asks
What an audit finds is put right by those who can decide about it. If it never reaches them, the audit was
for the file.

## Fails
Made in March and never reported; reported to nobody; and reported without any result.

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
  - id: AUD-001  # ← AUD007
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
    no_findings_reason: Sampled all twelve baths
  - id: AUD-002  # ← AUD007
    title: Store
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
    reported_on: 2026-03-20
    no_findings_reason: Sampled all twelve baths
  - id: AUD-003  # ← AUD007
    title: Yard
    by: [PER-BEN]
    period_start: 2026-03-10
    period_end: 2026-03-11
    objectives: [See whether the line keeps to its procedures]
    scope: The line with its rinses
    criteria: [ISO 14001, PRO-001]
    processes: [PRC-001]
    team: {lead: PER-BEN}
    auditees: [ROL-MD]
    reported_to: [ROL-MD]
    reported_on: 2026-03-20
    no_findings_reason: Sampled all twelve baths
```

## Passes
Reported; and made only two weeks ago.

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
    period_start: 2026-05-18
    period_end: 2026-05-18
    objectives: [See whether the line keeps to its procedures]
    scope: The line with its rinses
    criteria: [ISO 14001, PRO-001]
    processes: [PRC-001]
    team: {lead: PER-BEN}
    auditees: [ROL-MD]
    no_findings_reason: Sampled all twelve baths
```

The record is the report.

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

`ems/records/audits/AUD-001.md`
```markdown
---
id: AUD-001
type: audit
title: Plating line
date: 2026-03-11
scope: The line with its rinses
objectives: [See whether the line keeps to its procedures]
criteria: [PRO-001]
team: {lead: PER-BEN}
reported_to: [ROL-MD]
reported_on: 2026-03-20
no_findings_reason: Sampled all twelve baths
---

The line keeps to its procedures.
```

## How to fix
Report the audit to the managers who answer for what was audited, and write `reported_on`, `reported_to` and
the `conclusion`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AuditRecord, Entry
from mkdocs_ems.rules.audits import made
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each internal audit that is not reported in time, to nobody, or without a result."""
    allowed = timedelta(days=context.settings.intervals.audit_report_days)
    for entry, audit in made(context):
        told = None
        if audit.reported_on is None:
            ended = audit.ended or context.as_of
            if context.as_of - ended > allowed:
                since = (context.as_of - ended).days
                told = f"was made on {ended}, {plural(since, 'day')} ago, and has not been reported"
        elif not audit.reported_to:
            told = "was reported, but it does not say to whom"
        elif not _has_result(context, entry, audit):
            told = "was reported, but nothing says what it came to"
        if told:
            yield Finding(
                f"{called(audit)} {told}",
                place(entry),
                id=audit.id,
                help="report it to the managers who answer for what was audited, and write `reported_on`, "
                "`reported_to` and the `conclusion`",
            )


def _has_result(context: AuditContext, entry: Entry, audit: AuditRecord) -> bool:
    if audit.summary or audit.conclusion or audit.report or audit.evidence:
        return True
    body = context.sources.files[entry.anchor.path].body
    return body is not None and bool(body.text.strip())


RULE = Rule(
    code="AUD007",
    name="report-missing-or-late",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("9.2.2",),
    clauses_2026=("9.2.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
