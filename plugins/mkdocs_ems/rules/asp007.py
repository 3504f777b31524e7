"""No significance criteria are laid down, or no approved document explains them

## What it checks
Where there are aspects, `significance` in `ems.yml` declares the criteria by which they are judged, and
names the `document` that explains the method. Where the history is known, an issue of that document is in
force.

## Why an auditor asks
The criteria for significance have to be available as documented information. Without an explained method
two people who rate the same aspect come to two results.

## Fails
There are aspects, and nothing says how they are judged.

`ems/ems.yml`
```yaml
schema: 1  # ← ASP007
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
```

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Cardboard
    process: PRC-001
    impacts: [{text: Waste}]
```

The method is declared, but no document explains it.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
significance:  # ← ASP007
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
```

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Cardboard
    process: PRC-001
    impacts: [{text: Waste}]
    criteria: {likelihood: 3, severity: 1}
```

A document is named, but the method has no criteria.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
significance:  # ← ASP007
  document: MET-001
```

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Cardboard
    process: PRC-001
    impacts: [{text: Waste}]
    significant: false
    rationale: All of it is recycled
```

The document that explains the method was written after the manual was adopted, and nobody approved it.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-002  # ← ASP007
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
approval:
  matrix:
    - {types: [policy, scope, procedure, work-instruction, plan, method, rules], roles: [ROL-MD]}
    - {types: [aspect, obligation, control, objective, person, role, process], roles: [ROL-MD]}
    - {types: [context-issue, interested-party, risk, action], roles: [ROL-MD]}
    - {types: [measurement, indicator, emergency-scenario], roles: [ROL-MD]}
```

`ems/methods/judging.md`
```markdown
---
id: MET-002  # ← DOC004
type: method
title: How we judge significance
owner: ROL-EHS
---

## Rating

We rate how often it happens and how much it does, each from 1 to 3, and multiply.
```

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Cardboard
    process: PRC-001
    impacts: [{text: Waste}]
    criteria: {likelihood: 3, severity: 1}
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt, files: [EXAMPLE, ems/ems.yml, ems/registers/aspects.yml]}
- date: 2026-02-05
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Explain the method
  files: [ems/methods/judging.md]
```

## Passes
The method names its criteria and the document that explains them; that one was adopted with the manual.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-002
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
approval:
  matrix:
    - {types: [policy, scope, procedure, work-instruction, plan, method, rules], roles: [ROL-MD]}
    - {types: [aspect, obligation, control, objective, person, role, process], roles: [ROL-MD]}
    - {types: [context-issue, interested-party, risk, action], roles: [ROL-MD]}
    - {types: [measurement, indicator, emergency-scenario], roles: [ROL-MD]}
```

`ems/methods/judging.md`
```markdown
---
id: MET-002
type: method
title: How we judge significance
owner: ROL-EHS
---

## Rating

We rate how often it happens and how much it does, each from 1 to 3, and multiply.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt, files: [EXAMPLE, ems/ems.yml, ems/methods/judging.md]}
```

A manual that has no aspects yet.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
```

## How to fix
Declare the method under `significance` in `ems.yml` with its `criteria`, write down in a method or procedure
how it is applied, name that one as `document`, and get it approved.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.model.method import Judgement
from mkdocs_ems.rules.values import AuditContext, Rule


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield what is missing of the method: itself, its criteria, its document, or that one's approval."""
    model = context.model
    dropped = any(route[:1] == ("significance",) for route in model.settings_dropped)
    if dropped or not model.settings_readable or not context.assessed:
        return
    method, path = context.settings.significance, model.settings_path
    if method is None:
        yield Finding(
            "there are aspects, but ems.yml does not say how their significance is judged",
            Anchor(path),
            help="declare `significance:` in ems.yml with its criteria and the document that explains it",
        )
        return
    here = Anchor(path, ("significance",), key=True)
    if not all(part.criteria or _decides(part.judgement) for part in method.parts):
        yield Finding(
            "the significance method declares no criteria",
            here,
            help="declare `criteria:` with the values that may be chosen and what each of them means",
        )
    if method.document is None:
        yield Finding(
            "no document explains how significance is judged",
            here,
            help="write a method or procedure that explains it, and name it: `document: …`",
        )
    else:
        yield from _approved(method.document, context)


def _decides(judgement: Judgement) -> bool:
    """Whether something else than rated criteria decides, such as the obligations that are linked."""
    return bool(judgement.threshold or judgement.always_significant)


def _approved(identity: str, context: AuditContext) -> Iterator[Finding]:
    control = context.compilation.control
    # One that is nowhere, or that is no method, has the finding of its reference.
    if control is None or identity not in context.graph.nodes:
        return
    document = control.documents.get(identity)
    if document is None or document.in_force is None:
        title = context.graph.nodes[identity].title
        yield Finding(
            f"{identity} ({title}) explains how significance is judged, but no issue of it is in force",
            Anchor(context.model.settings_path, ("significance", "document")),
            help=f"get {identity} approved",
        )


RULE = Rule(
    code="ASP007",
    name="criteria-missing",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.2",),
    clauses_2026=("6.1.2",),
    since="0.1.0",
    check=check,
)
