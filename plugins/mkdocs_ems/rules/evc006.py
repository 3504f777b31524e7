"""Whoever owns an obligation evaluated it alone

## What it checks
At the latest evaluation of an obligation that comes to *compliant* or *not-applicable*, somebody else than
the obligation's own `owner` took part: another role or person (`by`), or somebody from outside (`evaluator`,
`provider`). Where fewer than two people are listed, nobody else could. That evaluators are competent, the
rules on competence ask.

## Why an auditor asks
People rarely find fault with their own work. The standard does not ask for independence here, as it does for
audits; a second pair of eyes is what makes the result worth trusting.

## Fails
The owner evaluated it; of the second its owner's role is held by who evaluated.

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
    title: Hazardous waste
    citation: SI 2005/894
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Filter cake goes with consignment notes.
    processes: [PRC-001]
    evaluation: {frequency_months: 12, method: records}
```

`ems/records/compliance-evaluations/2026.yml`
```yaml
type: compliance-evaluation
rows:
  - id: EVC-001
    title: Consent
    obligation: OBL-001
    date: 2026-03-10
    by: [ROL-EHS]  # ← EVC006
    method: sampling
    result: compliant
    evidence: [{what: Reports of the laboratory}]
  - id: EVC-002
    title: Hazardous waste
    obligation: OBL-002
    date: 2026-03-10
    by: [PER-BEN]  # ← EVC006
    method: records
    result: compliant
    evidence: [{what: Notes 1 to 48}]
  - id: EVC-003
    title: Where we stand
    scope: overall
    date: 2026-03-10
    by: [ROL-EHS]
    result: compliant
    evidence: [{what: Minutes}]
```

## Passes
The last look was that of a consultant, who sees what the owner does not; only the latest counts.

`ems/records/compliance-evaluations/2026.yml`
```yaml
type: compliance-evaluation
rows:
  - id: EVC-001
    title: Consent
    obligation: OBL-001
    date: 2025-03-10
    by: [ROL-EHS]
    method: sampling
    result: compliant
    evidence: [{what: Reports of the laboratory}]
  - id: EVC-002
    title: Consent
    obligation: OBL-001
    date: 2026-03-10
    by: [ROL-EHS]
    evaluator: Firth Environmental
    method: third-party
    result: compliant
    evidence: [{what: Report of the consultant}]
  - id: EVC-003
    title: Where we stand
    scope: overall
    date: 2026-03-10
    by: [ROL-EHS]
    result: compliant
    evidence: [{what: Minutes}]
```

## How to fix
Have somebody else look at it next time, or with you, and name both in `by`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import PersonRow
from mkdocs_ems.rules.holding import Holding
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_CONCLUDED = ("compliant", "not-applicable")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield the latest evaluation of each obligation that its owner made alone."""
    people = {person.id for _, person in context.each(PersonRow) if person.id}
    if len(people) < 2:
        return
    holding = Holding(context)
    for status in context.compliance:
        latest, owner = status.latest, status.obligation.owner
        if latest is None or owner is None or latest.result not in _CONCLUDED:
            continue
        record = latest.record
        if not record.by or record.evaluator or record.provider or latest.entry.dropped:
            continue
        theirs = holding.people((owner,), latest.on)
        today = context.holders.get(owner, ())
        held = {one: holding.of(one, latest.on) for one in record.by}
        # A role is no other than the owner where nobody held it but who held the owner's.
        if all(one in theirs or one in today or (held[one] and held[one] <= theirs) for one in record.by):
            who = ", ".join(record.by)
            yield Finding(
                f"{called(record)}: {who} evaluated {status.obligation.id} alone, and owns it",
                place(latest.entry, "by"),
                id=record.id,
                help="have somebody else look at it next time, or with you, and name both in `by`",
            )


RULE = Rule(
    code="EVC006",
    name="evaluator-not-independent-or-competent",
    severity=Severity.INFO,
    basis=Basis.PRACTICE,
    clauses_2015=("9.1.2", "7.2"),
    clauses_2026=("9.1.2", "7.2"),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
