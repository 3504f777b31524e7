"""Something new came into the registers without a change

## What it checks
Since the organisation keeps a register of changes, each process and each chemical that came into its register
is named by a change under `affected`, and each site that came into `ems.yml` by a change that is about it
(`site: …`). What stood there before the first change was entered is left alone, and so are the sites that
were written down when the list of them was begun.

## Why an auditor asks
A process or chemical that nobody asked about has passed by everybody who would have said something.

## Fails
The hardener came in April, and no change tells of it.

`ems/registers/chemicals.yml`
```yaml
id: REG-CHM
type: chemical
title: Chemicals
owner: ROL-EHS
rows:
  - id: CHM-001
    title: Caustic soda
  - id: CHM-002  # ← CHG004
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
    title: Other degreaser
    kind: chemical
    owner: ROL-EHS
    status: requested
    requested_on: 2026-02-01
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
          title: Caustic soda
- date: 2026-02-05
  by: PER-BEN
  message: Enter a change
  files: [ems/registers/changes.yml]
- date: 2026-04-20
  by: PER-BEN
  message: Enter the hardener
  files: [ems/registers/chemicals.yml]
  merged_by: PER-MAYA
```

The works in the south came in April, and the change that was entered does not say that it is about them.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
sites:
  - {id: north, title: North works}
  - {id: south, title: South works}  # ← CHG004
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
```

`ems/registers/changes.yml`
```yaml
id: REG-CHG
type: change
title: Changes
owner: ROL-EHS
rows:
  - id: CHG-001
    title: Works in the south
    kind: site
    owner: ROL-EHS
    status: requested
    requested_on: 2026-02-01
    affected: [PRC-001]
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE]
  texts:
    ems/ems.yml: |
      schema: 1
      repository: example
      organisation: {name: Small Works}
      standards: [{standard: iso14001, edition: "2026"}]
      sites:
        - {id: north, title: North works}
      significance:
        document: MET-001
        criteria:
          likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
          severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
        formula: likelihood * severity
        threshold: score >= 6
      risk_method: {threshold: 12}
- date: 2026-02-05
  by: PER-BEN
  message: Enter a change
  files: [ems/registers/changes.yml]
- date: 2026-04-20
  by: PER-BEN
  message: Enter the southern works
  files: [ems/ems.yml]
  merged_by: PER-MAYA
```

## Passes
The change that brought it names it.

`ems/registers/chemicals.yml`
```yaml
id: REG-CHM
type: chemical
title: Chemicals
owner: ROL-EHS
rows:
  - id: CHM-001
    title: Caustic soda
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
    title: Hardener
    kind: chemical
    owner: ROL-EHS
    status: requested
    requested_on: 2026-02-01
    affected: [CHM-002]
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
          title: Caustic soda
- date: 2026-02-05
  by: PER-BEN
  message: Enter a change
  files: [ems/registers/changes.yml]
- date: 2026-04-20
  by: PER-BEN
  message: Enter the hardener
  files: [ems/registers/chemicals.yml]
  merged_by: PER-MAYA
```

The change is about the site that it brought.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
sites:
  - {id: north, title: North works}
  - {id: south, title: South works}
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
```

`ems/registers/changes.yml`
```yaml
id: REG-CHG
type: change
title: Changes
owner: ROL-EHS
rows:
  - id: CHG-001
    title: Works in the south
    kind: site
    owner: ROL-EHS
    status: requested
    requested_on: 2026-02-01
    affected: [PRC-001]
    site: south
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE]
  texts:
    ems/ems.yml: |
      schema: 1
      repository: example
      organisation: {name: Small Works}
      standards: [{standard: iso14001, edition: "2026"}]
      sites:
        - {id: north, title: North works}
      significance:
        document: MET-001
        criteria:
          likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
          severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
        formula: likelihood * severity
        threshold: score >= 6
      risk_method: {threshold: 12}
- date: 2026-02-05
  by: PER-BEN
  message: Enter a change
  files: [ems/registers/changes.yml]
- date: 2026-04-20
  by: PER-BEN
  message: Enter the southern works
  files: [ems/ems.yml]
  merged_by: PER-MAYA
```

## How to fix
Enter the change with its screening, and name under `affected` what it brought: `affected: [CHM-002]`; for a
new site write `site: …`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from mkdocs_ems.control import RULES_ID
from mkdocs_ems.control.journal import Landed
from mkdocs_ems.control.row_states import row_states
from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.git.values import Blobs
from mkdocs_ems.model import ChangeRow, Entity
from mkdocs_ems.rules.editions import asked_of_changes
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_WATCHED = ("process", "chemical")
_SITES = re.compile(r"^sites\s*:", re.MULTILINE)


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each process, chemical and site that came since changes are kept, and that no change names."""
    blobs, since = context.compilation.blobs, _kept_since(context)
    if blobs is None or since is None:
        return
    yield from _rows(context, blobs, since)
    yield from _sites(context, blobs, since)


