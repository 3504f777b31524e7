"""Two things have one id

## What it checks
Every id stands once in the content: no two documents, registers or rows share one. Ids that differ in
case only count as the same. No two people list one mail address: whoever commits under it would be nobody.

## Why an auditor asks
Two documents of one number are two "current" versions, and nobody knows which one was approved.

## Fails
A copied row kept the id of the first.

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: pH check before discharge
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
  - id: OPC-001  # ← DOC002
    title: Metals check before discharge
    operating_criteria: [{parameter: nickel, max: 2, unit: mg/L}]
```

An address that two people use in turn.

`ems/registers/more-people.yml`
```yaml
id: REG-MORE
type: person
title: Temporary staff
owner: ROL-MD
rows:
  - {id: PER-901, title: Ada Lane, git_identities: [Yard@wrenholt.example]}
  - {id: PER-902, title: Ned Cole, git_identities: [ned@wrenholt.example, yard@wrenholt.example]}  # ← DOC002
```

## Passes
Each row has its own.

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: pH check before discharge
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
  - id: OPC-002
    title: Metals check before discharge
    operating_criteria: [{parameter: nickel, max: 2, unit: mg/L}]
```

## How to fix
Give the newer of the two a new id, one that was never used before; give each person an address of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.control.authority import mail_of
from mkdocs_ems.diagnostics import Basis, Finding, Related, Severity
from mkdocs_ems.model import Entry, PersonRow
from mkdocs_ems.model.wording import short
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import fold


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each entity whose id, and each address that, an earlier one has already."""
    yield from _ids(context)
    yield from _addresses(context)


def _ids(context: AuditContext) -> Iterator[Finding]:
    first: dict[str, Entry] = {}
    for entry in context.model.entries:
        identity = entry.entity.id
        if identity is None:
            continue
        holder = first.setdefault(fold(identity), entry)
        if holder is not entry:
            yield Finding(
                f"{identity} is taken already, by {holder.entity.name}",
                place(entry),
                id=identity,
                help="give the newer of the two a new id, one that was never used before",
                related=(Related(f"{holder.entity.id} stands here first", place(holder)),),
            )


def _addresses(context: AuditContext) -> Iterator[Finding]:
    first: dict[str, tuple[Entry, int]] = {}
    for entry, person in context.each(PersonRow):
        for position, address in enumerate(person.git_identities):
            holder, at = first.setdefault(fold(mail_of(address)), (entry, position))
            if holder is not entry:
                yield Finding(
                    f"{short(address)} stands at {called(person)} and at {called(holder.entity)}, "
                    "so that it counts as nobody's",
                    place(entry, "git_identities", position),
                    id=person.id,
                    help="leave it with the one person who commits under it",
                    related=(Related("it stands here first", place(holder, "git_identities", at)),),
                )


RULE = Rule(
    code="DOC002",
    name="duplicate-id",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("7.5.2",),
    clauses_2026=("7.5.2",),
    since="0.1.0",
    broken=True,
    check=check,
)
