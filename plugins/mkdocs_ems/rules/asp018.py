"""An aspect is no longer significant, and nobody says why

## What it checks
An aspect that was significant in an earlier state of its register, and is not by what is written today, says
why: in `notes`, `rationale` or the reason of an `override`, written since. The approval of that change may
say it as well, where it names the aspect's id. Both states are judged by the method of today, so that a
change of the method makes no finding. Compared is the newest state in which the row was another, among those
that count: what was taken over, the annotated tags, and the approved issues, until about 1.5 MB of old
registers have been read.

## Why an auditor asks
Aspects tend to lose their significance shortly before an audit. With a reason that is a judgement, without
one it looks like tidying.

## Fails
In January nickel was rated daily and lasting; now it is monthly, and hardly anything.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001  # ← ASP018
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    condition: normal
    control: influence
    criteria: {likelihood: 2, severity: 1}
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE]
  texts:
    ems/registers/aspects.yml: |
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
- date: 2026-03-02
  by: PER-BEN
  message: Rate the aspects anew
  files: [ems/registers/aspects.yml]
  merged_by: PER-MAYA
```

The note is the one that stood there while it was significant.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001  # ← ASP018
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    condition: normal
    control: influence
    criteria: {likelihood: 1, severity: 3}
    notes: Seen at the outlet of the third rinse.
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE]
  texts:
    ems/registers/aspects.yml: |
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
          notes: Seen at the outlet of the third rinse.
- date: 2026-03-02
  by: PER-BEN
  message: Rate the aspects anew
  files: [ems/registers/aspects.yml]
  merged_by: PER-MAYA
```

## Passes
The note says what has changed.

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
    criteria: {likelihood: 1, severity: 3}
    notes: The third rinse runs since February; no nickel has been found since.
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE]
  texts:
    ems/registers/aspects.yml: |
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
- date: 2026-03-02
  by: PER-BEN
  message: Rate the aspects anew
  files: [ems/registers/aspects.yml]
  merged_by: PER-MAYA
```

The change itself names the aspect and says why.

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
    criteria: {likelihood: 1, severity: 3}
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE]
  texts:
    ems/registers/aspects.yml: |
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
- date: 2026-03-02
  by: PER-BEN
  message: Rate ASP-001 lower since the third rinse runs
  files: [ems/registers/aspects.yml]
  merged_by: PER-MAYA
```

## How to fix
Write into `notes` what has changed on the site or in what is known, with the day; or put the rating back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pydantic import ValidationError

from mkdocs_ems.changes.row_texts import row_data, rows_but
from mkdocs_ems.control import FormerRegister
from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AspectRow, Entry
from mkdocs_ems.model.assessed import assessed
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each aspect that lost its significance without a word."""
    former = sorted((one for one in context.control.former if one.kind == "aspect"), key=lambda one: -one.at)
    method = context.settings.significance
    if not former or method is None:
        return
    candidates = {id(entry): (entry, old, state) for entry, old, state in _rewritten(context, former)}
    if not candidates:
        return
    # A method that ranks judges each aspect by all the others.
    ranked = any(part.judgement.rank is not None for part in method.parts)
    entries = context.model.entries if ranked else [entry for entry, _, _ in candidates.values()]
    before = [
        replace(entry, entity=candidates[id(entry)][1]) if id(entry) in candidates else entry
        for entry in entries
    ]
    was = assessed(replace(context.model, entries=tuple(before)), method)
    significant = {entry.anchor for entry, _, verdict in was if verdict.significant}
    for entry, old, state in candidates.values():
        if entry.anchor in significant and not _is_said(entry, old, state, context):
            yield Finding(
                f"{called(entry.entity)} was significant {state.words}, and is not now; nothing says why",
                place(entry),
                id=entry.entity.id,
                help="write into `notes` what has changed since, or put the rating back",
            )


def _rewritten(
    context: AuditContext, former: list[FormerRegister]
) -> Iterator[tuple[Entry, AspectRow, FormerRegister]]:
    """Each aspect that is not significant today, as it was in the newest state in which it was another."""
    candidates = {
        aspect.id: entry
        for entry, aspect, verdict in context.assessed
        if aspect.id and verdict.significant is False
    }
    paths = {entry.anchor.path for entry in candidates.values()}
    today = {one: row for path in paths for one, row in rows_but(context.sources.raw[path], ())}
    known = frozenset(today.values())
    for state in former if candidates else ():
        for identity, text in rows_but(state.data, known):
            if identity in candidates and _may_be_judged_otherwise(text, today.get(identity, b"")):
                entry, old = candidates.pop(identity), _as_it_was(text, context)
                if old is not None:
                    yield entry, old, state


def _may_be_judged_otherwise(old: bytes, new: bytes) -> bool:
    """Whether anything differs but words: what is only called otherwise is not parsed."""
    differs = set(old.splitlines()) ^ set(new.splitlines())
    return any(not line.lstrip().startswith(_WORDS) for line in differs)


_WORDS = (b"notes:", b"title:", b"owner:", b"tags:", b"links:", b"last_reviewed:", b"assessed_", b"#")


def _as_it_was(text: bytes, context: AuditContext) -> AspectRow | None:
    """What an old row says; None where it was withdrawn, or written as today's vocabulary cannot read it."""
    try:
        old = context.model.kinds["aspect"].model.model_validate(row_data(text))
    except ValidationError:
        return None
    return old if isinstance(old, AspectRow) and old.status != "withdrawn" else None


def _is_said(entry: Entry, old: AspectRow, state: FormerRegister, context: AuditContext) -> bool:
    new = entry.entity
    assert isinstance(new, AspectRow), "only aspects are asked"
    now = (new.notes, new.rationale, new.override.reason if new.override else None)
    then = (old.notes, old.rationale, old.override.reason if old.override else None)
    if any(one is not None and one != other for one, other in zip(now, then, strict=True)):
        return True
    document = context.control.documents.get(entry.document or "")
    later = [one for one in document.issues if one.event.index > state.at] if document else []
    words = [word for one in later for word in (one.summary, *(act.reason for act in one.approvals))]
    return any(new.id is not None and new.id in word for word in words)


RULE = Rule(
    code="ASP018",
    name="rescore-unexplained",
    severity=Severity.INFO,
    basis=Basis.PRACTICE,
    clauses_2015=("6.1.2",),
    clauses_2026=("6.1.2",),
    since="0.1.0",
    requires=("SCH001", "ASP008"),
    needs_history=True,
    check=check,
)
