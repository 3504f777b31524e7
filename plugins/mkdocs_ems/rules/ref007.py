"""Something refers to a document that was never approved

## What it checks
Nothing refers to a document of which no content was ever approved, unless it is such a draft itself. A
document that is in force and has a newer draft is fine.

## Why an auditor asks
Staff who follow the reference find nothing that they may work by: the manual shows approved issues only.

## Fails
The control sends people to a work instruction that landed without an approval.

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
    procedure: WIN-001  # ← REF007
```

`ems/procedures/ph-probe.md`
```markdown
---
id: WIN-001  # ← DOC004
type: work-instruction
title: Reading the pH probe
---

## Reading

Rinse the probe, wait a minute, read.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-02-02
  by: PER-BEN
  message: Use an instruction
  files: [ems/registers/controls.yml]
  merged_by: PER-MAYA
- date: 2026-02-03
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Write the instruction
  files: [ems/procedures/ph-probe.md]
```

## Passes
The instruction was approved by the director, who merged it.

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
    procedure: WIN-001
```

`ems/procedures/ph-probe.md`
```markdown
---
id: WIN-001
type: work-instruction
title: Reading the pH probe
---

## Reading

Rinse the probe, wait a minute, read.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-02-02
  by: PER-BEN
  message: Use an instruction
  files: [ems/registers/controls.yml, ems/procedures/ph-probe.md]
  merged_by: PER-MAYA
```

## How to fix
Get the document approved, or take the reference out until it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.control import DocumentState
from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.rules.values import AuditContext, Rule, reference


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each reference to a never approved document from something that is no such draft."""
    documents = context.control.documents
    drafts = {identity for identity, one in documents.items() if one.state is DocumentState.DRAFT}
    nodes = context.graph.nodes
    # A register is found by its own rule; a hundred references to its rows would say no more.
    for target in (one for one in drafts if documents[one].kind == "document"):
        for edge in context.graph.incoming.get(target, ()):
            if nodes[edge.source].document not in drafts:
                yield Finding(
                    f"{reference(edge.source, edge.field, target)}, which was never approved",
                    edge.at,
                    id=edge.source,
                    help=f"get {target} approved, or take the reference out until it is",
                )


RULE = Rule(
    code="REF007",
    name="reference-to-unapproved",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    needs_history=True,
    check=check,
)
