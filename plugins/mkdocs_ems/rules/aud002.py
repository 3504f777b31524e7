"""A clause is in no audit of the cycle

## What it checks
Every clause of ISO 14001, in the edition that is worked to, is looked at in at least one internal audit of
the cycle that today lies in: one that was made (`audited_clauses` of its record), or one that is planned
(`clauses` in the programme). A clause counts with the one above it: `"9.1"` stands for both of its parts.
Numbers of the other edition do not count, since they may name another topic. Where a record names no
clauses, those that were planned stand.

## Why an auditor asks
The certification body asks for one audit of the whole system before it certifies or renews. A clause that
was left out is found by them instead.

## Fails
Nobody will look at communication and emergencies.

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
    planned:  # ← AUD002
      - audit: AUD-010
        title: The whole system
        month: 2026-09
        clauses: ["4", "5", "6", "7.1", "7.2", "7.3", "7.5", "8.1", "9", "10"]
        processes: [PRC-001]
```

A number of 2015 says nothing of 2026: there 6.1.4 is another topic. And nobody looks at improvement.

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
    planned:  # ← AUD002
      - audit: AUD-010
        title: The whole system
        month: 2026-09
        processes: [PRC-001]
        clauses: ["4", "5", "6.1.1", "6.1.2", "6.1.3", "2015:6.1.4", "6.1.5", "6.2", "6.3", "7", "8", "9"]
```

## Passes
Planned as a whole.

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

One audit was made, the other will be.

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
        title: Operation
        month: 2026-03
        clauses: ["8"]
        processes: [PRC-001]
      - audit: AUD-002
        title: The rest
        month: 2026-10
        clauses: ["4", "5", "6", "7", "9", "10"]
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
    programme: AUP-001
    objectives: [See whether the line keeps to its procedures]
    scope: The line with its rinses
    criteria: [ISO 14001, PRO-001]
    processes: [PRC-001]
    audited_clauses: ["8"]
    team: {lead: PER-BEN}
    auditees: [ROL-MD]
    conclusion: Conforms; one thing is to be put right
    reported_to: [ROL-MD]
    reported_on: 2026-03-20
    no_findings_reason: Sampled all twelve baths
```

## How to fix
Plan an audit of what the finding names, or write into `audited_clauses` of an audit's record what it looked
at.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model.audit_coverage import State
from mkdocs_ems.rules.audits import at_cycle
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule
from mkdocs_ems.text import plural


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding that names the clauses which no audit of today's cycle looks at."""
    cycle = context.audit_cycle
    if cycle is None:
        return
    missing = [f"{one.key} {one.title}" for one in cycle.clauses if one.state is State.MISSING]
    if missing:
        at, identity = at_cycle(context, cycle)
        yield Finding(
            f"{plural(len(missing), 'clause')} of the edition of {cycle.edition} "
            f"{'is' if len(missing) == 1 else 'are'} in no internal audit from {cycle.begin} to {cycle.end}: "
            f"{listed(missing)}",
            at,
            id=identity,
            help="plan an audit with these `clauses`, or write `audited_clauses` into the record of the "
            "audit that looked at them",
        )


RULE = Rule(
    code="AUD002",
    name="clause-not-covered",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("9.2",),
    clauses_2026=("9.2",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
