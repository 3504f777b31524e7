"""The evaluation of compliance with an obligation is overdue

## What it checks
An obligation that binds today was evaluated within its own `evaluation: {frequency_months}`, else within
`intervals: {evaluations: …}` of `ems.yml`, or by the day that its last evaluation promised (`next_due`), if
that is sooner. Where evaluations look at single conditions, the one that was looked at longest ago counts.
One that came to `unknown` does not count as having been made.

## Why an auditor asks
The interval is the organisation's own promise. What was met two years ago says little about today.

## Fails
The consent is evaluated each year, and was in spring of last year; the last look at the permit promised
another one by April.

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001  # ← EVC002
    title: Trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    applicable: yes
    how_it_applies: Rinse water goes to the sewer; metals and pH have limits.
    no_conditions_reason: Its limits stand with the measurements.
    processes: [PRC-001]
    evaluation: {frequency_months: 12, method: sampling}
  - id: OBL-002  # ← EVC002
    title: Environmental permit
    citation: EPR/AB1234CD
    type: permit
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: The line runs under it.
    no_conditions_reason: Its limits stand with the measurements.
    processes: [PRC-001]
    evaluation: {frequency_months: 12, method: records}
```

`ems/records/compliance-evaluations/2026.yml`
```yaml
type: compliance-evaluation
rows:
  - id: EVC-001
    title: Consent
    obligation: OBL-001
    date: 2025-05-20
    by: [ROL-MD]
    method: sampling
    result: compliant
    evidence: [{what: Report of the laboratory}]
  - id: EVC-002
    title: Permit
    obligation: OBL-002
    date: 2026-01-20
    next_due: 2026-04-30
    by: [ROL-MD]
    method: records
    result: compliant
    evidence: [{what: Log of the scrubber}]
  - id: EVC-003
    title: Where we stand
    scope: overall
    date: 2026-01-20
    by: [ROL-MD]
    result: compliant
    evidence: [{what: Minutes of 20 January}]
```

Two years after somebody knew, the last look came to nothing.

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001  # ← EVC002
    title: Trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    applicable: yes
    how_it_applies: Rinse water goes to the sewer; metals and pH have limits.
    no_conditions_reason: Its limits stand with the measurements.
    processes: [PRC-001]
    evaluation: {frequency_months: 12, method: sampling}
```

`ems/records/compliance-evaluations/2026.yml`
```yaml
type: compliance-evaluation
rows:
  - id: EVC-001
    title: Consent
    obligation: OBL-001
    date: 2024-05-20
    by: [ROL-MD]
    method: sampling
    result: compliant
    evidence: [{what: Report of the laboratory}]
  - id: EVC-002
    title: Consent
    obligation: OBL-001
    date: 2026-04-20
    by: [ROL-MD]
    method: sampling
    result: unknown
  - id: EVC-003
    title: Where we stand
    scope: overall
    date: 2026-01-20
    by: [ROL-MD]
    result: compliant
    evidence: [{what: Minutes of 20 January}]
```

## Passes
Twelve months have not passed; the day itself is in time; what was repealed is evaluated no more.

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001
    title: Trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    applicable: yes
    how_it_applies: Rinse water goes to the sewer; metals and pH have limits.
    no_conditions_reason: Its limits stand with the measurements.
    processes: [PRC-001]
    evaluation: {frequency_months: 12, method: sampling}
  - id: OBL-002
    title: Hazardous waste
    citation: SI 2005/894
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Filter cake goes with consignment notes.
    processes: [PRC-001]
    evaluation: {frequency_months: 12, method: records}
  - id: OBL-003
    title: Old rules on waste
    citation: SI 1996/972
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    status: repealed
    how_it_applies: Filter cake went with consignment notes.
    evaluation: {frequency_months: 12, method: records}
```

`ems/records/compliance-evaluations/2025.yml`
```yaml
type: compliance-evaluation
rows:
  - id: EVC-003
    title: Hazardous waste
    obligation: OBL-002
    date: 2025-06-01
    by: [ROL-MD]
    method: records
    result: compliant
    evidence: [{what: Notes 1 to 48}]
```

## How to fix
Evaluate it now and keep the record, or decide in the obligation's `evaluation` how often it really is needed.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model.compliance_status import ObligationStatus
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import ago


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each obligation whose next evaluation was due and is not there."""
    for one in context.compliance:
        if one.last is None or one.due is None or not one.overdue(context.as_of) or one.entry.dropped:
            continue
        left = one.left_open
        since = f"; on {left.on} nobody could tell" if left else ""
        yield Finding(
            f"compliance with {called(one.obligation)} was evaluated on {one.last} and was due again on "
            f"{one.due}, {ago(one.due, today=context.as_of)}, {_promise(one)}{since}",
            place(one.entry),
            id=one.obligation.id,
            help="evaluate it and keep the record below records/compliance-evaluations/",
        )


def _promise(one: ObligationStatus) -> str:
    """Whose word the day is."""
    if one.last is None or one.every is None or one.every.after(one.last) != one.due:
        return "as that evaluation promised"
    return f"every {one.every}"


RULE = Rule(
    code="EVC002",
    name="evaluation-overdue",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("9.1.2",),
    clauses_2026=("9.1.2",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
