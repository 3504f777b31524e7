"""An instrument is past its calibration and still used

## What it checks
An instrument by which a measurement is taken, or which a line of readings names, was calibrated or verified
within its `interval`, by the day that its certificate holds (`valid_to`), or within `interval_uses` readings,
and did not fail the last time; what a failure means for the readings before it, another rule asks first.
Instruments that only indicate, are planned or withdrawn, are left alone; one that was never calibrated has
another finding.

## Why an auditor asks
Values by an instrument that is past its calibration prove nothing, the ones that keep the permit least of
all.

## Fails
The spectrometer was due in March; the strips are verified after each reading, and have had two.

`ems/registers/instruments.yml`
```yaml
id: REG-INSTRUMENTS
type: instrument
title: Instruments
owner: ROL-EHS
rows:
  - id: CAL-001  # ← CAL001
    title: Spectrometer
    kind: calibrated
    interval: 12 months
    traceability: Certified standards
    calibrations: [{date: 2025-03-11, result: pass, certificate: SV-2503}]
  - id: CAL-002  # ← CAL001
    title: Test strips
    kind: verified
    interval_uses: 1
    traceability: Buffers
    calibrations: [{date: 2026-05-01, result: pass, certificate: Log 18}]
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
    instrument: CAL-001
  - id: MON-002
    title: pH at the outlet
```

`ems/records/readings/MON-002-2026.csv`
```csv
parameter,period,value,unit,instrument
MON-002,2026-04-30,7.2,1,CAL-002
MON-002,2026-05-04,7.2,1,CAL-002
MON-002,2026-05-05,7.1,1,CAL-002
```

## Passes
The day itself is in time; the second is out of use; the third only shows; nothing is measured by the fourth.

`ems/registers/instruments.yml`
```yaml
id: REG-INSTRUMENTS
type: instrument
title: Instruments
owner: ROL-EHS
rows:
  - id: CAL-001
    title: Spectrometer
    kind: calibrated
    interval: 12 months
    traceability: Certified standards
    calibrations:
      - {date: 2025-06-01, result: pass, certificate: SV-2506}
      - {date: 2024-06-03, result: pass, certificate: SV-2406}
  - id: CAL-002
    title: Old spectrometer
    status: withdrawn
    interval: 12 months
    calibrations: [{date: 2020-03-11, result: pass, certificate: SV-2003}]
  - id: CAL-003
    title: Level gauge
    kind: indication-only
  - id: CAL-004
    title: Noise meter
    kind: calibrated
    interval: 12 months
    traceability: Reference of the maker
    calibrations: [{date: 2023-03-11, result: pass, certificate: N-23}]
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
    instrument: CAL-001
```

## How to fix
Have it calibrated and add the calibration; until then take it out of use. Say in `impact_assessment` what it
means for the readings taken meanwhile, if it is found out of tolerance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import InstrumentRow, MeasurementRow
from mkdocs_ems.model.entities import Calibration
from mkdocs_ems.rules.instruments import in_use, last_before, taken, users
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import ago, plural

_SHOWN = 4


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each instrument in use that is past due."""
    by_instrument = users(context)
    for entry, row in in_use(context):
        measurements = by_instrument.get(row.id or "", ())
        last = last_before(row, context.as_of)
        if last is None or not measurements or entry.dropped:
            continue
        late = _late(row, last, measurements, context)
        if late:
            names = ", ".join(str(one.id) for one in measurements[:_SHOWN])
            more = f" and {len(measurements) - _SHOWN} more" if len(measurements) > _SHOWN else ""
            verb = "are" if len(measurements) > 1 else "is"
            yield Finding(
                f"{called(row)} {late}; {names}{more} {verb} measured by it",
                place(entry),
                id=row.id,
                help="have it calibrated or verified and add that to `calibrations`; until then take it out "
                "of use, and look at the readings taken meanwhile",
            )


def _late(
    row: InstrumentRow, last: Calibration, measurements: Sequence[MeasurementRow], context: AuditContext
) -> str:
    """What was passed, in words; empty where nothing was."""
    if last.result == "fail":
        # Of one failure one thing is told: first what it means for the readings, which another rule asks.
        used = any(one.instrument == row.id for one in measurements) or any(
            True for _ in taken(row, measurements, context, after=last.date)
        )
        return f"failed its calibration of {last.date}" if used and last.impact_assessment else ""
    day = row.due_after(last)
    if day is not None and day < context.as_of:
        since = sum(1 for _ in taken(row, measurements, context, after=day))
        readings = f", with {plural(since, 'reading')} since" if since else ""
        return f"was due for calibration on {day}, {ago(day, today=context.as_of)}{readings}"
    if row.interval_uses is not None:
        uses = sum(1 for _ in taken(row, measurements, context, after=last.date))
        if uses > row.interval_uses:
            return (
                f"was used for {plural(uses, 'reading')} since {last.date}, and has to be calibrated after "
                f"{row.interval_uses}"
            )
    return ""


RULE = Rule(
    code="CAL001",
    name="calibration-expired",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("9.1.1",),
    clauses_2026=("9.1.1",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
