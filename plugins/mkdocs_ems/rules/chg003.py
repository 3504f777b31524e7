"""What a change touches was not brought up to date

## What it checks
What a change that is in place names under `affected` was itself changed between its request (`requested_on`,
else its approval) and `intervals: {change_update_days: …}` of `ems.yml`, else thirty days, after it was in
place (`implemented_on`). Rows and documents are judged by their history: of a register or document that is
approved issue by issue, the day on which the text landed that was approved.

## Why an auditor asks
A new line that stands in no register of aspects, and a procedure that describes the old one, are what changes
leave behind.

## Fails
The line has been running for months, and PRO-001 says what it said before.

`ems/registers/changes.yml`
```yaml
id: REG-CHG
type: change
title: Changes
owner: ROL-EHS
rows:
  - id: CHG-001
    title: Second chrome line
    kind: equipment
    owner: ROL-EHS
    status: implemented
    approved_by: ROL-MD
    approved_on: 2026-03-11
    implemented_on: 2026-04-04
    affected: [PRO-001]  # ← CHG003
    screening:
      aspects: {affected: true, note: New mist}
      obligations: {affected: false}
      risks: {affected: false}
      controls: {affected: true, note: New scrubber}
      competence: {affected: false}
      communication: {affected: false}
      emergency: {affected: false}
      monitoring: {affected: false}
      permits: {affected: false}
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE]
- date: 2026-05-20
  by: PER-BEN
  message: Enter the change
  files: [ems/registers/changes.yml]
```

The hardener was entered for it, but of chromium trioxide nobody wrote that there is more of it now.

`ems/registers/chemicals.yml`
```yaml
id: REG-CHM
type: chemical
title: Chemicals
owner: ROL-EHS
rows:
  - id: CHM-001
    title: Chromium trioxide
  - id: CHM-002
    title: Hardener
```

`ems/registers/changes.yml`
```yaml
id: REG-CHG
type: change
title: Changes
owner: ROL-EHS
rows:
  - id: CHG-001
    title: Second chrome line
    kind: equipment
    owner: ROL-EHS
    status: implemented
    approved_by: ROL-MD
    approved_on: 2026-03-11
    implemented_on: 2026-04-04
    affected: [CHM-001, CHM-002]  # ← CHG003
    screening:
      aspects: {affected: true, note: New mist}
      obligations: {affected: false}
      risks: {affected: false}
      controls: {affected: true, note: New scrubber}
      competence: {affected: false}
      communication: {affected: false}
      emergency: {affected: false}
      monitoring: {affected: false}
      permits: {affected: false}
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE]
  texts:
    ems/registers/chemicals.yml: |
      id: REG-CHM
      type: chemical
      title: Chemicals
      owner: ROL-EHS
      rows:
        - id: CHM-001
          title: Chromium trioxide
- date: 2026-03-20
  by: PER-BEN
  message: Enter the hardener
  files: [ems/registers/chemicals.yml]
- date: 2026-05-20
  by: PER-BEN
  message: Enter the change
  files: [ems/registers/changes.yml]
```

## Passes
The procedure was changed before the line ran.

`ems/registers/changes.yml`
```yaml
id: REG-CHG
type: change
title: Changes
owner: ROL-EHS
rows:
  - id: CHG-001
    title: Second chrome line
    kind: equipment
    owner: ROL-EHS
    status: implemented
    approved_by: ROL-MD
    approved_on: 2026-03-11
    implemented_on: 2026-04-04
    affected: [PRO-001]
    screening:
      aspects: {affected: true, note: New mist}
      obligations: {affected: false}
      risks: {affected: false}
      controls: {affected: true, note: New scrubber}
      competence: {affected: false}
      communication: {affected: false}
      emergency: {affected: false}
      monitoring: {affected: false}
      permits: {affected: false}
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE]
- date: 2026-03-20
  by: PER-BEN
  message: Treat the water of the second line
  merged_by: PER-MAYA
  texts:
    ems/procedures/rinse-water.md: |
      ---
      id: PRO-001
      type: procedure
      title: Treating rinse water
      owner: ROL-EHS
      areas: [Treatment plant]
      ---

      ## Both lines

      Keep the pH between 9 and 10.
- date: 2026-05-20
  by: PER-BEN
  message: Enter the change
  files: [ems/registers/changes.yml]
```

## How to fix
Bring what the finding names up to date and have it approved; or take it out of `affected` if the change does
not touch it after all, and say so in the screening.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from mkdocs_ems.control.journal import Landed
from mkdocs_ems.control.row_states import row_states
from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ChangeRow, Entry
from mkdocs_ems.model.aggregation import days_after
from mkdocs_ems.rules.editions import asked_of_changes
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_IN_PLACE = ("implemented", "reviewed")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each reference of a change to what was not touched in its time."""
    grace = context.settings.intervals.change_update_days
    changes = [
        (entry, change, _begun(change), days_after(change.implemented_on, grace))
        for entry, change in context.each(ChangeRow)
        if change.status in _IN_PLACE and change.implemented_on and change.approved_on and change.affected
    ]
    over = [one for one in changes if one[3] < context.as_of]
    spans = {(begin, end) for _, _, begin, end in over}
    touched = _touched(context, {target for _, change, _, _ in over for target in change.affected}, spans)
    for entry, change, begin, end in over:
        for index, target in enumerate(change.affected):
            days = touched.get(target)
            if days is not None and not any(begin <= day <= end for day in days):
                yield _finding(entry, change, index, context.settings.edition)


def _begun(change: ChangeRow) -> date:
    """From when on work on a change may show: what was drawn up for its approval counts."""
    days = (change.requested_on, change.approved_on)
    return min(day for day in days if day is not None)


def _finding(entry: Entry, change: ChangeRow, index: int, edition: str) -> Finding:
    target = change.affected[index]
    return Finding(
        f"{called(change)} touches {target}, which was not changed between {_begun(change)} and a while "
        f"after {change.implemented_on}",
        place(entry, "affected", index),
        id=change.id,
        help=f"bring {target} up to date and have it approved, or take it out of `affected`",
        basis=asked_of_changes(edition),
    )


def _touched(
    context: AuditContext, targets: Collection[str], spans: Collection[tuple[date, date]]
) -> Mapping[str, list[date]]:
    """The days of these spans on which each was changed; what has no history of its own is not in it."""
    documents = context.control.documents
    nodes = [context.graph.nodes[one] for one in targets if one in context.graph.nodes]
    found: dict[str, list[date]] = {node.id: [] for node in nodes if node.id in documents}
    for step in context.control.journal if found else ():
        if isinstance(step, Landed) and step.document in found:
            found[step.document].append(step.event.date.date())
    rows = {
        (node.kind, node.id): node.document
        for node in nodes
        if node.document is not None and node.id not in documents
    }
    blobs = context.compilation.blobs
    if rows and blobs is not None:
        states = row_states(context.control, blobs=blobs, known={}, only=set(rows.values()), spans=spans)
        for key in rows:
            found[key[1]] = [state.event.date.date() for state in states.get(key, ())]
    return found


RULE = Rule(
    code="CHG003",
    name="affected-register-not-updated",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.2", "8.1"),
    clauses_2026=("6.3", "6.1.2"),
    since="0.1.0",
    requires=("SCH001",),
    needs_history=True,
    check=check,
)
