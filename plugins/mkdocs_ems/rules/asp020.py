"""An aspect was assessed by an earlier method

## What it checks
No aspect rests on a method that has changed since: its `assessed_on` is not earlier than the day on which the
issue in force of the method's document took effect. The document is that of `significance: {document: …}` in
`ems.yml`; an aspect whose `method_revision` names another was not assessed by today's method either. There
are `intervals: {method_change_days: …}` to assess anew, ninety days without. An editorial change, and an
issue that was taken over, change no method. Where every dated aspect is concerned, the register is told once.

## Why an auditor asks
The criteria were changed and the register was not: then nobody knows which of the two decides what is
significant.

## Fails
The method was changed in February, and the aspect is as it was assessed last year.

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
    assessed_on: 2025-09-01  # ← ASP020
  - id: ASP-002
    title: Noise of the fans
    process: PRC-001
    impacts: [{text: Nuisance}]
    criteria: {likelihood: 1, severity: 1}
    assessed_on: 2026-03-01
```

`ems/methods/significance.md`
```markdown
---
id: MET-001
type: method
title: How we judge significance
owner: ROL-EHS
---

## Rating

We rate how often it happens and how much it does, each from 1 to 3, before any control, and multiply.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/registers/aspects.yml]}
- date: 2026-02-02
  by: PER-BEN
  message: Rate before controls
  files: [ems/methods/significance.md]
  merged_by: PER-MAYA
```

## Passes
It was assessed again after the change.

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
    assessed_on: 2026-03-01
    method_revision: MET-001
```

`ems/methods/significance.md`
```markdown
---
id: MET-001
type: method
title: How we judge significance
owner: ROL-EHS
---

## Rating

We rate how often it happens and how much it does, each from 1 to 3, before any control, and multiply.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/registers/aspects.yml]}
- date: 2026-02-02
  by: PER-BEN
  message: Rate before controls
  files: [ems/methods/significance.md]
  merged_by: PER-MAYA
```

## How to fix
Assess the aspect again by the method in force, and write the new `assessed_on`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.rules.registers import each_or_register
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each aspect that was assessed before the method changed, or by another method."""
    method = context.settings.significance
    current = method.document if method is not None else None
    if current is None:
        return
    changed = _changed(current, context)
    grace = timedelta(days=context.settings.intervals.method_change_days)
    due = changed is not None and context.as_of - changed > grace
    found: list[Finding] = []
    asked = 0
    for entry, aspect, _ in context.assessed:
        other = aspect.method_revision is not None and aspect.method_revision != current
        if aspect.assessed_on is None and not other:
            continue
        asked += 1
        if other and context.graph.nodes.get(aspect.method_revision or "") is not None:
            words = f"by {aspect.method_revision}; today's method is {current}"
            at = place(entry, "method_revision")
        elif due and changed and aspect.assessed_on and aspect.assessed_on < changed:
            words = f"on {aspect.assessed_on}, and the method ({current}) has changed on {changed}"
            at = place(entry, "assessed_on")
        else:
            continue
        found.append(
            Finding(
                f"{called(aspect)} was assessed {words}",
                at,
                id=aspect.id,
                help="assess it again by the method in force, and write the new `assessed_on`",
            )
        )
    words = f"none of the {plural(asked, 'aspect')} was assessed by the method in force ({current})"
    yield from each_or_register(context, found, kind="aspect", asked=asked, message=words)


def _changed(document: str, context: AuditContext) -> date | None:
    """The day from which the method is what it is today; None where it never changed in evidence."""
    control = context.control.documents.get(document)
    if control is None or control.in_force is None:
        return None
    known = [one for one in control.issues if one.number <= control.in_force.number]
    changes = [one for one in known[1:] if not one.editorial]
    return changes[-1].effective_from if changes else None


RULE = Rule(
    code="ASP020",
    name="method-version-stale",
    severity=Severity.WARNING,
    basis=Basis.OWN_RULE,
    clauses_2015=("6.1.2",),
    clauses_2026=("6.1.2",),
    since="0.1.0",
    requires=("SCH001",),
    needs_history=True,
    check=check,
)
