"""A provider is overdue for evaluation

## What it checks
An external provider in use that says how often it is evaluated (`evaluated_every`), or falls under
`intervals: {providers: …}` of `ems.yml`, was evaluated no longer ago than that. Who sets no interval is not
asked. Where no provider was ever evaluated, the register is told once.

## Why an auditor asks
How often you look at a provider again is your own rule. An approved list that nobody has looked at for years
says nothing of who is on it.

## Fails
The first was due in February, the second never was evaluated.

`ems/registers/providers.yml`
```yaml
id: REG-PROVIDERS
type: provider
title: External providers
owner: ROL-MD
rows:
  - id: SUP-001
    title: Waste carrier
    evaluated_every: 12 months
    evaluations:
      - {date: 2024-02-10, score: B}
      - {date: 2025-02-10, score: B}  # ← SUP004
  - id: SUP-002  # ← SUP004
    title: Laboratory
    evaluated_every: 2 years
```

By the organisation's own interval none was evaluated.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
intervals: {providers: 12 months}
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
```

`ems/registers/providers.yml`
```yaml
id: REG-PROVIDERS  # ← SUP004
type: provider
title: External providers
owner: ROL-MD
rows:
  - {id: SUP-001, title: Waste carrier}
  - {id: SUP-002, title: Laboratory}
```

## Passes
Evaluated in time, without an interval, and suspended.

`ems/registers/providers.yml`
```yaml
id: REG-PROVIDERS
type: provider
title: External providers
owner: ROL-MD
rows:
  - id: SUP-001
    title: Waste carrier
    evaluated_every: 12 months
    evaluations: [{date: 2025-06-01, score: B}]
  - {id: SUP-002, title: Stationer}
  - {id: SUP-003, title: Old haulier, status: suspended, evaluated_every: 12 months}
```

## How to fix
Evaluate the provider and add `- {date: …, by: …, score: …, result: …}` to its `evaluations`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.rules.providers import in_use
from mkdocs_ems.rules.registers import each_or_register
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import ago, plural

_HELP = "evaluate it and add `- {date: …, by: …, score: …, result: …}` to `evaluations`"


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each provider whose evaluation is due or was never made."""
    general = context.settings.intervals.providers
    never: list[Finding] = []
    asked = 0
    for entry, provider in in_use(context):
        every = provider.evaluated_every or general
        if every is None:
            continue
        asked += 1
        dates = [one.date for one in provider.evaluations if one.date <= context.as_of]
        if not dates:
            words = f"{called(provider)} is to be evaluated every {every}, and never was"
            never.append(Finding(words, place(entry), id=provider.id, help=_HELP))
        elif every.passed(max(dates), on=context.as_of):
            due = every.after(max(dates))
            position = [one.date for one in provider.evaluations].index(max(dates))
            yield Finding(
                f"the evaluation of {called(provider)} was due on {due}, {ago(due, today=context.as_of)}",
                place(entry, "evaluations", position),
                id=provider.id,
                help=_HELP,
            )
    words = f"none of the {plural(asked, 'external provider')} was ever evaluated"
    yield from each_or_register(context, never, kind="provider", asked=asked, message=words)


RULE = Rule(
    code="SUP004",
    name="provider-evaluation-overdue",
    severity=Severity.WARNING,
    basis=Basis.OWN_RULE,
    clauses_2015=("8.1",),
    clauses_2026=("8.1",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
