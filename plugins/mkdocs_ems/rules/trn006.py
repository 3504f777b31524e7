"""Somebody is not made aware of what matters

## What it checks
Every role that somebody holds, and every external provider that works on site, belongs to the audience of
the awareness matrix for each of: the policy, the significant aspects, their own contribution, and what
follows where they do not conform. An audience is named by `roles`, by `employers` (everybody who is own
staff, a contractor's or an agency's) or by `providers`. Each row has a day on which they were last told,
which is not longer ago than its `repeat`, else `intervals: {awareness: …}` of `ems.yml`. Nothing is said
before the matrix is begun.

## Why an auditor asks
An auditor asks people at the line what the policy means for their work, and what happens to the river when
they get it wrong. Who was never told cannot answer.

## Fails
Nobody tells the director of consequences; the talk is a year overdue, and the firm on site was never told.

`ems/registers/awareness.yml`
```yaml
id: REG-AWARENESS  # ← TRN006
type: awareness
title: Awareness matrix
owner: ROL-EHS
rows:
  - id: AWR-001
    title: Office
    roles: [ROL-EHS]
    items: [policy, significant-aspects, contribution, consequences]
    date: 2024-01-12  # ← TRN006
    repeat: 12 months
  - id: AWR-002
    title: Management
    roles: [ROL-MD]
    items: [policy, significant-aspects, contribution]
    date: 2026-01-12
  - id: AWR-003  # ← TRN006
    title: Cleaning firm
    providers: [SUP-001]
    items: [policy, significant-aspects, contribution, consequences]
```

`ems/registers/providers.yml`
```yaml
id: REG-PROVIDERS
type: provider
title: External providers
owner: ROL-EHS
rows:
  - id: SUP-001
    title: Bright Cleaning
    what: Cleans tanks
    kind: service
    control_type: [site-induction]
    extent: We can send their people away.
    requirements_sent: [{date: 2026-01-12, text: House rules for firms on site}]
    on_site: true
    status: approved
    owner: ROL-EHS
```

## Passes
Everybody is told each year, and no matrix is begun in the second.

`ems/registers/awareness.yml`
```yaml
id: REG-AWARENESS
type: awareness
title: Awareness matrix
owner: ROL-EHS
rows:
  - id: AWR-001
    title: Everybody
    employers: [own]
    items: [policy, significant-aspects, contribution, consequences]
    method: Talk in January
    date: 2026-01-12
    repeat: 12 months
```

The director is told by his role; who does not work here any more is told nothing.

`ems/registers/awareness.yml`
```yaml
id: REG-AWARENESS
type: awareness
title: Awareness matrix
owner: ROL-EHS
rows:
  - id: AWR-001
    title: Management
    roles: [ROL-MD, ROL-EHS]
    items: [policy, significant-aspects]
    date: 2026-01-12
  - id: AWR-002
    title: Management, the rest
    roles: [ROL-MD, ROL-EHS]
    items: [contribution, consequences]
    date: 2026-06-01
```

## How to fix
Tell them, and write the day into the row; or add the audience to a row of the matrix. What shows it stands
in `records`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AwarenessRow, Entry, ProviderRow
from mkdocs_ems.rules.audiences import Audiences, in_use
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.registers import head_of
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_ASKED = {
    "policy": "the policy",
    "significant-aspects": "the significant aspects",
    "contribution": "their contribution",
    "consequences": "the consequences of not conforming",
}


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each row that was not carried out in time, and what is told to nobody in some role."""
    rows = [one for one in context.each(AwarenessRow) if in_use(one[1])]
    if not rows:
        return
    for entry, row in rows:
        yield from _late(context, entry, row)
    audiences = Audiences.of(context)
    gaps: dict[tuple[str, ...], list[str]] = {}
    for role in context.holders:
        told = {str(item) for row in audiences.of_role(role) for item in row.items}
        _gap(gaps, told, called(context.graph.nodes[role].entity))
    for _, provider in context.each(ProviderRow):
        if provider.on_site and provider.status not in ("suspended", "withdrawn"):
            told = {str(item) for row in audiences.of_provider(provider.id) for item in row.items}
            _gap(gaps, told, called(provider))
    head = head_of(context, "awareness")
    for missing, who in gaps.items():
        at = head or rows[0][0]
        yield Finding(
            f"nobody tells {listed(who)} about {listed(missing)}",
            place(at),
            id=at.entity.id,
            help="add them to the `roles`, `employers` or `providers` of a row with these `items`",
        )


def _gap(gaps: dict[tuple[str, ...], list[str]], told: set[str], who: str) -> None:
    missing = tuple(words for item, words in _ASKED.items() if item not in told)
    if missing:
        gaps.setdefault(missing, []).append(who)


def _late(context: AuditContext, entry: Entry, row: AwarenessRow) -> Iterator[Finding]:
    repeat = row.repeat or context.settings.intervals.awareness
    if any(route[0] in ("date", "repeat") for route in entry.dropped):
        return
    if row.date is None or row.date > context.as_of:
        yield Finding(
            f"{called(row)} says no day on which its audience was told",
            place(entry, "date") if row.date else place(entry),
            id=row.id,
            help="tell them and write the day into `date`; a row with `status: planned` is not asked for",
        )
    elif repeat is not None and repeat.passed(row.date, on=context.as_of):
        yield Finding(
            f"{called(row)} was to be repeated by {repeat.after(row.date)}",
            place(entry, "date"),
            id=row.id,
            help="tell them again and write the day into `date`",
            basis=Basis.OWN_RULE,
        )


RULE = Rule(
    code="TRN006",
    name="awareness-gap",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("7.3",),
    clauses_2026=("7.3",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
