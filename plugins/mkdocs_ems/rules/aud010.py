"""The audit programme does not follow what matters

## What it checks
The programme of today's cycle says on what it is based (`risk_basis`). A process with significant aspects
is audited no less often than the processes without any are on average; those that manage the system are not
compared. And a nonconformity that an audit found more than a year ago, in this cycle or the one before, has
been looked at again, or will be: an audit follows it up (`follows_up`), or looks at the same processes.

## Why an auditor asks
Audits go where the environment has most to lose and where something went wrong before, not where it is easy
to look.

## Fails
Packing is audited twice, the line with its significant aspect only once.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 3, severity: 3}
    controls: [OPC-001]
```

`ems/registers/more-processes.yml`
```yaml
id: REG-MORE-PROCESSES
type: process
title: More processes
owner: ROL-MD
rows:
  - id: PRC-002
    title: Packing
    no_conditions:
      - {condition: abnormal, reason: Nothing differs}
      - {condition: emergency, reason: "Assessed with the site's fire plan"}
```

`ems/scope.md`
```markdown
---
id: SCO-001
type: scope
title: Scope
owner: ROL-MD
statement: Plating of small parts at the works
activities: [{text: Plating, processes: [PRC-001, PRC-002]}]
products_services: [{text: Plated parts, processes: [PRC-001]}]
organisational_units: [The whole company]
physical_boundary: The fence of the works
control_and_influence: We run the line; of suppliers we can ask.
lifecycle_considered: From the anodes we buy to the parts that come back for recycling.
lifecycle_decisions:
  - {stages: [design, procurement, distribution, use, end-of-life], decision: Left to others}
available_at: https://small.example/scope
standard_edition: "2026"
---

## What is in

Everything inside the fence.
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
    planned:  # ← AUD010
      - audit: AUD-010
        title: Everything
        month: 2026-09
        clauses: ["4", "5", "6", "7", "8", "9", "10"]
        processes: [PRC-001, PRC-002]
      - audit: AUD-011
        title: Packing
        month: 2026-10
        processes: [PRC-002]
```

No basis is given, and nobody looks again at what was found a year ago.

`ems/registers/audit-programmes.yml`
```yaml
id: REG-AUP
type: audit-programme
title: Audit programmes
owner: ROL-MD
rows:
  - id: AUP-001  # ← AUD010
    title: Internal audits 2025 to 2027
    cycle_from: 2025-01-01
    cycle_to: 2027-12-31
    frequency: Every process once a year
    methods: On site, by interview and samples of records
    responsibilities: The EHS manager plans, the auditors report
    planning: Scope and criteria are agreed a week before
    reporting: To the managing director within two weeks
    planned:  # ← AUD010
      - audit: AUD-010
        title: The rest of the system
        month: 2026-09
        clauses: ["4", "5", "6", "7", "8", "9", "10"]
      - audit: AUD-001
        title: Plating line
        month: 2025-03
```

`ems/records/audits/2026.yml`
```yaml
type: audit
title: Audits 2026
rows:
  - id: AUD-001
    title: Plating line
    by: [PER-BEN]
    period_start: 2025-03-10
    period_end: 2025-03-11
    objectives: [See whether the line keeps to its procedures]
    scope: The line with its rinses
    criteria: [ISO 14001, PRO-001]
    processes: [PRC-001]
    team: {lead: PER-BEN}
    auditees: [ROL-MD]
    conclusion: Conforms; one thing is to be put right
    reported_to: [ROL-MD]
    reported_on: 2025-03-20
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

## Passes
The line is audited at least as often, and the old nonconformity is followed up.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 3, severity: 3}
    controls: [OPC-001]
```

`ems/registers/more-processes.yml`
```yaml
id: REG-MORE-PROCESSES
type: process
title: More processes
owner: ROL-MD
rows:
  - id: PRC-002
    title: Packing
    no_conditions:
      - {condition: abnormal, reason: Nothing differs}
      - {condition: emergency, reason: "Assessed with the site's fire plan"}
```

`ems/scope.md`
```markdown
---
id: SCO-001
type: scope
title: Scope
owner: ROL-MD
statement: Plating of small parts at the works
activities: [{text: Plating, processes: [PRC-001, PRC-002]}]
products_services: [{text: Plated parts, processes: [PRC-001]}]
organisational_units: [The whole company]
physical_boundary: The fence of the works
control_and_influence: We run the line; of suppliers we can ask.
lifecycle_considered: From the anodes we buy to the parts that come back for recycling.
lifecycle_decisions:
  - {stages: [design, procurement, distribution, use, end-of-life], decision: Left to others}
available_at: https://small.example/scope
standard_edition: "2026"
---

## What is in

Everything inside the fence.
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
        month: 2025-03
      - audit: AUD-010
        title: Everything
        month: 2026-09
        clauses: ["4", "5", "6", "7", "8", "9", "10"]
        processes: [PRC-001, PRC-002]
```

`ems/records/audits/2026.yml`
```yaml
type: audit
title: Audits 2026
rows:
  - id: AUD-001
    title: Plating line
    by: [PER-BEN]
    period_start: 2025-03-10
    period_end: 2025-03-11
    objectives: [See whether the line keeps to its procedures]
    scope: The line with its rinses
    criteria: [ISO 14001, PRO-001]
    processes: [PRC-001]
    team: {lead: PER-BEN}
    auditees: [ROL-MD]
    conclusion: Conforms; one thing is to be put right
    reported_to: [ROL-MD]
    reported_on: 2025-03-20
  - id: AUD-002
    title: Follow-up
    by: [PER-BEN]
    period_start: 2026-03-10
    period_end: 2026-03-11
    objectives: [See whether the line keeps to its procedures]
    scope: The line with its rinses
    criteria: [ISO 14001, PRO-001]
    processes: [PRC-002]
    team: {lead: PER-BEN}
    auditees: [ROL-MD]
    conclusion: Conforms; one thing is to be put right
    reported_to: [ROL-MD]
    reported_on: 2026-03-20
    follows_up: [FND-001]
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
Say in `risk_basis` what the programme is based on, and plan further audits of what the finding names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AuditFindingRecord, AuditProgrammeRow, AuditRecord, ProcessRow
from mkdocs_ems.model.audit_coverage import Coverage, Line, covers, is_ours
from mkdocs_ems.model.audits import NONCONFORMING
from mkdocs_ems.rules.audits import at_cycle, made
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_YEAR = timedelta(days=366)


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield what shows that a programme does not go by importance and earlier results."""
    cycle = context.audit_cycle
    if cycle is None:
        return
    for entry, programme in context.each(AuditProgrammeRow):
        if programme.risk_basis is None and covers(programme, context.as_of):
            yield Finding(
                f"{called(programme)} does not say on what it is based",
                place(entry),
                id=programme.id,
                help="write `risk_basis: …`: what is audited more often than the rest, and why",
            )
    at, identity = at_cycle(context, cycle)
    seldom = [f"{one.key} ({one.title})" for one in _seldom(context, cycle)]
    if seldom:
        yield Finding(
            f"processes with significant aspects are audited less often than others: {listed(seldom)}",
            at,
            id=identity,
            help="plan further audits of these processes",
        )
    left = [one.id or one.name for one in _not_revisited(context, cycle)]
    if left:
        yield Finding(
            f"no audit looks again at what earlier ones found: {listed(left)}",
            at,
            id=identity,
            help="plan an audit of the same processes, or name it in `follows_up` of the audit that did",
        )


