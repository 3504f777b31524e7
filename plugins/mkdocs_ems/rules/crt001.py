"""A surveillance audit is late, or nobody has booked it

## What it checks
A valid certificate was first surveyed within twelve months of the decision to certify (`decision_date`), and
after that in each calendar year until it runs out; a recertification or transition audit of that year counts.
Of one that was renewed (a recertification before that day, or a decision that lies more than one cycle before
`expires_on`) the calendar years of the present cycle are judged alone.
What is late is an error. What has to be held within the time of `intervals: {renewal_warning_days: …}` of
`ems.yml`, else ninety days, and stands in no `planned` yet is a warning.

## Why an auditor asks
The certification rules fix both times. A certification body that cannot come in time has to suspend the
certificate.

## Fails
The first surveillance was due in April; of the other certificate the year 2025 had none.

`ems/registers/certifications.yml`
```yaml
id: REG-CRT
type: certification
title: Certifications
owner: ROL-EHS
rows:
  - id: CRT-001
    title: ISO 14001 certificate
    status: valid
    accreditation_body: UKAS
    accreditation_number: "0001"
    edition: "2026"
    decision_date: 2025-04-10  # ← CRT001
    expires_on: 2028-04-09
  - id: CRT-002
    title: ISO 9001 certificate
    status: valid
    standard: iso9001
    accreditation_body: UKAS
    accreditation_number: "0001"
    decision_date: 2023-09-10
    expires_on: 2026-12-09
    events:
      - {kind: surveillance, planned: 2024-08-20, done: 2024-08-21}  # ← CRT001
      - {kind: recertification, planned: 2026-09-20}
```

It is due in July, and nobody has booked it.

`ems/registers/certifications.yml`
```yaml
id: REG-CRT
type: certification
title: Certifications
owner: ROL-EHS
rows:
  - id: CRT-001
    title: ISO 14001 certificate
    status: valid
    accreditation_body: UKAS
    accreditation_number: "0001"
    edition: "2026"
    decision_date: 2025-07-10  # ← CRT001
    expires_on: 2028-07-09
```

## Passes
Each was surveyed in time, or is booked.

`ems/registers/certifications.yml`
```yaml
id: REG-CRT
type: certification
title: Certifications
owner: ROL-EHS
rows:
  - id: CRT-001
    title: ISO 14001 certificate
    status: valid
    accreditation_body: UKAS
    accreditation_number: "0001"
    edition: "2026"
    decision_date: 2025-07-10
    expires_on: 2028-07-09
    events: [{kind: surveillance, planned: 2026-06-20}]
  - id: CRT-002
    title: ISO 9001 certificate
    status: valid
    standard: iso9001
    accreditation_body: UKAS
    accreditation_number: "0001"
    decision_date: 2023-09-10
    expires_on: 2026-12-09
    events:
      - {kind: surveillance, planned: 2024-08-20, done: 2024-08-21}
      - {kind: surveillance, planned: 2025-08-20, done: 2025-08-20}
      - {kind: recertification, planned: 2026-09-20}
  - id: CRT-003
    title: Old certificate
    status: expired
    accreditation_body: UKAS
    accreditation_number: "0001"
    decision_date: 2020-09-10
```

## How to fix
Book the audit with the certification body and write it under `events` with `planned: …`; once it was held,
with `done: …`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import CertificationRow
from mkdocs_ems.model.fields import Interval
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_FIRST = Interval(months=12, days=0)
_CYCLE = 36
"""Months that a certificate holds, where it does not say."""
_SLACK = 3
"""So many months later than a cycle after the decision a first certificate may end."""
_COUNTS = ("surveillance", "recertification", "transition")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield, for each valid certificate, the first surveillance that was missed or has to be booked now."""
    ahead = context.settings.intervals.renewal_warning_days
    for entry, certificate in context.each(CertificationRow):
        decided = certificate.decision_date
        if certificate.status not in ("valid", None) or decided is None:
            continue
        at = place(entry, "events") if certificate.events else place(entry, "decision_date")
        for start, end, words in _windows(certificate, decided, context.as_of):
            if any(start <= day <= end for day in _held(certificate)):
                continue
            if end < context.as_of:
                yield Finding(
                    f"{called(certificate)} was not surveyed {words}",
                    at,
                    id=certificate.id,
                    help="book the audit now, ask the certification body whether the certificate still "
                    "holds, and write the audit under `events`",
                )
            elif (end - context.as_of).days <= ahead and not _booked(certificate, context.as_of, end):
                yield Finding(
                    f"{called(certificate)} has to be surveyed {words}, and no audit is booked",
                    at,
                    id=certificate.id,
                    help="book it, and write it under `events`: `{kind: surveillance, planned: …}`",
                    severity=Severity.WARNING,
                )
            break


def _windows(certificate: CertificationRow, decided: date, today: date) -> Iterator[tuple[date, date, str]]:
    """Each time within which there has to be an audit, the first and those of each calendar year."""
    until = min(today, certificate.expires_on or date.max)
    year = _renewed_in(certificate, decided)
    if year is None:
        first = _FIRST.after(decided)
        yield decided, first, f"by {first}"
        year = decided.year + 1
    for following in range(year + 1, until.year + 1):
        yield date(following, 1, 1), date(following, 12, 31), f"in {following}"


def _renewed_in(certificate: CertificationRow, decided: date) -> int | None:
    """The year in which its present cycle began; None for a first certificate."""
    again = [one.done for one in certificate.events if one.done and one.kind == "recertification"]
    if any(day <= decided for day in again):
        return decided.year
    end, months = certificate.expires_on, certificate.cycle_months or _CYCLE
    if end is None or Interval(months=months + _SLACK, days=0).after(decided) >= end:
        return None
    return end.year - (months + 11) // 12


def _held(certificate: CertificationRow) -> Iterator[date]:
    return (one.done for one in certificate.events if one.done and one.kind in _COUNTS)


def _booked(certificate: CertificationRow, today: date, end: date) -> bool:
    planned = (one.planned for one in certificate.events if one.planned and not one.done)
    return any(today <= day <= end for day in planned)


RULE = Rule(
    code="CRT001",
    name="surveillance-window",
    severity=Severity.ERROR,
    basis=Basis.CERTIFICATION,
    clauses_2015=(),
    clauses_2026=(),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
