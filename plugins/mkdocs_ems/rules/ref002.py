"""A reference leads to the wrong kind of thing

## What it checks
Every typed field leads to the kind it is for: `controls` to operational controls, `owner` to a role or
a person, `procedure` to a procedure or a work instruction.

## Why an auditor asks
A chain that runs through the wrong kind looks complete and is not.

## Fails
An obligation is no control.

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
    controls: [OBL-001]  # ← REF002
```

## Passes
The obligation stands where obligations belong; prose may mention anything.

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
    obligations: [OBL-001]
```

`ems/procedures/waste.md`
```markdown
---
id: PRO-002
type: procedure
title: Waste
---

## Skips

See [[OBL-001]] and [[ROL-EHS]].
```

## How to fix
Put the id into the field that is made for its kind, or name something of the kind that the field takes.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.graph import DanglingReason
from mkdocs_ems.rules.values import AuditContext, Rule, reference


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each reference that leads to a kind its field does not take."""
    for one in context.graph.dangling:
        if one.reason is DanglingReason.WRONG_KIND:
            takes = " or ".join(_a(kind, context) for kind in one.expected)
            near = f", such as {one.suggestion}" if one.suggestion else ""
            yield Finding(
                f"{reference(one.source, one.field, one.target)}, which is {_a(one.actual or '', context)}; "
                f"the field takes {takes}",
                one.at,
                id=one.source,
                help=f"name {takes} in `{one.field}`{near}",
            )


def _a(kind: str, context: AuditContext) -> str:
    known = context.model.kinds.get(kind)
    title = known.title.lower() if known else kind
    return f"an {title}" if title.startswith(tuple("aeiou")) else f"a {title}"


RULE = Rule(
    code="REF002",
    name="wrong-target-type",
    severity=Severity.ERROR,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    broken=True,
    check=check,
)
