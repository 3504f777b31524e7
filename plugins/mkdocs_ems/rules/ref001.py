"""A reference leads to nothing

## What it checks
Every id in a typed field (`controls: [OPC-004]`) and every mention in prose (`[[OPC-004]]`) is the id of
something that exists. A document that did exist and is gone is left to REF003.

## Why an auditor asks
An auditor follows one thread from an aspect to its control, its procedure and its record. Where a
reference leads nowhere, the thread ends.

## Fails
The control does not exist, neither as a field nor in the text.

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
    controls: [OPC-100]  # ← REF001
```

`ems/procedures/waste.md`
```markdown
---
id: PRO-002
type: procedure
title: Waste
---

## Skips

Keep them closed, as [[OPC-100]] says. <!-- ← REF001 -->
```

## Passes
The control exists; what stands in code is no mention.

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
    controls: [OPC-001]
```

`ems/procedures/waste.md`
```markdown
---
id: PRO-002
type: procedure
title: Waste
---

## Skips

Keep them closed, as [[OPC-001|the check]] says. Write `[[OPC-100]]` to mention a control.
```

## How to fix
Correct the id, or create what it names. The finding tells the nearest id that exists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.graph import DanglingReason
from mkdocs_ems.rules.values import AuditContext, Rule, reference

_CLAIM = rb"(?m)^[ \t-]*id:[ \t]*[\"']?([A-Za-z0-9-]+)"


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each reference to an id that nothing has or had."""
    unknown = [one for one in context.graph.dangling if one.reason is DanglingReason.UNKNOWN]
    if not unknown:
        return
    control = context.compilation.control
    known = _claimed(context) | (set(control.documents) if control else set())
    for one in unknown:
        if one.target not in known:
            create = f"create {one.target}"
            yield Finding(
                f"{reference(one.source, one.field, one.target)}, which does not exist",
                one.at,
                id=one.source,
                help=f"did you mean {one.suggestion}? If not, {create}"
                if one.suggestion
                else f"correct the id, or {create}",
            )


def _claimed(context: AuditContext) -> set[str]:
    """Ids in files with faults that hide them: what cannot be read may well exist."""
    faulty = {finding.at.path for finding in context.compilation.findings if finding.code == "SCH001"}
    raw = context.sources.raw
    # Without its NUL bytes even a file saved as UTF-16 shows its ids.
    read = (raw.get(path, b"").replace(b"\0", b"") for path in faulty)
    return {found.decode() for data in read for found in re.findall(_CLAIM, data)}


RULE = Rule(
    code="REF001",
    name="unresolved-reference",
    severity=Severity.ERROR,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    broken=True,
    check=check,
)
