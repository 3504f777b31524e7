"""A provider's licence has expired, or will soon

## What it checks
No licence of an external provider in use is past the last day it holds (`valid_to`), unless a further line of
the same `kind` renews it: one that is written after it and holds longer. One that ends within
`intervals: {renewal_warning_days: …}` of `ems.yml`, ninety days without, is told as a warning. And whoever
carries or takes in one of your waste streams has a licence on record at all.

## Why an auditor asks
Waste that goes with somebody whose registration has lapsed is your breach of the duty of care, and so it is
with a site that has no permit for it.

## Fails
The carrier's registration ended in March, the site's permit ends in July, the haulier has none on record.

`ems/registers/providers.yml`
```yaml
id: REG-PROVIDERS
type: provider
title: External providers
owner: ROL-MD
rows:
  - id: SUP-001
    title: Waste carrier
    requirements_sent: [{date: 2026-02-01, text: Contract}]
    licences:
      - kind: Waste carrier
        number: CBDU12345
        valid_to: 2026-03-31  # ← SUP003
  - id: SUP-002
    title: Treatment site
    requirements_sent: [{date: 2026-02-01, text: Contract}]
    licences:
      - kind: Environmental permit
        valid_to: 2026-07-15  # ← SUP003
  - id: SUP-003  # ← SUP003
    title: Haulier
```

`ems/registers/waste.yml`
```yaml
id: REG-WASTE
type: waste-stream
title: Waste streams
owner: ROL-EHS
rows:
  - {id: WST-001, title: Filter cake, code: 11 01 09*, carriers: [SUP-001, SUP-003], destinations: [SUP-002]}
```

## Passes
Valid for years, without an end, suspended, and none is needed for paper.

`ems/registers/providers.yml`
```yaml
id: REG-PROVIDERS
type: provider
title: External providers
owner: ROL-MD
rows:
  - id: SUP-001
    title: Waste carrier
    requirements_sent: [{date: 2026-02-01, text: Contract}]
    licences: [{kind: Waste carrier, valid_to: 2028-03-31}, {kind: Carriage of dangerous goods}]
  - id: SUP-002
    title: Former carrier
    status: suspended
    licences: [{kind: Waste carrier, valid_to: 2025-03-31}]
  - {id: SUP-003, title: Stationer}
```

`ems/registers/waste.yml`
```yaml
id: REG-WASTE
type: waste-stream
title: Waste streams
owner: ROL-EHS
rows:
  - {id: WST-001, title: Filter cake, code: 11 01 09*, carriers: [SUP-001]}
  - {id: WST-002, title: Old racks, status: withdrawn, carriers: [SUP-003]}
```

## How to fix
Stop using the provider, get the new licence, look it up with the authority, and write its `valid_to`; set
`status: suspended` until then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Entry, ProviderRow, WasteStreamRow
from mkdocs_ems.model.providers import Licence
from mkdocs_ems.rules.providers import in_use
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import fold, plural

_HELP = "get the new licence, look it up with the authority and write its `valid_to`"


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each licence that has ended or will soon, and each carrier and site of waste without one."""
    waste: dict[str, str] = {}
    for _, stream in context.each(WasteStreamRow):
        if stream.status != "withdrawn":
            for one in (*stream.carriers, *stream.destinations):
                waste.setdefault(one, called(stream))
    for entry, provider in in_use(context):
        yield from _ending(entry, provider, context)
        if not provider.licences and provider.id in waste:
            yield Finding(
                f"{called(provider)} carries or takes in {waste[provider.id]} and has no licence on record",
                place(entry),
                id=provider.id,
                help="ask for its registration or permit and write `licences: [{kind: …, valid_to: …}]`",
            )


def _ending(entry: Entry, provider: ProviderRow, context: AuditContext) -> Iterator[Finding]:
    intervals = context.settings.intervals
    for index, licence in enumerate(provider.licences):
        if licence.valid_to is None or _renewed(licence, provider.licences[index + 1 :]):
            continue
        at = place(entry, "licences", index, "valid_to")
        left = (licence.valid_to - context.as_of).days
        what = f"the licence of {called(provider)} ({licence.kind})"
        if left < 0:
            yield Finding(
                f"{what} expired on {licence.valid_to}, {plural(-left, 'day')} ago",
                at,
                id=provider.id,
                help=f"stop using it, `status: suspended`; {_HELP}",
            )
        elif left <= intervals.renewal_warning_days:
            declared = "renewal_warning_days" in intervals.model_fields_set
            yield Finding(
                f"{what} ends on {licence.valid_to}, in {plural(left, 'day')}",
                at,
                id=provider.id,
                help=_HELP,
                basis=Basis.OWN_RULE if declared else Basis.PRACTICE,
                severity=Severity.WARNING,
            )


def _renewed(licence: Licence, later: Iterable[Licence]) -> bool:
    """Whether a line after it renews a licence: then it stands there as history."""
    return any(
        fold(one.kind) == fold(licence.kind)
        and (one.valid_to is None or (licence.valid_to is not None and one.valid_to > licence.valid_to))
        for one in later
    )


RULE = Rule(
    code="SUP003",
    name="provider-licence-expired",
    severity=Severity.ERROR,
    basis=Basis.LAW,
    clauses_2015=("8.1", "9.1.2"),
    clauses_2026=("8.1", "9.1.2"),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
