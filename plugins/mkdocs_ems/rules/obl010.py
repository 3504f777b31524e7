"""Nobody planned how compliance is evaluated

## What it checks
Every obligation that applies says under `evaluation` how often (`frequency_months`) and how (`method`)
compliance with it is evaluated; how often may stand for all in `intervals: {evaluations: …}` of `ems.yml`.
One that is pending, or takes effect later, is not asked yet.

## Why an auditor asks
Knowing the obligations is half the work; how often and how you find out whether you meet them has to be
laid down. This is one of the findings written most often.

## Fails
The first says nothing, the second only how often.

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001  # ← OBL010
    title: Trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Rinse water goes to the sewer.
  - id: OBL-002
    title: Waste duty of care
    citation: Environmental Protection Act 1990 s 34
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: We hand our waste to licensed carriers only.
    evaluation: {frequency_months: 12}  # ← OBL010
```

## Passes
Planned; not applicable; not binding yet.

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
    evaluation: {frequency_months: 12, method: sampling}
  - id: OBL-002
    title: Major accident hazards
    citation: SI 2015/483
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    applicable: no
    reason: We hold no dangerous substances.
  - id: OBL-003
    title: Digital waste tracking
    citation: Draft of 2026
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: We will report each load.
    status: pending
  - id: OBL-004
    title: Packaging duty
    citation: SI 2024/1332
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: We will report what we put on the market.
    effective_from: 2027-01-01
```

## How to fix
Add `evaluation: {frequency_months: 12, method: records}`; the method is inspection, records, sampling or
third-party.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ObligationRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each obligation that binds today and lacks frequency or method of its evaluation."""
    usual = context.settings.intervals.evaluations is not None
    for entry, obligation in context.each(ObligationRow):
        plan = obligation.evaluation
        often = usual or (plan is not None and plan.frequency_months is not None)
        if plan is not None and often and plan.method is not None:
            continue
        later = obligation.effective_from is not None and obligation.effective_from > context.as_of
        if later or obligation.status == "pending" or not obligation.applies:
            continue
        how = plan is not None and plan.method is not None
        missing = "how" if often else "how often" if how else "how often and how"
        yield Finding(
            f"{called(obligation)} does not say {missing} compliance is evaluated",
            place(entry, "evaluation") if plan is not None else place(entry),
            id=obligation.id,
            help="add `evaluation: {frequency_months: …, method: …}`; "
            "the method is inspection, records, sampling or third-party",
        )


RULE = Rule(
    code="OBL010",
    name="obligation-without-evaluation-plan",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("9.1.2",),
    clauses_2026=("9.1.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
