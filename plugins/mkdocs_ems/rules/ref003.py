"""Something current refers to something withdrawn

## What it checks
Nothing in use refers to a row that is withdrawn, to an obligation that is repealed or superseded, or to a
document that was deleted without an approved withdrawal. Saying what supersedes what is no such reference.
A record that is closed says how it was, and is left alone. References and links to documents that are
replaced or withdrawn are told by DOC007; aspects and controls that count on an obligation which no longer
binds are told once, at the obligation (OBL008).

## Why an auditor asks
What was given up is counted on by mistake where something current still points at it.

## Fails
The control was given up, and the aspect still counts on it.

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: pH check before discharge
    status: withdrawn
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
    control: direct
    criteria: {likelihood: 1, severity: 1}
    controls: [OPC-001]  # ← REF003
```

The procedure was deleted, and a control still sends people to it.

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
    procedure: PRO-001  # ← REF003
```

`ems/procedures/rinse-water.md` (gone) ← DOC024

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/registers/controls.yml]}
- {date: 2026-02-02, by: PER-BEN, message: Remove a procedure, delete: [ems/procedures/rinse-water.md]}
```

## Passes
A withdrawn aspect may keep its withdrawn control.

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: pH check before discharge
    status: withdrawn
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
    status: withdrawn
    controls: [OPC-001]
```

An audit of last year may name whom it spoke with, though she has left.

`ems/registers/leavers.yml`
```yaml
id: REG-LEAVERS
type: person
title: Leavers
owner: ROL-MD
rows:
  - id: PER-ANA
    title: Ana Lind
    status: withdrawn
    end_date: 2026-03-31
```

`ems/records/audits/AUD-001.yml`
```yaml
id: AUD-001
type: audit
title: Audit of the certification body
kind: external
body: Certifier
date: 2025-11-12
auditees: [PER-ANA]
reported_on: 2025-11-20
```

## How to fix
Refer to what replaces it, or withdraw what refers to it as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.graph import Dangling, Edge
from mkdocs_ems.model import Record
from mkdocs_ems.rules.obsolete import ABOUT_SUCCESSION, given_up, obsolete_documents
from mkdocs_ems.rules.values import AuditContext, Rule, reference


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each reference from something in use to something that is not."""
    obsolete = given_up(context)
    documents = obsolete_documents(context) if obsolete else {}
    pointing: list[Edge | Dangling] = [one for one in context.graph.dangling if one.target in obsolete]
    pointing += [edge for target in obsolete for edge in context.graph.incoming.get(target, ())]
    for one in pointing:
        if one.field in ABOUT_SUCCESSION or _told_at_target(one, context):
            continue
        if one.source in obsolete or one.source in documents or _says_how_it_was(one, context):
            continue
        yield Finding(
            f"{reference(one.source, one.field, one.target)}, which {obsolete[one.target]}",
            one.at,
            id=one.source,
            help=f"refer to what replaces {one.target}, or withdraw {one.source or 'this'} as well",
        )


def _told_at_target(one: Edge | Dangling, context: AuditContext) -> bool:
    """Whether OBL008 tells it: an aspect or a control that counts on an obligation."""
    if not isinstance(one, Edge) or context.graph.nodes[one.target].kind != "obligation":
        return False
    return context.graph.nodes[one.source].kind in ("aspect", "control")


def _says_how_it_was(one: Edge | Dangling, context: AuditContext) -> bool:
    """Whether a closed record refers: it stands as it landed, whatever was given up since."""
    node = context.graph.nodes.get(one.source or "")
    return node is not None and isinstance(node.entity, Record) and node.entity.closed


RULE = Rule(
    code="REF003",
    name="reference-to-closed-or-obsolete",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    # An aspect whose only control is withdrawn has that graver fault; so it is with the others.
    requires=("ASP010", "ASP017", "OBL006"),
    check=check,
)
