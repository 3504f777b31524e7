"""The history is not the one that an earlier ledger knows

## What it checks
With `ems check --against LEDGER`: everything that a ledger of an earlier day lists is still there, as it
was and in its order. Told are events of the main branch that are gone because the history was rewritten or
the branch was set back; events that vanished from its chain by a merge the wrong way round (a *foxtrot*),
with the command that brings them back without force; rows that changed or are gone; tags that were moved or
deleted; and a ledger of another repository. Without a ledger there is nothing to compare, and nothing is
said.

## Why an auditor asks
Who may push to a branch may rewrite it, and a history that was rewritten looks as sound as any. Only what was
kept elsewhere shows it.

## Fails
After the ledger was kept, the last commit was taken back and made again with another text.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}  # ← DOC033
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/ems.yml]}
- {date: 2026-02-02, by: PER-BEN, message: Say whom to ask, texts: {README.md: Ask Ann.}}
- {date: 2026-02-02, ledger: kept}
- {date: 2026-02-03, set_back: 1}
- {date: 2026-02-03, by: PER-BEN, message: Say whom to ask, texts: {README.md: Ask Ben.}}
```

The branch was set back to an earlier commit.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}  # ← DOC033
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/ems.yml]}
- {date: 2026-02-02, by: PER-BEN, message: Leave the people out, delete: [ems/registers/people.yml]}
- {date: 2026-02-02, ledger: kept}
- {date: 2026-02-03, set_back: 1}
```

## Passes
Since the ledger was kept, something was added.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Discharge between 6 and 9 only.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- {date: 2026-01-05, ledger: kept}
- date: 2026-02-02
  by: PER-BEN
  message: Write down how rinse water is treated
  files: [ems/procedures/rinse-water.md]
  merged_by: PER-ANN
```

No ledger was kept.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Discharge between 6 and 9 only.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/procedures/rinse-water.md]}
```

## How to fix
Put the main branch and its tags back to what the ledger knows: each finding says how. Then forbid, in the
forge, that they are rewritten.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.rules.values import AuditContext, Rule


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each difference between an earlier ledger and this history."""
    compilation = context.compilation
    if compilation.earlier is None or compilation.history is None:
        return
    # Needed only where somebody compares with a ledger.
    from mkdocs_ems.control.against import differences  # noqa: PLC0415

    here = Anchor(context.model.settings_path, ("organisation",), key=True)
    for one in differences(compilation.earlier, context.control.ledger, compilation.history):
        yield Finding(one.message, here, help=one.help)


RULE = Rule(
    code="DOC033",
    name="history-rewritten",
    severity=Severity.ERROR,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    needs_history=True,
    broken=True,
    check=check,
)
