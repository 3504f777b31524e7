"""Nobody wrote how an obligation applies here

## What it checks
Every obligation says in `how_it_applies` what it means for this site. One that is marked as not
applicable, or below its threshold, gives the `reason`: nothing more is asked of it.

## Why an auditor asks
Knowing the law's title is not enough: how it applies to the organisation has to be determined. This is
one of the findings written most often.

## Fails
The first obligation might mean anything; the second is set aside without a word, the third in spite of what
it says.

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001  # ← OBL002
    title: Waste duty of care
    citation: Environmental Protection Act 1990 s 34
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
  - id: OBL-002
    title: Major accident hazards
    citation: SI 2015/483
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    applicable: no  # ← OBL002
  - id: OBL-003
    title: Hazardous waste
    citation: SI 2005/894
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Each load of filter cake goes with a consignment note.
    applicable: no  # ← OBL002
```

## Passes
A duty in the site's own words, and a reason.

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001
    title: Waste duty of care
    citation: Environmental Protection Act 1990 s 34
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: We hand our waste to licensed carriers only and keep each transfer note two years.
  - id: OBL-002
    title: Major accident hazards
    citation: SI 2015/483
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    applicable: threshold-below
    reason: Our largest stock is a tenth of the lower threshold.
```

## How to fix
Write in `how_it_applies` what the site has to do because of it. Where it does not apply, set
`applicable: no` and give the `reason`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ObligationRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each obligation that neither says how it applies nor why it does not."""
    for entry, obligation in context.each(ObligationRow):
        if obligation.applicable in ("no", "threshold-below"):
            if not obligation.reason:
                yield Finding(
                    f"{called(obligation)} is marked `applicable: {obligation.applicable}` without a reason",
                    place(entry, "applicable"),
                    id=obligation.id,
                    help="add `reason: …`: which threshold or condition keeps it from applying to the site",
                )
        elif not obligation.how_it_applies:
            yield Finding(
                f"{called(obligation)} does not say how it applies to the site",
                place(entry),
                id=obligation.id,
                help="add `how_it_applies: …`: what the site has to do because of it, in your own words",
            )


RULE = Rule(
    code="OBL002",
    name="applicability-missing",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.3",),
    clauses_2026=("6.1.3",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
