"""A reading stands twice, or was changed after it had landed

## What it checks
A measurement has one reading for a period. And what had landed on the main branch still stands: the same
value, unit and qualifier for the same measurement and period, in whatever file. A second line and a changed
one are explained by a `comment` in the line that came later, or that was changed. Lines that moved to another
file, or are written in another unit, have not changed. Seen is what stood at some step of the history and
does not stand today; without history this rule is not evaluated.

## Why an auditor asks
Readings are evidence. A value that is another one than last year, and nobody says why, puts all the others in
doubt.

## Fails
March has two values; February was 2.2 when it landed, and January is gone.

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - id: MON-001  # ← MON007
    title: Nickel at the outlet
    unit: mg/L
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit
MON-001,2026-02,1.2,mg/L  # ← MON007
MON-001,2026-03,1.3,mg/L
MON-001,2026-03,1.4,mg/L  # ← MON007
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE, ems/registers/measurements.yml]
- date: 2026-03-02
  by: PER-BEN
  message: Enter two months
  texts:
    ems/records/readings/MON-001-2026.csv: |
      parameter,period,value,unit
      MON-001,2026-01,1.1,mg/L
      MON-001,2026-02,2.2,mg/L
- {date: 2026-04-02, by: PER-BEN, message: Enter March, files: [ems/records/readings/MON-001-2026.csv]}
```

## Passes
The slip was put right and the line says so; January moved to another file and is written in another unit.

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - id: MON-001
    title: Nickel at the outlet
    unit: mg/L
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit,comment
MON-001,2026-02,1.2,mg/L,Was entered as 2.2; the report of the laboratory has 1.2
MON-001,2026-03,1.3,mg/L,
MON-001,2026-03,1.4,mg/L,Second analysis of the same composite
```

`ems/records/readings/older.csv`
```csv
parameter,period,value,unit
MON-001,2026-01,1100,ug/L  # ← MON003
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE, ems/registers/measurements.yml]
- date: 2026-03-02
  by: PER-BEN
  message: Enter two months
  texts:
    ems/records/readings/MON-001-2026.csv: |
      parameter,period,value,unit
      MON-001,2026-01,1.1,mg/L
      MON-001,2026-02,2.2,mg/L
- date: 2026-04-02
  by: PER-BEN
  message: Enter March and put February right
  files: [ems/records/readings/MON-001-2026.csv, ems/records/readings/older.csv]
```

## How to fix
Put back what had landed, or say in the line's `comment` what it was and why it is another now. What was never
a reading is left out with a waiver in `ems.yml` that says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity, Span
from mkdocs_ems.model import Reading
from mkdocs_ems.model.progress import amount
from mkdocs_ems.rules.overwritten import Change
from mkdocs_ems.rules.readings import the_first
from mkdocs_ems.rules.values import AuditContext, Rule, place

_SHORT = 10
"""So many digits of a commit's id are enough to find it."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each second reading of a period, and each reading that is not what had landed."""
    for name, series in context.model.series.items():
        for (before, after), more in the_first(_twice(series.readings)):
            yield Finding(
                f"{name} has two readings for {after.period.text}, {_words(before)} and {_words(after)}, "
                f"and nobody says why{more}",
                after.span,
                id=name,
                help="take out the one that is wrong, or say in the line's `comment` why there are two",
            )
    for name, changes in groupby(context.overwritten.changes, key=lambda one: one.measurement):
        for one, more in the_first(change for change in changes if not _explained(change)):
            stood = f"{_words(one.before)} of {name} in {one.before.period.text}"
            commit = f"{one.until.date.date()} ({one.until.commit.id[:_SHORT]})"
            yield Finding(
                f"{stood} had landed and was {'changed' if one.now else 'taken out'} on {commit}"
                f"{f', to {_words(one.now[0])}' if one.now else ''}, and nobody says why{more}",
                one.now[0].span if one.now else _row(name, context),
                id=name,
                help="put it back, or say in the line's `comment` what it was and why it is another now",
            )


def _twice(readings: tuple[Reading, ...]) -> Iterator[tuple[Reading, Reading]]:
    """Each reading for a period that another has before it, where neither line says why."""
    first: dict[str, Reading] = {}
    for after in readings:
        before = first.setdefault(after.period.text, after)
        if before is not after and after.comment is None and before.comment is None:
            yield before, after


def _explained(change: Change) -> bool:
    """Whether a line of that period says something that it did not say before."""
    return any(one.comment is not None and one.comment != change.before.comment for one in change.now)


def _words(reading: Reading) -> str:
    return f"{reading.qualifier if reading.qualifier != 'est' else ''}{amount(reading.value, reading.unit)}"


def _row(name: str, context: AuditContext) -> Anchor | Span:
    entry = context.model.by_id.get(name)
    return place(entry) if entry is not None else Anchor(context.model.settings_path)


def _unjudged(context: AuditContext) -> str | None:
    """Why earlier readings cannot be compared."""
    if context.compilation.blobs is None:
        return "what was written earlier cannot be read here"
    left = context.overwritten.not_judged
    return f"too many earlier states of {left[0]} were rewritten to be compared" if left else None


RULE = Rule(
    code="MON007",
    name="duplicate-or-overwritten-reading",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("9.1.1", "7.5.3"),
    clauses_2026=("9.1.1", "7.5.3"),
    since="0.1.0",
    requires=("SCH001",),
    needs_history=True,
    unjudged=_unjudged,
    check=check,
)
