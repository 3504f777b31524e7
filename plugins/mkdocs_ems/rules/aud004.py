"""A planned audit has not been made

## What it checks
Each audit of a programme was made by the end of its `month`: there is a record with the id that `audit`
gives, and its day has come. One that was put off has its new `month`, with `moved_from` and the `reason`;
one that was given up has the day under `cancelled` and the `reason`. Whether it was made late is left
alone. Programmes that are withdrawn are not judged.

## Why an auditor asks
A programme that nobody follows is no programme. That an audit was put off is no fault where somebody
decided it and says why.

## Fails
It was planned for March; and the other one was put off without a reason.

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
        month: 2026-03  # ← AUD004
        clauses: ["4", "5", "6", "7", "8", "9", "10"]
        processes: [PRC-001]
      - audit: AUD-011
        title: Energy
        month: 2026-11
        moved_from: 2026-04  # ← AUD004
```

## Passes
Made, put off with a reason, given up with a reason.

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
      - audit: AUD-011
        title: Energy
        month: 2026-11
        moved_from: 2026-04
        reason: The meters come in October
      - audit: AUD-012
        title: Old store
        month: 2026-02
        cancelled: 2026-01-15
        reason: The store was given up
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

Planned for this month, which is not over.

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
        month: 2026-06
        clauses: ["4", "5", "6", "7", "8", "9", "10"]
        processes: [PRC-001]
```

## How to fix
Make the audit and keep its record below records/audits under the id that the programme gives it; or plan
another `month` and write `moved_from` and the `reason`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AuditRecord, Entry
from mkdocs_ems.model.audit_coverage import is_made, is_ours
from mkdocs_ems.model.audits import PlannedAudit
from mkdocs_ems.model.periods import read_period
from mkdocs_ems.rules.audits import programmes
from mkdocs_ems.rules.values import AuditContext, Rule, place
from mkdocs_ems.text import plural


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each planned audit whose month is over, and each that was put off without a reason."""
    made = {one.id: one for _, one in context.each(AuditRecord) if is_made(one, context.as_of)}
    for entry, programme in programmes(context):
        for index, planned in enumerate(programme.planned):
            if not is_ours(planned.standards):
                continue
            if planned.cancelled is not None or planned.moved_from is not None:
                yield from _unexplained(entry, index, planned)
            if planned.cancelled is None:
                yield from _late(context, entry, index, planned, made)


def _unexplained(entry: Entry, index: int, planned: PlannedAudit) -> Iterator[Finding]:
    if planned.reason is None:
        field, said = ("cancelled", "given up") if planned.cancelled else ("moved_from", "put off")
        yield Finding(
            f"the audit {_called(planned)} was {said} without a reason",
            place(entry, "planned", index, field),
            id=entry.entity.id,
            help="write the `reason` beside it",
            severity=Severity.WARNING,
        )


def _late(
    context: AuditContext,
    entry: Entry,
    index: int,
    planned: PlannedAudit,
    made: Mapping[str | None, AuditRecord],
) -> Iterator[Finding]:
    period = read_period(planned.month) if planned.month else None
    if period is None or period.last >= context.as_of or (planned.audit and planned.audit in made):
        return
    late = (context.as_of - period.last).days
    asked = f"under the id {planned.audit}" if planned.audit else "and give it its id under `audit`"
    yield Finding(
        f"the audit {_called(planned)} was planned for {planned.month} and has not been made, "
        f"{plural(late, 'day')} after",
        place(entry, "planned", index, "month"),
        id=entry.entity.id,
        help=f"make it and keep its record {asked}, or plan another `month` with `moved_from` and `reason`",
    )


def _called(planned: PlannedAudit) -> str:
    if planned.audit and planned.title:
        return f"{planned.audit} ({planned.title})"
    return planned.audit or planned.title or "without a name"


RULE = Rule(
    code="AUD004",
    name="audit-overdue",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("9.2",),
    clauses_2026=("9.2",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
