"""No record shows that top management acted

## What it checks
Some record of the last `intervals: {leadership: …}` of `ems.yml`, else of the last twelve months, shows
somebody of top management acting: as who made it (`by`), chaired or approved it, or decided. Somebody of
top management is who holds a role with `top_management: true`, not who stands in for it. Nothing is said
before there is any record, and not in the first such time.

## Why an auditor asks
Leadership is judged by what the director did: the review, the money for the new rinse, the talk on the
floor. Good practice: leadership is asked for, this record is not.

## Fails
The director's last talk was more than a year ago.

`ems/records/communications/2026.yml`
```yaml
type: communication
title: Communication log of 2026
rows:
  - id: COL-001
    subject: Results of the year
    direction: internal
    kind: briefing
    date: 2025-05-31
    by: [PER-MAYA]
    roles: [ROL-EHS]
    about: [POL-001]
  - id: COL-002
    subject: Figures of the year
    direction: out
    kind: report
    date: 2026-02-02
    by: [ROL-EHS]
    parties: [PTY-001]
  - id: COL-008
    subject: Results of the year
    direction: internal
    kind: briefing
    date: 2026-01-12
    by: [ROL-EHS]
    roles: [ROL-EHS]
    about: [POL-001]
```

`ems/records/compliance-evaluations/2026.yml`
```yaml
type: compliance-evaluation
title: Evaluations of compliance in 2026
rows:
  - id: EVC-001
    title: Trade effluent consent, spring of 2026
    obligation: OBL-001
    date: 2026-03-10
    by: [ROL-EHS]  # ← EVC006
    method: sampling
    result: compliant
    evidence: [{what: Report 2026/114 of the laboratory}]
  - id: EVC-002
    title: Where we stand, spring of 2026
    scope: overall
    date: 2026-03-10
    by: [ROL-EHS]
    method: records
    result: compliant
    evidence: [{what: Minutes of 10 March}]
```

`ems/registers/roles.yml`
```yaml
id: REG-ROLES
type: role
title: Roles
owner: ROL-MD
rows:
  - id: ROL-MD  # ← POL007
    title: Managing director
    top_management: true
  - id: ROL-EHS
    title: EHS manager
    required_for: [ems-conformity, performance-reporting]
```

## Passes
She told the results in January.

`ems/records/communications/2026.yml`
```yaml
type: communication
title: Communication log of 2026
rows:
  - id: COL-001
    subject: Results of the year
    direction: internal
    kind: briefing
    date: 2026-01-12
    by: [PER-MAYA]
    roles: [ROL-EHS]
    about: [POL-001]
  - id: COL-002
    subject: Figures of the year
    direction: out
    kind: report
    date: 2026-02-02
    by: [ROL-EHS]
    parties: [PTY-001]
```

The records begin in March.

`ems/records/compliance-evaluations/2026.yml`
```yaml
type: compliance-evaluation
title: Evaluations of compliance in 2026
rows:
  - id: EVC-001
    title: Trade effluent consent, spring of 2026
    obligation: OBL-001
    date: 2026-03-10
    by: [ROL-EHS]  # ← EVC006
    method: sampling
    result: compliant
    evidence: [{what: Report 2026/114 of the laboratory}]
  - id: EVC-002
    title: Where we stand, spring of 2026
    scope: overall
    date: 2026-03-10
    by: [ROL-EHS]
    method: records
    result: compliant
    evidence: [{what: Minutes of 10 March}]
```

## How to fix
Keep what top management does for the system as records: the review that it chairs, what it tells people,
what it decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import PersonRow, Record, RoleRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_ACTED = frozenset({"by", "chair", "approved.by", "approved_by", "decided_by", "decisions.owner"})
"""The fields in which whoever is named did something, and was not merely told."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield the first role of top management where no record of late shows it acting."""
    top = [(entry, role) for entry, role in context.each(RoleRow) if role.top_management and role.id]
    days = [day for _, one in context.each(Record) if (day := _day(one)) and day <= context.as_of]
    if not top or not days:
        return
    names = {role.id or "" for _, role in top}
    # Who held the role then acted then; a deputy does not direct the organisation by standing in.
    roles = frozenset(names)
    for _, person in context.each(PersonRow):
        if person.id and any(held.role in roles for held in person.roles):
            names.add(person.id)
    acted = [
        day
        for name in sorted(names)
        for edge in context.graph.incoming.get(name, ())
        if edge.field in _ACTED
        for record in (context.graph.nodes[edge.source].entity,)
        if isinstance(record, Record) and (day := _day(record)) is not None and day <= context.as_of
    ]
    every = context.settings.intervals.leadership
    since = max(acted) if acted else min(days)
    if every.passed(since, on=context.as_of):
        entry, role = top[0]
        last = f"since {since}" if acted else "in any record"
        yield Finding(
            f"nothing shows that {called(role)} or anybody else of top management acted {last}",
            place(entry),
            id=role.id,
            help="keep what top management does as records: the review that it chairs, what it tells people",
        )


def _day(record: Record) -> date | None:
    return record.date or record.period_end


RULE = Rule(
    code="POL007",
    name="leadership-evidence-thin",
    severity=Severity.INFO,
    basis=Basis.PRACTICE,
    clauses_2015=("5.1",),
    clauses_2026=("5.1",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
