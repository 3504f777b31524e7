"""Nobody says which instrument a measurement is taken with

## What it checks
Where a register of instruments is kept, every measurement of a physical unit names its `instrument`, or its
readings do (`instrument` in their lines, which may be a laboratory), or it says why it has none
(`no_instrument`). And an instrument that readings name by an id is in the register. Things counted are left
alone.

## Why an auditor asks
A value whose instrument nobody knows cannot be traced to a calibration; the meter that nobody wrote down is
the one that nobody has calibrated.

## Fails
Of the first nobody knows the instrument; that of the second is not in the register.

`ems/registers/instruments.yml`
```yaml
id: REG-INSTRUMENTS
type: instrument
title: Instruments
owner: ROL-EHS
rows:
  - id: CAL-001
    title: pH probe
    kind: indication-only
```

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - id: MON-001  # ← CAL004
    title: Nickel at the outlet
    unit: mg/L
  - id: MON-002
    title: pH at the outlet
    unit: pH
    instrument: CAL-001
```

`ems/records/readings/MON-002-2026.csv`
```csv
parameter,period,value,unit,instrument
MON-002,2026-04-30,7.2,pH,CAL-001
MON-002,2026-05-04,7.2,pH,CAL-002  # ← CAL004
MON-002,2026-05-05,7.2,pH,CAL-002
```

## Passes
The laboratory stands in the lines; the tickets are somebody else's; spills are counted.

`ems/registers/instruments.yml`
```yaml
id: REG-INSTRUMENTS
type: instrument
title: Instruments
owner: ROL-EHS
rows:
  - id: CAL-001
    title: pH probe
    kind: indication-only
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
    unit: mg/L
  - id: MON-002
    title: Filter cake
    unit: t
    no_instrument: Weighbridge of the receiver, by ticket
  - id: MON-003
    title: Spills
    unit: count
```

`ems/records/readings/MON-001-2026.csv`
```csv
parameter,period,value,unit,instrument
MON-001,2026-04,1.2,mg/L,Firth Laboratories
```

Where no instruments are listed, that register is to be begun first.

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

## How to fix
List the instrument and name it in `instrument`, or say in `no_instrument` why there is none: counted, taken
from tickets, measured by a laboratory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import InstrumentRow, MeasurementRow, Series
from mkdocs_ems.model.fields import ID_PATTERN
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import did_you_mean, plural

_NO_MEASURE = ("count", "1", None)


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each measurement without a known instrument, and what readings name and nobody listed."""
    listed = {row.id for _, row in context.each(InstrumentRow) if row.id}
    if not listed:
        return
    for entry, row in context.each(MeasurementRow):
        if row.status in ("withdrawn", "planned"):
            continue
        series = context.model.series.get(row.id or "")
        if series is not None:
            yield from _unlisted(row, series, listed)
        named = row.instrument or row.no_instrument or (series is not None and series.instruments)
        lost = any(route[0] in ("instrument", "no_instrument", "unit") for route in entry.dropped)
        if not named and not lost and row.unit not in _NO_MEASURE:
            yield Finding(
                f"{called(row)} is measured in {row.unit}, and nobody says with which instrument",
                place(entry),
                id=row.id,
                help="name its `instrument`, or say in `no_instrument` why there is none: counted, taken "
                "from tickets, measured by a laboratory",
            )


def _unlisted(row: MeasurementRow, series: Series, listed: set[str]) -> Iterator[Finding]:
    """What lines name by an id that no instrument has, each once."""
    unknown = {one for one in series.instruments - listed if re.fullmatch(ID_PATTERN, one)}
    for name in sorted(unknown):
        lines = [one for one in series.readings if one.instrument == name]
        near = did_you_mean(name, sorted(listed))
        yield Finding(
            f"{plural(len(lines), 'reading')} of {called(row)} {'name' if len(lines) > 1 else 'names'} "
            f"{name}, which is no instrument of the register",
            lines[0].span,
            id=row.id,
            help=f"write {near}, if that is meant" if near else f"list {name} in the register of instruments",
        )


RULE = Rule(
    code="CAL004",
    name="instrument-not-registered",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("9.1.1",),
    clauses_2026=("9.1.1",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
