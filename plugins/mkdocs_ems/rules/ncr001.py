"""Nothing was done at once about a nonconformity

## What it checks
A nonconformity says under `correction: {what: …}` what was done at once to contain it, and under
`impact_mitigation` what was done about its effects on the environment, or that there were none. Both have the
days of `intervals: {correction_days: …}` of `ems.yml` after `detected_on`, else seven; a nonconformity that
is past `open` has no time left. An observation needs no correction.

## Why an auditor asks
You have to react to a nonconformity before you look for its cause: control it, put it right, and deal with
what it did.

## Fails
Found ten days before, and nothing says that anybody put a tray under it; of the second nobody said what it
did.

`ems/registers/nonconformities.yml`
```yaml
id: REG-NCR
type: nonconformity
title: Nonconformities
owner: ROL-EHS
rows:
  - id: NCR-001  # ← NCR001
    title: Drum without a tray
    owner: ROL-EHS
    status: open
    source: inspection
    criterion: Every drum stands on a tray
    detected_on: 2026-05-22
  - id: NCR-002
    title: Sludge on the yard
    owner: ROL-EHS
    status: actions-agreed
    source: inspection
    criterion: Nothing is stored on the yard
    detected_on: 2026-05-30
    correction: {what: Shovelled up and put into the skip}  # ← NCR001
    cause: {text: The skip was full}
    similar_check: Other yards looked at
```

## Passes
The first was found yesterday; of the second all is said.

`ems/registers/nonconformities.yml`
```yaml
id: REG-NCR
type: nonconformity
title: Nonconformities
owner: ROL-EHS
rows:
  - id: NCR-001
    title: Drum without a tray
    owner: ROL-EHS
    status: open
    source: inspection
    criterion: Every drum stands on a tray
    detected_on: 2026-05-31
  - id: NCR-002
    title: Sludge on the yard
    owner: ROL-EHS
    status: actions-agreed
    source: inspection
    criterion: Nothing is stored on the yard
    detected_on: 2026-05-20
    correction: {what: Shovelled up and put into the skip, date: 2026-05-20}
    impact_mitigation: It was dry, nothing reached the drain
    cause: {text: The skip was full}
    similar_check: Other yards looked at
```

## How to fix
Write what was done and when: `correction: {what: …, by: …, date: …}`, and `impact_mitigation: …` with what
became of its effects, or why there were none.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import NonconformityRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each nonconformity that lacks its correction, or a word on its effects, and had the time."""
    grace = context.settings.intervals.correction_days
    for entry, case in context.each(NonconformityRow):
        fresh = case.detected_on is not None and (context.as_of - case.detected_on).days <= grace
        if case.grade == "observation" or (fresh and case.status in ("open", None)):
            continue
        missing = []
        if case.correction is None:
            missing.append(("what was done about it at once", "`correction: {what: …, date: …}`"))
        if case.impact_mitigation is None:
            missing.append(("what became of its effects on the environment", "`impact_mitigation: …`"))
        if missing:
            yield Finding(
                f"{called(case)} does not say {' nor '.join(words for words, _ in missing)}",
                place(entry, "correction") if case.correction is not None else place(entry),
                id=case.id,
                help=f"add {' and '.join(field for _, field in missing)}",
            )


RULE = Rule(
    code="NCR001",
    name="no-correction",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("10.2",),
    clauses_2026=("10.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