def _seldom(context: AuditContext, cycle: Coverage) -> Iterator[Line]:
    """The processes with significant aspects that are audited less often than those without, on average."""
    matter = {aspect.process for _, aspect, said in context.assessed if said.significant}
    managing = {one.id for _, one in context.each(ProcessRow) if one.kind == "management"}
    others = [one for one in cycle.processes if one.key not in matter and one.key not in managing]
    times = sum(len(one.audits) for one in others)
    for line in cycle.processes:
        # One that no audit looks at is told as such.
        if line.key in matter and line.audits and len(line.audits) * len(others) < times:
            yield line


def _not_revisited(context: AuditContext, cycle: Coverage) -> Iterator[AuditFindingRecord]:
    """Nonconformities of older audits that no later one, made or planned, comes back to."""
    audits = {one.id: one for _, one in context.each(AuditRecord) if is_ours(one.standards)}
    latest: dict[str, date] = {}
    for _, audit in made(context):
        _note(latest, chain(audit.processes, audit.follows_up), audit.ended or date.min)
    for one in cycle.audits:
        follows = one.record.follows_up if one.record else ()
        _note(latest, chain(one.processes, follows), one.when.last if one.when else date.max)
    # A mistyped year may make a cycle longer than the calendar reaches back.
    since = date.fromordinal(max(1, 2 * cycle.begin.toordinal() - cycle.end.toordinal()))
    for _, finding in context.each(AuditFindingRecord):
        found = audits.get(finding.audit)
        if found is None or found.ended is None or finding.grade not in NONCONFORMING:
            continue
        if not since <= found.ended <= context.as_of - _YEAR:
            continue
        keys = (finding.id, finding.nonconformity, *(finding.processes or found.processes))
        if all(latest.get(key or "", date.min) <= found.ended for key in keys):
            yield finding


def _note(latest: dict[str, date], keys: Iterable[str], day: date) -> None:
    for key in keys:
        latest[key] = max(day, latest.get(key, date.min))


RULE = Rule(
    code="AUD010",
    name="programme-not-risk-based",
    severity=Severity.INFO,
    basis=Basis.STANDARD,
    clauses_2015=("9.2.2",),
    clauses_2026=("9.2.2",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
