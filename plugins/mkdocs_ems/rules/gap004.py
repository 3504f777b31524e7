"""The gap analysis says that a clause is met, and errors stand on it

## What it checks
Of a clause that the gap analysis calls `met` no rule finds an error: neither of that clause nor of its parts.
Errors that are waived do not count. Each edition is judged by the clauses that the rules name in it.

## Why an auditor asks
Readiness that is overstated is found out in the first audit, by the same look into the registers.

## Fails
It says that all is ready for emergencies, and a scenario has no plan.

`ems/registers/gap.yml`
```yaml
id: REG-GAP
type: gap-assessment
title: Gap analysis
owner: ROL-EHS
rows:
  - id: GAP-001  # ← GAP001
    title: Emergencies
    clause: "8.2"
    status: met  # ← GAP004
    links: [https://example.org]
```

`ems/registers/emergency-scenarios.yml`
```yaml
id: REG-EMERGENCIES
type: emergency-scenario
title: Emergency scenarios
owner: ROL-EHS
rows:
  - id: EMR-001  # ← EMR001
    title: Spill in the yard
    roles: [ROL-EHS]
```

## Passes
It says that something is missing.

`ems/registers/gap.yml`
```yaml
id: REG-GAP
type: gap-assessment
title: Gap analysis
owner: ROL-EHS
rows:
  - id: GAP-001  # ← GAP001
    title: Emergencies
    clause: "8.2"
    status: partial
    owner: ROL-EHS
    actions: [ACT-001]
    due: 2026-09-30
    priority: significant
```

`ems/registers/actions.yml`
```yaml
id: REG-ACTIONS
type: action
title: Actions
owner: ROL-EHS
rows:
  - id: ACT-001
    title: Write the plan
    what: Write it
    owner: ROL-EHS
    due: 2026-09-30
    status: open
    source: [GAP-001]
    resources: A day
```

`ems/registers/emergency-scenarios.yml`
```yaml
id: REG-EMERGENCIES
type: emergency-scenario
title: Emergency scenarios
owner: ROL-EHS
rows:
  - id: EMR-001
    title: Spill in the yard
    response: [PRO-001]
    roles: [ROL-EHS]
```

## How to fix
Look at what the rules found on that clause and mend it, or write `partial` and plan what closes the gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import GapAssessmentRow
from mkdocs_ems.model.clauses import Clause, find_clause
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_NAMED = 4


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each clause that is met by word, and not by what the other rules found."""
    failing = context.outcome.failing if context.outcome is not None else {}
    for entry, row in context.each(GapAssessmentRow) if failing else ():
        clause = find_clause(row.clause, context.settings.edition) if row.clause else None
        codes = _codes(clause, failing) if clause is not None and row.status == "met" else []
        if codes:
            more = f" and {len(codes) - _NAMED} more" if len(codes) > _NAMED else ""
            yield Finding(
                f"{called(row)} is said to be met; errors of {', '.join(codes[:_NAMED])}{more} stand on it",
                place(entry, "status"),
                id=row.id,
                help="mend them, or write `status: partial` and plan what closes the gap",
            )


def _codes(clause: Clause, failing: Mapping[tuple[str, str], tuple[str, ...]]) -> list[str]:
    """The rules whose errors stand on the clause or on one of its parts."""
    return sorted(
        {
            code
            for (edition, number), codes in failing.items()
            if edition == clause.edition and f"{number}.".startswith(f"{clause.number}.")
            for code in codes
        }
    )


RULE = Rule(
    code="GAP004",
    name="gap-contradicted",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=(),
    clauses_2026=(),
    since="0.1.0",
    requires=("SCH001",),
    judges_waivers=True,
    check=check,
)
