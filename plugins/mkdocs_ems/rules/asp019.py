"""The same aspect is judged twice, and differently

## What it checks
No two aspects of one process have the same `aspect` (or title) and the same condition, and yet different
scores; where people judge without a score, different verdicts. Rows that name different sites or
different activities are told apart.

## Why an auditor asks
Two judgements of the same thing show that the method depends on who applied it, and leave open which of
them counts.

## Fails
The same discharge stands twice, once with 9 and once with 1.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    condition: normal
    control: influence
    criteria: {likelihood: 3, severity: 3}
  - id: ASP-002  # ← ASP019
    title: Nickel in  Rinse Water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    condition: normal
    control: influence
    criteria: {likelihood: 1, severity: 1}
```

## Passes
Another condition, another activity, and one that was withdrawn.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    condition: normal
    activity: Rinsing
    criteria: {likelihood: 1, severity: 1}
  - id: ASP-002
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    condition: abnormal
    activity: Rinsing
    criteria: {likelihood: 1, severity: 2}
  - id: ASP-003
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    condition: normal
    activity: Stripping of racks
    criteria: {likelihood: 1, severity: 3}
  - id: ASP-004
    title: Nickel in rinse water
    process: PRC-001
    status: withdrawn
    condition: normal
    activity: Rinsing
    criteria: {likelihood: 1, severity: 3}
```

## How to fix
Decide which judgement holds, keep that row and set the other to `status: withdrawn`; where they are two
things, say so in `activity`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Related, Severity
from mkdocs_ems.model import AspectRow, Entry
from mkdocs_ems.model.assessment import Assessment
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import fold

_Judged = tuple[Entry, AspectRow, Assessment]


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each aspect that an earlier row has already, with another judgement."""
    alike: defaultdict[Hashable, list[_Judged]] = defaultdict(list)
    for one in context.assessed:
        aspect = one[1]
        words = _words(aspect.aspect or aspect.title)
        if aspect.process is not None and words is not None:
            alike[aspect.process, words, aspect.condition].append(one)
    for rows in alike.values():
        if len(rows) > 1:
            yield from _twice(rows)


def _twice(rows: list[_Judged]) -> Iterator[Finding]:
    """Yield each row that is judged otherwise than the first of its activity, or the first of all."""
    first: dict[Hashable, _Judged] = {}
    for one in rows:
        entry, aspect, assessment = one
        for before in (first.setdefault((aspect.site, _words(aspect.activity)), one), rows[0]):
            if before is one or _apart(before[1], aspect) or not _differ(before[2], assessment):
                continue
            yield Finding(
                f"{called(aspect)} is the same aspect as {before[1].id or 'an earlier row'}, "
                f"judged differently: {_verdict(assessment)} here, {_verdict(before[2])} there",
                place(entry),
                id=aspect.id,
                help="keep one row and set the other to `status: withdrawn`; "
                "where they are two things, say so in `activity`",
                related=(Related(f"{called(before[1])} stands here", place(before[0])),),
            )
            break


def _words(text: str | None) -> str | None:
    """Text as it is compared: without case and without the spaces between words."""
    return " ".join(fold(text).split()) if text else None


def _apart(one: AspectRow, other: AspectRow) -> bool:
    """Whether two rows say of themselves that they are about different things."""
    if one.site and other.site and one.site != other.site:
        return True
    return bool(one.activity and other.activity) and _words(one.activity) != _words(other.activity)


def _differ(one: Assessment, other: Assessment) -> bool:
    if one.score is not None and other.score is not None:
        return one.score != other.score
    decided = one.significant is not None and other.significant is not None
    return decided and one.score is None and other.score is None and one.significant != other.significant


def _verdict(assessment: Assessment) -> str:
    if assessment.score is not None:
        return f"score {assessment.score:g}"
    return "significant" if assessment.significant else "not significant"


RULE = Rule(
    code="ASP019",
    name="duplicate-aspect",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("6.1.2",),
    clauses_2026=("6.1.2",),
    since="0.1.0",
    requires=("SCH001", "ASP008"),
    check=check,
)
