"""A nonconformity is open past its day

## What it checks
A nonconformity that is not closed has not passed its `due`; one without `due` has the time of `intervals:
{nonconformity: …}` of `ems.yml` after `detected_on`. Where you have decided none, three months are what is
usual; going beyond them is a warning. A case whose effect is still to be judged on a day to come
(`effectiveness: {due: …}`) waits for that day. An answer that was promised to somebody (`response_due`) has
been given (`responded_on`) by its day; what was promised to a certification body has a rule of its own.

## Why an auditor asks
Corrective action is taken without undue delay, or it is none. A list of old cases is the first thing that is
counted.

## Fails
One is past its day; of the other the customer has been waiting for an answer.

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
    status: open
    source: inspection
    criterion: Every drum stands on a tray
    detected_on: 2026-03-22
    correction: {what: Tray put under it}
    impact_mitigation: None needed
    due: 2026-04-30  # ← NCR004
  - id: NCR-002
    title: Late data sheets
    owner: ROL-EHS
    status: open
    source: complaint
    criterion: Data sheets go out with the first delivery
    detected_on: 2026-05-20
    correction: {what: Sent}
    impact_mitigation: None needed
    response_due: 2026-05-31  # ← NCR004
```

You allow a month, and the fourth is running.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
intervals: {nonconformity: 1 month}
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
```

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
    status: open
    source: inspection
    criterion: Every drum stands on a tray
    detected_on: 2026-02-22  # ← NCR004
    correction: {what: Tray put under it}
    impact_mitigation: None needed
```

Nobody set a day, nor decided how long is allowed.

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
    status: open
    source: inspection
    criterion: Every drum stands on a tray
    detected_on: 2026-02-22  # ← NCR004
    correction: {what: Tray put under it}
    impact_mitigation: None needed
  - id: NCR-002
    title: Sludge on the yard
    owner: ROL-EHS
    status: open
    source: inspection
    criterion: Nothing is stored on the yard
    detected_on: 2026-04-20
    correction: {what: Shovelled up}
    impact_mitigation: None needed
```

## Passes
The first is closed, the second has its day still to come, the third was answered, and of the last it is seen
at the end of the year whether it came again.

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
    status: closed
    source: inspection
    criterion: Every drum stands on a tray
    detected_on: 2026-03-22
    correction: {what: Tray put under it}
    impact_mitigation: None needed
    cause: {text: Nobody orders trays}
    similar_check: All stores looked at
    effectiveness: {method: Walk, result: effective, date: 2026-05-29, by: ROL-MD}
    ems_changes: {risks: false, aspects: false, documents: false}
    due: 2026-04-30
    closed_on: 2026-05-30
  - id: NCR-002
    title: Sludge on the yard
    owner: ROL-EHS
    status: open
    source: inspection
    criterion: Nothing is stored on the yard
    detected_on: 2026-05-20
    correction: {what: Shovelled up}
    impact_mitigation: None needed
    due: 2026-06-01
  - id: NCR-003
    title: Late data sheets
    owner: ROL-EHS
    status: open
    source: complaint
    criterion: Data sheets go out with the first delivery
    detected_on: 2026-05-20
    correction: {what: Sent}
    impact_mitigation: None needed
    response_due: 2026-05-31
    responded_on: 2026-05-30
  - id: NCR-004
    title: Drum without a lid
    owner: ROL-EHS
    status: actions-done
    source: inspection
    criterion: Every drum is closed
    detected_on: 2026-01-12
    correction: {what: Lid put on}
    impact_mitigation: None needed
    cause: {text: Lids were kept in another building}
    similar_check: All stores looked at
    effectiveness: {method: Look at every drum, due: 2026-12-15}
```

## How to fix
Close it, with what takes its cause away; or agree on another `due` and say why in `notes`. What was answered
gets `responded_on: …`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import NonconformityRow
from mkdocs_ems.model.fields import Interval
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import ago


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each nonconformity that is past a day that was set for it."""
    intervals = context.settings.intervals
    allowed, declared = intervals.nonconformity, "nonconformity" in intervals.model_fields_set
    for entry, case in context.each(NonconformityRow):
        if case.status == "closed":
            continue
        if case.due is not None and case.due < context.as_of:
            yield Finding(
                f"{called(case)} should be closed since {case.due}, {ago(case.due, today=context.as_of)}",
                place(entry, "due"),
                id=case.id,
                help="close it, or agree on another day: `due: …`, with the reason in `notes`",
            )
        elif _unanswered(case, context.as_of):
            yield Finding(
                f"{called(case)} should be answered since {case.response_due}",
                place(entry, "response_due"),
                id=case.id,
                help="answer, and write the day: `responded_on: …`",
            )
        elif case.due is None and _too_old(case, allowed, context.as_of):
            yield Finding(
                f"{called(case)} is open since {case.detected_on}, names no day to be closed by, and "
                f"{f'you allow {allowed}' if declared else f'{allowed} is what is usual'}",
                place(entry, "detected_on"),
                id=case.id,
                help="close it, or agree on a day for it: `due: …`",
                severity=None if declared else Severity.WARNING,
                basis=Basis.OWN_RULE if declared else Basis.PRACTICE,
            )


def _unanswered(case: NonconformityRow, today: date) -> bool:
    """Whether somebody other than a certification body waits for an answer."""
    waits = case.response_due is not None and case.response_due < today
    return waits and case.responded_on is None and case.source != "external-audit"


def _too_old(case: NonconformityRow, allowed: Interval, today: date) -> bool:
    """Whether it has been open for longer than the organisation allows, or than is usual."""
    judged = case.effectiveness.due if case.effectiveness is not None else None
    if case.detected_on is None or (judged is not None and judged >= today):
        return False
    return allowed.passed(case.detected_on, on=today)


RULE = Rule(
    code="NCR004",
    name="nonconformity-overdue",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("10.2",),
    clauses_2026=("10.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
