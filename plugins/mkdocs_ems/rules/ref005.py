"""An id was given to something else, or something got another id

## What it checks
An id stands for the same thing for ever. Told is a row whose id had another row before: of another kind, or
under a title that has nothing in common with today's, with nothing else kept either; a row that is the same
as one that is gone, but for its id; and a document that was gone for a time and came back as something else.
A title that is reworded is no other thing. Compared with today are the states that count: what was taken over
when the system was begun, every annotated tag, and the approved issues of the registers, newest first, until
about 4 MB of old registers have been read. Rows that came and went between two such states are not seen.

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

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from mkdocs_ems.control import FormerRegister
from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.model import Entry
from mkdocs_ems.rules.likeness import alike, same_words, shares_words
from mkdocs_ems.rules.values import AuditContext, Rule, place
from mkdocs_ems.source import Data, parse_file
from mkdocs_ems.text import fold


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each id that stands for something else than it did, and each row that got another id."""
    yield from _documents(context)
    looking, told = _Looking(context), set[str]()
    by_id, former = context.model.by_id, context.control.former
    for register in former:
        for identity, title in register.rows.items():
            entry = by_id.get(identity)
            # Nearly every row is called what it was called.
            if entry is not None and entry.entity.title == title and entry.kind == register.kind:
                continue
            if not title or identity in told:
                continue
            found = looking.renamed(register, identity) if entry is None else None
            if entry is not None and looking.reused(entry, register, identity):
                found = _reused(entry, register, identity)
            if found is not None:
                told.add(identity)
                yield found


def _documents(context: AuditContext) -> Iterator[Finding]:
    for document in context.control.documents.values():
        entry = context.model.by_id.get(document.id)
        for old in document.formerly:
            if entry is None or not old.title or same_words(old.title, document.title):
                continue
            yield Finding(
                f"{document.id} was {old.title} before it was gone for a time, and is {document.title} now",
                place(entry),
                id=document.id,
                help=f"give {document.title} an id of its own",
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


class _Looking:
    """What it takes to look closer at a row whose title differs: parsed once, and only then."""

    def __init__(self, context: AuditContext) -> None:
        self._context = context
        self._old = cache(_parsed)
        self._called: Mapping[tuple[str, str], list[str]] | None = None

    def reused(self, entry: Entry, register: FormerRegister, identity: str) -> bool:
        """Whether an id that had one row stands for another thing now."""
        title = register.rows[identity]
        if same_words(title, entry.entity.name):
            return False
        if entry.kind != register.kind:
            return bool(register.kind)
        elsewhere = [one for one in self._named(register.kind, title) if one not in register.rows]
        if elsewhere or self._was_gone(register, identity):
            return True
        old, new = self._row(register, identity), self._today(entry)
        return shares_words(old, new) is False

    def renamed(self, register: FormerRegister, identity: str) -> Finding | None:
        """The finding for a row that is gone and stands there under an id of its own."""
        title = register.rows[identity]
        named = [one for one in self._named(register.kind, title) if one not in register.rows]
        if len(named) != 1 or list(register.rows.values()).count(title) != 1:
            return None
        entry = self._context.model.by_id[named[0]]
        if not alike(self._row(register, identity), self._today(entry)):
            return None
        return Finding(
            f"{named[0]} ({title}) was {identity} {register.words}; {identity} stands for nothing now",
            place(entry),
            id=named[0],
            help=f"give it its old id {identity} back; what names it elsewhere is right again then",
        )

    def _named(self, kind: str, title: str) -> list[str]:
        if self._called is None:
            called = defaultdict[tuple[str, str], list[str]](list)
            for identity, entry in self._context.model.by_id.items():
                called[entry.kind, fold(entry.entity.name)].append(identity)
            self._called = called
        return self._called.get((kind, fold(title)), [])

    def _was_gone(self, register: FormerRegister, identity: str) -> bool:
        """Whether a later state of the same register did not have it."""
        states = (one for one in self._context.control.former if one.path == register.path)
        return any(one.at > register.at and identity not in one.rows for one in states)

    def _row(self, register: FormerRegister, identity: str) -> Data:
        return self._old(register.path, register.data).get(identity)

    def _today(self, entry: Entry) -> Data:
        return _at(self._context.sources.files[entry.anchor.path].data, entry.anchor)


def _parsed(path: str, data: bytes) -> Mapping[str, Data]:
    rows = parse_file(path, data, content="")[0].data.get("rows")
    found = (row for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()
    return {str(row.get("id")): row for row in found}


def _at(data: object, anchor: Anchor) -> Data:
    for step in anchor.route:
        if isinstance(data, Mapping):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step]
    return dict(data) if isinstance(data, Mapping) else None


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
