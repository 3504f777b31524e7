"""Documented information that the standard names is missing

## What it checks
Of the documents and registers that the clauses of your edition name, each is there: the scope, the risks
and opportunities, the procedures of planning, the aspects and which of them are significant, the
obligations, the objectives, what operation and emergency response need in writing, the external documents
where permits or consents apply, the results of monitoring, and records of training and of communication.
Where the history is known, an issue of at least one document that holds it is in force. The policy is judged
by POL001, the criteria for significance by ASP007; evaluations of compliance, audits and reviews have rules
of their own.

## Why an auditor asks
The first stage of a certification goes through this list. A missing item stops it.

## Fails
There are no objectives, nothing says how planning is done, and no record shows that anybody is competent or
was told anything.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]  # ← DOC012, DOC012, DOC012, DOC012
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
```

`ems/emergency.md`
```markdown
---
id: PLN-001
type: plan
title: Emergency plan
owner: ROL-EHS
clauses: ["8.2"]
---

## Spill

Close the penstock.
```

`ems/consent.md`
```markdown
---
id: EXT-001
type: external-document
title: Trade effluent consent
owner: ROL-EHS
obligations: [OBL-001]
---

## Where it is

In the office.
```

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
    criteria: {likelihood: 2, severity: 1}
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit
MON-001,2026-05-28,7.2,1
```

## Passes
Everything that can be kept here is there; what follows from readings and rules needs no document.

`ems/procedures/planning.md`
```markdown
---
id: PRO-002
type: procedure
title: How we plan
owner: ROL-EHS
clauses: ["6.1.2"]
---

## Every March

We go through the aspects, the obligations and the risks.
```

`ems/emergency.md`
```markdown
---
id: PLN-001
type: plan
title: Emergency plan
owner: ROL-EHS
clauses: ["8.2"]
---

## Spill

Close the penstock.
```

`ems/consent.md`
```markdown
---
id: EXT-001
type: external-document
title: Trade effluent consent
owner: ROL-EHS
obligations: [OBL-001]
---

## Where it is

In the office.
```

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
    criteria: {likelihood: 2, severity: 1}
```

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001
    title: Rinse with less water
    kpi: KPI-001
    direction: decrease
    baseline: {value: 40, unit: L/m2, period: 2025}
    target: {value: 32, unit: L/m2, date: 2026-12-31}
    policy_commitments: ["#we-get-better-every-year"]
    basis: [OBL-001]
    programme: [ACT-001]
    responsible: ROL-EHS
    resources: Third stage
    evaluation_method: Read off the water meter
    monitoring_frequency: monthly
    function_level: Works
    status: approved
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit
MON-001,2026-05-28,7.2,1
```

`ems/records/training/2026.yml`
```yaml
id: TRN-001
type: training
title: Spill drill for the line
kind: drill
date: 2026-02-10
by: [ROL-EHS]
people: [PER-BEN]
subject: Closing the valve and using the kit
```

`ems/records/communications/2026.yml`
```yaml
id: COL-001
type: communication
title: Results of the year
direction: internal
kind: briefing
date: 2026-01-12
by: [ROL-MD]
roles: [ROL-EHS]
about: [OBJ-001, POL-001]
```

## How to fix
Write what is missing, or get it approved; the page of the clause says which kind of document or register
it is kept in.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.model import asked
from mkdocs_ems.model.asked import Asked, Documented
from mkdocs_ems.rules.documented import Having
from mkdocs_ems.rules.values import AuditContext, Rule, called

_ELSEWHERE = (
    *("policy", asked.SIGNIFICANCE, asked.DOCUMENTS, "nonconformity"),
    *("audit", "management-review", "compliance-evaluation"),
)
"""Judged by another rule, or nothing that has to exist: who had no nonconformity has no record of one."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each piece of documented information that is nowhere, or of which nothing is in force."""
    if not context.model.settings_readable:
        return  # nothing is known of the organisation, not even its edition; that is told already
    having = Having(context)
    for number, topics in asked.asked(context.settings.edition).items():
        for topic in topics:
            for part in topic.documented:
                if part.by[0] not in _ELSEWHERE and part.by != (asked.REGISTER,):
                    yield from _judge(part, topic, number, having)


def _judge(part: Documented, topic: Asked, number: str, having: Having) -> Iterator[Finding]:
    found = {holder for word in part.by for holder in having.by_word(word, number)}
    if None in found or (not found and not having.needed(part)):
        return
    what = f"{part.what} ({number})"
    context = having.context
    if not found:
        yield Finding(
            f"nothing holds {what}",
            _edition(context),
            help=topic.advice,
        )
    elif not any(having.in_force(one) for one in found if one):
        first = min(one for one in found if one)
        node = context.graph.nodes[first]
        others = f" or of {len(found) - 1} more" if len(found) > 1 else ""
        yield Finding(
            f"no issue of {called(node.entity)}{others} is in force, which holds {what}",
            Anchor(node.anchor.path, (*node.anchor.route, "id")),
            id=first,
            help=f"get {first} approved",
        )


def _edition(context: AuditContext) -> Anchor:
    """Where ems.yml says which edition is worked to: there it follows what is asked for."""
    standards = context.settings.standards
    own = next((at for at, one in enumerate(standards) if one.standard == "iso14001"), 0)
    return Anchor(context.model.settings_path, ("standards", own))


RULE = Rule(
    code="DOC012",
    name="required-documented-information-missing",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("7.5.1",),
    clauses_2026=("7.5.1",),
    since="0.1.0",
    needs_all_files=True,
    check=check,
)
