"""Compliance with an obligation was never evaluated

## What it checks
Each obligation that binds today and says how often it is evaluated (`evaluation: {frequency_months}`, or
`intervals: {evaluations: …}` of `ems.yml`) has an evaluation of compliance with a result, once the first was
due: so long after `effective_from`, at once without. An evaluation that names `conditions` covers only these,
and one that came to `unknown` evaluated nothing: that you could not tell is no knowledge of where you stand.
Where nothing in a register was ever evaluated, that is told once.

## Why an auditor asks
That obligations are listed and nobody ever looked whether they are met is the finding on this standard that
auditors write most.

## Fails
The second obligation was never evaluated; of the third only one condition.

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
    applicable: yes
    how_it_applies: Rinse water goes to the sewer; metals and pH have limits.
    no_conditions_reason: Its limits stand with the measurements.
    processes: [PRC-001]
    evaluation: {frequency_months: 12, method: sampling}
  - id: OBL-002  # ← EVC001
    title: Duty of care for waste
    citation: EPA 1990 s 34
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Waste goes to licensed carriers with a note.
    processes: [PRC-001]
    evaluation: {frequency_months: 12, method: records}
  - id: OBL-003  # ← EVC001
    title: Environmental permit
    citation: EPR/AB1234CD
    type: permit
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: The line runs under it.
    processes: [PRC-001]
    conditions: [{ref: "2.1", text: Keep the scrubber running}, {ref: "3.4", text: Report each year}]
    evaluation: {frequency_months: 12, method: records}
```

`ems/records/compliance-evaluations/2026-permit.yml`
```yaml
id: EVC-003
type: compliance-evaluation
title: Scrubber
obligation: OBL-003
conditions: ["2.1"]
date: 2026-04-02
by: [ROL-MD]
method: inspection
result: compliant
evidence: [{what: Log of the scrubber}]
```

Somebody looked into the second and could not tell.

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
    applicable: yes
    how_it_applies: Rinse water goes to the sewer; metals and pH have limits.
    no_conditions_reason: Its limits stand with the measurements.
    processes: [PRC-001]
    evaluation: {frequency_months: 12, method: sampling}
  - id: OBL-002  # ← EVC001
    title: Duty of care for waste
    citation: EPA 1990 s 34
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Waste goes to licensed carriers with a note.
    processes: [PRC-001]
    evaluation: {frequency_months: 12, method: records}
```

`ems/records/compliance-evaluations/2026-waste.yml`
```yaml
id: EVC-003
type: compliance-evaluation
title: Duty of care
obligation: OBL-002
date: 2026-04-02
next_due: 2026-09-30
by: [ROL-MD]
method: records
result: unknown
comment: The notes of last year are with the carrier.
```

Nothing was ever evaluated.

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS  # ← EVC001
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
    applicable: yes
    how_it_applies: Rinse water goes to the sewer; metals and pH have limits.
    no_conditions_reason: Its limits stand with the measurements.
    processes: [PRC-001]
    evaluation: {frequency_months: 12, method: sampling}
  - id: OBL-002
    title: Duty of care for waste
    citation: EPA 1990 s 34
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Waste goes to licensed carriers with a note.
    processes: [PRC-001]
    evaluation: {frequency_months: 12, method: records}
```

`ems/records/compliance-evaluations/2026.yml`
```yaml
type: compliance-evaluation
rows: []
```

## Passes
The second came into force in spring, so that its first evaluation may wait; the third does not apply; the
fourth says nowhere how often it is evaluated, which is another rule's finding.

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
    applicable: yes
    how_it_applies: Rinse water goes to the sewer; metals and pH have limits.
    no_conditions_reason: Its limits stand with the measurements.
    processes: [PRC-001]
    evaluation: {frequency_months: 12, method: sampling}
  - id: OBL-002
    title: Separate collection of waste
    citation: SI 2024/666
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    effective_from: 2026-03-31
    how_it_applies: Paper and metal have bins of their own.
    processes: [PRC-001]
    evaluation: {frequency_months: 12, method: inspection}
  - id: OBL-003
    title: Major accident hazards
    citation: SI 2015/483
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    applicable: threshold-below
    reason: We hold a tenth of the lower threshold.
    how_it_applies: It does not.
    evaluation: {frequency_months: 12, method: records}
  - id: OBL-004
    title: Lease
    citation: Lease of 2016
    type: contract
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Nothing may be stored over the drains.
    processes: [PRC-001]
```

A record that says no result yet has its own finding.

`ems/records/compliance-evaluations/2026.yml`
```yaml
type: compliance-evaluation
rows:
  - {id: EVC-001, title: Consent, obligation: OBL-001, date: 2026-05-28, by: [ROL-MD]}  # ← REC003
```

## How to fix
Evaluate whether the obligation is met, and keep the result below `records/compliance-evaluations/` with
`obligation`, `date`, `by`, `method`, `result` and `evidence`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ComplianceEvaluationRecord, asked
from mkdocs_ems.model.compliance_status import ObligationStatus
from mkdocs_ems.rules.documented import Having
from mkdocs_ems.rules.undated import tellable
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural

_NEVER = "compliance was never evaluated"
_HELP = (
    "evaluate whether it is met and keep the result below records/compliance-evaluations/ with "
    "`obligation`, `date`, `by`, `method`, `result` and `evidence`"
)


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each obligation that was never evaluated; a register in which none was, once."""
    never = [one for one in context.compliance if _due(one, context)]
    evaluated = {one.entry.anchor.path for one in context.compliance if one.settled or one.unfinished}
    open_ = {id(one.obligation): _could_not_tell(one) for one in never}
    for entry, entity, count in tellable(context, (one.entry for one in never), evaluated):
        many = f"compliance was never evaluated with any of its {plural(count, 'obligation')} that are due"
        yield Finding(
            f"{called(entity)}: {many if count > 1 else _NEVER + open_.get(id(entity), '')}",
            place(entry),
            id=entity.id,
            help=_HELP,
        )
    for one in context.compliance:
        if one.missing and not one.unfinished and one.every is not None and not one.entry.dropped:
            whole = "" in one.missing
            parts = "all of it" if whole else ", ".join(f"condition {part}" for part in one.missing)
            yield Finding(
                f"{called(one.obligation)}: compliance with {parts} was never evaluated, with others it was"
                + _could_not_tell(one),
                place(one.entry),
                id=one.obligation.id,
                help=_HELP + "; without `conditions` a record is about all of it",
            )


def _due(one: ObligationStatus, context: AuditContext) -> bool:
    """Whether an obligation was never evaluated and should have been."""
    if one.every is None or one.settled or one.unfinished:
        return False
    return one.due is None or one.overdue(context.as_of)


def _could_not_tell(one: ObligationStatus) -> str:
    """That somebody looked and came to no result."""
    left = one.left_open
    return f" ({left.record.id or 'the one'} of {left.on} came to `unknown`)" if left else ""


def _unjudged(context: AuditContext) -> str | None:
    """Evaluations may be rows of a register of the organisation's own, which nothing here can read."""
    if any(context.each(ComplianceEvaluationRecord)):
        return None
    own = sorted(one for one in Having(context).by_word(asked.REGISTER, "9.1.2") if one)
    return f"evaluations of compliance are kept in {own[0]}, a register of your own" if own else None


RULE = Rule(
    code="EVC001",
    name="obligation-never-evaluated",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("9.1.2",),
    clauses_2026=("9.1.2",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    unjudged=_unjudged,
    check=check,
)
