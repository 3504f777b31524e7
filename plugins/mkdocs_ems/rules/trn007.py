"""Somebody from outside works here without an induction

## What it checks
Every external provider with `on_site: true` that is not suspended, and every person of a contractor or an
agency who has not left, has a record of training of the kind `induction` that has not run out: it names the
person in `people`, or the firm in `providers`. Nothing is said before there is a record of training.

## Why an auditor asks
People who are here for a day do not know where the drain goes. What they do counts as yours.

## Fails
The firm that cleans the tanks was never inducted, and her induction held until April.

`ems/registers/providers.yml`
```yaml
id: REG-PROVIDERS
type: provider
title: External providers
owner: ROL-EHS
rows:
  - id: SUP-001  # ← TRN007
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

`ems/registers/people.yml`
```yaml
id: REG-PEOPLE
type: person
title: People
owner: ROL-MD
rows:
  - id: PER-MAYA
    title: Maya Holm
    git_identities: [maya@small.example]
    roles: [{role: ROL-MD}]
  - id: PER-BEN
    title: Ben Okoro
    git_identities: [ben@small.example]
    roles: [{role: ROL-EHS}]
  - id: PER-ANA  # ← TRN007
    title: Ana Lind
    employer: agency
```

`ems/records/training/2026.yml`
```yaml
type: training
title: Training of the EHS manager
rows:
  - id: TRN-001
    title: Induction
    kind: induction
    date: 2025-04-07
    by: [ROL-EHS]
    people: [PER-ANA]
    valid_to: 2026-04-30
    subject: Spills, drains, alarm, whom to call
```

## Passes
Both were inducted; she came with the firm.

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

`ems/registers/people.yml`
```yaml
id: REG-PEOPLE
type: person
title: People
owner: ROL-MD
rows:
  - id: PER-MAYA
    title: Maya Holm
    git_identities: [maya@small.example]
    roles: [{role: ROL-MD}]
  - id: PER-BEN
    title: Ben Okoro
    git_identities: [ben@small.example]
    roles: [{role: ROL-EHS}]
  - id: PER-ANA
    title: Ana Lind
    employer: agency
    provider: SUP-001
```

`ems/records/training/2026.yml`
```yaml
type: training
title: Training of the EHS manager
rows:
  - id: TRN-001
    title: Induction
    kind: induction
    date: 2026-04-07
    by: [ROL-EHS]
    providers: [SUP-001]
    others: Four fitters, by the list at the gate
    subject: Spills, drains, alarm, whom to call
```

She has left.

`ems/registers/people.yml`
```yaml
id: REG-PEOPLE
type: person
title: People
owner: ROL-MD
rows:
  - id: PER-MAYA
    title: Maya Holm
    git_identities: [maya@small.example]
    roles: [{role: ROL-MD}]
  - id: PER-BEN
    title: Ben Okoro
    git_identities: [ben@small.example]
    roles: [{role: ROL-EHS}]
  - id: PER-ANA
    title: Ana Lind
    employer: agency
    end_date: 2026-04-30
```

`ems/records/training/2026.yml`
```yaml
type: training
title: Training of the EHS manager
rows:
  - id: TRN-001
    title: Induction
    kind: induction
    date: 2025-04-07
    by: [ROL-EHS]
    people: [PER-ANA]
    valid_to: 2026-04-30
    subject: Spills, drains, alarm, whom to call
```

## How to fix
Induct them before they go on working, and keep a record of the kind `induction` with `people` or
`providers`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import PersonRow, ProviderRow, TrainingRecord
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_READ = ("people", "providers", "date", "period_end", "kind", "valid_to", "failed")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each firm and each person from outside who works here without an induction that holds."""
    records = list(context.each(TrainingRecord))
    if not records or any(route[0] in _READ for entry, _ in records for route in entry.dropped):
        return
    until = _inducted(record for _, record in records if _took_place(record, context.as_of))
    here: set[str | None] = set()
    for entry, provider in context.each(ProviderRow):
        if provider.on_site and provider.status not in ("suspended", "withdrawn"):
            here.add(provider.id)
            if until.get(provider.id or "", date.min) < context.as_of:
                yield Finding(
                    f"{called(provider)} works on site {_words(until.get(provider.id or ''))}",
                    place(entry),
                    id=provider.id,
                    help=f"induct its people and keep a record with `providers: [{provider.id}]`",
                )
    for entry, person in context.each(PersonRow):
        outside = person.employer in ("contractor", "agency") and person.status in (None, "active")
        gone = person.end_date is not None and person.end_date < context.as_of
        # Whose firm is told needs no second finding; whose firm was inducted came with it.
        known = person.provider in here or until.get(person.provider or "", date.min) >= context.as_of
        if outside and not gone and not known and until.get(person.id or "", date.min) < context.as_of:
            yield Finding(
                f"{called(person)} works here {_words(until.get(person.id or ''))}",
                place(entry),
                id=person.id,
                help=f"induct the person and keep a record with `people: [{person.id}]`",
            )


def _took_place(record: TrainingRecord, today: date) -> bool:
    return record.kind == "induction" and record.day is not None and record.day <= today


def _inducted(records: Iterable[TrainingRecord]) -> dict[str, date]:
    """The last day of each induction, by who was inducted."""
    until: dict[str, date] = {}
    for record in records:
        for one in (*record.people, *record.providers):
            if one not in record.failed:
                until[one] = max(until.get(one, date.min), record.valid_to or date.max)
    return until


def _words(until: date | None) -> str:
    return "without an induction" if until is None else f"on an induction that ran out on {until}"


RULE = Rule(
    code="TRN007",
    name="contractor-not-inducted",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("7.2", "7.3", "8.1"),
    clauses_2026=("7.2", "7.3", "8.1"),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
