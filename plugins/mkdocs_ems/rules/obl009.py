"""A report that an obligation asks for was not sent in time

## What it checks
For every condition with a plan of `report`s each period whose day has passed has a communication that names
the `obligation`, the `condition` (unless there is only one with reports) and the `period`, sent by its day.
Without a `first` period only the latest is asked for. A report that went out late is told as a warning,
unless a nonconformity was raised for it. Once there is a communication log, a condition of the kind
`reporting` without `report` is told too: nobody can see when it is due.

## Why an auditor asks
A missed return is a breach, and the easiest one to prove. The auditor asks for the day on which it left.

## Fails
The report on 2024 went out in March; the one on 2025 did not go out at all.

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
      - ref: "4.2"  # ← OBL009
        text: Report the year by 31 January
        kind: reporting
        report: {each: yearly, due_day: 01-31, first: "2024"}
```

`ems/records/communications/2026.yml`
```yaml
type: communication
title: Communication log of 2026
rows:
  - id: COL-001
    subject: Report of the year
    direction: out
    kind: report
    date: 2025-03-10  # ← OBL009
    by: [ROL-EHS]
    parties: [PTY-001]
    obligation: OBL-001
    condition: "4.2"
    period: "2024"
  - id: COL-008
    subject: Results of the year
    direction: internal
    kind: briefing
    date: 2026-01-12
    by: [ROL-MD]
    roles: [ROL-EHS]
    about: [POL-001]
```

Nothing says which reports there are and when they are due.

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
      - {ref: "4.2", text: Report the year, kind: reporting}  # ← OBL009
```

`ems/records/communications/2026.yml`
```yaml
type: communication
title: Communication log of 2026
rows:
  - id: COL-002
    subject: Figures of the year
    direction: out
    kind: report
    date: 2026-02-02
    by: [ROL-EHS]
    parties: [PTY-001]
```

## Passes
Both went out in time.

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
      - ref: "4.2"
        text: Report the year by 31 January
        kind: reporting
        report: {each: yearly, due_day: 01-31, first: "2024"}
```

`ems/records/communications/2026.yml`
```yaml
type: communication
title: Communication log of 2026
rows:
  - id: COL-001
    subject: Report of the year
    direction: out
    kind: report
    date: 2025-01-31
    by: [ROL-EHS]
    parties: [PTY-001]
    obligation: OBL-001
    condition: "4.2"
    period: "2024"
  - id: COL-003
    subject: Report of the year
    direction: out
    kind: report
    date: 2026-01-12
    by: [ROL-EHS]
    parties: [PTY-001]
    obligation: OBL-001
    condition: "4.2"
    period: "2025"
  - id: COL-008
    subject: Results of the year
    direction: internal
    kind: briefing
    date: 2026-01-12
    by: [ROL-MD]
    roles: [ROL-EHS]
    about: [POL-001]
```

Only the latest is asked for, and what was late was raised.

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
      - ref: "4.2"
        text: Report the year by 31 January
        kind: reporting
        report: {each: yearly, due_day: 01-31}
```

`ems/records/communications/2026.yml`
```yaml
type: communication
title: Communication log of 2026
rows:
  - id: COL-001
    subject: Report of the year
    direction: out
    kind: report
    date: 2026-02-09
    nonconformity: NCR-001
    by: [ROL-EHS]
    parties: [PTY-001]
    obligation: OBL-001
    condition: "4.2"
    period: "2025"
```

`ems/registers/nonconformities.yml`
```yaml
id: REG-NCR
type: nonconformity
title: Nonconformities
owner: ROL-EHS
rows:
  - id: NCR-001
    title: The report was late
    owner: ROL-EHS
    source: compliance
    criterion: By 31 January
    detected_on: 2026-05-30
    status: open
```

## How to fix
Send the report and keep it in the communication log with `obligation`, `condition` and `period`; that it
was missed is a nonconformity. When each is due is said by `report: {each: …, within: …}` of the condition.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import CommunicationRecord, Entry, ObligationRow
from mkdocs_ems.model.reading import written_indices
from mkdocs_ems.model.reporting import DueReport, reports
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural

_Sent = list[tuple[Entry, CommunicationRecord]]
_READ = ("obligation", "condition", "period", "date", "direction", "period_start", "period_end")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each condition with reports that were not sent, and each report that was sent late."""
    log = list(context.each(CommunicationRecord))
    sent: defaultdict[str | None, _Sent] = defaultdict(list)
    for one in log:
        sent[one[1].obligation].append(one)
    # A record that cannot be read whole may be the report that is missed; it has its own finding.
    whole = not any(route[0] in _READ for entry, _ in log for route in entry.dropped)
    for entry, obligation in context.each(ObligationRow):
        if obligation.applies and obligation.status != "pending" and whole:
            yield from _judge(context, entry, obligation, sent.get(obligation.id, []), begun=bool(log))


def _judge(
    context: AuditContext, entry: Entry, obligation: ObligationRow, sent: _Sent, *, begun: bool
) -> Iterator[Finding]:
    places = written_indices(entry.dropped, ("conditions",), len(obligation.conditions))
    records = [record for _, record in sent]
    for index, condition in zip(places, obligation.conditions, strict=True):
        words = condition.ref or condition.text
        lost = ("conditions", index, "report") in {route[:3] for route in entry.dropped}
        if begun and condition.kind == "reporting" and condition.report is None and not lost:
            yield Finding(
                f"{called(obligation)} asks for reports ({words}), and does not say for which periods",
                place(entry, "conditions", index),
                id=obligation.id,
                help="add `report: {each: yearly, due_day: 01-31}`, or `within: 1 month`, to the condition",
                severity=Severity.INFO,
                basis=Basis.PRACTICE,
            )
        due = list(reports(obligation, condition, records, as_of=context.as_of))
        missed = [one for one in due if one.record is None]
        if missed:
            which = listed(f"{one.period.text} (due {one.due})" for one in reversed(missed))
            yield Finding(
                f"{called(obligation)}: no communication shows the report of {words} on {which}",
                place(entry, "conditions", index),
                id=obligation.id,
                help="send it, keep it in the log with `obligation`, `condition` and `period`, and raise it",
            )
        yield from _late(due, sent)


def _late(due: list[DueReport], sent: _Sent) -> Iterator[Finding]:
    entries = {id(record): entry for entry, record in sent}
    for one in due:
        record = one.record
        if record is None or record.date is None or not one.late or record.nonconformity:
            continue
        yield Finding(
            f"{called(record)} was sent on {record.date}, {plural((record.date - one.due).days, 'day')} late",
            place(entries[id(record)], "date"),
            id=record.id,
            help="raise it and name it: `nonconformity: NCR-…`",
            severity=Severity.WARNING,
        )


RULE = Rule(
    code="OBL009",
    name="statutory-report-missed",
    severity=Severity.ERROR,
    basis=Basis.LAW,
    clauses_2015=("7.4.3", "9.1.2"),
    clauses_2026=("7.4.3", "9.1.2"),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
