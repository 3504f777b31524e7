"""A record that was promised is missing

## What it checks
A document that promises records (`records`: a walk each week, a check of each bund each month) has one for
each period: from `since` on, or from the first record on, to the last period that ended more than
`promise_grace_days` (`intervals` in `ems.yml`, 7 without) ago. A record keeps the promise that names what
is promised, the form, the control, and it may say that the check was not done and why. Days of the week on
which a daily check is never made are not asked for. Of a control that is verified every so often the gaps
between its checks are told here; that the next one is due, or that there has never been one, other rules
tell. Drills of scenarios and readings of measurements have rules of their own. Of one promise the last 4,000
periods are looked at, and 200,000 of all together; what is left out is told as *not evaluated*.

## Why an auditor asks
Auditors count the weeks. A gap is a check that was not made or a sheet that was lost, and after a year nobody
knows which.

## Fails
The walk of one week in May is missing.

`ems/forms/walk.md`
```markdown
---
id: FRM-001
type: form
title: Weekly walk
owner: ROL-EHS
links: [OBL-001]
records:
  - {type: inspection, every: 1 week}  # ← REC006
---

## Drains

Clear, yes or no.
```

`ems/records/inspections/2026.yml`
```yaml
type: inspection
title: Walks
rows:
  - {id: CHK-001, title: Walk of 4 May, date: 2026-05-04, by: [PER-BEN], form: FRM-001, result: in-order}
  - {id: CHK-002, title: Walk of 18 May, date: 2026-05-18, by: [PER-BEN], form: FRM-001, result: in-order}
```

Nobody has ever walked.

`ems/forms/walk.md`
```markdown
---
id: FRM-001
type: form
title: Weekly walk
owner: ROL-EHS
links: [OBL-001]
records:
  - {type: inspection, every: 1 week}  # ← REC006
---

## Drains

Clear, yes or no.
```

Nobody knows what is to be kept.

`ems/forms/walk.md`
```markdown
---
id: FRM-001
type: form
title: Weekly walk
owner: ROL-EHS
links: [OBL-001]
records:
  - {type: stroll, every: 1 week}  # ← REC006
---

## Drains

Clear, yes or no.
```

## Passes
Each week has its walk, or says why there was none.

`ems/forms/walk.md`
```markdown
---
id: FRM-001
type: form
title: Weekly walk
owner: ROL-EHS
links: [OBL-001]
records:
  - {type: inspection, every: 1 week, since: 2026-05-04}
---

## Drains

Clear, yes or no.
```

`ems/records/inspections/2026.yml`
```yaml
type: inspection
title: Walks
rows:
  - {id: CHK-001, title: Walk of 4 May, date: 2026-05-04, by: [PER-BEN], form: FRM-001, result: in-order}
  - {id: CHK-002, title: No walk, date: 2026-05-11, by: [PER-BEN], form: FRM-001,
     result: not-done, reason: Works holiday}
  - {id: CHK-003, title: Walk of 18 May, date: 2026-05-18, by: [PER-BEN], form: FRM-001, result: in-order}
```

## How to fix
Add the record where there is one. Where there is none and never will be, a record with `result: not-done`
and a `reason` explains the gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ControlRow, Kind
from mkdocs_ems.model.keeping import MOST_ALTOGETHER, MOST_PERIODS, Keeping
from mkdocs_ems.model.series import Period
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_SHOWN = 6
"""So many gaps are named."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each promise that was not kept for some period, or that nobody can keep."""
    kinds = context.model.kinds
    for one in context.promised:
        promise, entity = one.promise, one.promise.entry.entity
        kind = kinds.get(promise.kind)
        at, identity = place(promise.entry, *promise.route), entity.id
        if kind is None or kind.where != "record":
            yield Finding(
                f"{called(entity)} promises records of the type {promise.kind}, which nobody knows",
                at,
                id=identity,
                help=f"write one of {', '.join(_types(kinds))}",
            )
            continue
        if promise.since is not None and promise.since > context.as_of:
            continue
        of = "" if promise.of == identity else f" of {promise.of}"
        what = f"{called(entity)} promises a record{of} {promise.often} ({kind.title.lower()})"
        if not one.begun and not isinstance(entity, ControlRow):
            yield Finding(
                f"{what}, and there is none",
                at,
                id=identity,
                help=f"add them below records/{kind.slug}/, each naming {promise.of}; `since` says from when "
                "on they are promised",
            )
            continue
        gaps = _gaps(one)
        if gaps:
            more = f" and {len(gaps) - _SHOWN} more" if len(gaps) > _SHOWN else ""
            yield Finding(
                f"{what}, and there is none for {', '.join(gap.text for gap in gaps[:_SHOWN])}{more}",
                at,
                id=identity,
                help=f"add what is missing below records/{kind.slug}/; where it was not done, a record says "
                "so, and why",
            )


def _types(kinds: Mapping[str, Kind]) -> list[str]:
    return [key for key, kind in kinds.items() if kind.where == "record"]


def _gaps(one: Keeping) -> Sequence[Period]:
    """The periods without a record; of a control those alone that lie before its last check."""
    if not isinstance(one.promise.entry.entity, ControlRow):
        return one.missing
    return [gap for gap in one.missing if one.last is not None and gap.last < one.last]


def _unseen(context: AuditContext) -> str | None:
    """The periods that were too many to be looked at."""
    left = [one for one in context.promised if one.unseen]
    earlier = [one for one in left if one.count]
    whole = [one for one in left if not one.count]
    told = []
    if whole:
        told.append(
            f"all promises together have more than {MOST_ALTOGETHER:,} periods: those of {_named(whole)} "
            "were not looked at"
        )
    if earlier:
        told.append(
            f"of {_named(earlier)} the last {MOST_PERIODS:,} periods were looked at, those before were not"
        )
    return f"{'; '.join(told)}. Let `since` begin later, or promise less often" if told else None


def _named(left: Sequence[Keeping]) -> str:
    """What these promises are of, as far as a line has room."""
    names = list(dict.fromkeys(one.promise.of for one in left))
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


RULE = Rule(
    code="REC006",
    name="period-gap",
    severity=Severity.WARNING,
    basis=Basis.OWN_RULE,
    clauses_2015=("7.5.3", "8.1", "9.1.1"),
    clauses_2026=("7.5.3", "8.1", "9.1.1"),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_files=True,
    unseen=_unseen,
    check=check,
)