def _rows(context: AuditContext, blobs: Blobs, since: date) -> Iterator[Finding]:
    unnamed = [
        entry
        for entry, entity in context.each(Entity)
        if entry.kind in _WATCHED and entity.id is not None and not context.named_by(entity.id, "change")
    ]
    registers = {entry.document for entry in unnamed if entry.document is not None}
    states = row_states(context.control, blobs=blobs, known={}, only=registers) if registers else {}
    begun = _begun(context, registers)
    for entry in unnamed:
        told = states.get((entry.kind, entry.entity.id or ""), ())
        first = told[0] if told else None
        if first is None or first.event.index <= begun.get(first.register, -1):
            continue
        if first.event.date.date() >= since:
            yield Finding(
                f"{called(entry.entity)} came into the register on {first.event.date.date()}, and no change "
                "tells of it",
                place(entry),
                id=entry.entity.id,
                help=f"enter the change with its screening, and `affected: [{entry.entity.id}]`",
                basis=asked_of_changes(context.settings.edition),
            )


def _sites(context: AuditContext, blobs: Blobs, since: date) -> Iterator[Finding]:
    """The sites that the rules did not have when changes began to be kept."""
    named = {change.site for _, change in context.each(ChangeRow)}
    unnamed = [
        (at, site)
        for at, site in enumerate(context.settings.sites)
        if site.id not in named and context.model.settings_readable
    ]
    then = _rules_of(context, since) if unnamed else None
    if then is None:
        return
    text = blobs.read([then])[then].decode(errors="replace")
    if not _SITES.search(text):
        return
    for at, site in unnamed:
        if not re.search(rf"\bid\s*:\s*[\"']?{re.escape(site.id)}[\"']?\s*(?:[,}}#\r\n]|$)", text):
            yield Finding(
                f"the site {site.id} ({site.title}) came into ems.yml since changes are kept ({since}), "
                "and no change tells of it",
                Anchor(context.model.settings_path, ("sites", at)),
                id=site.id,
                help=f"enter the change with its screening, and `site: {site.id}`",
                basis=asked_of_changes(context.settings.edition),
            )


def _rules_of(context: AuditContext, since: date) -> str | None:
    """The `ems.yml` that had landed last before a day, or else the first; None where that is today's."""
    landed = [
        (step.event.date.date(), step.content.blob)
        for step in context.control.journal
        if isinstance(step, Landed)
        and step.document == RULES_ID
        and step.content is not None
        and not step.event.proposed
    ]
    before = [blob for day, blob in landed if day < since] or [blob for _, blob in landed[:1]]
    return before[-1] if before and before[-1] != landed[-1][1] else None


def _kept_since(context: AuditContext) -> date | None:
    """The day from which the organisation keeps changes: of the first that was asked for or agreed to."""
    days = (day for _, change in context.each(ChangeRow) for day in (change.requested_on, change.approved_on))
    return min((day for day in days if day is not None), default=None)


def _begun(context: AuditContext, registers: set[str]) -> dict[str, int]:
    """The event with which each register first counted: what it held then was there already."""
    found: dict[str, int] = {}
    for one in registers:
        document = context.control.documents.get(one)
        if document is not None and document.control == "issue" and document.issues:
            found[one] = document.issues[0].event.index
    for step in context.control.journal:
        if isinstance(step, Landed) and step.document in registers:
            found.setdefault(step.document, step.event.index)
    return found


RULE = Rule(
    code="CHG004",
    name="silent-change",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.2", "8.1"),
    clauses_2026=("6.3", "8.1"),
    since="0.1.0",
    requires=("SCH001",),
    needs_history=True,
    check=check,
)
