"""Something in scope has no environmental aspect

## What it checks
Every activity, product and service in scope has at least one aspect: through its `processes`, or named
under its `aspects`; otherwise `no_aspects_reason` says why not. The same holds for every site in scope, as
soon as aspects or processes name sites at all: an aspect is at its own site or at that of its process.
Withdrawn aspects do not count. Where there is no aspect at all that is told once.

## Why an auditor asks
Aspects have to be determined for everything inside the scope. What has none was most likely never looked
at.

## Fails
The workshop is in scope by its process, and the design by nothing.

`ems/registers/workshop.yml`
```yaml
id: REG-WORKSHOP
type: process
title: Workshop
owner: ROL-MD
rows:
  - id: PRC-010
    title: Repair of racks
    no_conditions:
      - {condition: abnormal, reason: Nothing runs on its own}
      - {condition: emergency, reason: "Assessed with the site's fire plan"}
```

`ems/workshop.md`
```markdown
---
id: SCO-002
type: scope
title: Scope of the workshop
owner: ROL-MD
statement: Plating and repair
organisational_units: [Workshop]
activities:
  - {text: Plating, processes: [PRC-001]}
  - {text: Repair of racks, processes: [PRC-010]}  # ← CTX009
products_services:
  - text: Racks of our own design  # ← CTX009
physical_boundary: The workshop's walls
control_and_influence: We decide everything in it.
lifecycle_considered: Racks last for ten years and are melted down by us.
available_at: https://small.example/workshop
---

## What is in

The workshop.
```

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    condition: normal
    criteria: {likelihood: 1, severity: 1}
```

No aspect is left at all.

`ems/scope.md`
```markdown
---
id: SCO-001  # ← CTX009
type: scope
title: Scope
owner: ROL-MD
statement: Plating of small parts at the works
activities: [{text: Plating, processes: [PRC-001]}]
products_services: [{text: Plated parts, processes: [PRC-001]}]
organisational_units: [The whole company]
physical_boundary: The fence of the works
control_and_influence: We run the line; of suppliers we can ask.
lifecycle_considered: From the anodes we buy to the parts that come back for recycling.
available_at: https://small.example/scope
---

## What is in

Everything inside the fence.
```

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - {id: ASP-001, title: Nickel in rinse water, process: PRC-001, status: withdrawn}
```

## Passes
Named directly, through a process, or with the reason why there is none.

`ems/workshop.md`
```markdown
---
id: SCO-002
type: scope
title: Scope of the workshop
owner: ROL-MD
statement: Plating and repair
organisational_units: [Workshop]
activities:
  - {text: Plating, processes: [PRC-001]}
  - {text: Quoting, no_aspects_reason: Two desks in the office; its paper and power are with the office.}
products_services:
  - {text: Racks of our own design, aspects: [ASP-001]}
physical_boundary: The workshop's walls
control_and_influence: We decide everything in it.
lifecycle_considered: Racks last for ten years and are melted down by us.
available_at: https://small.example/workshop
---

## What is in

The workshop.
```

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    condition: normal
    criteria: {likelihood: 1, severity: 1}
```

A scope that was replaced is left alone.

`ems/old-scope.md`
```markdown
---
id: SCO-000
type: scope
title: Scope until 2024
owner: ROL-MD
superseded_by: SCO-001
activities: [{text: Painting}]
---

## What is in

The paint shop, which is gone.
```

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    condition: normal
    criteria: {likelihood: 1, severity: 1}
```

## How to fix
Determine its aspects and link them through `processes` or `aspects`; where it was considered and has none,
say so under `no_aspects_reason`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AspectRow, Entry, ProcessRow, Scope
from mkdocs_ems.model.reading import written_indices
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_PLACES = ("process", "processes", "site", "status")


@dataclass(frozen=True, slots=True)
class _Looked:
    """Where aspects were looked for and found."""

    any: bool
    processes: frozenset[str]
    sites: frozenset[str]
    by_site: bool
    """Whether aspects or processes name sites at all."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each part of a scope, and each site in it, that has no aspect and no reason for that."""
    scopes = [(entry, scope) for entry, scope in context.each(Scope) if not is_over(scope)]
    looked = _looked(context) if scopes else None
    if looked is None:
        return
    for entry, scope in scopes:
        if not looked.any:
            yield Finding(
                f"no environmental aspect is recorded for anything in {called(scope)}",
                place(entry),
                id=scope.id,
                help="determine the aspects of what is in scope: a register with `type: aspect`",
            )
            return
        yield from _parts(entry, scope, looked)
        if looked.by_site:
            yield from _sites(context, entry, scope, looked)


def _looked(context: AuditContext) -> _Looked | None:
    """Which processes and sites have aspects; None where a row does not say so in a way that can be used."""
    # A site that does not exist has its finding; it is no sign that sites are kept apart.
    known = {site.id for site in context.settings.sites}
    at = {row.id: row.site for _, row in context.each(ProcessRow) if row.id and row.site in known}
    found = False
    processes: set[str] = set()
    sites: set[str | None] = set()
    for entry, aspect in context.each(AspectRow):
        if entry.dropped and any(route[0] in _PLACES for route in entry.dropped):
            return None
        if aspect.status == "withdrawn":
            continue
        found = True
        arises = (aspect.process, *aspect.processes) if aspect.process else aspect.processes
        processes.update(arises)
        sites.add(aspect.site)
    sites.update(at.get(process) for process in processes)
    named = frozenset(site for site in sites if site in known)
    by_site = bool(named or at)
    return _Looked(found, frozenset(processes), named, by_site)


def _parts(entry: Entry, scope: Scope, looked: _Looked) -> Iterator[Finding]:
    for column, parts in (("activities", scope.activities), ("products_services", scope.products_services)):
        places = written_indices(entry.dropped, (column,), len(parts))
        for index, part in zip(places, parts, strict=True):
            if part.aspects or part.no_aspects_reason or not looked.processes.isdisjoint(part.processes):
                continue
            yield Finding(
                f'"{part.text}" is in {called(scope)} and has no environmental aspect',
                place(entry, column, index),
                id=scope.id,
                help="determine its aspects in the processes it names, or add `no_aspects_reason: …`"
                if part.processes
                else "add `processes: [PRC-…]` or `aspects: [ASP-…]`, or else `no_aspects_reason: …`",
            )


def _sites(context: AuditContext, entry: Entry, scope: Scope, looked: _Looked) -> Iterator[Finding]:
    known = {site.id: site for site in context.settings.sites}
    places = written_indices(entry.dropped, ("sites",), len(scope.sites))
    for index, name in zip(places, scope.sites, strict=True):
        site = known.get(name)
        if site is not None and name not in looked.sites and site.no_aspects_reason is None:
            yield Finding(
                f"the site {name} ({site.title}) is in {called(scope)} and has no environmental aspect",
                place(entry, "sites", index),
                id=scope.id,
                help=f"give its aspects or their processes `site: {name}`, "
                "or add `no_aspects_reason: …` to the site in ems.yml",
            )


RULE = Rule(
    code="CTX009",
    name="in-scope-activity-without-aspects",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("4.3", "6.1.2"),
    clauses_2026=("4.3", "6.1.2"),
    since="0.1.0",
    requires=("SCH001", "REF001", "REF002"),
    needs_all_registers=True,
    check=check,
)
