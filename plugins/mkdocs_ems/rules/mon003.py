"""A reading has another unit than planned, or a value that looks like a slip

## What it checks
Readings are in the unit of their measurement: one in another unit is named once for each file and unit.
Where it can be converted that is an information, which says how; otherwise nothing is compared with it,
and it is a warning. Where the plan names no unit, all readings have the same. No value lies outside the
plausible range (`limits: {plausible_min, plausible_max}`), and none is ten or a hundred times its
neighbours, or a tenth or a hundredth of them, while these agree among themselves. Counts, values near
zero and values beyond a detection limit are not held against their neighbours. A value that has a
`comment`, or that a nonconformity names, was looked at.

## Why an auditor asks
A decimal point in the wrong place decides what is reported to the authority, and whether an objective is met.

## Fails
February is in a unit that can be turned into the planned one, March in one that cannot.

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
parameter,period,value,unit
MON-001,2026-01,1.9,mg/l
MON-001,2026-02,1900,ug/L  # ← MON003
MON-001,2026-03,1.9,mg/kg  # ← MON003
MON-001,2026-04,1.9,mg/kg
```

The plan names no unit, and in March the laboratory changed to another one.

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - id: MON-001
    title: Nickel at the outlet
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit
MON-001,2026-01,1.9,mg/L
MON-001,2026-02,1.8,mg/l
MON-001,2026-03,1.7,
MON-001,2026-04,1900,ug/L  # ← MON003
MON-001,2026-05,1800,ug/L
```

January is outside what is plausible; in April the point stands in the wrong place.

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
    limits: {plausible_max: 50}
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit
MON-001,2026-01,190,mg/L  # ← MON003
MON-001,2026-02,1.8,mg/L
MON-001,2026-03,1.9,mg/L
MON-001,2026-04,17,mg/L  # ← MON003
MON-001,2026-05,1.8,mg/L
MON-001,2026-06,1.6,mg/L
```

## Passes
Another spelling is the same unit; the high value was looked at, and few things counted are no slip.

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
    limits: {plausible_max: 50}
  - id: MON-002
    title: Spills
    unit: count
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit,comment
MON-001,2026-01,190,mg/l,Sample of the spent bath
MON-001,2026-02,1.8,MG/L,
MON-002,2026-01,1,count,
MON-002,2026-02,1,count,
MON-002,2026-03,10,count,
MON-002,2026-04,1,count,
MON-002,2026-05,1,count,
```

## How to fix
Compare the line with what was read. Correct a slip; where the value is right, say so in the line's `comment`.
Write the unit that the monitoring plan has.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Entry, MeasurementRow, Reading, Series
from mkdocs_ems.model.progress import amount
from mkdocs_ems.model.units import convert, convertible
from mkdocs_ems.rules.excesses import Limit
from mkdocs_ems.rules.jumps import jumps
from mkdocs_ems.rules.readings import MOST, bounded, the_first
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural

_LOST = "\ufffd"
"""Stands where a character could not be read, which has its own finding."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield units that differ from the plan's, values that are not plausible, and values out of line."""
    told: set[tuple[str, int]] = set()
    for one in context.excesses:
        told.add((one.reading.path, one.reading.line))
    beyond = (one for one in context.excesses if one.bound.limit is Limit.IMPLAUSIBLE)
    for one, more in bounded(one for one in beyond if not one.answered and one.reading.comment is None):
        yield Finding(
            f"{called(one.measurement)}: {one.words}{more}",
            one.reading.span,
            id=one.measurement.id,
            help="correct the value; where it is right, say so in the line's `comment`",
        )
    for entry, row in context.each(MeasurementRow) if context.model.series else ():
        series = context.model.series.get(row.id or "")
        if (
            series is None
            or row.status == "withdrawn"
            or context.model.by_id[series.measurement] is not entry
        ):
            continue
        yield from _units(entry, row, series)
        odd = (one for one in jumps(series, row) if (one[0].path, one[0].line) not in told)
        for (reading, factor), more in the_first(odd):
            yield _jump(row, reading, factor, more)


def _units(entry: Entry, row: MeasurementRow, series: Series) -> Iterator[Finding]:
    """One finding for each file and unit that is not the planned one."""
    if row.unit is None:
        if ("unit",) not in entry.dropped:
            yield from _mixed(entry, row, series)
        return
    others: dict[tuple[str, str], list[Reading]] = {}
    for reading in series.readings:
        if reading.unit is not None and reading.unit != row.unit:
            others.setdefault((reading.path, reading.unit), []).append(reading)
    rest = len(others) - MOST
    for number, ((_, unit), readings) in enumerate(islice(others.items(), MOST), start=1):
        can, one = convertible(unit, row.unit), convert(1.0, unit, row.unit)
        if _LOST in unit or (one is not None and math.isclose(one, 1.0)):
            # Another spelling, or another name of the same.
            continue
        many = f" ({plural(len(readings), 'line')} of this file)" if len(readings) > 1 else ""
        what = f"{called(row)} is read in {unit}, and its plan says {row.unit}{many}"
        if rest > 0 and number == MOST:
            what += f"; of {plural(rest, 'more unit')} nothing is said"
        value = readings[0].value
        turned = convert(value, unit, row.unit)
        if turned is not None:
            how = f"{amount(value, unit)} is taken as {amount(turned, row.unit)}"
            message, severity = f"{what}: {how}", Severity.INFO
        elif can is None:
            message, severity = f"{what}; which of them is which, nobody can say", None
        else:
            message, severity = f"{what}; one cannot be turned into the other", None
        yield Finding(
            message,
            readings[0].span,
            id=row.id,
            help=f"write {row.unit}, or correct `unit` of {row.id} in {place(entry).path}",
            severity=severity,
        )


def _mixed(entry: Entry, row: MeasurementRow, series: Series) -> Iterator[Finding]:
    """The first reading in another unit than those before it, where the plan does not say which is meant."""
    first: str | None = None
    for reading in series.readings:
        if reading.unit is None or _LOST in reading.unit or reading.unit == first:
            continue
        first = first or reading.unit
        one = convert(1.0, reading.unit, first)
        if reading.unit != first and (one is None or not math.isclose(one, 1.0)):
            yield Finding(
                f"{called(row)} is read in {first} and then in {reading.unit}, and its plan names no unit: "
                "limits and other readings are compared with the bare number",
                reading.span,
                id=row.id,
                help=f"add `unit: {first}` to {row.id} in {place(entry).path}",
            )
            return


def _jump(row: MeasurementRow, reading: Reading, factor: float, more: str) -> Finding:
    shown = amount(reading.value, reading.unit or row.unit)
    times = (
        f"about {factor:g} times"
        if factor > 1
        else f"about {'a tenth' if factor == 0.1 else 'a hundredth'} of"
    )
    return Finding(
        f"{called(row)}: {shown} in {reading.period.text} is {times} its neighbours{more}",
        reading.span,
        id=row.id,
        help="see whether the decimal point stands right; where it does, say so in the line's `comment`",
    )


RULE = Rule(
    code="MON003",
    name="reading-unit-or-range",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("9.1.1",),
    clauses_2026=("9.1.1",),
    since="0.1.0",
    check=check,
)
