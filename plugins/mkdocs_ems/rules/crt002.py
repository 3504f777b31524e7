"""A certificate runs out before it is renewed

## What it checks
A certificate that is `valid` has not passed its last day (`expires_on`). In its last six months its
recertification is held or `planned` before that day; in its last three months it is late if it is neither.

## Why an auditor asks
After the last day there is no certificate: it cannot be renewed any more, only begun anew.

## Fails
One has run out, and of the other nobody has booked the recertification.

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
    expires_on: 2026-05-09  # ← CRT002
  - id: CRT-002
    title: ISO 9001 certificate
    status: valid
    standard: iso9001
    accreditation_body: UKAS
    accreditation_number: "0001"
    expires_on: 2026-10-09  # ← CRT002
```

## Passes
Its recertification is booked in time.

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
    expires_on: 2026-08-09
    events: [{kind: recertification, planned: 2026-06-20}]
```

## How to fix
Book the recertification so that its decision falls before that day, and write it under `events`. A
certificate that has run out gets `status: expired`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import CertificationRow
from mkdocs_ems.model.fields import Interval
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import ago, plural

_LEAD = Interval(months=6, days=0)
_LATE = 92
"""Days before its end from which a certificate without a booked recertification is late."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each certificate that has run out, or will before anybody comes to renew it."""
    for entry, certificate in context.each(CertificationRow):
        end = certificate.expires_on
        if certificate.status not in ("valid", None) or end is None:
            continue
        left = (end - context.as_of).days
        if left < 0:
            yield Finding(
                f"{called(certificate)} ran out on {end}, {ago(end, today=context.as_of)}",
                place(entry, "expires_on"),
                id=certificate.id,
                help="write `status: expired`, or the last day of the new certificate",
            )
        elif _LEAD.after(context.as_of) >= end and not _renewed(certificate, context):
            yield Finding(
                f"{called(certificate)} runs out on {end}, in {plural(left, 'day')}, and no recertification "
                "is booked before",
                place(entry, "expires_on"),
                id=certificate.id,
                help="book it, and write it under `events`: `{kind: recertification, planned: …}`",
                severity=Severity.ERROR if left <= _LATE else Severity.WARNING,
            )


def _renewed(certificate: CertificationRow, context: AuditContext) -> bool:
    """Whether its recertification is booked before its end, or was held within the last months."""
    end = certificate.expires_on
    for one in certificate.events:
        if one.kind not in ("recertification", "transition"):
            continue
        if one.done and end and _LEAD.after(one.done) >= end:
            return True
        if one.planned and end and context.as_of <= one.planned <= end:
            return True
    return False


RULE = Rule(
    code="CRT002",
    name="certificate-expiry",
    severity=Severity.ERROR,
    basis=Basis.CERTIFICATION,
    clauses_2015=(),
    clauses_2026=(),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
