"""A record does not say what it is no evidence without

## What it checks
Every record says of which day or which days it is evidence (`date`, or `period_start` and `period_end`),
who made it (`by`), and what its kind is about: an inspection what was looked at and what was found. What
each kind asks for beyond that stands with its fields. What other rules ask of a record (the evaluation of a
drill, the cause of an incident) they tell themselves.

## Why an auditor asks
A check sheet without a date or a name is a sheet of paper: nobody can say what it shows, or ask whoever was
there.

## Fails
Somebody looked at something, some day.

`ems/records/inspections/CHK-001.yml`
```yaml
id: CHK-001  # ← REC003
type: inspection
title: Walk
notes: All fine.
```

Among others in one file.

`ems/records/inspections/2026.yml`
```yaml
type: inspection
title: Walks
rows:
  - {id: CHK-001, title: Walk, date: 2026-05-04, point: The yard, result: in-order}  # ← REC003
```

## Passes
Day, person, place and result; a check that was not done says so.

`ems/records/inspections/CHK-001.yml`
```yaml
id: CHK-001
type: inspection
title: Walk of 4 May
date: 2026-05-04
by: [PER-BEN]
point: The yard
result: in-order
```

`ems/records/inspections/2026.yml`
```yaml
type: inspection
title: Walks
rows:
  - {id: CHK-002, title: Walk of 11 May, date: 2026-05-11, by: [ROL-EHS],
     point: The yard, result: not-done, reason: Works holiday}
```

## How to fix
Add what the finding names, as long as somebody knows it. What nobody knows any more is said in `notes`, and
the finding accepted with a waiver.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Entry, Record
from mkdocs_ems.model.records import Essential
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding for each record that lacks something essential."""
    for entry, record in context.each(Record):
        missing = [one for one in record.essentials if one.missing(record) and not _dropped(one, entry)]
        if missing:
            wanted = " and ".join(f"`{one.fields[0]}: …`" for one in missing)
            yield Finding(
                f"{called(record)} {_lacks([one.what for one in missing])}",
                place(entry),
                id=record.id,
                help=f"add {wanted}",
            )


def _lacks(what: list[str]) -> str:
    """What it has not and does not say, in words: `has no date`, `does not say what the results show`."""
    unsaid = [one.removeprefix("not ") for one in what if one.startswith("not ")]
    lacking = [one for one in what if not one.startswith("not ")]
    told = [f"has {listed(lacking)}"] if lacking else []
    told += [f"does not say {listed(unsaid)}"] if unsaid else []
    return " and ".join(told)


def _dropped(essential: Essential, entry: Entry) -> bool:
    """Whether it was written and could not be used, which has its own finding."""
    return any(route[0] in essential.fields for route in entry.dropped if route)


RULE = Rule(
    code="REC003",
    name="record-incomplete",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("7.5.2",),
    clauses_2026=("7.5.2",),
    since="0.1.0",
    requires=("SCH001", "DOC001"),
    check=check,
)
