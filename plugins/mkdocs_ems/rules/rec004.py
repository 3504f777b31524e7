"""A record is dated in the future, or was written down long after its day

## What it checks
No record is evidence of a day that is still to come. And a record lands in the repository within
`record_grace_days` (`intervals` in `ems.yml`, 30 without) of its day, or of its last day where it covers
several and was not made later; one that came later says in `notes` why. What stood there when the system was
begun is not judged, and without history only future days are.

## Why an auditor asks
A year of weekly checks, all written down in the week before the audit, is a year without checks. Where
there was a good reason, it is written beside it.

## Fails
The walk of next week is done already.

`ems/records/inspections/CHK-001.yml`
```yaml
id: CHK-001
type: inspection
title: Walk of 8 June
date: 2026-06-08  # ← REC004
by: [PER-BEN]
point: The yard
result: in-order
```

Walks of months, written in one afternoon: told once.

`ems/records/inspections/2026.yml`
```yaml
type: inspection
title: Walks
rows:
  - {id: CHK-001, title: Walk of 4 February, date: 2026-02-04, by: [PER-BEN],  # ← REC004
     point: The yard, result: in-order}
  - {id: CHK-003, title: Walk of 11 February, date: 2026-02-11, by: [PER-BEN], point: Yard, result: in-order}
  - {id: CHK-002, title: Walk of 25 May, date: 2026-05-25, by: [PER-BEN], point: The yard, result: in-order}
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- {date: 2026-05-28, by: PER-BEN, message: Walks, files: [ems/records/inspections/2026.yml]}
```

## Passes
One came late, and says why; the other was taken over with the manual.

`ems/records/inspections/CHK-001.yml`
```yaml
id: CHK-001
type: inspection
title: Walk of 4 February
date: 2026-02-04
by: [PER-BEN]
point: The yard
result: in-order
notes: Found in the glove box of the van in May.
```

`ems/records/inspections/2025.yml`
```yaml
type: inspection
title: Walks
rows:
  - {id: CHK-002, title: Walk of 3 February 2025, date: 2025-02-03, by: [PER-BEN],
     point: The yard, result: in-order}
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE, ems/records/inspections/2025.yml]
- {date: 2026-05-28, by: PER-BEN, message: Walk, files: [ems/records/inspections/CHK-001.yml]}
```

## How to fix
Put the day right where it was mistyped. Where it was written down late, say in `notes` why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Entry, Record
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural


@dataclass(frozen=True, slots=True)
class _Late:
    """A record that landed long after its day."""

    entry: Entry
    record: Record
    field: str
    day: date
    landed: date


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each record that is dated in the future, and what each event brought long after its day."""
    states = context.record_states if context.compilation.history is not None else {}
    grace = context.settings.intervals.record_grace_days
    late: defaultdict[tuple[int, str], list[_Late]] = defaultdict(list)
    for entry, record in context.each(Record):
        # A quarter is evaluated after it has ended: then the day of the evaluation is the record's.
        days = ((record.date, "date"), (record.period_end, "period_end"))
        day, field = max(((day, name) for day, name in days if day is not None), default=(None, ""))
        if day is None:
            continue
        if day > context.as_of:
            yield Finding(
                f"{called(record)} is dated {day}, which is still to come",
                place(entry, field),
                id=record.id,
                help="put the day right; what is planned is no record",
            )
            continue
        came = states.get(record.id or "", ())
        if came and came[0].event.index and not record.notes:
            landed = came[0].event.date.date()
            if (landed - day).days > grace:
                late[came[0].event.index, entry.anchor.path].append(_Late(entry, record, field, day, landed))
    own = "record_grace_days" in context.settings.intervals.model_fields_set
    for together in late.values():
        yield _finding(together, Basis.OWN_RULE if own else None)


def _finding(late: list[_Late], basis: Basis | None) -> Finding:
    """One finding for all that one event brought into one file."""
    first = late[0]
    days = (first.landed - first.day).days
    said = f"{called(first.record)} is dated {first.day} and was written down on {first.landed}"
    said += f", {days} days later"
    if len(late) > 1:
        said += (
            f", and so {'was' if len(late) == 2 else 'were'} {plural(len(late) - 1, 'more record')} with it"
        )
    return Finding(
        said,
        place(first.entry, first.field),
        id=first.record.id,
        help="put the day right, or say in `notes` why it was written down so late",
        basis=basis,
    )


def _unseen(context: AuditContext) -> str | None:
    """Without history nobody knows when a record was written down."""
    if context.compilation.history is not None or not any(context.each(Record)):
        return None
    return "when records were written down cannot be told without history"


RULE = Rule(
    code="REC004",
    name="record-future-or-backdated",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    requires=("SCH001", "DOC001", "DOC002"),
    unseen=_unseen,
    check=check,
)
