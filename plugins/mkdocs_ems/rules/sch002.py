"""Two dates stand in an order that cannot be

## What it checks
What ends does not end before it begins: a role that is held, a deputy's time, an obligation's validity, an
objective's steps on the way to its target, a cycle of audits, the days that a record covers. A
nonconformity is not closed, corrected or answered before it came to light, nor an action judged before it
was done, an audit reported before it was over, a management review approved or a training judged before it
was held, or an enquiry answered before it came in. What has been done was not done in the future: a review,
an assessment, a look at a law's source, an action, a calibration, a drill, a decision on a risk.

## Why an auditor asks
A date that cannot be right makes every date beside it doubtful.

## Fails
The assessment lies in the future, and the consent ends before it begins.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 1, severity: 1}
    assessed_on: 2026-07-01  # ← SCH002
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
    effective_from: 2026-01-01
    valid_to: 2025-12-31  # ← SCH002
```

A role was given up before it was taken, and a step of an objective comes after its target.

`ems/registers/people.yml`
```yaml
id: REG-PEOPLE
type: person
title: People
owner: ROL-MD
rows:
  - id: PER-MAYA
    title: Maya Holm
    roles: [{role: ROL-MD}]
  - id: PER-BEN
    title: Ben Okoro
    roles:
      - {role: ROL-EHS, from: 2026-03-01, to: 2026-02-01}  # ← SCH002
```

`ems/registers/objectives.yml`
```yaml
id: REG-OBJECTIVES
type: objective
title: Objectives
owner: ROL-MD
rows:
  - id: OBJ-001
    title: Use less water
    basis: [OBL-001]
    kpi: KPI-001
    unit: L/m2
    baseline: {value: 46}
    target: {value: 38, date: 2026-12-31}
    interim_targets:
      - {date: 2027-06-30, value: 40}  # ← SCH002
```

An action was judged before it was done, and the calibration and the drill are still to come.

`ems/registers/more-actions.yml`
```yaml
id: REG-MORE-ACTIONS
type: action
title: More actions
owner: ROL-MD
rows:
  - id: ACT-010
    title: New probe
    source: [RSK-001]
    owner: ROL-EHS
    due: 2026-03-01
    status: verified
    done_on: 2026-02-20
    evidence: [records/probe.pdf]
    effectiveness:
      method: Comparison with the laboratory
      result: effective
      date: 2026-02-02  # ← SCH002
```

`ems/registers/instruments.yml`
```yaml
id: REG-INSTRUMENTS
type: instrument
title: Instruments
owner: ROL-EHS
rows:
  - id: CAL-001
    title: pH probe
    kind: indication-only
    calibrations:
      - {date: 2026-01-12, result: pass}
      - {date: 2026-10-12, result: pass}  # ← SCH002
```

`ems/registers/emergencies.yml`
```yaml
id: REG-EMERGENCIES
type: emergency-scenario
title: Emergency scenarios
owner: ROL-EHS
rows:
  - id: EMR-001
    title: Acid spill
    response: [PRO-001]
    equipment: [{name: Spill kit, place: Yard, last_checked: 2026-05-04}]
    external_contacts: [{who: Fire service, verified_on: 2026-06-02}]  # ← SCH002
    last_drill: 2026-09-14  # ← SCH002
```

A nonconformity was closed and corrected before anybody knew of it, and a risk is accepted next year.

`ems/registers/nonconformities.yml`
```yaml
id: REG-NONCONFORMITIES
type: nonconformity
title: Nonconformities
owner: ROL-EHS
rows:
  - id: NCR-001
    title: pH above the limit
    status: closed
    detected_on: 2026-04-10
    correction: {what: Discharge stopped, date: 2026-04-01}  # ← SCH002
    effectiveness: {method: Readings of a month, result: effective, date: 2026-05-15}
    response_due: 2026-03-31  # ← SCH002
    closed_on: 2026-04-09  # ← SCH002
```

`ems/registers/more-risks.yml`
```yaml
id: REG-MORE-RISKS
type: risk
title: More risks
owner: ROL-MD
rows:
  - id: RSK-010
    title: The sewer is closed for repair
    kind: risk
    source: [ISS-001]
    likelihood: 1
    consequence: 3
    treatment: accept
    acceptance: {by: ROL-MD, date: 2027-01-15, reason: It has never lasted an hour.}  # ← SCH002
    owner: ROL-MD
```

An audit was reported before it was over, a review approved before it was held, and the cycle ends before it
begins.

`ems/registers/audit-programmes.yml`
```yaml
id: REG-AUP
type: audit-programme
title: Audit programmes
owner: ROL-MD
rows:
  - id: AUP-001
    title: Internal audits
    status: withdrawn
    cycle_from: 2025-01-01
    cycle_to: 2024-12-31  # ← SCH002
```

`ems/records/audits/AUD-001.yml`
```yaml
id: AUD-001
type: audit
title: Audit of the certification body
kind: external
body: Certifier
period_start: 2025-11-12
period_end: 2025-11-10  # ← SCH002
reported_on: 2025-11-01  # ← SCH002
```

`ems/records/management-reviews/MRV-001.yml`
```yaml
id: MRV-001
type: management-review
title: Review of the quality system
standards: [iso9001]
clauses: ["9.3"]
date: 2025-06-12
chair: ROL-MD
approved: {by: ROL-MD, on: 2025-06-02}  # ← SCH002
```

A training was judged before it was held and ran out before that; a complaint was answered before it came in.

`ems/records/training/2026.yml`
```yaml
id: TRN-001
type: training
title: Closing the valve
kind: on-the-job
date: 2026-03-10
by: [ROL-EHS]
people: [PER-BEN]
subject: Valve and kit
valid_to: 2025-03-10  # ← SCH002
effectiveness: {method: observation, result: effective, date: 2026-03-01, by: ROL-MD}  # ← SCH002
```

`ems/records/communications/2026.yml`
```yaml
id: COL-001
type: communication
title: Smell at the fence
direction: in
kind: complaint
date: 2026-05-18
by: [ROL-EHS]
responded_on: 2026-05-11  # ← SCH002
nonconformity_needed: false
```

## Passes
One day is enough for a beginning and an end.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 1, severity: 1}
    assessed_on: 2026-06-01
    last_reviewed: 2026-05-01
```

What came to light, was corrected, answered and closed on one day; what is due may lie in the future.

`ems/registers/nonconformities.yml`
```yaml
id: REG-NONCONFORMITIES
type: nonconformity
title: Nonconformities
owner: ROL-EHS
rows:
  - id: NCR-001
    title: pH above the limit
    status: closed
    detected_on: 2026-06-01
    correction: {what: Discharge stopped, date: 2026-06-01}
    effectiveness: {method: Readings of a month, due: 2026-07-15}
    response_due: 2026-06-01
    closed_on: 2026-06-01
```

## How to fix
Correct the date that is wrong; the finding names both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from mkdocs_ems.diagnostics import Basis, Finding, Route, Severity
from mkdocs_ems.model import (
    ActionRow,
    AspectRow,
    CertificationRow,
    ChangeRow,
    ControlRow,
    EmergencyScenarioRow,
    Entity,
    Entry,
    ExternalDocument,
    GapAssessmentRow,
    ImprovementRow,
    InstrumentRow,
    NonconformityRow,
    ObjectiveRow,
    ObligationRow,
    RiskRow,
)
from mkdocs_ems.rules.date_orders import each_part, orders
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_DONE: Mapping[type[Entity], tuple[tuple[str, ...], ...]] = {
    Entity: (("last_reviewed",),),
    AspectRow: (("assessed_on",),),
    ObligationRow: (("last_checked_source",),),
    ObjectiveRow: (("closed_on",),),
    ExternalDocument: (("checked_on",),),
    RiskRow: (("acceptance", "date"),),
    ActionRow: (("done_on",), ("effectiveness", "date")),
    NonconformityRow: (("detected_on",), ("closed_on",), ("correction", "date"), ("effectiveness", "date")),
    InstrumentRow: (("calibrations", "date"),),
    ChangeRow: (("approved_on",), ("implemented_on",), ("reverted_on",), ("review", "date")),
    ImprovementRow: (("decided_on",), ("done_on",)),
    GapAssessmentRow: (("assessed_on",),),
    CertificationRow: (("events", "done"),),
    ControlRow: (("verification", "last"), ("upkeep", "last")),
    EmergencyScenarioRow: (
        ("last_drill",),
        ("equipment", "last_checked"),
        ("external_contacts", "verified_on"),
    ),
}
"""The days of each kind on which something was done: its field, and within a group or a list of them the
group's."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each day of something done that lies in the future, and each pair in the wrong order."""
    today = context.as_of
    for model, fields in _DONE.items():
        for entry, entity in context.each(model):
            for field in fields:
                for day, route in _days(entry, field):
                    if day is not None and day > today:
                        words = f"`{field[-1]}` {day} lies in the future, seen from {today}"
                        yield Finding(f"{called(entity)}: {words}", place(entry, *route), id=entity.id)
    for entry, entity in context.each(Entity):
        for order in orders(entry):
            if order.first and order.second and order.second < order.first:
                words = order.words.replace("⟨1⟩", str(order.first)).replace("⟨2⟩", str(order.second))
                yield Finding(f"{called(entity)}: {words}", place(entry, *order.route), id=entity.id)


def _days(entry: Entry, field: tuple[str, ...]) -> Iterator[tuple[date | None, Route]]:
    value = getattr(entry.entity, field[0])
    if len(field) == 1:
        yield value, field
    elif isinstance(value, tuple):
        for at, part in each_part(entry, field[0], value):
            yield getattr(part, field[1]), (field[0], at, field[1])
    elif value is not None:
        yield getattr(value, field[1]), field


RULE = Rule(
    code="SCH002",
    name="date-order",
    severity=Severity.ERROR,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.2",),
    clauses_2026=("7.5.2",),
    since="0.1.0",
    check=check,
)
