"""Nothing shows that the system got better

## What it checks
Within the time of `intervals: {improvement: …}` of `ems.yml`, else twelve months, something shows that
performance or the system got better: an improvement that was adopted or done, an objective that is met, or an
indicator whose last value is better than the one a year before. Only a register of improvements that has
begun, and has rows, is judged, and not in the first such time.

## Why an auditor asks
Continual improvement is what the whole is for. A system that only keeps its papers in order has not shown
any.

## Fails
The last idea that came to anything is two years old.

`ems/registers/improvements.yml`
```yaml
id: REG-IMP
type: improvement
title: Improvements
owner: ROL-EHS
rows:
  - id: IMP-001  # ← IMP001
    title: Counter-current rinsing
    status: done
    proposed_on: 2023-05-02
    decided_on: 2023-06-01
    done_on: 2024-02-01
  - id: IMP-002
    title: Lids on the vats
    status: declined
    proposed_on: 2026-03-02
    decided_on: 2026-04-01
```

## Passes
One was adopted in spring.

`ems/registers/improvements.yml`
```yaml
id: REG-IMP
type: improvement
title: Improvements
owner: ROL-EHS
rows:
  - id: IMP-001
    title: Counter-current rinsing
    status: adopted
    proposed_on: 2026-03-02
    decided_on: 2026-04-01
```

## How to fix
Enter what got better: an idea that was carried out, with `status`, `done_on` and `result`; or set an
objective and reach it.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ImprovementRow, IndicatorRow, ObjectiveRow
from mkdocs_ems.rules.values import AuditContext, Rule, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding, at the first improvement, where nothing got better within the time."""
    rows = list(context.each(ImprovementRow))
    if not rows or _just_begun(context):
        return
    if not (_came_to_something(context) or _achieved(context) or _got_better(context)):
        entry, row = rows[0]
        yield Finding(
            f"for {context.settings.intervals.improvement} nothing shows that anything got better: no "
            "improvement adopted or done, no objective met, no indicator better than a year before",
            place(entry),
            id=row.id,
            help="enter what got better, or set an objective and reach it",
        )


def _just_begun(context: AuditContext) -> bool:
    """Whether the first improvement was put forward within the time: nothing can have come of it yet."""
    days = [row.proposed_on for _, row in context.each(ImprovementRow) if row.proposed_on]
    return bool(days) and not context.settings.intervals.improvement.passed(min(days), on=context.as_of)


def _came_to_something(context: AuditContext) -> bool:
    within = context.settings.intervals.improvement
    days = [
        day
        for _, row in context.each(ImprovementRow)
        if row.status in ("adopted", "done")
        for day in (row.done_on, row.decided_on)
        if day is not None and day <= context.as_of
    ]
    return any(not within.passed(day, on=context.as_of) for day in days)


def _achieved(context: AuditContext) -> bool:
    from mkdocs_ems.model.progress import ProgressState, progress  # noqa: PLC0415 - hardly ever asked

    for _, objective in context.each(ObjectiveRow):
        if objective.status in ("withdrawn", "not-achieved"):
            continue
        if progress(objective, model=context.model, as_of=context.as_of).state is ProgressState.MET:
            return True
    return False


def _got_better(context: AuditContext) -> bool:
    """Whether the last value of some indicator is better than the one a year before."""
    from mkdocs_ems.model.indicators import indicator_parts  # noqa: PLC0415 - hardly ever asked

    for _, indicator in context.each(IndicatorRow):
        sign = {"decrease": -1, "increase": 1}.get(indicator.direction or "", 0)
        parts = indicator_parts(indicator, model=context.model, as_of=context.as_of) if sign else ()
        if not parts:
            continue
        last = parts[-1]
        within = context.settings.intervals.improvement
        before = [one for one in parts if one.period.last.year == last.period.last.year - 1]
        same = [one for one in before if one.period.last.month == last.period.last.month]
        fresh = not within.passed(last.period.last, on=context.as_of)
        if fresh and any(sign * (last.value - one.value) > 0 for one in same):
            return True
    return False


RULE = Rule(
    code="IMP001",
    name="no-improvement-evidence",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("10.1", "10.3"),
    clauses_2026=("10.1",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
