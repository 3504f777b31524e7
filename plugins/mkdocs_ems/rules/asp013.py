"""People were not told of a significant aspect

## What it checks
Every significant aspect is told to somebody: by a row of the awareness matrix that names it in `aspects`,
or that tells of significant aspects without naming any (all of them, or where it has `processes`, those of
these processes); or by a record of training or communication that is `about` it. Where the aspect names
roles in `communicated_to`, each of them is reached by such a row or record. Nothing is said before the
matrix is begun.

## Why an auditor asks
People have to know the significant aspects of their own work. Operators who cannot name one have not been
told.

## Fails
The matrix tells of another aspect; the operators are told of nothing.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Metals in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    control: direct
    obligations: [OBL-001]
    controls: [OPC-001]
    criteria: {likelihood: 3, severity: 3}
    communicated_to: [ROL-MD]  # ← ASP013
  - id: ASP-002  # ← ASP013
    title: Gas for the boiler
    process: PRC-001
    impacts: [{text: Warms the climate}]
    control: direct
    controls: [OPC-001]
    no_obligation_reason: It is too small for any.
    criteria: {likelihood: 3, severity: 2}
```

`ems/registers/awareness.yml`
```yaml
id: REG-AWARENESS
type: awareness
title: Awareness matrix
owner: ROL-EHS
rows:
  - id: AWR-001
    title: Everybody
    roles: [ROL-EHS]
    items: [policy, significant-aspects, contribution, consequences]
    aspects: [ASP-001]
    date: 2026-01-12
  - id: AWR-002
    title: Management
    roles: [ROL-MD]
    items: [policy, contribution, consequences, significant-aspects]
    processes: [PRC-002]
    date: 2026-01-12
```

`ems/registers/more-processes.yml`
```yaml
id: REG-MORE
type: process
title: More processes
owner: ROL-MD
rows:
  - id: PRC-002  # ← CTX010
    title: Office
    no_conditions:
      - {condition: abnormal, reason: Nothing runs there}
      - {condition: emergency, reason: Nothing is kept there}
```

## Passes
All are told of all; a talk told the director.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Metals in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    control: direct
    obligations: [OBL-001]
    controls: [OPC-001]
    criteria: {likelihood: 3, severity: 3}
    communicated_to: [ROL-MD, ROL-EHS]
```

`ems/registers/awareness.yml`
```yaml
id: REG-AWARENESS
type: awareness
title: Awareness matrix
owner: ROL-EHS
rows:
  - id: AWR-001
    title: The works
    roles: [ROL-EHS]
    items: [significant-aspects]
    processes: [PRC-001]
    date: 2026-01-12
  - id: AWR-002
    title: Everybody
    employers: [own]
    items: [policy, contribution, consequences]
    date: 2026-01-12
  - id: AWR-003
    title: The director
    roles: [ROL-MD]
    items: [significant-aspects]
    aspects: [ASP-002]
    date: 2026-01-12
```

`ems/records/communications/2026.yml`
```yaml
type: communication
title: Communication log of 2026
rows:
  - id: COL-001
    subject: What our water does to the river
    direction: internal
    kind: briefing
    date: 2026-01-19
    by: [ROL-EHS]
    roles: [ROL-MD]
    about: [ASP-001]
```

`ems/registers/more-aspects.yml`
```yaml
id: REG-MORE-ASPECTS
type: aspect
title: More aspects
owner: ROL-EHS
rows:
  - id: ASP-002
    title: Gas for the boiler
    process: PRC-001
    impacts: [{text: Warms the climate}]
    control: direct
    controls: [OPC-001]
    no_obligation_reason: It is too small for any.
    criteria: {likelihood: 3, severity: 2}
```

## How to fix
Name the aspect in a row of the awareness matrix that reaches the roles concerned, tell them, and keep the
record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AwarenessRow, CommunicationRecord, TrainingRecord
from mkdocs_ems.rules.audiences import in_use
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each significant aspect of which nobody was told, or not all whom it names."""
    rows = [row for _, row in context.each(AwarenessRow) if in_use(row)]
    if not rows:
        return
    told = _told(context, rows)
    for entry, aspect, assessment in context.assessed:
        if not assessment.significant or aspect.id is None:
            continue
        reached = told[aspect.id] | told[f"process {aspect.process}"] | told["all"]
        missing = [role for role in aspect.communicated_to if role not in reached and _ALL not in reached]
        if not reached:
            yield Finding(
                f"{called(aspect)} is significant, and nothing shows that anybody was told of it",
                place(entry, "communicated_to") if aspect.communicated_to else place(entry),
                id=aspect.id,
                help=f"name {aspect.id} under `aspects` of a row of the awareness matrix",
            )
        elif missing:
            yield Finding(
                f"{called(aspect)} is to be known by {listed(missing)}, and nothing shows that they are told",
                place(entry, "communicated_to"),
                id=aspect.id,
                help=f"name {aspect.id} under `aspects` of a row of the awareness matrix for these roles",
            )


_ALL = "everybody"


def _told(context: AuditContext, rows: list[AwarenessRow]) -> defaultdict[str, set[str]]:
    """The roles that were told, by the aspect, the process, or `all`."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        whom = {*row.roles, *row.employers, *row.providers, *((_ALL,) if "own" in row.employers else ())}
        # An audience in words alone is told; whom it reaches, the rule on awareness asks.
        whom = whom or {"others"}
        general = [f"process {one}" for one in row.processes] or ["all"]
        for key in row.aspects or (general if "significant-aspects" in row.items else ()):
            found[key] |= whom
    for _, training in context.each(TrainingRecord):
        if training.about and training.day is not None and training.day <= context.as_of:
            people = set(training.people)
            roles = {role for role, who in context.holders.items() if not people.isdisjoint(who)}
            for one in training.about:
                found[one] |= roles or {"others"}
    for _, record in context.each(CommunicationRecord):
        if record.day is not None and record.day <= context.as_of and record.direction == "internal":
            for one in record.about:
                found[one] |= set(record.roles) or {_ALL}
    return found


RULE = Rule(
    code="ASP013",
    name="significant-not-communicated",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.2", "7.3"),
    clauses_2026=("6.1.2", "7.3"),
    since="0.1.0",
    requires=("SCH001", "ASP008"),
    needs_all_registers=True,
    check=check,
)
