"""Nobody looked at an objective's progress in time

## What it checks
An objective that is being worked on has a sign of progress in its `monitoring_frequency` (else in the
frequency of its indicator, else in a year): a reading of its indicator, an analysis that names it, or the day
it was last reviewed (`last_reviewed`). Where its readings are due day by day or month by month, the rule on
missing readings asks for them. One that says how it goes (on-track, at-risk, off-track) rests on something;
one just approved may wait for its first sign.

## Why an auditor asks
Objectives that are looked at once a year, shortly before the audit, are not managed.

## Fails
The training is said to be on track, and nothing ever showed it; the last look at the other was in autumn.

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001  # ← OBJ009
    title: All drivers trained
    basis: [OBL-001]
    not_measurable_reason: It is done or not
    monitoring_frequency: Each quarter
    status: on-track
  - id: OBJ-002  # ← OBJ009
    title: A buffer tank
    basis: [OBL-001]
    not_measurable_reason: It is done or not
    monitoring_frequency: monthly
    last_reviewed: 2025-10-12
    status: approved
```

## Passes
An analysis names the first; the second is reviewed once a year; the third is just approved, the fourth over;
the readings of the last are due by themselves.

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001
    title: All drivers trained
    basis: [OBL-001]
    not_measurable_reason: It is done or not
    monitoring_frequency: Each quarter
    status: on-track
  - id: OBJ-002
    title: A buffer tank
    basis: [OBL-001]
    not_measurable_reason: It is done or not
    monitoring_frequency: Yearly
    last_reviewed: 2025-10-12
    status: on-track
  - id: OBJ-003
    title: Quieter fans
    basis: [OBL-001]
    not_measurable_reason: Heard, not measured
    status: approved
  - id: OBJ-004
    title: Old one
    basis: [OBL-001]
    status: withdrawn
  - id: OBJ-005
    title: Less nickel
    basis: [OBL-001]
    kpi: KPI-001
    unit: mg/L
    baseline: {value: 2}
    target: {value: 1, date: 2026-12-31}
    status: on-track
```

`ems/registers/indicators.yml`
```yaml
id: REG-INDICATORS
type: indicator
title: Indicators
owner: ROL-EHS
rows:
  - id: KPI-001
    title: Nickel
    definition: As it is read
    source: [MON-001]
    unit: mg/L
    direction: decrease
    aggregation: latest
```

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - id: MON-001
    title: Nickel at the outlet
    frequency: monthly
    starts: 2026-05-01
    unit: mg/L
```

`ems/records/analyses/2026.yml`
```yaml
type: analysis
rows:
  - id: ANA-001
    title: Spring
    objectives: [OBJ-001]
    period_end: 2026-03-31
    date: 2026-04-20
    by: [ROL-EHS]
    shows: Nine of twelve drivers are trained.
```

## How to fix
Look at where it stands, and say so: a reading of its indicator, an analysis that names it under `objectives`,
or at least the day in `last_reviewed`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import IndicatorRow, MeasurementRow, ObjectiveRow
from mkdocs_ems.model.fields import Interval
from mkdocs_ems.model.periods import counting
from mkdocs_ems.rules.analyses import analysed
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import fold

_SPANS = {"day": Interval(0, 1), "week": Interval(0, 7), "month": Interval(1, 0), "year": Interval(12, 0)}
_COUNTS = {"other": 2, "two": 2, "second": 2, "three": 3, "third": 3, "four": 4, "six": 6, "twelve": 12}
_EVERY_SO_MANY = re.compile(rf"\b(\d{{1,3}}|{'|'.join(_COUNTS)})[ -](day|week|month|year)s?\b")
"""`every two months`, `each second week`, `every 90 days`."""
_FREQUENCIES = (
    (re.compile(r"\b(half|semi|six|biannual|twice (a|each|every|per) year|two times)"), Interval(6, 0)),
    (re.compile(r"\b(quarter|four times)"), Interval(3, 0)),
    (re.compile(r"\b(daily|continuous|(every|each|per|a) day\b)"), Interval(0, 1)),
    (re.compile(r"\bweek"), Interval(0, 7)),
    (re.compile(r"\bmonth"), Interval(1, 0)),
)
"""What a frequency may be called in words; a day of the week says nothing of how often."""
_A_YEAR = Interval(12, 0)
_SAYS_HOW = ("on-track", "at-risk", "off-track")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each objective in work whose progress nobody looked at in time."""
    looked = None
    grace = context.settings.intervals.reading_grace_days
    for entry, objective in context.each(ObjectiveRow):
        if is_over(objective) or objective.status == "proposed" or entry.dropped:
            continue
        indicator = _indicator(objective, context)
        measured = _measured(indicator, context)
        if any(_asked_for(row) for row in measured):
            continue
        looked = looked or analysed(context)
        days = [_last_reading(row, context) for row in measured]
        days += [objective.last_reviewed, looked.objectives.get(objective.id or "")]
        last = max((one for one in days if one is not None), default=None)
        every = _every(objective, indicator)
        wait = Interval(every.months, every.days + grace)
        if last is None and objective.status not in _SAYS_HOW:
            continue
        if last is None or wait.passed(last, on=context.as_of):
            since = f"since {last}" if last else "yet"
            yield Finding(
                f"nothing shows {since} how far {called(objective)} is, which is looked at every {every}",
                place(entry),
                id=objective.id,
                help="add a reading of its indicator, an analysis that names it under `objectives`, or at "
                "least the day in `last_reviewed`",
            )


def _indicator(objective: ObjectiveRow, context: AuditContext) -> IndicatorRow | None:
    entry = context.model.by_id.get(objective.kpi or "")
    return entry.entity if entry is not None and isinstance(entry.entity, IndicatorRow) else None


def _measured(indicator: IndicatorRow | None, context: AuditContext) -> tuple[MeasurementRow, ...]:
    entries = (context.model.by_id.get(one) for one in (indicator.source if indicator else ()))
    rows = (entry.entity for entry in entries if entry is not None)
    return tuple(row for row in rows if isinstance(row, MeasurementRow))


def _asked_for(row: MeasurementRow) -> bool:
    """Whether the rule on missing readings asks for its readings."""
    counted = row.frequency is not None and counting(row.frequency) is not None
    return counted and not row.no_readings and row.status not in ("withdrawn", "planned")


def _last_reading(row: MeasurementRow, context: AuditContext) -> date | None:
    series = context.model.series.get(row.id or "")
    days = (one.period.last for one in reversed(series.readings)) if series else iter(())
    return next((day for day in days if day <= context.as_of), None)


def _every(objective: ObjectiveRow, indicator: IndicatorRow | None) -> Interval:
    """How often it is looked at: in its own words, else as its indicator is."""
    words = objective.monitoring_frequency or (indicator.frequency if indicator else None) or ""
    text = fold(words)
    so_many = _EVERY_SO_MANY.search(text)
    if so_many is not None:
        count, span = so_many[1], _SPANS[so_many[2]]
        times = int(count) if count.isdecimal() else _COUNTS[count]
        return Interval(span.months * times, span.days * times)
    return next((every for names, every in _FREQUENCIES if names.search(text)), _A_YEAR)


RULE = Rule(
    code="OBJ009",
    name="progress-stale",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("6.2.1", "9.1.1"),
    clauses_2026=("6.2.1", "9.1.1"),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
