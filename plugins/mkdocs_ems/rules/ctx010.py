"""Something outside the scope is in use

## What it checks
No process and no site that the scope leaves out (under `exclusions`) is used by anything current. Where the
scope lists processes or sites at all, those in use are among them; processes of the kind `management` or
`external` need not be. Mentions in prose, withdrawn rows, the order of processes and the scope itself are
no use.

## Why an auditor asks
Either the scope is too narrow, or the system reaches beyond what the certificate covers. An excluded site
whose readings still come in is a question in every audit.

## Fails
The paint shop is left out, and the procedure is still for it.

`ems/registers/paint.yml`
```yaml
id: REG-PAINT
type: process
title: Paint shop
owner: ROL-MD
rows:
  - id: PRC-010  # ← CTX010
    title: Paint shop
    no_conditions:
      - {condition: abnormal, reason: Run by hand}
      - {condition: emergency, reason: "Assessed with the site's fire plan"}
```

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
processes: [PRC-001, PRC-010]
---

## Before discharge

Read the pH. Discharge between 6 and 9 only.
```

`ems/scope.md`
```markdown
---
id: SCO-001
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
exclusions: [{what: Paint shop, why: Let to another firm, processes: [PRC-010]}]
available_at: https://small.example/scope
---

## What is in

Everything inside the fence but the paint shop.
```

The process is used, and no part of the scope names it.

`ems/registers/paint.yml`
```yaml
id: REG-PAINT
type: process
title: Paint shop
owner: ROL-MD
rows:
  - id: PRC-010  # ← CTX010
    title: Paint shop
    no_conditions:
      - {condition: abnormal, reason: Run by hand}
      - {condition: emergency, reason: "Assessed with the site's fire plan"}
```

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
processes: [PRC-001, PRC-010]
---

## Before discharge

Read the pH. Discharge between 6 and 9 only.
```

## Passes
A process that manages the system need not be named; one that nothing uses is no matter.

`ems/registers/office.yml`
```yaml
id: REG-OFFICE
type: process
title: Office
owner: ROL-MD
rows:
  - id: PRC-010
    title: Management review
    kind: management
    no_conditions:
      - {condition: abnormal, reason: A meeting}
      - {condition: emergency, reason: A meeting}
  - id: PRC-011
    title: Paint shop
    no_conditions:
      - {condition: abnormal, reason: Run by hand}
      - {condition: emergency, reason: "Assessed with the site's fire plan"}
```

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
processes: [PRC-001, PRC-010]
---

## Before discharge

Read the pH. Discharge between 6 and 9 only.
```

A scope that lists no processes leaves nothing out by silence.

`ems/registers/paint.yml`
```yaml
id: REG-PAINT
type: process
title: Paint shop
owner: ROL-MD
rows:
  - id: PRC-010
    title: Paint shop
    no_conditions:
      - {condition: abnormal, reason: Run by hand}
      - {condition: emergency, reason: "Assessed with the site's fire plan"}
```

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
processes: [PRC-010]
---

## Before discharge

Read the pH. Discharge between 6 and 9 only.
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

`ems/scope.md`
```markdown
---
id: SCO-001
type: scope
title: Scope
owner: ROL-MD
statement: Plating of small parts at the works
activities: [{text: Plating, aspects: [ASP-001]}]
products_services: [{text: Plated parts, aspects: [ASP-001]}]
organisational_units: [The whole company]
physical_boundary: The fence of the works
control_and_influence: We run the line; of suppliers we can ask.
lifecycle_considered: From the anodes we buy to the parts that come back for recycling.
available_at: https://small.example/scope
---

## What is in

Everything inside the fence.
```

## How to fix
Extend the scope by what is in use, or mend the reference that reaches beyond it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Related, Severity
from mkdocs_ems.model import Entry, ProcessRow, Scope
from mkdocs_ems.rules.duties import is_over, places, uses
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural

_NOT_IN_EVERY_SCOPE = ("management", "external")
_NO_USE = ("process", "scope")
_SHOWN = 5


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each process and each site that is used and not in scope."""
    scopes = [scope for _, scope in context.each(Scope) if not is_over(scope)]
    parts = [part for scope in scopes for part in (*scope.activities, *scope.products_services)]
    left_out = [one for scope in scopes for one in scope.exclusions]
    inside = {process for part in parts for process in part.processes}
    inside |= {process for scope in scopes for process in scope.processes}
    outside = {process for one in left_out for process in one.processes} - inside
    if inside or outside:
        yield from _processes(context, inside, outside)
    sites = {site for scope in scopes for site in (*scope.sites, scope.site) if site}
    excluded = {site for one in left_out for site in one.sites} - sites
    listed = any(scope.sites for scope in scopes)
    if listed or excluded:
        yield from _sites(context, sites if listed else set(), excluded)


def _processes(context: AuditContext, inside: set[str], outside: set[str]) -> Iterator[Finding]:
    nodes = context.graph.nodes
    for entry, process in context.each(ProcessRow):
        if process.id is None or process.id in inside or is_over(process):
            continue
        excluded = process.id in outside
        if not excluded and (not inside or process.kind in _NOT_IN_EVERY_SCOPE):
            continue
        used = [edge for edge in uses(context, process.id) if nodes[edge.source].kind not in _NO_USE]
        if used:
            why = "is left out of the scope" if excluded else "is in no part of the scope"
            yield Finding(
                f"{called(process)} {why}, and is in use: {plural(len(used), 'reference')}",
                place(entry),
                id=process.id,
                help=f"take {process.id} into the scope, or mend what refers to it",
                related=places(context, used),
            )


def _sites(context: AuditContext, sites: set[str], excluded: set[str]) -> Iterator[Finding]:
    beyond = {site.id for site in context.settings.sites if (sites and site.id not in sites)}
    beyond |= excluded
    if not beyond:
        return
    used: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in context.model.entries:
        site = entry.entity.site
        if site in beyond and entry.kind != "scope" and not is_over(entry.entity):
            used[site or ""].append(entry)
    for site, entries in used.items():
        why = "is left out of the scope" if site in excluded else "is not in the scope"
        yield Finding(
            f"the site {site} {why}, and is in use: {plural(len(entries), 'entry', 'entries')}",
            place(entries[0], "site"),
            id=entries[0].entity.id,
            help=f"take the site {site} into the scope, or correct the site where it is named",
            related=tuple(Related(called(one.entity), place(one, "site")) for one in entries[1:_SHOWN]),
        )


RULE = Rule(
    code="CTX010",
    name="out-of-scope-reference",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("4.3",),
    clauses_2026=("4.3",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
