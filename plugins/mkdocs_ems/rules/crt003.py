"""The certification audit comes before the internal audit or the review

## What it checks
Of a certification that is `planned`: before its stage 2 an internal audit was made and reported and a
management review was held and approved; where that is missing within thirty days of the day that is planned,
or afterwards, it is an error. In the `renewal_warning_days` before its stage 1, else ninety days, an internal
audit is at least planned in a programme or begun, and a management review is begun; where not, it is a
warning.

## Why an auditor asks
A certification body looks for both, and postpones its audit where they are missing.

## Fails
Stage 2 is in two weeks, and nobody has audited or reviewed anything.

`ems/registers/certifications.yml`
```yaml
id: REG-CRT
type: certification
title: Certifications
owner: ROL-EHS
rows:
  - id: CRT-001
    title: First certificate
    status: planned
    edition: "2026"
    accreditation_body: UKAS
    accreditation_number: "0001"
    events:
      - {kind: stage-1, planned: 2026-04-14, done: 2026-04-14}
      - {kind: stage-2, planned: 2026-06-15}  # ← CRT003
```

Stage 1 is in July, and neither is planned.

`ems/registers/certifications.yml`
```yaml
id: REG-CRT
type: certification
title: Certifications
owner: ROL-EHS
rows:
  - id: CRT-001
    title: First certificate
    status: planned
    edition: "2026"
    accreditation_body: UKAS
    accreditation_number: "0001"
    events:
      - {kind: stage-1, planned: 2026-07-14}  # ← CRT003
```

## Passes
Stage 1 is far away.

`ems/registers/certifications.yml`
```yaml
id: REG-CRT
type: certification
title: Certifications
owner: ROL-EHS
rows:
  - id: CRT-001
    title: First certificate
    status: planned
    edition: "2026"
    accreditation_body: UKAS
    accreditation_number: "0001"
    events:
      - {kind: stage-1, planned: 2026-12-14}
```

## How to fix
Make the internal audit and hold the management review, and keep a record of each; or move the certification
audit.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import (
    AuditProgrammeRow,
    AuditRecord,
    CertificationRow,
    Entity,
    Entry,
    ManagementReviewRecord,
)
from mkdocs_ems.model.certification import CertificationEvent
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_BEFORE_STAGE_2 = 30
"""Days before stage 2 from which what is missing is an error."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each stage of a first certification that comes before what it looks at."""
    for entry, certificate in context.each(CertificationRow):
        if certificate.status != "planned":
            continue
        for index, event in enumerate(certificate.events):
            day = event.done or event.planned
            if event.kind == "stage-2" and day and (day - context.as_of).days <= _BEFORE_STAGE_2:
                missing = _missing(context, certificate.standard, made=True)
                severity, words = Severity.ERROR, "was made"
            elif event.kind == "stage-1" and event.done is None and _soon(event, context):
                missing = _missing(context, certificate.standard, made=False)
                severity, words = Severity.WARNING, "is planned"
            else:
                continue
            if missing and day:
                yield _finding(entry, certificate, index, day, (missing, words, severity))


def _finding(
    entry: Entry,
    certificate: CertificationRow,
    index: int,
    day: date,
    lack: tuple[list[str], str, Severity],
) -> Finding:
    missing, words, severity = lack
    kind = str(certificate.events[index].kind).replace("-", " ")
    return Finding(
        f"{kind} of {called(certificate)} is on {day}, and no {' and no '.join(missing)} {words}",
        place(entry, "events", index),
        id=certificate.id,
        severity=severity,
        help="make both and keep a record of each, or move the certification audit",
    )


def _soon(event: CertificationEvent, context: AuditContext) -> bool:
    ahead = context.settings.intervals.renewal_warning_days
    return event.planned is not None and (event.planned - context.as_of).days <= ahead


def _on(standard: str, entity: Entity) -> bool:
    """Whether something is about a standard: it names it, or none at all."""
    return not entity.standards or standard in entity.standards


def _missing(context: AuditContext, standard: str, *, made: bool) -> list[str]:
    """What there is not of what a standard's certification asks: made and closed, or at least begun."""
    audits = [one for _, one in context.each(AuditRecord) if one.kind == "internal" and _on(standard, one)]
    reviews = [one for _, one in context.each(ManagementReviewRecord) if _on(standard, one)]
    planned = any(one.planned for _, one in context.each(AuditProgrammeRow) if _on(standard, one))
    audited = any(one.closed for one in audits) if made else bool(audits) or planned
    reviewed = any(one.closed for one in reviews) if made else bool(reviews)
    return [
        *(() if audited else ("internal audit",)),
        *(() if reviewed else ("management review",)),
    ]


RULE = Rule(
    code="CRT003",
    name="stage-prerequisites",
    severity=Severity.ERROR,
    basis=Basis.CERTIFICATION,
    clauses_2015=("9.2", "9.3"),
    clauses_2026=("9.2", "9.3"),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
