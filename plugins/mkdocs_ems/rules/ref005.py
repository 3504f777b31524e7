"""An id was given to something else, or something got another id

## What it checks
An id stands for the same thing for ever. Told is a row whose id had another row before: of another kind, or
under a title that has nothing in common with today's, with nothing else kept either; a row that is the same
as one that is gone, but for its id; and a document that was gone for a time and came back as something else.
A title that is reworded is no other thing. Compared with today are the states that count: what was taken over
when the system was begun, every annotated tag, and the approved issues of the registers, newest first, until
about 1.5 MB of old registers have been read. Rows that came and went between two such states are not seen.

## Why an auditor asks
Records, actions and reports name a thing by its id. When the id stands for something else, they all say
something that was never true, and nobody notices.

## Fails
The controls were sorted anew and numbered through: OPC-001 is the bund now.

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: Bund under the acid tank  # ← REF005
    obligations: [OBL-001]
    hierarchy: engineering
    operating_criteria: [{parameter: volume, min: 110, unit: "%"}]
    verification: {method: Looked at on the weekly walk}
  - id: OPC-002
    title: pH check before discharge
    obligations: [OBL-001]
    hierarchy: administrative
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
    procedure: PRO-001
    policy_commitments: ["#we-protect-the-river", "#we-get-better-every-year"]
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-03-02
  by: PER-BEN
  message: Sort the controls
  files: [ems/registers/controls.yml]
  merged_by: PER-MAYA
```

The check before discharge got another number.

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-010  # ← REF005
    title: pH check before discharge
    obligations: [OBL-001]
    hierarchy: administrative
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
    procedure: PRO-001
    policy_commitments: ["#we-protect-the-river", "#we-get-better-every-year"]
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-03-02
  by: PER-BEN
  message: Number the controls by tens
  files: [ems/registers/controls.yml]
  merged_by: PER-MAYA
```

## Passes
Reworded, and a new control beside it.

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: Reading the pH before any discharge
    obligations: [OBL-001]
    hierarchy: administrative
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
    procedure: PRO-001
    policy_commitments: ["#we-protect-the-river", "#we-get-better-every-year"]
  - id: OPC-002
    title: Bund under the acid tank
    obligations: [OBL-001]
    hierarchy: engineering
    operating_criteria: [{parameter: volume, min: 110, unit: "%"}]
    verification: {method: Looked at on the weekly walk}
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-03-02
  by: PER-BEN
  message: Add the bund
  files: [ems/registers/controls.yml]
  merged_by: PER-MAYA
```

## How to fix
Give the row its old id back, and a new thing the next free id; what is given up stays in the register as
`status: withdrawn`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.control import FormerRegister
from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Entry
from mkdocs_ems.model.likeness import same_words
from mkdocs_ems.rules.former import Looking
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each id that stands for something else than it did, and each row that got another id."""
    yield from _documents(context)
    looking, told = Looking(context), set[str]()
    by_id, former = context.model.by_id, context.control.former
    for register in former:
        for identity, title in register.rows.items():
            entry = by_id.get(identity)
            # Nearly every row is called what it was called.
            if entry is not None and entry.entity.title == title and entry.kind == register.kind:
                continue
            if not title or identity in told:
                continue
            renamed = looking.renamed(register, identity) if entry is None else None
            if renamed is not None:
                told.add(identity)
                yield _renamed(renamed, register, identity)
            elif entry is not None and looking.reused(entry, register, identity):
                told.add(identity)
                yield _reused(entry, register, identity)


def _documents(context: AuditContext) -> Iterator[Finding]:
    for document in context.control.documents.values():
        entry = context.model.by_id.get(document.id)
        for old in document.formerly:
            # What stands in the tree, not the issue in force, which may be the old one still.
            name = entry.entity.name if entry is not None else ""
            if entry is None or not old.title or same_words(old.title, name):
                continue
            yield Finding(
                f"{document.id} was {old.title} before it was gone for a time, and is {name} now",
                place(entry),
                id=document.id,
                help=f"give {name} an id of its own",
            )
            break


def _reused(entry: Entry, register: FormerRegister, identity: str) -> Finding:
    return Finding(
        f"{identity} was {register.rows[identity]} {register.words}, and is {entry.entity.name} now",
        place(entry, "title"),
        id=identity,
        help=f"give what is new the next free id, and keep {identity} for what it was, "
        "with `status: withdrawn` where that is given up",
    )


def _renamed(entry: Entry, register: FormerRegister, identity: str) -> Finding:
    return Finding(
        f"{called(entry.entity)} was {identity} {register.words}; {identity} is nothing now",
        place(entry),
        id=entry.entity.id,
        help=f"give it its old id {identity} back; what names it elsewhere is right again then",
    )


RULE = Rule(
    code="REF005",
    name="id-changed-or-reused",
    severity=Severity.ERROR,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.2",),
    clauses_2026=("7.5.2",),
    since="0.1.0",
    requires=("SCH001", "DOC001", "DOC002"),
    needs_history=True,
    check=check,
)
