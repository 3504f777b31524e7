"""A context issue is incomplete

## What it checks
Every context issue says whether it is internal or external (`kind`), what it is about (`topic`), whether it
matters here (`relevant`, and where not, the `rationale`), which intended outcomes of the system it touches
(`effect_on_outcomes`), who follows it (`owner`) and when it was last looked at (`last_reviewed`; that of the
register counts for all its rows). An issue that was found not relevant touches no outcome. Whether the
climate matters is asked by CTX002. Withdrawn issues are left alone.

## Why an auditor asks
A list of issues copied from a template explains nothing. Whoever follows an issue can say what it does to
the system and when that was last thought about.

## Fails
Nobody owns the issue, and nobody can tell when it was looked at or what it does to the system.

`ems/registers/staff.yml`
```yaml
id: REG-STAFF
type: context-issue
title: Staff issues
owner: ROL-MD
rows:
  - id: ISS-010  # ← CTX001
    title: Platers retire
    kind: internal
    topic: other
    relevant: true
    rationale: Half of the platers retire within five years.
    leads_to: [RSK-001]
```

Neither internal nor external, and about nothing; not decided on; set aside without a word.

`ems/registers/staff.yml`
```yaml
id: REG-STAFF
type: context-issue
title: Staff issues
owner: ROL-MD
last_reviewed: 2026-02-10
rows:
  - id: ISS-010  # ← CTX001
    title: Platers retire
    relevant: false
    rationale: All of them are young.
    owner: ROL-MD
  - id: ISS-011  # ← CTX001
    title: Night shifts are hard to fill
    kind: internal
    topic: other
    effect_on_outcomes: [performance]
    owner: ROL-MD
  - id: ISS-012  # ← CTX001
    title: A second landlord
    kind: external
    topic: other
    relevant: false
    owner: ROL-MD
```

## Passes
The register was reviewed as a whole; the second issue is not relevant, the third is withdrawn.

`ems/registers/staff.yml`
```yaml
id: REG-STAFF
type: context-issue
title: Staff issues
owner: ROL-MD
last_reviewed: 2026-02-10
rows:
  - id: ISS-010
    title: Platers retire
    kind: internal
    topic: other
    relevant: true
    rationale: Half of the platers retire within five years.
    effect_on_outcomes: [performance, compliance]
    owner: ROL-MD
    leads_to: [RSK-001]
  - id: ISS-011
    title: A works canteen
    kind: internal
    topic: other
    relevant: false
    rationale: It has its own operator and its own drain.
    owner: ROL-MD
  - id: ISS-012
    title: Move to the harbour
    status: withdrawn
```

Each row has a date of its own.

`ems/registers/staff.yml`
```yaml
id: REG-STAFF
type: context-issue
title: Staff issues
owner: ROL-MD
rows:
  - id: ISS-010
    title: Platers retire
    kind: internal
    topic: other
    relevant: true
    rationale: Half of the platers retire within five years.
    effect_on_outcomes: [performance]
    owner: PER-MAYA
    last_reviewed: 2026-02-10
    leads_to: [RSK-001]
```

## How to fix
Fill in the columns that the finding names. An issue that nobody can explain is better withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ContextIssueRow, Register
from mkdocs_ems.rules.conditions import issues
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_EXPLAINS = frozenset({"kind", "topic", "relevant", "rationale", "effect_on_outcomes"})
"""What the standard asks of an issue; by whom and when it was looked at is good practice."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding for each issue that lacks any of the columns."""
    reviewed = frozenset(entry.anchor.path for entry, head in context.each(Register) if head.last_reviewed)
    for entry, issue in issues(context):
        missing = [
            column
            for column in _missing(issue)
            if column != "last_reviewed" or entry.anchor.path not in reviewed
        ]
        if missing:
            yield Finding(
                f"{called(issue)} lacks {', '.join(missing)}",
                place(entry),
                id=issue.id,
                help=f"add {', '.join(f'`{column}: …`' for column in missing)}",
                basis=None if _EXPLAINS.intersection(missing) else Basis.PRACTICE,
            )


def _missing(issue: ContextIssueRow) -> Iterator[str]:
    if issue.kind is None:
        yield "kind"
    if issue.topic is None:
        yield "topic"
    if issue.topic != "climate" and issue.relevant is None:
        yield "relevant"
    if issue.topic != "climate" and issue.relevant is False and issue.rationale is None:
        yield "rationale"
    if not issue.effect_on_outcomes and issue.relevant is not False:
        yield "effect_on_outcomes"
    if issue.owner is None:
        yield "owner"
    if issue.last_reviewed is None:
        yield "last_reviewed"


RULE = Rule(
    code="CTX001",
    name="issue-incomplete",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("4.1",),
    clauses_2026=("4.1",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
