"""Nobody has planned the move to the 2026 edition

## What it checks
A valid certificate of ISO 14001:2015 has a plan for the transition: `transition` with a `plan` or with
`actions`. The last day is `deadline` there, else `transitions: [{until: …}]` of `ems.yml`, else 2029-04-15,
which is the most cautious of the days that are told: confirm it with your certification body. A certificate
that is still of 2015 after that day is told as well.

## Why an auditor asks
After that day a certificate of the older edition is none. Gap analysis, changes and a transition audit take
more than a year.

## Fails
Certified to 2015, and no plan.

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
    edition: "2015"  # ← CRT004
    accreditation_body: UKAS
    accreditation_number: "0001"
  - id: CRT-002
    title: ISO 14001 certificate of the other works
    status: valid
    edition: "2015"
    accreditation_body: UKAS
    accreditation_number: "0001"
    transition: {edition: "2026", deadline: 2026-05-15, actions: [ACT-001]}  # ← CRT004
```

`ems/registers/actions.yml`
```yaml
id: REG-ACTIONS
type: action
title: Actions
owner: ROL-EHS
rows:
  - id: ACT-001
    title: Gap analysis for 2026
    what: Go through the new edition
    owner: ROL-EHS
    due: 2026-09-30
    status: open
    source: [CRT-002]
    resources: Three days
```

## Passes
There is a plan; and what is certified to 2026 needs none.

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
    edition: "2015"
    accreditation_body: UKAS
    accreditation_number: "0001"
    transition: {edition: "2026", deadline: 2029-04-15, plan: [PRO-001]}
  - id: CRT-002
    title: ISO 14001 certificate of the other works
    status: valid
    edition: "2026"
    accreditation_body: UKAS
    accreditation_number: "0001"
```

## How to fix
Plan the gap analysis, the changes and the audit, agree on the day with the certification body, and write
`transition: {edition: "2026", deadline: …, plan: […]}`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import CertificationRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each certificate of the older edition without a plan, or past the last day."""
    for entry, certificate in context.each(CertificationRow):
        older = certificate.standard == "iso14001" and certificate.edition == "2015"
        if certificate.status not in ("valid", None) or not older:
            continue
        move = certificate.transition
        end = (move.deadline if move else None) or context.settings.transition_ends
        if end < context.as_of:
            yield Finding(
                f"{called(certificate)} is still of the 2015 edition; the transition ended on {end}",
                place(entry, "transition") if move else place(entry, "edition"),
                id=certificate.id,
                help="ask the certification body at once whether the certificate still holds",
            )
        elif move is None or not (move.plan or move.actions):
            yield Finding(
                f"{called(certificate)} is of the 2015 edition, and the move to 2026 is not planned; the "
                f"transition ends on {end} (confirm it with your certification body)",
                place(entry, "transition") if move else place(entry, "edition"),
                id=certificate.id,
                help='add `transition: {edition: "2026", deadline: …, plan: […]}`',
            )


RULE = Rule(
    code="CRT004",
    name="transition-2026-not-planned",
    severity=Severity.WARNING,
    basis=Basis.CERTIFICATION,
    clauses_2015=(),
    clauses_2026=(),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
