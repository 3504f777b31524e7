"""A process was assessed for normal running only

## What it checks
For every process that has aspects, abnormal conditions and emergencies were thought of: an aspect has
that condition, or the process says under `no_conditions` why there is none. Both editions ask for both;
that of 2026 only names emergencies apart.

## Why an auditor asks
Start-up, shutdown, maintenance, leaks and fires do most of the damage and are forgotten most often.

## Fails
The line was assessed in normal running, and nothing is said of anything else.

`ems/registers/processes.yml`
```yaml
id: REG-PROCESSES
type: process
title: Processes
owner: ROL-MD
rows:
  - id: PRC-001  # ← ASP002
    title: Plating line
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
    criteria: {likelihood: 1, severity: 1}
    condition: normal
```

## Passes
An aspect covers the abnormal condition, and the process says why there is no emergency.

`ems/registers/processes.yml`
```yaml
id: REG-PROCESSES
type: process
title: Processes
owner: ROL-MD
rows:
  - id: PRC-001
    title: Plating line
    no_conditions:
      - {condition: emergency, reason: The whole line stands in a bund}
```

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Extra fume while the bath heats up
    process: PRC-001
    impacts: [{text: Air quality}]
    criteria: {likelihood: 1, severity: 1}
    condition: abnormal
```

## How to fix
Add an aspect with `condition: abnormal` or `condition: emergency` for the process, or say in the
process under `no_conditions` why there is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AspectRow, ProcessRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_ASKED = ("abnormal", "emergency")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each process with aspects whose abnormal or emergency conditions nobody considered."""
    considered: defaultdict[str, set[str | None]] = defaultdict(set)
    for entry, aspect in context.each(AspectRow):
        if aspect.process and aspect.status != "withdrawn":
            # A condition that could not be read may have been any.
            unread = _ASKED if ("condition",) in entry.dropped else ()
            considered[aspect.process].update((aspect.condition, *unread))
    for entry, process in context.each(ProcessRow):
        conditions = considered.get(process.id or "")
        if conditions is None or process.status == "withdrawn":
            continue
        declared = {none.condition for none in process.no_conditions}
        missing = [word for word in _ASKED if word not in conditions | declared]
        if not missing:
            continue
        yield Finding(
            f"{called(process)} has aspects, but no {' and no '.join(missing)} condition was considered",
            place(entry),
            id=process.id,
            help=f"add an aspect with `condition: {missing[0]}` for {process.id}, or say why there is none: "
            f"`no_conditions: [{{condition: {missing[0]}, reason: …}}]`",
        )


RULE = Rule(
    code="ASP002",
    name="condition-coverage",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.2",),
    clauses_2026=("6.1.2",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
