"""A nonconformity was closed before anybody knew whether it is cured

## What it checks
A nonconformity that is `closed` says under `effectiveness` what was found and when: `result` and `date`. That
day is not before the last of its corrective actions was done, nor after it was closed (`closed_on`), none of
these actions is still to be done, and the result is not that nothing worked.

## Why an auditor asks
You have to review whether corrective action worked. Closed on the day of the action means that nobody looked.

## Fails
One was never looked at, one was looked at before the action was done, and one did not work.

`ems/registers/nonconformities.yml`
```yaml
id: REG-NCR
type: nonconformity
title: Nonconformities
owner: ROL-EHS
rows:
  - id: NCR-001
    title: Drum without a tray
    owner: ROL-EHS
    status: closed  # ← NCR005
    source: inspection
    criterion: Every drum stands on a tray
    detected_on: 2026-03-22
    correction: {what: Tray put under it}
    impact_mitigation: None needed
    cause: {text: Nobody orders trays}
    similar_check: All stores looked at
    ems_changes: {risks: false, aspects: false, documents: false}
  - id: NCR-002
    title: Can without a tray
    owner: ROL-EHS
    status: closed
    source: inspection
    criterion: Every drum stands on a tray
    detected_on: 2026-03-22
    correction: {what: Tray put under it}
    impact_mitigation: None needed
    cause: {text: Nobody orders trays}
    similar_check: All stores looked at
    ems_changes: {risks: false, aspects: false, documents: false}
    corrective_actions: [ACT-001]
    effectiveness: {method: Walk, result: effective, date: 2026-04-01, by: ROL-MD}  # ← NCR005
  - id: NCR-003
    title: Tank without a tray
    owner: ROL-EHS
    status: closed
    source: inspection
    criterion: Every drum stands on a tray
    detected_on: 2026-03-22
    correction: {what: Tray put under it}
    impact_mitigation: None needed
    cause: {text: Nobody orders trays}
    similar_check: All stores looked at
    ems_changes: {risks: false, aspects: false, documents: false}
    effectiveness: {method: Walk, result: not-effective, date: 2026-04-01, by: ROL-MD}  # ← NCR005
```

`ems/registers/actions.yml`
```yaml
id: REG-ACTIONS
type: action
title: Actions
owner: ROL-EHS
rows:
  - id: ACT-001
    title: Order trays
    what: Order ten trays
    owner: ROL-EHS
    due: 2026-04-30
    status: done
    done_on: 2026-04-20
    source: [NCR-002]
    evidence: [Order 4711]
    resources: 400 pounds
```

## Passes
Looked at five weeks after the action.

`ems/registers/nonconformities.yml`
```yaml
id: REG-NCR
type: nonconformity
title: Nonconformities
owner: ROL-EHS
rows:
  - id: NCR-002
    title: Can without a tray
    owner: ROL-EHS
    status: closed
    source: inspection
    criterion: Every drum stands on a tray
    detected_on: 2026-03-22
    correction: {what: Tray put under it}
    impact_mitigation: None needed
    cause: {text: Nobody orders trays}
    similar_check: All stores looked at
    ems_changes: {risks: false, aspects: false, documents: false}
    corrective_actions: [ACT-001]
    effectiveness: {method: Walk, result: effective, date: 2026-05-27, by: ROL-MD}
```

`ems/registers/actions.yml`
```yaml
id: REG-ACTIONS
type: action
title: Actions
owner: ROL-EHS
rows:
  - id: ACT-001
    title: Order trays
    what: Order ten trays
    owner: ROL-EHS
    due: 2026-04-30
    status: done
    done_on: 2026-04-20
    source: [NCR-002]
    evidence: [Order 4711]
    resources: 400 pounds
```

## How to fix
Look whether it came again, and write `effectiveness: {method: …, result: …, date: …, by: …}`; until then its
status is `actions-done`. What did not work is open again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ActionRow, NonconformityRow
from mkdocs_ems.rules.duties import is_over, listed
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each closed nonconformity of which nobody can know that it is cured."""
    for entry, case in context.each(NonconformityRow):
        if case.status != "closed":
            continue
        judged = case.effectiveness
        if judged is None or judged.result is None or judged.date is None:
            yield Finding(
                f"{called(case)} is closed, and nothing says whether its corrective action worked",
                place(entry, "effectiveness") if judged is not None else place(entry, "status"),
                id=case.id,
                help="add `effectiveness: {method: …, result: …, date: …, by: …}`; until then `actions-done`",
            )
        elif judged.result == "not-effective":
            yield Finding(
                f"{called(case)} is closed although its corrective action did not work",
                place(entry, "effectiveness"),
                id=case.id,
                help="open it again and look for the cause once more",
            )
        elif still := [one for one in _actions(context, case) if not is_over(one)]:
            yield Finding(
                f"{called(case)} is closed, and {listed(map(called, still))} "
                f"{'is' if len(still) == 1 else 'are'} still to be done",
                place(entry, "corrective_actions"),
                id=case.id,
                help="write `status: actions-agreed` until it is done; an action that is given up has "
                "`status: cancelled`",
            )
        elif case.closed_on is not None and case.closed_on < judged.date <= context.as_of:
            yield Finding(
                f"{called(case)} was closed on {case.closed_on}, before it was found on {judged.date} that "
                "its corrective action worked",
                place(entry, "closed_on"),
                id=case.id,
                help="put right the day that is wrong; a case is closed once it is known to be cured",
            )
        elif (done := _done(context, case)) is not None and judged.date < done:
            yield Finding(
                f"{called(case)} was found cured on {judged.date}, before its action was done on {done}",
                place(entry, "effectiveness"),
                id=case.id,
                help="look again now that all is done, and write that day under `effectiveness`",
            )


def _actions(context: AuditContext, case: NonconformityRow) -> list[ActionRow]:
    nodes = context.graph.nodes
    named = (nodes[one].entity for one in case.corrective_actions if one in nodes)
    return [one for one in named if isinstance(one, ActionRow)]


def _done(context: AuditContext, case: NonconformityRow) -> date | None:
    """The day on which the last of its actions was done."""
    days = [one.done_on for one in _actions(context, case) if one.done_on]
    return max(days, default=None)


RULE = Rule(
    code="NCR005",
    name="closed-without-effectiveness",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("10.2",),
    clauses_2026=("10.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
