"""Nothing shows that an instrument is calibrated

## What it checks
Every instrument in use that is calibrated or verified says how often (`interval`, `interval_uses`, or the
certificate's `valid_to`), what it goes back to (`traceability`), and has a calibration: the latest with its
`result` and its `certificate`, or a file as `evidence`. Instruments that only indicate are left alone.

## Why an auditor asks
The sticker on the instrument is no proof. The certificate says against what it was compared and what was
found.

## Fails
The first was never calibrated; of the second nobody knows what was found, nor against what it was compared.

`ems/registers/instruments.yml`
```yaml
id: REG-INSTRUMENTS
type: instrument
title: Instruments
owner: ROL-EHS
rows:
  - id: CAL-001  # ← CAL002
    title: Spectrometer
    kind: calibrated
    interval: 12 months
    traceability: Certified standards
  - id: CAL-002  # ← CAL002
    title: pH probe
    kind: verified
    interval: 1 year
    calibrations: [{date: 2026-05-25, certificate: Log 21}]
```

## Passes
The certificate is a file, with its checksum; the gauge only shows.

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
      - {date: 2026-03-10, result: pass, evidence: [{what: Certificate SV-2603 in the laboratory's folder}]}
  - id: CAL-002
    title: Level gauge
    kind: indication-only
```

## How to fix
Add what is missing: `calibrations: [{date: …, result: pass, certificate: …}]`, `traceability: …`, `interval:
…`. What only shows and decides nothing is `kind: indication-only`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import InstrumentRow
from mkdocs_ems.model.entities import Calibration
from mkdocs_ems.rules.instruments import in_use, last_before
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each instrument in use whose calibration is not shown."""
    for entry, row in in_use(context):
        last = last_before(row, context.as_of)
        lost = {str(route[0]) for route in entry.dropped}
        missing = [words for field, words in _missing(row, last) if field not in lost]
        if missing:
            yield Finding(
                f"{called(row)} says nothing of {', '.join(missing)}",
                place(entry),
                id=row.id,
                help="add what is missing: `calibrations: [{date: …, result: pass, certificate: …}]`, "
                "`traceability: …`, `interval: …`; what only shows is `kind: indication-only`",
            )


def _missing(row: InstrumentRow, last: Calibration | None) -> Iterator[tuple[str, str]]:
    """Field and words of what is not there."""
    if last is None:
        yield "calibrations", "any calibration"
    else:
        if last.result is None:
            yield "calibrations", f"the result of {last.date}"
        if last.certificate is None and not last.evidence:
            yield "calibrations", f"the certificate of {last.date}"
    if row.traceability is None:
        yield "traceability", "what it goes back to"
    if row.interval is None and row.interval_uses is None and (last is None or last.valid_to is None):
        yield "interval", "how often it is calibrated"


RULE = Rule(
    code="CAL002",
    name="calibration-evidence-missing",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("9.1.1",),
    clauses_2026=("9.1.1",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
