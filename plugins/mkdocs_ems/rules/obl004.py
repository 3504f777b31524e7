"""A permit has expired, or will soon

## What it checks
No permit, licence, consent or registration that applies is past the last day it holds (`valid_to`). One
that ends soon is told as a warning: within its own `renewal_lead_days`, else within
`intervals: {renewal_warning_days: …}` of `ems.yml`, else within ninety days. What is replaced
(`superseded_by`), repealed, or does not apply is left alone.

## Why an auditor asks
Running without a permit is a breach of law, and renewals take authorities months.

## Fails
The consent ended in March; the licence ends within ninety days; the permit within its own lead time.

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001
    title: Trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Rinse water goes to the sewer.
    valid_to: 2026-03-31  # ← OBL004
  - id: OBL-002
    title: Waste carrier's licence
    citation: CBDU12345
    type: licence
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: We carry our own filter cake.
    valid_to: 2026-08-30  # ← OBL004
  - id: OBL-003
    title: Environmental permit
    citation: EPR/AB1234CD
    type: permit
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: The line runs under it.
    valid_to: 2026-12-31  # ← OBL004
    renewal_lead_days: 240
```

## Passes
The first is good for another year, the second was renewed, and a contract is no permit.

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001
    title: Trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Rinse water goes to the sewer.
    valid_to: 2027-05-31
  - id: OBL-002
    title: Old trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Rinse water goes to the sewer.
    valid_to: 2026-03-31
    superseded_by: OBL-001
  - id: OBL-003
    title: Lease
    citation: Lease of 2016
    type: contract
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Nothing may be stored over the drains.
    valid_to: 2026-03-31
```

Today is the last day that it holds, and the organisation wants no warning before.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
intervals: {renewal_warning_days: 0}
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
```

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001
    title: Trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Rinse water goes to the sewer.
    valid_to: 2026-06-02
```

## How to fix
Have it renewed and write the new `valid_to`, or name in `superseded_by` what has taken its place. What
ran without it is a nonconformity.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ObligationRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural

_PERMITS = frozenset({"permit", "licence", "registration", "consent", None})
"""Types without which something may not be run; where the type is missing, it may be one."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each permit that is past its last day, and, less grave, each that nears it."""
    intervals = context.settings.intervals
    for entry, permit in context.each(ObligationRow):
        if permit.valid_to is None or permit.type not in _PERMITS or not permit.applies:
            continue
        left = (permit.valid_to - context.as_of).days
        if left < 0:
            yield Finding(
                f"{called(permit)} expired on {permit.valid_to}, {plural(-left, 'day')} ago",
                place(entry, "valid_to"),
                id=permit.id,
                help="have it renewed and write the new `valid_to`, or name what replaces it in "
                "`superseded_by`; what ran without it is a nonconformity",
            )
            continue
        lead = permit.renewal_lead_days
        if left <= (intervals.renewal_warning_days if lead is None else lead):
            declared = lead is not None or "renewal_warning_days" in intervals.model_fields_set
            yield Finding(
                f"{called(permit)} ends on {permit.valid_to}, in {plural(left, 'day')}",
                place(entry, "valid_to"),
                id=permit.id,
                help="have it renewed and write the new `valid_to`, or name what replaces it in "
                "`superseded_by`",
                basis=Basis.OWN_RULE if declared else Basis.PRACTICE,
                severity=Severity.WARNING,
            )


RULE = Rule(
    code="OBL004",
    name="permit-expired",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.3", "9.1.2"),
    clauses_2026=("6.1.3", "9.1.2"),
    since="0.1.0",
    requires=("SCH001", "SCH002"),
    check=check,
)
