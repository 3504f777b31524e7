"""A process, site or shift is in no audit of the cycle

## What it checks
Every process in use, every site, and every shift that a site has (`shifts` in `ems.yml`), is looked at in
at least one internal audit of the cycle that today lies in, made or planned. What the scope leaves out is
left alone. An audit that names no site is at the only one there is. Where a record names none of them, what
was planned stands.

## Why an auditor asks
The night shift works by the same permit. An audit that only ever sees the day shift of the main site says
nothing of the rest.

## Fails
Nobody looks at the line.

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
    planned:  # ← AUD003
      - audit: AUD-010
        title: The whole system
        month: 2026-09
        clauses: ["4", "5", "6", "7", "8", "9", "10"]
```

The depot and the night shift are never audited: one finding for the sites, one for the shifts.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
sites:
  - {id: works, title: The works, shifts: [Day, Night], no_aspects_reason: Told by process}
  - {id: depot, title: The depot, no_aspects_reason: An empty yard}
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
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
    planned:  # ← AUD003, AUD003
      - audit: AUD-010
        title: The whole system
        month: 2026-09
        clauses: ["4", "5", "6", "7", "8", "9", "10"]
        processes: [PRC-001]
        sites: [works]
        shifts: [Day]
```

## Passes
Both shifts of the works, and the depot.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
sites:
  - {id: works, title: The works, shifts: [Day, Night], no_aspects_reason: Told by process}
  - {id: depot, title: The depot, no_aspects_reason: An empty yard}
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
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
      - audit: AUD-010
        title: The whole system
        month: 2026-09
        clauses: ["4", "5", "6", "7", "8", "9", "10"]
        processes: [PRC-001]
        sites: [works, depot]
        shifts: [Day, Night]
```

A process that is withdrawn has no audit left to wait for.

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

`ems/registers/more-processes.yml`
```yaml
id: REG-MORE-PROCESSES
type: process
title: Old processes
owner: ROL-MD
rows:
  - id: PRC-009
    title: Cadmium line
    status: withdrawn
```

## How to fix
Plan an audit that looks at what the finding names, or write it into the record of the audit that did:
`processes`, `sites`, `shifts`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model.audit_coverage import Line, State
from mkdocs_ems.rules.audits import at_cycle
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule
from mkdocs_ems.text import plural


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield a finding for the processes, one for the sites and one for the shifts that no audit looks at."""
    cycle = context.audit_cycle
    if cycle is None:
        return
    for lines, noun, nouns, field in (
        (cycle.processes, "process", "processes", "processes"),
        (cycle.sites, "site", "sites", "sites"),
        (cycle.shifts, "shift", "shifts", "shifts"),
    ):
        missing = [_called(one, noun) for one in lines if one.state is State.MISSING]
        if missing:
            at, identity = at_cycle(context, cycle)
            yield Finding(
                f"{plural(len(missing), noun, nouns)} {'is' if len(missing) == 1 else 'are'} in no internal "
                f"audit from {cycle.begin} to {cycle.end}: {listed(missing)}",
                at,
                id=identity,
                help=f"plan an audit with these `{field}`, or write them into the record of the "
                "audit that looked at them",
            )


def _called(line: Line, noun: str) -> str:
    return line.title if noun == "shift" or line.title == line.key else f"{line.key} ({line.title})"


RULE = Rule(
    code="AUD003",
    name="process-or-site-not-covered",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("9.2",),
    clauses_2026=("9.2",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
