"""A duty to report stands in no communication plan

## What it checks
Every obligation that applies and has a condition of the kind `reporting` or `notification` is named in
`obligations` of a row of the communication plan. Nothing is said before the plan is begun.

## Why an auditor asks
What law or permit asks you to tell outside belongs into the plan, with who tells it and when. What is in no
plan is forgotten in the year in which somebody leaves.

## Fails
The consent asks for a yearly report, and the plan knows only of talks inside.

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001  # ← COM006
    title: Trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    applicable: yes
    how_it_applies: Rinse water goes to the sewer; metals and pH have limits.
    processes: [PRC-001]
    evaluation: {frequency_months: 12, method: sampling}
    conditions:
      - {ref: "4.2", text: Report the year by 31 January, kind: reporting}
```

`ems/registers/communication-plan.yml`
```yaml
id: REG-COP
type: communication-plan
title: Communication plan
owner: ROL-EHS
rows:
  - id: COP-001
    what: The policy and the objectives
    direction: internal
    roles: [ROL-EHS]
    when: In January
    how: Talk
    who: ROL-MD
```

## Passes
A row of the plan names it. A limit has to be told to nobody.

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
    processes: [PRC-001]
    evaluation: {frequency_months: 12, method: sampling}
    conditions:
      - {ref: "4.2", text: Report the year by 31 January, kind: reporting}
```

`ems/registers/communication-plan.yml`
```yaml
id: REG-COP
type: communication-plan
title: Communication plan
owner: ROL-EHS
rows:
  - id: COP-001
    what: The policy and the objectives
    direction: internal
    roles: [ROL-EHS]
    when: In January
    how: Talk
    who: ROL-MD
  - id: COP-002
    what: The year's report
    direction: external
    parties: [PTY-001]
    when: By 31 January
    how: Portal of the authority
    who: ROL-EHS
    obligations: [OBL-001]
```

No plan is begun.

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
    processes: [PRC-001]
    evaluation: {frequency_months: 12, method: sampling}
    conditions:
      - {ref: "4.3", text: Tell of a breach, kind: notification}
```

## How to fix
Add a row to the communication plan with `obligations: [OBL-…]`: what, when, to whom, how, by whom.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ObligationRow, PlannedCommunicationRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_TOLD = ("reporting", "notification")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each obligation with something to tell outside that no row of the plan names."""
    if not any(context.each(PlannedCommunicationRow)):
        return
    for entry, obligation in context.each(ObligationRow):
        told = [one for one in obligation.conditions if one.kind in _TOLD]
        pending = obligation.status == "pending"
        if (
            not told
            or pending
            or not obligation.applies
            or context.named_by(obligation.id, "communication-plan")
        ):
            continue
        what = told[0].ref or told[0].text
        more = f" and {len(told) - 1} more" if len(told) > 1 else ""
        yield Finding(
            f"{called(obligation)} asks us to tell others ({what}{more}) and is in no communication plan",
            place(entry),
            id=obligation.id,
            help=f"add a row to the communication plan with `obligations: [{obligation.id}]`",
        )


RULE = Rule(
    code="COM006",
    name="external-without-obligation",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("7.4.3",),
    clauses_2026=("7.4.3",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
