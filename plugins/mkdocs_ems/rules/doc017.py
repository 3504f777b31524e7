"""A record was made on an outdated form

## What it checks
A record that says on which form it was made (`form`), on which issue of it (`form_issue`) and when (`date`)
was made on the issue that was in force on that day. Asked of everything that has these three fields: of all
records below `records/`, of the rows of your own registers, and of kinds to which you added them. The issue
is written as its number, or in your own registers as your own label of it. Records from before the form was
controlled are not judged, nor those that leave one of the three out.

## Why an auditor asks
A form is changed because something was missing on it. As long as old pads are used up, it goes on missing.

## Fails
The photograph is asked for since March, and in April the old form was filled in.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
own_registers:
  - type: walk
    title: Walk
    fields:
      - {name: form, form: reference, to: [form]}
      - {name: form_issue, form: whole}
      - {name: date, form: day}
approval:
  matrix:
    - {types: [policy, scope, procedure, work-instruction, plan, method, form, rules, walk], roles: [ROL-MD]}
    - {types: [aspect, obligation, control, objective, person, role, process], roles: [ROL-MD]}
    - {types: [context-issue, interested-party, risk, action], roles: [ROL-MD]}
    - {types: [measurement, indicator, emergency-scenario], roles: [ROL-MD]}
```

`ems/forms/walk.md`
```markdown
---
id: FRM-001
type: form
title: Weekly walk
owner: ROL-EHS
links: [OBL-001]
---

## Drains

Clear, yes or no. Photograph where not.
```

`ems/registers/walks.yml`
```yaml
id: REG-WALKS
type: walk
title: Weekly walks
owner: ROL-EHS
rows:
  - id: WLK-001
    title: Walk of 13 April
    form: FRM-001
    form_issue: 1  # ← DOC017
    date: 2026-04-13
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE, ems/ems.yml, ems/registers/walks.yml]
  texts:
    ems/forms/walk.md: |
      ---
      id: FRM-001
      type: form
      title: Weekly walk
      owner: ROL-EHS
      links: [OBL-001]
      ---

      ## Drains

      Clear, yes or no.
- date: 2026-03-02
  by: PER-BEN
  message: Ask for a photograph
  files: [ems/forms/walk.md]
  merged_by: PER-MAYA
```

The company calls its forms by labels of its own.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
own_registers:
  - type: walk
    title: Walk
    fields:
      - {name: form, form: reference, to: [form]}
      - {name: form_issue, form: text}
      - {name: date, form: day}
approval:
  matrix:
    - {types: [policy, scope, procedure, work-instruction, plan, method, form, rules, walk], roles: [ROL-MD]}
    - {types: [aspect, obligation, control, objective, person, role, process], roles: [ROL-MD]}
    - {types: [context-issue, interested-party, risk, action], roles: [ROL-MD]}
    - {types: [measurement, indicator, emergency-scenario], roles: [ROL-MD]}
```

`ems/forms/walk.md`
```markdown
---
id: FRM-001
type: form
title: Weekly walk
owner: ROL-EHS
issue_label: Rev B
links: [OBL-001]
---

## Drains

Clear, yes or no. Photograph where not.
```

`ems/registers/walks.yml`
```yaml
id: REG-WALKS
type: walk
title: Weekly walks
owner: ROL-EHS
rows:
  - id: WLK-001
    title: Walk of 2 March
    form: FRM-001
    form_issue: rev a  # ← DOC017
    date: 2026-03-02
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE, ems/ems.yml, ems/registers/walks.yml]
  texts:
    ems/forms/walk.md: |
      ---
      id: FRM-001
      type: form
      title: Weekly walk
      owner: ROL-EHS
      issue_label: Rev A
      links: [OBL-001]
      ---

      ## Drains

      Clear, yes or no.
- date: 2026-03-02
  by: PER-BEN
  message: Ask for a photograph
  files: [ems/forms/walk.md]
  merged_by: PER-MAYA
```

A check kept below `records/` names the form of last year.

`ems/forms/walk.md`
```markdown
---
id: FRM-001
type: form
title: Weekly walk
owner: ROL-EHS
links: [OBL-001]
---

## Drains

Clear, yes or no. Photograph where not.
```

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
retention: [{types: [all], storage: In git, disposition: Stays in the history}]
approval:
  matrix:
    - {types: [policy, scope, procedure, work-instruction, plan, method, form, rules], roles: [ROL-MD]}
    - {types: [aspect, obligation, control, objective, person, role, process], roles: [ROL-MD]}
    - {types: [context-issue, interested-party, risk, action], roles: [ROL-MD]}
    - {types: [measurement, indicator, emergency-scenario], roles: [ROL-MD]}
```

`ems/records/inspections/CHK-001.yml`
```yaml
id: CHK-001
type: inspection
title: Walk of 13 April
date: 2026-04-13
by: [PER-BEN]
form: FRM-001
form_issue: 1  # ← DOC017
result: in-order
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE, ems/ems.yml]
  texts:
    ems/forms/walk.md: |
      ---
      id: FRM-001
      type: form
      title: Weekly walk
      owner: ROL-EHS
      links: [OBL-001]
      ---

      ## Drains

      Clear, yes or no.
- date: 2026-03-02
  by: PER-BEN
  message: Ask for a photograph
  files: [ems/forms/walk.md]
  merged_by: PER-MAYA
- {date: 2026-04-14, by: PER-BEN, message: Walk, files: [ems/records/inspections/CHK-001.yml]}
```

## Passes
The walk in February was made on the form of then, the one in April on the new one.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
own_registers:
  - type: walk
    title: Walk
    fields:
      - {name: form, form: reference, to: [form]}
      - {name: form_issue, form: whole}
      - {name: date, form: day}
approval:
  matrix:
    - {types: [policy, scope, procedure, work-instruction, plan, method, form, rules, walk], roles: [ROL-MD]}
    - {types: [aspect, obligation, control, objective, person, role, process], roles: [ROL-MD]}
    - {types: [context-issue, interested-party, risk, action], roles: [ROL-MD]}
    - {types: [measurement, indicator, emergency-scenario], roles: [ROL-MD]}
```

`ems/forms/walk.md`
```markdown
---
id: FRM-001
type: form
title: Weekly walk
owner: ROL-EHS
links: [OBL-001]
---

## Drains

Clear, yes or no. Photograph where not.
```

`ems/registers/walks.yml`
```yaml
id: REG-WALKS
type: walk
title: Weekly walks
owner: ROL-EHS
rows:
  - id: WLK-001
    title: Walk of 9 February
    form: FRM-001
    form_issue: 1
    date: 2026-02-09
  - id: WLK-002
    title: Walk of 13 April
    form: FRM-001
    form_issue: 2
    date: 2026-04-13
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE, ems/ems.yml, ems/registers/walks.yml]
  texts:
    ems/forms/walk.md: |
      ---
      id: FRM-001
      type: form
      title: Weekly walk
      owner: ROL-EHS
      links: [OBL-001]
      ---

      ## Drains

      Clear, yes or no.
- date: 2026-03-02
  by: PER-BEN
  message: Ask for a photograph
  files: [ems/forms/walk.md]
  merged_by: PER-MAYA
```

Nobody says on which issue it was made, or when.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
own_registers:
  - type: walk
    title: Walk
    fields:
      - {name: form, form: reference, to: [form]}
      - {name: form_issue, form: whole}
      - {name: date, form: day}
approval:
  matrix:
    - {types: [policy, scope, procedure, work-instruction, plan, method, form, rules, walk], roles: [ROL-MD]}
    - {types: [aspect, obligation, control, objective, person, role, process], roles: [ROL-MD]}
    - {types: [context-issue, interested-party, risk, action], roles: [ROL-MD]}
    - {types: [measurement, indicator, emergency-scenario], roles: [ROL-MD]}
```

`ems/forms/walk.md`
```markdown
---
id: FRM-001
type: form
title: Weekly walk
owner: ROL-EHS
links: [OBL-001]
---

## Drains

Clear, yes or no. Photograph where not.
```

`ems/registers/walks.yml`
```yaml
id: REG-WALKS
type: walk
title: Weekly walks
owner: ROL-EHS
rows:
  - id: WLK-001
    title: Walk of 13 April
    form: FRM-001
    date: 2026-04-13
  - id: WLK-002
    title: Another walk
    form: FRM-001
    form_issue: 1
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE, ems/ems.yml, ems/registers/walks.yml]
  texts:
    ems/forms/walk.md: |
      ---
      id: FRM-001
      type: form
      title: Weekly walk
      owner: ROL-EHS
      links: [OBL-001]
      ---

      ## Drains

      Clear, yes or no.
- date: 2026-03-02
  by: PER-BEN
  message: Ask for a photograph
  files: [ems/forms/walk.md]
  merged_by: PER-MAYA
```

## How to fix
Take the old form out of use wherever it lies, and find out what the current one asks and the old one left
out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mkdocs_ems.control import DocumentControl, Issue
from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Column, Entity, Entry, columns
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import fold

_FIELDS = ("form", "form_issue", "date")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each record on an issue of its form that was not in force any more on its day."""
    for kind in context.model.kinds.values():
        written = columns(kind.model)
        if all(field in written for field in _FIELDS):
            for entry, entity in context.each(kind.model):
                yield from _judge(entry, entity, [written[field] for field in _FIELDS], context)


