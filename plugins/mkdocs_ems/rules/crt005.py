"""Nobody can see that the certification body is accredited

## What it checks
A certification that is planned or valid names who accredited the certification body (`accreditation_body`)
and the number of that accreditation (`accreditation_number`).

## Why an auditor asks
A certificate of a body that nobody accredited is recognised by few customers and by no authority.

## Fails
Who accredited them?

`ems/registers/certifications.yml`
```yaml
id: REG-CRT
type: certification
title: Certifications
owner: ROL-EHS
rows:
  - id: CRT-001  # ← CRT005
    title: ISO 14001 certificate
    status: valid
    edition: "2026"
    body: Quality Stamp Ltd
```

## Passes
Both are named.

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
    edition: "2026"
    body: Northern Assurance
    accreditation_body: UKAS
    accreditation_number: "0001"
```

## How to fix
Ask the certification body, look it up with the accreditation body, and add both.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import CertificationRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each certificate, planned or valid, whose body is not known to be accredited."""
    for entry, certificate in context.each(CertificationRow):
        if certificate.status not in ("planned", "valid"):
            continue
        missing = [
            f"`{field}: …`"
            for field in ("accreditation_body", "accreditation_number")
            if getattr(certificate, field) is None
        ]
        if missing:
            body = f" {certificate.body}" if certificate.body else ""
            yield Finding(
                f"{called(certificate)} does not say who accredited its certification body{body}"
                if certificate.accreditation_body is None
                else f"{called(certificate)} does not say the number of the accreditation",
                place(entry),
                id=certificate.id,
                help=f"look it up with the accreditation body and add {' and '.join(missing)}",
            )


RULE = Rule(
    code="CRT005",
    name="cb-not-accredited",
    severity=Severity.INFO,
    basis=Basis.PRACTICE,
    clauses_2015=(),
    clauses_2026=(),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
