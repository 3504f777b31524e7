"""A clause that this edition does not have

## What it checks
Every number under `clauses`, and in a field of your own that holds clauses, is a clause of the edition in
`ems.yml`. A number of another edition is
written with it: `2015:6.1.4`. Where an entity is tagged with other standards, its bare numbers are not
judged.

## Why an auditor asks
Three numbers mean different things in 2015 and 2026. After a transition, old numbers point at the wrong
topic without a word.

## Fails
Continual improvement stood at 10.3 in 2015; by the 2026 edition there is no such number.

`ems/procedures/improvement.md`
```markdown
---
id: PRO-002
type: procedure
title: Improvement
clauses: ["10.2", "10.3"]  # ← REF004
---

## Ideas

Tell them to anybody.
```

The organisation keeps the clause in fields of its own.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
retention: [{types: [all], storage: In git, disposition: Stays in the history}]
approval:
  matrix:
    - {types: [policy, scope, procedure, work-instruction, plan, method, rules], roles: [ROL-MD]}
    - {types: [aspect, obligation, control, objective, person, role, process], roles: [ROL-MD]}
    - {types: [context-issue, interested-party, risk, action], roles: [ROL-MD]}
    - {types: [measurement, indicator, emergency-scenario], roles: [ROL-MD]}
own_fields:
  - {of: [procedure], name: answers, form: clause}
  - {of: [procedure], name: touches, form: clause, many: true}
```

`ems/procedures/improvement.md`
```markdown
---
id: PRO-002
type: procedure
title: Improvement
answers: "10.3"  # ← REF004
touches: ["10.1", "6.9"]  # ← REF004
---

## Ideas

Tell them to anybody.
```

## Passes
Numbers of this edition, and one of the other that says so.

`ems/procedures/improvement.md`
```markdown
---
id: PRO-002
type: procedure
title: Improvement
clauses: ["10.1", "2015:10.3"]
---

## Ideas

Tell them to anybody.
```

## How to fix
Write the number that the topic has in your edition, or name the edition: `2015:10.3`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from mkdocs_ems.diagnostics import Basis, Finding, Route, Severity
from mkdocs_ems.model import Entity
from mkdocs_ems.model.clauses import clause_help, find_clause, standard_name
from mkdocs_ems.model.own import OWN
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each clause number that neither its own edition nor the organisation's has."""
    edition = context.settings.edition
    declared = (
        *context.settings.own_fields,
        *chain.from_iterable(one.fields for one in context.settings.own_registers),
    )
    own = frozenset(field.name for field in declared if field.form == "clause")
    for entry, entity in context.each(Entity):
        # A bare number may be of any standard that the entity is tagged with.
        only_ours = set(entity.standards) <= {"iso14001"}
        for route, clause in _named(entity, own):
            if (only_ours or ":" in clause) and find_clause(clause, edition) is None:
                named, _, number = clause.rpartition(":")
                standard = standard_name(named or edition)
                yield Finding(
                    f"{called(entity)} names clause {number}, which {standard} does not have",
                    place(entry, *route),
                    id=entity.id,
                    help=clause_help(clause, edition),
                )


def _named(entity: Entity, own: Iterable[str]) -> Iterator[tuple[Route, str]]:
    """Every clause that an entity names, and where: under `clauses`, and in the fields of that form."""
    yield from ((("clauses", index), clause) for index, clause in enumerate(entity.clauses))
    for name in own:
        match getattr(entity, OWN + name, None):
            case str() as clause:
                yield (name,), clause
            case tuple() as clauses:
                yield from (((name, index), clause) for index, clause in enumerate(clauses))


RULE = Rule(
    code="REF004",
    name="unknown-clause",
    severity=Severity.ERROR,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5",),
    clauses_2026=("7.5",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
