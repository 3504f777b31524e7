"""The gap analysis passes over a clause

## What it checks
A gap analysis that has begun for an edition says something of each clause of that edition that has no parts;
a row for the clause above counts for all its parts. A row without a `status` says nothing yet.

## Why an auditor asks
A gap analysis is a step on the way to a certificate. The clause that nobody looked at is the one that is
found later.

## Fails
It looked at clause 4 alone, and there only at two parts.

`ems/registers/gap.yml`
```yaml
id: REG-GAP
type: gap-assessment
title: Gap analysis
owner: ROL-EHS
rows:
  - {id: GAP-001, title: Context, clause: "4.1", status: met, links: [https://example.org]}  # ← GAP001
  - {id: GAP-002, title: Parties, clause: "4.2", status: met, links: [https://example.org]}
```

## Passes
Every main clause was looked at.

`ems/registers/gap.yml`
```yaml
id: REG-GAP
type: gap-assessment
title: Gap analysis
owner: ROL-EHS
rows:
  - {id: GAP-001, title: Context, clause: "4", status: met, links: [https://example.org]}
  - {id: GAP-002, title: Leadership, clause: "5", status: met, links: [https://example.org]}
  - {id: GAP-003, title: Planning, clause: "6", status: met, links: [https://example.org]}
  - {id: GAP-004, title: Support, clause: "7", status: met, links: [https://example.org]}
  - {id: GAP-005, title: Operation, clause: "8", status: met, links: [https://example.org]}
  - {id: GAP-006, title: Evaluation, clause: "9", status: met, links: [https://example.org]}
  - {id: GAP-007, title: Improvement, clause: "10", status: met, links: [https://example.org]}
```

## How to fix
Look at the clauses that the finding names and add a row for each, or one for the clause above them.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Entry, GapAssessmentRow
from mkdocs_ems.model.clauses import clauses, find_clause, named_with, standard_name
from mkdocs_ems.rules.values import AuditContext, Rule, place

_NAMED = 8
"""So many clauses are named; the rest are counted."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding for each edition whose analysis has begun and is not complete."""
    looked: dict[str, set[str]] = {}
    first: dict[str, Entry] = {}
    for entry, row in context.each(GapAssessmentRow):
        clause = find_clause(row.clause, context.settings.edition) if row.clause else None
        if clause is not None:
            numbers = looked.setdefault(clause.edition, set())
            if row.status is not None:
                numbers.add(clause.number)
            first.setdefault(clause.edition, entry)
    for edition, numbers in looked.items():
        missing = [one for one in _leaves(edition) if not named_with(one, numbers)]
        if missing:
            named = ", ".join(missing[:_NAMED])
            more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
            yield Finding(
                f"the gap analysis for {standard_name(edition)} says nothing of {named}{more}",
                place(first[edition]),
                id=first[edition].entity.id,
                help="add a row for each, with its `clause` and `status`",
            )


def _leaves(edition: str) -> Iterator[str]:
    """The clauses that have no parts."""
    above = {one.parent for one in clauses(edition).values()}
    return (number for number in clauses(edition) if number not in above)


RULE = Rule(
    code="GAP001",
    name="clause-not-assessed",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=(),
    clauses_2026=(),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
