"""Something serves another standard and no clause of it

## What it checks
A document, register or row that is tagged with another standard under `standards` names a clause of that
standard under `clauses`, such as `iso9001:8.4`, or an audit, finding or nonconformity where it names the
clauses that were looked at or not met. What serves that standard alone may name its clauses without
the prefix.

## Why an auditor asks
In an integrated system the auditor of the other standard asks where a clause of theirs is met. A tag does not
say.

## Fails
It serves both, and names clauses of one.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
areas: [Treatment plant]
standards: [iso14001, iso9001]  # ← IMS001
clauses: ["8.1"]
---

## Line

Keep the pH between 9 and 10.
```

## Passes
It names a clause of each.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
areas: [Treatment plant]
standards: [iso14001, iso9001]
clauses: ["8.1", "iso9001:8.5.1"]
---

## Line

Keep the pH between 9 and 10.
```

## How to fix
Add the clause that it meets, with its standard before it: `clauses: ["8.1", "iso9001:8.5.1"]`; or take the
tag away.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import (
    AuditFindingRecord,
    AuditProgrammeRow,
    AuditRecord,
    Entity,
    GapAssessmentRow,
    NonconformityRow,
)
from mkdocs_ems.model.clauses import standard_name
from mkdocs_ems.model.standards import OTHERS
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_EDITIONS = {edition.partition(":")[0]: edition for edition in OTHERS}


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each tag of another standard of which no clause is named."""
    for entry, entity in context.each(Entity):
        for position, standard in enumerate(entity.standards):
            if standard not in _EDITIONS:
                continue
            named = _named(entity)
            alone = len(entity.standards) == 1 and any(":" not in ref for ref in named)
            if not alone and not any(ref.startswith(f"{standard}:") for ref in named):
                name = standard_name(_EDITIONS[standard])
                yield Finding(
                    f"{called(entity)} is tagged with {name} and names no clause of it",
                    place(entry, "standards", position),
                    id=entity.id,
                    help=f"add the clause that it meets to `clauses`, such as {standard}:8.1, or take "
                    "the tag away",
                )


def _named(entity: Entity) -> tuple[str, ...]:
    """Every clause that something names, wherever its kind has it name clauses."""
    match entity:
        case AuditRecord():
            return (*entity.clauses, *entity.audited_clauses)
        case AuditFindingRecord() | NonconformityRow():
            return (*entity.clauses, *entity.criterion_clauses)
        case AuditProgrammeRow():
            return (*entity.clauses, *(ref for one in entity.planned for ref in one.clauses))
        case GapAssessmentRow():
            return (*entity.clauses, *((entity.clause,) if entity.clause else ()))
        case _:
            return entity.clauses


RULE = Rule(
    code="IMS001",
    name="integrated-clause-missing",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=(),
    clauses_2026=(),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
