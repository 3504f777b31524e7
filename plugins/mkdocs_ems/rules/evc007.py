"""Nobody said of late where you stand with all obligations together

## What it checks
Once obligations are evaluated, somebody says at least once a year, or as often as `intervals:
{compliance_status: …}` of `ems.yml` has it, where the organisation stands with all of them: an evaluation of
compliance with `scope: overall` and a result that is not `unknown`, or the input on compliance of a
management review.

## Why an auditor asks
Twenty single results are no answer to the question whether you comply. Knowing your status means that
somebody can say it, with what is open.

## Fails
Each obligation has its result, and nobody drew the sum.

`ems/records/compliance-evaluations/2026.yml`
```yaml
type: compliance-evaluation
rows:
  - id: EVC-001  # ← EVC007
    title: Trade effluent consent
    obligation: OBL-001
    date: 2026-03-10
    by: [ROL-MD]
    method: sampling
    result: compliant
    evidence: [{what: Report 2026/114 of the laboratory}]
```

The last statement is older than a year.

`ems/records/compliance-evaluations/2026.yml`
```yaml
type: compliance-evaluation
rows:
  - id: EVC-001
    title: Trade effluent consent
    obligation: OBL-001
    date: 2026-03-10
    by: [ROL-MD]
    method: sampling
    result: compliant
    evidence: [{what: Report 2026/114 of the laboratory}]
  - id: EVC-002  # ← EVC007
    title: Where we stand
    scope: overall
    date: 2025-03-10
    by: [ROL-MD]
    result: compliant
    evidence: [{what: Minutes}]
```

It was tried, and nobody could say.

`ems/records/compliance-evaluations/2026.yml`
```yaml
type: compliance-evaluation
rows:
  - id: EVC-001  # ← EVC007
    title: Trade effluent consent
    obligation: OBL-001
    date: 2026-03-10
    by: [ROL-MD]
    method: sampling
    result: compliant
    evidence: [{what: Report 2026/114 of the laboratory}]
  - id: EVC-002
    title: Where we stand
    scope: overall
    date: 2026-03-09
    by: [ROL-MD]
    result: unknown
```

## Passes
It was said in spring. Where nothing was ever evaluated, that is the finding.

`ems/records/compliance-evaluations/2026.yml`
```yaml
type: compliance-evaluation
rows:
  - id: EVC-001
    title: Trade effluent consent
    obligation: OBL-001
    date: 2026-03-10
    by: [ROL-MD]
    method: sampling
    result: compliant
    evidence: [{what: Report 2026/114 of the laboratory}]
  - id: EVC-002
    title: Where we stand
    scope: overall
    date: 2026-03-11
    by: [ROL-MD]
    result: compliant
    evidence: [{record: EVC-001}]
```

## How to fix
Add a record with `scope: overall`, its `date`, `by`, `result` and in `comment` what is open; the page of the
compliance status shows what it can rest on.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model.compliance_status import last_statement
from mkdocs_ems.model.fields import Interval
from mkdocs_ems.rules.values import AuditContext, Rule, place

_A_YEAR = Interval(12, 0)


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield once that the overall status was never stated, or not of late."""
    latest = [one.latest for one in context.compliance if one.latest is not None and one.settled]
    if not latest:
        return
    own = context.settings.intervals.compliance_status
    every = own or _A_YEAR
    stated = last_statement(context.model, as_of=context.as_of)
    if stated is not None and not every.passed(stated.on, on=context.as_of):
        return
    at = stated.entry if stated else max(latest, key=lambda one: one.on).entry
    when = f"was last stated on {stated.on}, more than {every} ago" if stated else "was never stated"
    yield Finding(
        f"where you stand with all obligations together {when}",
        place(at),
        id=at.entity.id,
        help="add an evaluation of compliance with `scope: overall`, `date`, `by`, `result` and in `comment` "
        "what is open",
        basis=Basis.OWN_RULE if stated and own else None,
    )


RULE = Rule(
    code="EVC007",
    name="status-knowledge-missing",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("9.1.2",),
    clauses_2026=("9.1.2",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
