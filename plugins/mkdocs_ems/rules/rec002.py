"""A record is gone before the time for which it is kept

## What it checks
A record that landed once is still there, under its id, until the years are over for which records of its
kind are kept: by `retention` in `ems.yml`, and where that says nothing by what is usual for the kind. The
years count from the day of which it is evidence. Of kinds that are kept as long as somebody is with the
company, the years begin when that person leaves; as long as nobody left, they have not begun. A record that
went to another file is not gone. Without history this cannot be judged.

## Why an auditor asks
What was thrown away cannot be shown. Three years of checks are asked for at every renewal of a certificate,
and authorities go back further.

## Fails
The walks of last year were tidied away.

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
retention:  # ← REC002
  - {types: [all], years: 6, access: internal, storage: In git, disposition: Stays in the history}
approval:
  matrix:
    - {types: [policy, scope, procedure, work-instruction, plan, method, form, rules], roles: [ROL-MD]}
    - {types: [aspect, obligation, control, objective, person, role, process], roles: [ROL-MD]}
    - {types: [context-issue, interested-party, risk, action], roles: [ROL-MD]}
    - {types: [measurement, indicator, emergency-scenario], roles: [ROL-MD]}
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/ems.yml]}
- date: 2026-05-04
  by: PER-BEN
  message: Walk
  texts:
    ems/records/inspections/CHK-001.yml: |
      id: CHK-001
      type: inspection
      title: Walk of 4 May
      date: 2026-05-04
      by: [PER-BEN]
      point: The yard
      result: in-order
- {date: 2026-05-28, by: PER-BEN, message: Tidy up, delete: [ems/records/inspections/CHK-001.yml]}
```

## Passes
The one went to the file of the year, the other was kept for its six years.

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
retention:
  - {types: [all], years: 6, access: internal, storage: In git, disposition: Stays in the history}
approval:
  matrix:
    - {types: [policy, scope, procedure, work-instruction, plan, method, form, rules], roles: [ROL-MD]}
    - {types: [aspect, obligation, control, objective, person, role, process], roles: [ROL-MD]}
    - {types: [context-issue, interested-party, risk, action], roles: [ROL-MD]}
    - {types: [measurement, indicator, emergency-scenario], roles: [ROL-MD]}
```

`ems/records/inspections/2026.yml`
```yaml
type: inspection
title: Walks
rows:
  - {id: CHK-001, title: Walk of 4 May, date: 2026-05-04, by: [PER-BEN], point: The yard, result: in-order}
```

`history`
```yaml
- date: 2019-01-07
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE, ems/ems.yml]
  texts:
    ems/records/inspections/CHK-000.yml: |
      id: CHK-000
      type: inspection
      title: Walk of 7 January
      date: 2019-01-07
      by: [PER-BEN]
      point: The yard
      result: in-order
- date: 2026-05-04
  by: PER-BEN
  message: Walk
  texts:
    ems/records/inspections/CHK-001.yml: |
      id: CHK-001
      type: inspection
      title: Walk of 4 May
      date: 2026-05-04
      by: [PER-BEN]
      point: The yard
      result: in-order
- date: 2026-05-05
  by: PER-BEN
  message: One file a year
  files: [ems/records/inspections/2026.yml]
  delete: [ems/records/inspections/CHK-001.yml, ems/records/inspections/CHK-000.yml]
```

## How to fix
Bring it back as it was: `git log --diff-filter=D -- FILE` names the commit that took it out. Where a law
asks for its deletion, accept the finding with a waiver that says which.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from datetime import date

from mkdocs_ems.control.record_states import RecordState
from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.model import PersonRow
from mkdocs_ems.model.fields import Interval
from mkdocs_ems.model.retention import USUAL, keeping
from mkdocs_ems.rules.recorded import Said, said
from mkdocs_ems.rules.values import AuditContext, Rule


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each record that is gone and should still be there."""
    for identity, states in context.record_states.items():
        gone = states[-1]
        if gone.text is not None or identity in context.model.by_id:
            continue
        last = next((one for one in reversed(states) if one.text is not None), None)
        until = _kept_until(last, states, context) if last is not None else None
        if last is not None and until is not None and min(gone.event.date.date(), context.as_of) < until:
            if until <= context.as_of:
                continue  # nobody can ask for it any more
            yield Finding(
                f"{identity} was taken out of {gone.path} on {gone.event.date.date()} (commit "
                f"{gone.event.commit.id[:10]}), and is to be kept until {until}",
                _where(context),
                id=identity,
                help=f"bring {gone.path} back as it was: "
                f"`git checkout {last.event.commit.id[:10]} -- {shlex.quote(gone.path)}`",
            )


def _where(context: AuditContext) -> Anchor:
    """Where it is said how long records are kept: the record itself has no place any more."""
    route = "retention" if context.settings.retention else "organisation"
    return Anchor(context.model.settings_path, (route,), key=True)


def _kept_until(last: RecordState, states: Sequence[RecordState], context: AuditContext) -> date | None:
    """The day from which on nobody misses it; None where its kind is kept for no time that is known."""
    settled, usual = keeping(last.kind, context.settings.retention), USUAL.get(last.kind)
    years = settled.years if settled.years is not None else usual.years if usual else None
    if years is None:
        return None
    since = settled.since or (usual.since if usual else None)
    told = said(last)
    began = _left(told, context) if since == "left" else _day(told) or states[0].event.date.date()
    return Interval(months=12 * years, days=0).after(began) if began is not None else date.max


def _day(told: Said) -> date | None:
    for name in ("period_end", "date"):
        try:
            return date.fromisoformat(str(told.get(name)))
        except ValueError:
            continue
    return None


def _left(told: Said, context: AuditContext) -> date | None:
    """The day on which the last of those whom it names left; None where one is still there."""
    listed = (one for value in told.values() for one in (value if isinstance(value, list) else [value]))
    named = {one for one in listed if isinstance(one, str)}
    people = [person for _, person in context.each(PersonRow) if person.id in named]
    left = [person.end_date for person in people]
    days = [day for day in left if day is not None]
    return max(days) if days and len(days) == len(left) else None


RULE = Rule(
    code="REC002",
    name="record-deleted-before-retention",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    needs_history=True,
    # A record that cannot be read is not gone.
    needs_all_files=True,
    check=check,
)
