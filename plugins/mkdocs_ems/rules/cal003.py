"""A calibration failed and nobody looked at the readings before it

## What it checks
Every calibration with the result *fail* says in `impact_assessment` what that means for the readings since
the calibration before it.

## Why an auditor asks
An instrument that is found wrong today was wrong yesterday. What it said may have been reported, or have
hidden a value above a limit.

## Fails
The probe was off, was replaced, and nobody asked what it had said before.

`ems/registers/instruments.yml`
```yaml
id: REG-INSTRUMENTS
type: instrument
title: Instruments
owner: ROL-EHS
rows:
  - id: CAL-001
    title: pH probe
    kind: verified
    interval: 12 months
    traceability: Buffers
    calibrations:
      - {date: 2025-05-20, result: pass, certificate: Log 20}
      - {date: 2026-04-27, result: fail, certificate: Log 17}  # ← CAL003
      - {date: 2026-04-28, result: pass, certificate: Log 18}
```

## Passes
It was looked at. What was adjusted had not failed.

`ems/registers/instruments.yml`
```yaml
id: REG-INSTRUMENTS
type: instrument
title: Instruments
owner: ROL-EHS
rows:
  - id: CAL-001
    title: pH probe
    kind: verified
    interval: 12 months
    traceability: Buffers
    calibrations:
      - {date: 2025-05-20, result: adjusted, certificate: Log 20}
      - date: 2026-04-27
        result: fail
        certificate: Log 17
        impact_assessment: It read 0.3 too high; the lowest value since May 2025 was 6.8, so none was below 6.
      - {date: 2026-04-28, result: pass, certificate: Log 18}
```

## How to fix
Look at the readings since the last calibration that passed, say in `impact_assessment` which of them cannot
be trusted and what follows, and raise a nonconformity where a limit may have been passed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import InstrumentRow, MeasurementRow
from mkdocs_ems.model.reading import written_indices
from mkdocs_ems.rules.instruments import taken, users
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each failed calibration that says nothing of the readings before it."""
    by_instrument = users(context)
    for entry, row in context.each(InstrumentRow):
        days = [one.date for one in row.calibrations]
        places = written_indices(entry.dropped, ("calibrations",), len(days))
        for index, one in zip(places, row.calibrations, strict=True):
            if one.result != "fail" or one.impact_assessment is not None:
                continue
            if ("calibrations", index, "impact_assessment") in entry.dropped:
                continue
            before = max((day for day in days if day < one.date), default=None)
            yield Finding(
                f"{called(row)} failed its calibration of {one.date}, and nobody says what that means for "
                f"{_readings(row, before, one.date, by_instrument.get(row.id or '', ()), context)}",
                place(entry, "calibrations", index),
                id=row.id,
                help="look at the readings since the last calibration that passed, and say in "
                "`impact_assessment` which of them cannot be trusted and what follows",
            )


def _readings(
    row: InstrumentRow,
    before: date | None,
    day: date,
    measurements: Sequence[MeasurementRow],
    context: AuditContext,
) -> str:
    found = taken(row, measurements, context, after=before or date.min)
    count = sum(1 for one in found if one.period.first <= day)
    since = f" since {before}" if before else " before it"
    return f"the {plural(count, 'reading')}{since}" if count else f"the readings{since}"


RULE = Rule(
    code="CAL003",
    name="out-of-tolerance-without-impact",
    severity=Severity.ERROR,
    basis=Basis.PRACTICE,
    clauses_2015=("9.1.1",),
    clauses_2026=("9.1.1",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