def _judge(entry: Entry, entity: Entity, wanted: list[Column], context: AuditContext) -> Iterator[Finding]:
    form, issue, day = (getattr(entity, column.attribute) for column in wanted)
    document = context.control.documents.get(form) if isinstance(form, str) else None
    if document is None or not issue or not isinstance(day, date):
        return
    then, used = _in_force(document, day), _meant(document, str(issue))
    if then is not None and used is not None and used < then.number:
        yield Finding(
            f"{called(entity)} was made on {day} on issue {used} of {document.id} ({document.title}), and "
            f"issue {then.number} was in force since {then.effective_from}",
            place(entry, "form_issue"),
            id=entity.id,
            help=f"take issue {used} of {document.id} out of use wherever it lies, and make good what it "
            "left out",
        )


def _in_force(document: DocumentControl, day: date) -> Issue | None:
    """The issue that was in force on a day."""
    for issue in reversed(document.issues):
        if issue.effective_from <= day:
            return None if issue.effective_to is not None and issue.effective_to <= day else issue
    return None


def _meant(document: DocumentControl, written: str) -> int | None:
    """The number of the issue that a record names, by its number or by its label."""
    if written.isdecimal():
        return int(written)
    label = fold(written)
    return next((one.number for one in document.issues if one.label and fold(one.label) == label), None)


RULE = Rule(
    code="DOC017",
    name="superseded-form-used",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    requires=("SCH001",),
    needs_history=True,
    check=check,
)
