"""A record that everybody may see names people

## What it checks
A record that is public, by its own `access` or by what `retention` in `ems.yml` settles for its kind, names
no person: neither by an id of the register of people nor by a name from it, and no e-mail address and no
telephone number stands in its texts. Roles may be named. Other names, and what people say of themselves in
words, this rule does not see.

## Why an auditor asks
What was published once is copied, and what is in git stays there. Data protection asks that nobody finds
there what was meant for a few; and a complaint that names the neighbour is soon the last one.

## Fails
The walk is on the public site, with the name and the number of a neighbour.

`ems/records/inspections/CHK-001.yml`
```yaml
id: CHK-001
type: inspection
title: Walk with the neighbours
date: 2026-05-04
by: [PER-BEN]
point: The fence
result: in-order
access: public
notes: Maya Holm came too; number 4 is rose@small.example, 01632 960 123.  # ← REC007
```

## Passes
Roles say who was there; the other record is for those who work here.

`ems/records/inspections/CHK-001.yml`
```yaml
id: CHK-001
type: inspection
title: Walk with the neighbours
date: 2026-05-04
by: [ROL-EHS]
point: The fence
result: in-order
access: public
notes: The managing director came too; 12 000 l were drawn off on 2026-05-04.
```

`ems/records/inspections/CHK-002.yml`
```yaml
id: CHK-002
type: inspection
title: Walk with the neighbours
date: 2026-05-04
by: [PER-BEN]
point: The fence
result: in-order
notes: Maya Holm came too; write to the lady of number 4 at rose@small.example or 01632 960 123.
```

## How to fix
Name the role instead of the person, take addresses and numbers out, or set `access: internal`. What has
landed stays in the history: think of that before it lands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Entry, PersonRow, Record, Shape
from mkdocs_ems.model.retention import USUAL, keeping
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import fold

_MAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[A-Za-z]{2,}")
_NUMBER = re.compile(r"(?<![\w.-])(?:\+|00?)[0-9][0-9 ()/.-]{7,20}[0-9](?![\w.-])")
"""As people write telephone numbers: with a plus or a zero before them."""
_SHORTEST = 4
"""A shorter name may be any word."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding for each public record that names somebody."""
    public = [(entry, record) for entry, record in context.each(Record) if _is_public(entry, record, context)]
    if not public:
        return
    people = [person for _, person in context.each(PersonRow)]
    ids = frozenset(person.id for person in people if person.id)
    names = frozenset(
        fold(person.title) for person in people if person.title and len(person.title) >= _SHORTEST
    )
    for entry, record in public:
        found: dict[str, str] = {}
        for field, text in _texts(record, entry, context):
            for what in _personal(text, ids, names):
                found.setdefault(what, field)
        if found:
            field = next(iter(found.values()))
            yield Finding(
                f"{called(record)} is public and holds {listed(found)}",
                place(entry, field) if field else place(entry),
                id=record.id,
                help="name the role instead, take out what leads to a person, or set `access: internal`",
            )


def _is_public(entry: Entry, record: Record, context: AuditContext) -> bool:
    usual = USUAL.get(entry.kind)
    settled = keeping(entry.kind, context.settings.retention).access or (usual.access if usual else None)
    return (record.access or settled) == "public"


def _texts(record: Record, entry: Entry, context: AuditContext) -> Iterator[tuple[str, str]]:
    """Every text of a record with the field that holds it; of its Markdown no field does."""
    for field in type(record).model_fields:
        if field in record.model_fields_set:
            yield from ((field, text) for text in _within(getattr(record, field)))
    source = context.sources.files.get(entry.anchor.path)
    if source is not None and source.body is not None:
        yield "", source.body.text


def _within(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _within(one)
    elif isinstance(value, Shape):
        for field in value.model_fields_set:
            yield from _within(getattr(value, field))


def _personal(text: str, ids: Collection[str], names: Collection[str]) -> Iterator[str]:
    if text in ids:
        yield f"the id {text}"
        return
    folded = fold(text)
    if any(name in folded for name in names):
        yield "the name of a person"
    if _MAIL.search(text):
        yield "an e-mail address"
    if _NUMBER.search(text):
        yield "a telephone number"


RULE = Rule(
    code="REC007",
    name="personal-data-in-record",
    severity=Severity.INFO,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
