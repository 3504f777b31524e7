"""A record was changed after it was closed

## What it checks
A record says what it is there to say from some commit on: an inspection has its result, a drill its
evaluation. From then on it says the same for ever. What is to be added or put right stands in `amendments`,
one behind the other; no amendment is taken out again or changed either. Judged is what a record says, not
how it is written: spaces, comments and the order of fields make no difference, nor does the file it stands
in. Whoever puts back what it said, ends the finding. Without history this cannot be judged.

## Why an auditor asks
A record is evidence because nobody can make it say something else afterwards. An inspection whose result
changed after the complaint came proves nothing any more, and puts all the others in doubt.

## Fails
In May the bund was wet; in the week before the audit it had been dry.

`ems/records/inspections/CHK-001.yml`
```yaml
id: CHK-001
type: inspection
title: Walk of 4 May
date: 2026-05-04
by: [PER-BEN]
point: The yard
result: in-order  # ← REC001
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-05-04
  by: PER-BEN
  message: Walk
  texts:
    ems/records/inspections/CHK-001.yml: |
      id: CHK-001
      type: inspection
      title: Walk of 4 May
      date: 2026-05-04
      by: [PER-BEN]
      point: The yard
      result: not-in-order
      reason: Water in the bund
- {date: 2026-05-28, by: PER-BEN, message: Tidy up, files: [ems/records/inspections/CHK-001.yml]}
```

An amendment was there, and is no more.

`ems/records/inspections/CHK-001.yml`
```yaml
id: CHK-001  # ← REC001
type: inspection
title: Walk of 4 May
date: 2026-05-04
by: [PER-BEN]
point: The yard
result: in-order
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-05-04
  by: PER-BEN
  message: Walk
  texts:
    ems/records/inspections/CHK-001.yml: |
      id: CHK-001
      type: inspection
      title: Walk of 4 May
      date: 2026-05-04
      by: [PER-BEN]
      point: The yard
      result: in-order
- date: 2026-05-11
  by: PER-BEN
  message: Add what was overlooked
  texts:
    ems/records/inspections/CHK-001.yml: |
      id: CHK-001
      type: inspection
      title: Walk of 4 May
      date: 2026-05-04
      by: [PER-BEN]
      point: The yard
      result: in-order
      amendments: [{date: 2026-05-11, text: The valve had been open}]
- {date: 2026-05-28, by: PER-BEN, message: Tidy up, files: [ems/records/inspections/CHK-001.yml]}
```

## Passes
What was overlooked stands behind it, and what was still open was not closed.

`ems/records/inspections/CHK-001.yml`
```yaml
id: CHK-001
type: inspection
title: Walk of 4 May
date: 2026-05-04
by: [PER-BEN]
point: The yard
result: in-order
amendments: [{date: 2026-05-11, by: PER-BEN, text: The valve had been open}]
```

`ems/records/inspections/2026.yml`
```yaml
type: inspection
title: Walks
rows:
  - {id: CHK-002, title: Walk of 11 May, date: 2026-05-11, by: [PER-BEN], point: The yard, result: in-order}
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-05-11
  by: PER-BEN
  message: Walks
  texts:
    ems/records/inspections/CHK-001.yml: |
      id: CHK-001
      type: inspection
      title: Walk of 4 May
      date: 2026-05-04
      by: [PER-BEN]
      point: The yard
      result: in-order
    ems/records/inspections/2026.yml: |
      type: inspection
      title: Walks
      rows:
        - {id: CHK-002, title: Walk of 11 May, date: 2026-05-11, by: [PER-BEN], point: A yard}
- {date: 2026-05-12, by: PER-BEN, message: Amend,
   files: [ems/records/inspections/CHK-001.yml, ems/records/inspections/2026.yml]}
```

## How to fix
Put back what it said (`ems history ID` shows it), and add what is to be said under `amendments`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Entry, Record
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.recorded import Frozen, frozen
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each record that says something else than it did when it was closed."""
    states = context.record_states
    for entry, record in context.each(Record):
        found = states.get(record.id or "", ())
        # What landed once and was never touched is as it was.
        if len(found) > 1:
            told = frozen(found, context.model)
            if told is not None and told.changed:
                yield _finding(entry, record, told)


def _finding(entry: Entry, record: Record, told: Frozen) -> Finding:
    since = told.closed.event
    what = listed(f"`{name}`" for name in told.changed)
    says = "says" if len(told.changed) == 1 else "say"
    first = told.changed[0]
    written = first in record.model_fields_set and first != "amendments"
    touched = told.touched.event
    when = f"since {touched.date.date()} (commit {touched.commit.id[:10]})"
    if touched.proposed:
        when = "in what has not landed yet"
    return Finding(
        f"{called(record)} was closed on {since.date.date()}, and {what} {says} something else {when}",
        place(entry, first) if written else place(entry),
        id=record.id,
        help=f"put back what it said (`ems history {record.id}` shows it), and add what is to be said under "
        "`amendments`",
    )


RULE = Rule(
    code="REC001",
    name="record-changed-after-approval",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    requires=("SCH001", "DOC002"),
    needs_history=True,
    check=check,
)
