"""A reading that was due is missing

## What it checks
A measurement with a `frequency` from daily to yearly has a reading for each of its periods: from `starts`,
or without that from its first reading, up to the last period that ended more than `reading_grace_days`
(`intervals` in `ems.yml`, 15 without) ago. A reading for part of a period counts for it, one for a longer
period does not. Days of the week on which a daily measurement never has a reading are not asked for.
Measurements that are planned or withdrawn are not asked, nor are those that say in `no_readings` where their
readings are kept.

## Why an auditor asks
A gap in a series is either a measurement that was not taken or a result that nobody wrote down; both are
asked about, and after a year nobody knows the answer.

## Fails
Readings of February and April are missing; that of May may still come in.

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - id: MON-001  # ← MON002
    title: Nickel at the outlet
    frequency: monthly
    unit: mg/L
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit
MON-001,2026-01,1.9,mg/L
MON-001,2026-03-12,1.8,mg/L
```

Nothing has ever been read.

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - id: MON-001  # ← MON002
    title: Nickel at the outlet
    frequency: weekly
    unit: mg/L
```

## Passes
Each quarter has a reading since the measurement began; the works is shut at weekends; the last two are kept
elsewhere, or measured when something happens.

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - id: MON-001
    title: Nickel at the outlet
    frequency: quarterly
    starts: 2025-10-01
    unit: mg/L
  - id: MON-002
    title: pH at the outlet
    frequency: daily
    starts: 2026-05-04
  - id: MON-003
    title: Noise at the fence
    frequency: yearly
    no_readings: In the reports of the consultant
  - id: MON-004
    title: Spills
    frequency: event
```

`ems/records/readings/2026.csv`
```csv
parameter,period,value,unit
MON-001,2025-Q4,1.9,mg/L
MON-001,2026-02,1.8,mg/L
MON-002,2026-05-04,7,1
MON-002,2026-05-05,7,1
MON-002,2026-05-06,7,1
MON-002,2026-05-07,7,1
MON-002,2026-05-08,7,1
MON-002,2026-05-11,7,1
MON-002,2026-05-12,7,1
MON-002,2026-05-13,7,1
MON-002,2026-05-14,7,1
MON-002,2026-05-15,7,1
```

A line that cannot be read has its own finding; the reading is there.

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - id: MON-001
    title: Nickel at the outlet
    frequency: yearly
    starts: 2025-01-01
    unit: mg/L
```

`ems/records/readings/2026.csv`
```csv
parameter,period,value,unit
MON-001,2025-06,about 2,mg/L  # ← SCH001
```

## How to fix
Enter the reading in a file under `records/readings/`. Where there is none and never will be, a line of the
measurement's `notes` is the place to say why, with a waiver in `ems.yml` for the gap.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from itertools import islice

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import MeasurementRow, Series
from mkdocs_ems.model.periods import counting, numbered
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural

_SHOWN = 6
"""So many gaps are named."""
_A_WEEK = 7
_LONGER = 3
"""Days by which one period may be longer than another of its frequency: February and March."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding for each measurement with periods that have no reading."""
    for entry, row in context.each(MeasurementRow):
        if row.frequency is None or row.no_readings or row.status in ("withdrawn", "planned"):
            continue
        if any(route[0] in ("no_readings", "starts", "status") for route in entry.dropped):
            continue
        series = context.model.series.get(row.id or "")
        number = counting(row.frequency)
        if number is None or row.id is None:
            continue
        if series is None and row.starts is None:
            yield Finding(
                f"{called(row)} is measured {row.frequency}, and it has no reading",
                place(entry),
                id=row.id,
                help=f"enter its readings in records/readings/{row.id}-{context.as_of.year}.csv, or say in "
                "`no_readings` where they are kept; `starts` says from when on they are expected",
            )
            continue
        gaps, count = _gaps(row, series, context)
        if gaps:
            names = [_name(row.frequency, gap) for gap in gaps]
            more = f" and {count - _SHOWN} more" if count > _SHOWN else ""
            yield Finding(
                f"{called(row)} has no reading for {', '.join(names)}{more}",
                place(entry),
                id=row.id,
                help=f"enter {plural(count, 'reading')} under records/readings/; where there is none, "
                "say why in `notes`",
            )


def _gaps(row: MeasurementRow, series: Series | None, context: AuditContext) -> tuple[list[int], int]:
    """The numbers of the first periods that are due and have no reading, and how many have none."""
    number = counting(row.frequency or "")
    assert number is not None, "asked above"
    if row.starts is not None and row.starts > context.as_of:
        return [], 0
    seen: set[int] = set()
    longest = _length(row.frequency or "", number(context.as_of)) + _LONGER
    periods = [one.period for one in series.readings] if series else []
    periods += series.dropped if series else ()
    # What is read hour by hour has the same day many times over.
    for period in {(one.first, one.last): one for one in periods}.values():
        if period.last.toordinal() - period.first.toordinal() < longest:
            seen.update(range(number(period.first), number(period.last) + 1))
    begins = row.starts or (min(one.first for one in periods) if periods else None)
    if begins is None:
        return [], 0
    first = number(begins)
    if row.starts and _begins(row.frequency or "", first) < row.starts:
        # The first whole period is the first that is due.
        first += 1
    grace = context.settings.intervals.reading_grace_days
    settled = date.fromordinal(max(1, context.as_of.toordinal() - grace))
    due = range(first, number(settled))
    weekdays: Collection[int] = range(_A_WEEK)
    if row.frequency == "daily" and len(seen) >= _A_WEEK:
        weekdays = sorted({one % _A_WEEK for one in seen})
    # Counted, not listed: a row may say that it began a thousand years ago.
    asked = sum(len(range(first + (weekday - first) % _A_WEEK, due.stop, _A_WEEK)) for weekday in weekdays)
    missing = (one for one in due if one not in seen and one % _A_WEEK in weekdays)
    return list(islice(missing, _SHOWN)), asked - sum(one in due for one in seen)


def _begins(frequency: str, number: int) -> date:
    return numbered(frequency, number).first


def _length(frequency: str, number: int) -> int:
    period = numbered(frequency, number)
    return period.last.toordinal() - period.first.toordinal() + 1


def _name(frequency: str, number: int) -> str:
    return numbered(frequency, number).text


def _unjudged(context: AuditContext) -> str | None:
    """What is written and cannot be read may be the reading that seems to be missing."""
    if context.model.series_whole:
        return None
    return "a file or line of readings cannot be read, so nobody knows which are missing"


RULE = Rule(
    code="MON002",
    name="reading-missing",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("9.1.1",),
    clauses_2026=("9.1.1",),
    since="0.1.0",
    requires=("SCH001",),
    unjudged=_unjudged,
    check=check,
)
