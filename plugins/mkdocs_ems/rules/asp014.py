"""An aspect was not assessed again in time

## What it checks
Every aspect was assessed (`assessed_on`), or looked at again as a whole (`last_reviewed`), within its
interval: its own `review_every`, else that of its register, else `intervals: {aspects: …}` in `ems.yml`.
Where no interval is declared, nothing is asked.

## Why an auditor asks
How often is up to you; an interval that you set and do not keep shows a register that is written once
and never again.

## Fails
The first was assessed too long ago by the organisation's interval, the second by its own, the third
never.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
intervals: {aspects: 12 months}
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
```

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 1, severity: 1}
    assessed_on: 2025-05-31  # ← ASP014
  - id: ASP-002
    title: Smell of the baths
    process: PRC-001
    impacts: [{text: Nuisance}]
    criteria: {likelihood: 1, severity: 1}
    review_every: 3 months
    assessed_on: 2026-02-10  # ← ASP014
  - id: ASP-003  # ← ASP014
    title: Noise of the fans
    process: PRC-001
    impacts: [{text: Nuisance}]
    criteria: {likelihood: 1, severity: 1}
```

The register sets the interval for its rows. Where none of several has a date, that is told once.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
review_every: 2 years
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 1, severity: 1}
    assessed_on: 2024-05-31  # ← ASP014
```

`ems/registers/aspects-of-the-office.yml`
```yaml
id: REG-OFFICE  # ← ASP014
type: aspect
title: Aspects of the office
owner: ROL-EHS
review_every: 2 years
rows:
  - id: ASP-101
    title: Paper
    process: PRC-001
    impacts: [{text: Waste}]
    criteria: {likelihood: 1, severity: 1}
  - id: ASP-102
    title: Light
    process: PRC-001
    impacts: [{text: Climate}]
    criteria: {likelihood: 1, severity: 1}
```

## Passes
In time to the day; looked at again since; withdrawn.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
review_every: 12 months
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 1, severity: 1}
    assessed_on: 2025-06-01
  - id: ASP-002
    title: Smell of the baths
    process: PRC-001
    impacts: [{text: Nuisance}]
    criteria: {likelihood: 1, severity: 1}
    assessed_on: 2023-03-01
    last_reviewed: 2026-03-01
  - id: ASP-003
    title: Noise of the fans
    process: PRC-001
    status: withdrawn
    assessed_on: 2019-03-01
```

Nobody set an interval.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 1, severity: 1}
    assessed_on: 2019-03-01
```

## How to fix
Assess the aspect again and write the day in `assessed_on`, also where nothing has changed. An interval
that nobody can keep is better made longer.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AspectRow, Entry, Register
from mkdocs_ems.rules.undated import tellable
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each aspect whose interval has run out, or that was never assessed though one is declared."""
    own = context.settings.intervals.aspects
    by_register = {
        entry.anchor.path: register.review_every or own for entry, register in context.each(Register)
    }
    blank: list[Entry] = []
    dated: set[str] = set()
    for entry, aspect in context.each(AspectRow):
        every = aspect.review_every or by_register.get(entry.anchor.path, own)
        if every is None or aspect.status == "withdrawn":
            continue
        last = aspect.assessed_on or aspect.last_reviewed
        if last is None:
            blank.append(entry)
            continue
        if aspect.last_reviewed and aspect.last_reviewed > last:
            last = aspect.last_reviewed
        dated.add(entry.anchor.path)
        if every.passed(last, on=context.as_of):
            yield Finding(
                f"{called(aspect)} was last assessed on {last} and was due again on {every.after(last)}",
                place(entry, "assessed_on" if aspect.assessed_on else "last_reviewed"),
                id=aspect.id,
                help=f"assess it again and write the day in `assessed_on`; your interval is {every}",
            )
    for entry, entity, count in tellable(context, blank, dated):
        yield Finding(
            f"{called(entity)} was never assessed, though an interval is declared"
            if count == 1
            else f"{called(entity)}: none of its {count} aspects says when it was assessed, "
            "though an interval is declared",
            place(entry),
            id=entity.id,
            help="assess each aspect and write the day: `assessed_on: …`",
        )


RULE = Rule(
    code="ASP014",
    name="aspect-review-overdue",
    severity=Severity.WARNING,
    basis=Basis.OWN_RULE,
    clauses_2015=("6.1.2",),
    clauses_2026=("6.1.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
