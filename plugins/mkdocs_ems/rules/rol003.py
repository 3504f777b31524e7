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
from mkdocs_ems.model import Entry, PersonRow, RoleRow
from mkdocs_ems.rules.duties import is_over, listed, places, uses
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural

_DEPUTY = "deputies.person"
_DUTIES = ("owner", "responsible", "who", "knowledge_holder", "roles", _DEPUTY)


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding for each leaver who has anything open."""
    standing_in: dict[tuple[str | None, str], date] = {}
    for _, role in context.each(RoleRow):
        for one in role.deputies:
            pair = (role.id, one.person)
            standing_in[pair] = max(one.to or date.max, standing_in.get(pair, date.min))
    for entry, person in context.each(PersonRow):
        left = person.end_date
        if person.id is None or left is None or left >= context.as_of:
            continue
        duties = [
            edge
            for edge in uses(context, person.id, _DUTIES)
            if edge.field != _DEPUTY or standing_in.get((edge.source, edge.target), date.max) > left
        ]
        held = _held(context, person, left)
        if duties or held:
            yield _finding(context, entry, person, duties, held)


def _held(context: AuditContext, person: PersonRow, left: date) -> list[Edge]:
    """The roles in use that a person still holds after the last day."""
    graph = context.graph
    still = {held.role for held in person.roles if held.to is None or held.to > left}
    edges = graph.outgoing.get(person.id or "", ()) if still else ()
    return [
        edge
        for edge in edges
        if edge.field == "roles.role"
        and edge.target in still
        and not is_over(graph.nodes[edge.target].entity)
    ]


def _finding(
    context: AuditContext, entry: Entry, person: PersonRow, duties: list[Edge], held: list[Edge]
) -> Finding:
    told = [f"has {plural(len(duties), 'open duty', 'open duties')}"] if duties else []
    told += [f"holds {listed(edge.target for edge in held)} without a last day"] if held else []
    named = f": {listed(edge.source for edge in duties)}" if duties else ""
    return Finding(
        f"{called(person)} left on {person.end_date} and still {' and '.join(told)}{named}",
        place(entry, "end_date"),
        id=person.id,
        help="give what is open to somebody who is here, best to a role"
        if duties
        else f"end the role: `to: {person.end_date}`",
        related=places(context, [*duties, *held]),
    )


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
