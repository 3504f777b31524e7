"""A translation is older than what it translates

## What it checks
A document that says what it is a translation of (`translation_of`) says which issue was translated
(`source_issue`), and that issue is the one in force today. Before the first issue of the original is in
force, nothing is told; nor of a translation whose original is withdrawn, which other rules tell.

## Why an auditor asks
Half of the shift reads the translation. If it lags behind, the two halves work by different rules.

## Fails
The procedure is at its second issue, and the Polish text is that of the first.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Discharge between 5 and 10 only.
```

`ems/procedures/rinse-pl.md`
```markdown
---
id: PRO-001-PL
type: procedure
title: Uzdatnianie wody
owner: ROL-EHS
language: pl
translation_of: PRO-001
source_issue: 1  # ← DOC020
links: [OBL-001]
---

## Przed zrzutem

Odczytaj pH.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/procedures/rinse-pl.md]}
- date: 2026-03-02
  by: PER-BEN
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
  merged_by: PER-MAYA
```

It is not said which issue was translated.

`ems/procedures/rinse-pl.md`
```markdown
---
id: PRO-001-PL
type: procedure
title: Uzdatnianie wody
owner: ROL-EHS
translation_of: PRO-001  # ← DOC020
links: [OBL-001]
---

## Przed zrzutem

Odczytaj pH.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/procedures/rinse-pl.md]}
```

## Passes
The translation followed.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Discharge between 5 and 10 only.
```

`ems/procedures/rinse-pl.md`
```markdown
---
id: PRO-001-PL
type: procedure
title: Uzdatnianie wody
owner: ROL-EHS
translation_of: PRO-001
source_issue: 2
links: [OBL-001]
---

## Przed zrzutem

Odczytaj pH.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-03-02
  by: PER-BEN
  message: Wider limits, in both languages
  files: [ems/procedures/rinse-water.md, ems/procedures/rinse-pl.md]
  merged_by: PER-MAYA
```

What is new in the original is a draft still; the first issue is in force.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001  # ← DOC005
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Discharge between 5 and 10 only.
```

`ems/procedures/rinse-pl.md`
```markdown
---
id: PRO-001-PL
type: procedure
title: Uzdatnianie wody
owner: ROL-EHS
translation_of: PRO-001
source_issue: 1
links: [OBL-001]
---

## Przed zrzutem

Odczytaj pH.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/procedures/rinse-pl.md]}
- date: 2026-03-02
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
```

## How to fix
Bring the translation up to date and write the number of the issue that was translated into `source_issue`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Controlled
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each translation of an issue that is not in force any more, or of one that it does not name."""
    for entry, entity in context.each(Controlled):
        original = context.control.documents.get(entity.translation_of or "")
        # One that leads nowhere, or to itself, has a finding of its own or is no translation.
        if original is None or original.in_force is None or original.id == entity.id:
            continue
        now, translated = original.in_force.number, entity.source_issue
        if translated is None and ("source_issue",) not in entry.dropped:
            yield Finding(
                f"{called(entity)} does not say which issue of {original.id} it translates",
                place(entry, "translation_of"),
                id=entity.id,
                help=f"add `source_issue: …`; issue {now} of {original.id} is in force",
            )
        elif translated is not None and translated < now:
            yield Finding(
                f"{called(entity)} translates issue {translated} of {original.id}, and issue {now} is in "
                f"force since {original.in_force.effective_from}",
                place(entry, "source_issue"),
                id=entity.id,
                help=f"bring the translation up to date and write `source_issue: {now}`",
            )


RULE = Rule(
    code="DOC020",
    name="translation-stale",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    requires=("SCH001",),
    needs_history=True,
    check=check,
)
