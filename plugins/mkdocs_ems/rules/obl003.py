"""Nobody checked in time whether an obligation has changed

## What it checks
The source of every obligation that applies was checked for changes (`last_checked_source`) within its
interval: its own `check_interval`, else `intervals: {sources: …}` in `ems.yml`. Where no interval is
declared, nothing is asked. Of an obligation that does not apply it is asked only where its row declares
an interval itself: a threshold may move.

## Why an auditor asks
A legal register is out of date within months. How often you look is up to you; not looking when you said
you would means that nobody knows which rules hold today.

## Fails
The first was last checked too long ago, the second never.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
intervals: {sources: 6 months}
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
```

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001
    title: Trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Rinse water goes to the sewer.
    last_checked_source: 2025-11-30  # ← OBL003
  - id: OBL-002  # ← OBL003
    title: Waste duty of care
    citation: Environmental Protection Act 1990 s 34
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: We hand our waste to licensed carriers only.
```

Its own interval counts for a row, also where the threshold is not reached.

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001
    title: Trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Rinse water goes to the sewer.
    check_interval: 3 months
    last_checked_source: 2026-02-28  # ← OBL003
  - id: OBL-002
    title: Major accident hazards
    citation: SI 2015/483
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    applicable: threshold-below
    reason: Our largest stock is a tenth of the lower threshold.
    check_interval: 1 year
    last_checked_source: 2025-03-01  # ← OBL003
```

## Passes
Checked within six months, replaced, or not applicable and without an interval of its own.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
intervals: {sources: 6 months}
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
```

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001
    title: Trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Rinse water goes to the sewer.
    last_checked_source: 2025-12-01
  - id: OBL-002
    title: Waste duty of care
    citation: Environmental Protection Act 1990 s 34
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: We hand our waste to licensed carriers only.
    status: superseded
    superseded_by: OBL-001
  - id: OBL-003
    title: Major accident hazards
    citation: SI 2015/483
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    applicable: no
    reason: We hold no dangerous substances.
```

Nobody set an interval.

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001
    title: Trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: Rinse water goes to the sewer.
    last_checked_source: 2019-02-28
```

## How to fix
Look the source up, bring the row up to date, and write the day in `last_checked_source`, also where
nothing has changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Entry, ObligationRow
from mkdocs_ems.rules.undated import tellable
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each obligation whose source was not checked within its interval."""
    own = context.settings.intervals.sources
    blank: list[Entry] = []
    dated: set[str] = set()
    for entry, obligation in context.each(ObligationRow):
        every = obligation.check_interval or (own if obligation.applies else None)
        if every is None or obligation.superseded:
            continue
        last = obligation.last_checked_source
        if last is None:
            blank.append(entry)
            continue
        dated.add(entry.anchor.path)
        if every.passed(last, on=context.as_of):
            yield Finding(
                f"the source of {called(obligation)} was last checked for changes on {last} "
                f"and was due again on {every.after(last)}",
                place(entry, "last_checked_source"),
                id=obligation.id,
                help="look it up, bring the row up to date and write the day in `last_checked_source`; "
                f"your interval is {every}",
            )
    for entry, entity, count in tellable(context, blank, dated):
        yield Finding(
            f"the source of {called(entity)} was never checked for changes, though an interval is declared"
            if count == 1
            else f"{called(entity)}: none of its {count} obligations says when its source was checked, "
            "though an interval is declared",
            place(entry),
            id=entity.id,
            help="look each source up and write the day: `last_checked_source: …`",
        )


RULE = Rule(
    code="OBL003",
    name="source-check-overdue",
    severity=Severity.ERROR,
    basis=Basis.OWN_RULE,
    clauses_2015=("6.1.3",),
    clauses_2026=("6.1.3",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
