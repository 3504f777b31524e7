"""A clause that this edition does not have

## What it checks
Every number under `clauses` is a clause of the edition in `ems.yml`. A number of another edition is
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

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Entity
from mkdocs_ems.model.clauses import clause_help, find_clause, standard_name
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each clause number that neither its own edition nor the organisation's has."""
    edition = context.settings.edition
    for entry, entity in context.each(Entity):
        # A bare number may be of any standard that the entity is tagged with.
        only_ours = set(entity.standards) <= {"iso14001"}
        for position, clause in enumerate(entity.clauses):
            if (only_ours or ":" in clause) and find_clause(clause, edition) is None:
                named, _, number = clause.rpartition(":")
                standard = standard_name(named or edition)
                yield Finding(
                    f"{called(entity)} names clause {number}, which {standard} does not have",
                    place(entry, "clauses", position),
                    id=entity.id,
                    help=clause_help(clause, edition),
                )


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
