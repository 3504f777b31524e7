"""The processes of the system, or how they hang together, are not written down

## What it checks
There is a register of processes, and each process in use says what goes in and comes out (`inputs`,
`outputs`), or which comes before and after it (`upstream`, `downstream`; one of two neighbours is enough to
say it). Where none of them says it, the register is told once.

## Why an auditor asks
The processes that the system needs, and their interactions, have to be determined. On paper it is one page,
and it is the first one the auditor uses to plan the day.

## Fails
The second process stands beside the others, and nothing says what it has to do with them.

`ems/registers/processes.yml`
```yaml
id: REG-PROCESSES
type: process
title: Processes
owner: ROL-MD
rows:
  - id: PRC-001
    title: Plating line
    inputs: [Parts, Nickel anodes]
    outputs: [Plated parts, Rinse water]
    no_conditions:
      - {condition: abnormal, reason: "The line stops for every repair; nothing runs then"}
      - {condition: emergency, reason: "Assessed with the site's fire plan"}
  - id: PRC-002  # ← CTX012
    title: Treatment of rinse water
    no_conditions:
      - {condition: abnormal, reason: "The line stops for every repair; nothing runs then"}
      - {condition: emergency, reason: "Assessed with the site's fire plan"}
```

## Passes
The first says what comes after it, and so what comes before the second.

`ems/registers/processes.yml`
```yaml
id: REG-PROCESSES
type: process
title: Processes
owner: ROL-MD
rows:
  - id: PRC-001
    title: Plating line
    downstream: [PRC-002]
    no_conditions:
      - {condition: abnormal, reason: "The line stops for every repair; nothing runs then"}
      - {condition: emergency, reason: "Assessed with the site's fire plan"}
  - id: PRC-002
    title: Treatment of rinse water
    no_conditions:
      - {condition: abnormal, reason: "The line stops for every repair; nothing runs then"}
      - {condition: emergency, reason: "Assessed with the site's fire plan"}
  - id: PRC-003
    title: Old line
    status: withdrawn
```

## How to fix
Add `inputs: […]` and `outputs: […]` to the process, or `upstream: [PRC-…]` and `downstream: [PRC-…]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.model import ProcessRow
from mkdocs_ems.rules.registers import each_or_register
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield that there are no processes, or each that nothing connects with any other."""
    processes = [one for one in context.each(ProcessRow) if one[1].status != "withdrawn"]
    if not processes:
        if context.model.settings_readable:
            yield Finding(
                "no processes are written down, and not how they hang together",
                Anchor(context.model.settings_path, ("organisation",), key=True),
                help="keep a register with `type: process`: what is done, what goes in, what comes out",
            )
        return
    found = [
        Finding(
            f"nothing says what goes into {called(process)} and comes out, or what is before and after it",
            place(entry),
            id=process.id,
            help="add `inputs: […]` and `outputs: […]`, or `upstream: [PRC-…]` and `downstream: [PRC-…]`",
        )
        for entry, process in processes
        if not (process.inputs or process.outputs or process.upstream or process.downstream)
        and not _is_named(process, context)
    ]
    words = f"nothing says how the {plural(len(processes), 'process')} hang together"
    yield from each_or_register(context, found, kind="process", asked=len(processes), message=words)


def _is_named(process: ProcessRow, context: AuditContext) -> bool:
    """Whether another process names it as its neighbour."""
    edges = context.graph.incoming.get(process.id or "", ())
    return any(edge.field in ("upstream", "downstream") for edge in edges)


RULE = Rule(
    code="CTX012",
    name="process-map-missing",
    severity=Severity.INFO,
    basis=Basis.STANDARD,
    clauses_2015=("4.4",),
    clauses_2026=("4.4",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
