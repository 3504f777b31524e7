"""An action was put off three times or more

## What it checks
The `due` date of an open action was not moved to a later day three times or more. What counts is what landed
on the main branch, in whatever file the register stood; a date that was brought forward is no delay. Former
states of the registers of actions are read as far as 1.5 MB; where there are more of them and none of the
actions is found to be late so often, the rule is *not evaluated*.

## Why an auditor asks
What is put off for ever is not planned. Somebody above has to decide whether it gets the means or is given
up.

## Fails
First it was due in February, then in April, then in June, and now at the end of the year.

`ems/registers/actions.yml`
```yaml
id: REG-ACTIONS
type: action
title: Actions
owner: ROL-MD
rows:
  - id: ACT-001
    title: Third rinse stage
    source: [RSK-001]
    owner: ROL-EHS
    due: 2026-12-31  # ← ACT005
    status: open
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE]
  texts:
    ems/registers/actions.yml: |
      id: REG-ACTIONS
      type: action
      title: Actions
      owner: ROL-MD
      rows:
        - id: ACT-001
          title: Third rinse stage
          source: [RSK-001]
          owner: ROL-EHS
          due: 2026-02-28
          status: open
- date: 2026-02-27
  by: PER-BEN
  message: Move the rinse stage
  texts:
    ems/registers/actions.yml: |
      id: REG-ACTIONS
      type: action
      title: Actions
      owner: ROL-MD
      rows:
        - id: ACT-001
          title: Third rinse stage
          source: [RSK-001]
          owner: ROL-EHS
          due: 2026-04-30
          status: open
- date: 2026-04-29
  by: PER-BEN
  message: Move the rinse stage
  texts:
    ems/registers/actions.yml: |
      id: REG-ACTIONS
      type: action
      title: Actions
      owner: ROL-MD
      rows:
        - id: ACT-001
          title: Third rinse stage
          source: [RSK-001]
          owner: ROL-EHS
          due: 2026-06-30
          status: open
- {date: 2026-05-04, by: PER-BEN, message: Move it to the end of the year, files: [ems/registers/actions.yml]}
```

The register was moved to another file in between.

`ems/registers/what-to-do.yml`
```yaml
id: REG-ACTIONS
type: action
title: Actions
owner: ROL-MD
rows:
  - id: ACT-001
    title: Third rinse stage
    source: [RSK-001]
    owner: ROL-EHS
    due: 2026-12-31  # ← ACT005
    status: in-progress
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE]
  texts:
    ems/registers/actions.yml: |
      id: REG-ACTIONS
      type: action
      title: Actions
      owner: ROL-MD
      rows:
        - id: ACT-001
          title: Third rinse stage
          source: [RSK-001]
          owner: ROL-EHS
          due: 2026-02-28
          status: open
- date: 2026-02-27
  by: PER-BEN
  message: Move the rinse stage
  texts:
    ems/registers/actions.yml: |
      id: REG-ACTIONS
      type: action
      title: Actions
      owner: ROL-MD
      rows:
        - id: ACT-001
          title: Third rinse stage
          source: [RSK-001]
          owner: ROL-EHS
          due: 2026-04-30
          status: open
- date: 2026-04-29
  by: PER-BEN
  message: Move the rinse stage
  texts:
    ems/registers/actions.yml: |
      id: REG-ACTIONS
      type: action
      title: Actions
      owner: ROL-MD
      rows:
        - id: ACT-001
          title: Third rinse stage
          source: [RSK-001]
          owner: ROL-EHS
          due: 2026-06-30
          status: open
- date: 2026-05-04
  by: PER-BEN
  message: Give it a better name and move it to the end of the year
  files: [ems/registers/what-to-do.yml]
  delete: [ems/registers/actions.yml]
```

## Passes
It was put off twice, and brought forward once.

`ems/registers/actions.yml`
```yaml
id: REG-ACTIONS
type: action
title: Actions
owner: ROL-MD
rows:
  - id: ACT-001
    title: Third rinse stage
    source: [RSK-001]
    owner: ROL-EHS
    due: 2026-12-31
    status: open
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE]
  texts:
    ems/registers/actions.yml: |
      id: REG-ACTIONS
      type: action
      title: Actions
      owner: ROL-MD
      rows:
        - id: ACT-001
          title: Third rinse stage
          source: [RSK-001]
          owner: ROL-EHS
          due: 2026-02-28
          status: open
- date: 2026-02-27
  by: PER-BEN
  message: Move the rinse stage
  texts:
    ems/registers/actions.yml: |
      id: REG-ACTIONS
      type: action
      title: Actions
      owner: ROL-MD
      rows:
        - id: ACT-001
          title: Third rinse stage
          source: [RSK-001]
          owner: ROL-EHS
          due: 2026-06-30
          status: open
- date: 2026-04-01
  by: PER-BEN
  message: Move the rinse stage
  texts:
    ems/registers/actions.yml: |
      id: REG-ACTIONS
      type: action
      title: Actions
      owner: ROL-MD
      rows:
        - id: ACT-001
          title: Third rinse stage
          source: [RSK-001]
          owner: ROL-EHS
          due: 2026-05-31
          status: open
- {date: 2026-05-04, by: PER-BEN, message: Move it to the end of the year, files: [ems/registers/actions.yml]}
```

It was put off often, and is done.

`ems/registers/actions.yml`
```yaml
id: REG-ACTIONS
type: action
title: Actions
owner: ROL-MD
rows:
  - id: ACT-001
    title: Third rinse stage
    source: [RSK-001]
    owner: ROL-EHS
    due: 2026-12-31
    status: done
    done_on: 2026-05-03
    evidence: [Invoice 26-118]
    effectiveness: {method: Nickel after the rinse, result: effective, date: 2026-05-20}
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE]
  texts:
    ems/registers/actions.yml: |
      id: REG-ACTIONS
      type: action
      title: Actions
      owner: ROL-MD
      rows:
        - id: ACT-001
          title: Third rinse stage
          source: [RSK-001]
          owner: ROL-EHS
          due: 2026-02-28
          status: open
- date: 2026-02-27
  by: PER-BEN
  message: Move the rinse stage
  texts:
    ems/registers/actions.yml: |
      id: REG-ACTIONS
      type: action
      title: Actions
      owner: ROL-MD
      rows:
        - id: ACT-001
          title: Third rinse stage
          source: [RSK-001]
          owner: ROL-EHS
          due: 2026-04-30
          status: open
- date: 2026-04-29
  by: PER-BEN
  message: Move the rinse stage
  texts:
    ems/registers/actions.yml: |
      id: REG-ACTIONS
      type: action
      title: Actions
      owner: ROL-MD
      rows:
        - id: ACT-001
          title: Third rinse stage
          source: [RSK-001]
          owner: ROL-EHS
          due: 2026-06-30
          status: open
- {date: 2026-05-04, by: PER-BEN, message: Move it to the end of the year, files: [ems/registers/actions.yml]}
```

## How to fix
Take it to the management review: give it the means it needs, or give it up with `status: cancelled` and the
reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ActionRow, Entry
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_OFTEN = 3


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each open action whose date was moved to a later one too often."""
    for entry, action, times in _put_off(context):
        first = context.control.due_dates.dates[action.id or ""][0]
        yield Finding(
            f"{called(action)} was due on {first} at first, and was put off {times} times, to {action.due}",
            place(entry, "due"),
            id=action.id,
            help="let the management review decide: give it the means it needs, or write `status: cancelled` "
            "and why",
        )


def unjudged(context: AuditContext) -> str | None:
    """That not every former state was read, where none of those that were shows anything."""
    if not any(_is_open(action) for _, action in context.each(ActionRow)):
        return None
    if context.control.due_dates.whole or any(True for _ in _put_off(context)):
        return None
    return (
        "the registers of actions have more former states than are read; when each action was due is unknown"
    )


def _put_off(context: AuditContext) -> Iterator[tuple[Entry, ActionRow, int]]:
    for entry, action in context.each(ActionRow):
        if action.due is None or not _is_open(action):
            continue
        dates = context.control.due_dates.dates.get(action.id or "", ())
        times = sum(later > before for before, later in pairwise((*dates, action.due)))
        if times >= _OFTEN:
            yield entry, action, times


def _is_open(action: ActionRow) -> bool:
    return action.due is not None and action.id is not None and not is_over(action)


RULE = Rule(
    code="ACT005",
    name="due-date-slipped-repeatedly",
    severity=Severity.INFO,
    basis=Basis.PRACTICE,
    clauses_2015=("6.1.4",),
    clauses_2026=("6.1.5",),
    since="0.1.0",
    requires=("SCH001",),
    needs_history=True,
    unjudged=unjudged,
    check=check,
)
