"""A check found something wrong, and nothing says what was done

## What it checks
An inspection whose `result` is `not-in-order` or `not-done` says what became of it: a `nonconformity`, a
`reason` with what was wrong and what was done at once, an `amendments` entry that was added later, or an
action, a nonconformity, a change or an improvement that names the record.

## Why an auditor asks
Checks are made so that somebody does something when they fail. A tick at "not in order" with nothing behind
it shows that nobody reads them, and is the first thing an auditor copies from the folder.

## Fails
Something was wrong at the tray and nobody wrote what; a week was left out without a word.

`ems/records/inspections/2026.yml`
```yaml
type: inspection
rows:
  - id: CHK-001
    date: 2026-05-20
    by: [PER-BEN]
    control: OPC-001
    answers: [{question: Tray below the drums, answer: water in it}]
    result: not-in-order  # ← OPC008
  - id: CHK-002
    date: 2026-05-27
    by: [PER-BEN]
    control: OPC-001
    result: not-done  # ← OPC008
```

## Passes
What was wrong was put right at once, or an action was decided, or it was written down later; the week that
was left out says why.

`ems/records/inspections/2026.yml`
```yaml
type: inspection
rows:
  - id: CHK-001
    date: 2026-05-06
    by: [PER-BEN]
    control: OPC-001
    result: not-in-order
    reason: Rain water in the tray; pumped out before the end of the walk
  - id: CHK-002
    date: 2026-05-13
    by: [PER-BEN]
    control: OPC-001
    result: not-in-order
  - id: CHK-003
    date: 2026-05-20
    by: [PER-BEN]
    control: OPC-001
    result: not-in-order
    amendments: [{date: 2026-05-22, by: PER-BEN, text: "The probe read low; it was cleaned on the 20th"}]
  - id: CHK-004
    date: 2026-05-27
    by: [PER-BEN]
    control: OPC-001
    result: not-done
    reason: Works holiday; the line stood empty
```

`ems/registers/actions.yml`
```yaml
id: REG-ACTIONS
type: action
title: Actions
owner: ROL-MD
rows:
  - id: ACT-001
    title: Third rinse stage
    source: [RSK-001]
    owner: ROL-EHS
    due: 2026-12-31
    status: open
  - id: ACT-002
    title: Roof over the drums
    source: [CHK-002]
    owner: ROL-EHS
    due: 2026-09-30
    status: open
```

## How to fix
Raise a nonconformity, or an action that names the record (`source: [CHK-…]`). What was done at once belongs
into `reason`; where the record is closed already, into `amendments: [{date: …, by: …, text: …}]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import InspectionRecord
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_ANSWERS = ("nonconformity", "action", "change", "improvement")
_FOUND = {"not-in-order": "found something not in order", "not-done": "was not made"}
_SAID = ("nonconformity", "reason", "amendments")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each inspection that failed, or was left out, and that nothing answers."""
    for entry, record in context.each(InspectionRecord):
        if record.result not in _FOUND or any(getattr(record, one) for one in _SAID):
            continue
        # What could not be read has its own finding, and may be the answer.
        lost = any(route[0] in _SAID for route in entry.dropped)
        if lost or context.named_by(record.id, *_ANSWERS):
            continue
        yield Finding(
            f"{called(record)} {_FOUND[record.result]}, and nothing says what was done about it",
            place(entry, "result"),
            id=record.id,
            help="name a `nonconformity`, or say in `reason` (in `amendments`, once it is closed) what was "
            "wrong and what was done",
        )


RULE = Rule(
    code="OPC008",
    name="shortcoming-without-answer",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("8.1", "10.2"),
    clauses_2026=("8.1", "10.2"),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
