"""Somebody who has left still has open duties

## What it checks
A person whose `end_date` has passed owns nothing that is in use, is not responsible for an open objective
or action, takes no readings, is nobody's knowledge holder, has no part in an emergency, deputises for
nobody, and holds no role without a last day (`to`). What is withdrawn, cancelled, done or closed may keep
its name.

## Why an auditor asks
What a leaver was to do is done by nobody, and nobody notices: actions stay open, permits run out.

## Fails
She left in March; an obligation and an action are still hers.

`ems/registers/leavers.yml`
```yaml
id: REG-LEAVERS
type: person
title: Leavers
owner: ROL-MD
rows:
  - id: PER-ANA
    title: Ana Lind
    roles: [{role: ROL-EHS, to: 2026-03-31}]
    end_date: 2026-03-31  # ← ROL003
```

`ems/registers/actions.yml`
```yaml
id: REG-ACTIONS
type: action
title: Actions
owner: ROL-MD
rows:
  - id: ACT-001
    title: Third rinse stage
    source: [RSK-001]
    owner: PER-ANA
    due: 2026-12-31
    status: open
```

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
    knowledge_holder: PER-ANA
```

He still holds a role, and stands in for another.

`ems/registers/leavers.yml`
```yaml
id: REG-LEAVERS
type: person
title: Leavers
owner: ROL-MD
rows:
  - id: PER-KIM
    title: Kim Ray
    roles: [{role: ROL-EHS, from: 2020-01-01}]
    end_date: 2026-05-31  # ← ROL003
```

`ems/registers/roles.yml`
```yaml
id: REG-ROLES
type: role
title: Roles
owner: ROL-MD
rows:
  - id: ROL-MD
    title: Managing director
    top_management: true
    deputies: [{person: PER-KIM}]
  - id: ROL-EHS
    title: EHS manager
    required_for: [ems-conformity, performance-reporting]
```

## Passes
The last day is today; what was hers is done.

`ems/registers/leavers.yml`
```yaml
id: REG-LEAVERS
type: person
title: Leavers
owner: ROL-MD
rows:
  - id: PER-ANA
    title: Ana Lind
    end_date: 2026-03-31
  - id: PER-KIM
    title: Kim Ray
    roles: [{role: ROL-EHS}]
    end_date: 2026-06-01
```

`ems/registers/more-actions.yml`
```yaml
id: REG-MORE-ACTIONS
type: action
title: More actions
owner: ROL-MD
rows:
  - id: ACT-010
    title: New probe
    source: [RSK-001]
    owner: PER-ANA
    due: 2026-02-28
    status: verified
    evidence: [records/probe.pdf]
    effectiveness: {method: Comparison with the laboratory, result: effective}
```

A deputy until the day she left.

`ems/registers/leavers.yml`
```yaml
id: REG-LEAVERS
type: person
title: Leavers
owner: ROL-MD
rows:
  - id: PER-ANA
    title: Ana Lind
    roles: [{role: ROL-EHS, from: 2020-01-01, to: 2026-03-31}]
    end_date: 2026-03-31
```

`ems/registers/roles.yml`
```yaml
id: REG-ROLES
type: role
title: Roles
owner: ROL-MD
rows:
  - id: ROL-MD
    title: Managing director
    top_management: true
    deputies: [{person: PER-ANA, to: 2026-03-31}]
  - id: ROL-EHS
    title: EHS manager
    required_for: [ems-conformity, performance-reporting]
```

## How to fix
Give what the finding names to somebody who is here, best to a role; end the roles and deputyships with
`to`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.graph import Edge
from mkdocs_ems.model import PersonRow, RoleRow
from mkdocs_ems.rules.duties import is_over, listed, places, uses
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural

_DUTIES = ("owner", "responsible", "who", "knowledge_holder", "roles", "deputies.person")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding for each leaver who has anything open."""
    for entry, person in context.each(PersonRow):
        left = person.end_date
        if person.id is None or left is None or left >= context.as_of:
            continue
        duties = [edge for edge in uses(context, person.id, _DUTIES) if not _ended(context, edge, left)]
        held = [
            edge
            for edge in context.graph.outgoing.get(person.id, ())
            if edge.field == "roles.role" and _holds(context, person, edge.target, left)
        ]
        if not duties and not held:
            continue
        told = [f"has {plural(len(duties), 'open duty', 'open duties')}"] if duties else []
        told += [f"holds {listed(edge.target for edge in held)} without a last day"] if held else []
        named = f": {listed(edge.source for edge in duties)}" if duties else ""
        yield Finding(
            f"{called(person)} left on {left} and still {' and '.join(told)}{named}",
            place(entry, "end_date"),
            id=person.id,
            help="give what is open to somebody who is here, best to a role"
            if duties
            else f"end the role: `to: {left}`",
            related=places(context, [*duties, *held]),
        )


def _ended(context: AuditContext, edge: Edge, left: date) -> bool:
    """Whether a deputyship ended with the person; every other duty stays until somebody else has it."""
    role = context.graph.nodes[edge.source].entity
    if edge.field != "deputies.person" or not isinstance(role, RoleRow):
        return False
    return all(one.to and one.to <= left for one in role.deputies if one.person == edge.target)


def _holds(context: AuditContext, person: PersonRow, role: str, left: date) -> bool:
    if is_over(context.graph.nodes[role].entity):
        return False
    return any(held.role == role and (held.to is None or held.to > left) for held in person.roles)


RULE = Rule(
    code="ROL003",
    name="owner-left",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("5.3",),
    clauses_2026=("5.3",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
