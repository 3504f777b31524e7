"""A procedure names a role that the register of roles does not know

## What it checks
In procedures, work instructions and plans, every title of a role is one of those in the register of roles, or
the end of one (Quality Manager for Laboratory and Quality Manager). Taken for a title is a phrase that ends
in a word such as Manager, Supervisor, Coordinator, Officer, Leader, Engineer, Technician or Operator and is
written like a name: with capitals, after an acronym, alone in bold, or alone in a table under "Who" or
"Responsible". Singular, plural and "deputy" are the same; headings, quotations, code and links are left
alone. Further endings, also of other languages, and roles of other organisations that your texts may name
stand in `ems.yml` under `role_names`.

## Why an auditor asks
A procedure that gives a task to somebody who does not exist here was copied, or has outlived a
reorganisation. Whoever is meant does not know it.

## Fails
Neither of the two is in the register, and the cell names a third.

`ems/procedures/waste.md`
```markdown
---
id: PRO-002
type: procedure
title: Waste
owner: ROL-EHS
---

## Skips

The Site Waste Coordinator keeps them closed. <!-- ← DOC016 -->

| Step | Who |
|---|---|
| Weigh the sludge | Yard operator | <!-- ← DOC016 -->
| Order the collection | EHS manager |

**Transport manager:** signs the note, see the EHS Manager's list. <!-- ← DOC016 -->
```

An ending of another language.

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
role_names: {endings: [Beauftragter]}
```

`ems/procedures/waste.md`
```markdown
---
id: PRO-002
type: procedure
title: Waste
owner: ROL-EHS
---

## Skips

They are closed by the Betrieblicher Beauftragter. <!-- ← DOC016 -->
```

## Passes
Known by its title, its plural or its end; ordinary prose; words of somebody else; a role elsewhere.

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
role_names: {outside: [Fire Safety Officer]}
```

`ems/procedures/waste.md`
```markdown
---
id: PRO-002
type: procedure
title: Waste
owner: ROL-EHS
---

## What the Night Shift Manager used to do

The EHS Manager and the Deputy Managing Director look into the skips; any operator may. Managers ask the
Fire Safety Officer. The label says "Site Waste Coordinator". It stands in the
[Crane Operator Manual](https://example.org/crane), and the screen shows `Duty Engineer`.
```

## How to fix
Write the title as the register of roles has it, or add the role to the register with its holder.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Document, InterestedPartyRow, RoleRow
from mkdocs_ems.rules.values import AuditContext, Rule
from mkdocs_ems.text import did_you_mean

_KINDS = ("procedure", "work-instruction", "plan")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each title that a document for work names and no role has, once for each document."""
    # Looked for in few documents only; who has none such does not pay for the means.
    from mkdocs_ems.rules.titles import ENDINGS, is_known, known_titles, may_name, same, titles  # noqa: PLC0415

    names = context.settings.role_names
    endings = (*ENDINGS, *names.endings)
    roles = [role.title for _, role in context.each(RoleRow) if role.title]
    parties = [party.title for _, party in context.each(InterestedPartyRow) if party.title]
    known = known_titles((*roles, *parties, *names.outside))
    raw, files = context.sources.raw, context.sources.files
    known_by_name = cache(lambda name: is_known(name, known))
    # Without any role, that is what is to be mended first.
    for entry, document in context.each(Document) if roles else ():
        path = entry.anchor.path
        if entry.kind not in _KINDS or document.superseded_by or not may_name(raw[path], endings):
            continue
        source, told = files[path], set[tuple[str, ...]]()
        for title in titles(source.body, endings) if source.body else ():
            if known_by_name(title.text) or same(title.text) in told:
                continue
            told.add(same(title.text))
            near = did_you_mean(title.text, roles)
            yield Finding(
                f"{document.id or 'this document'} names the {title.text}, "
                "a role that the register of roles does not know",
                source.body_span(title.line, title.start, title.end),
                id=document.id,
                help=f"did you mean {near}? If not, add the role to the register"
                if near
                else "write the title of a role in the register, or add the role; "
                "name one of another organisation in ems.yml under `role_names: {outside: […]}`",
            )


RULE = Rule(
    code="DOC016",
    name="unknown-role-in-procedure",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("5.3", "7.5"),
    clauses_2026=("5.3", "7.5"),
    since="0.1.0",
    needs_all_registers=True,
    check=check,
)
