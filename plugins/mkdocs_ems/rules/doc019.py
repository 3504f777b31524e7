"""It is not settled how something is kept: how long, for whom, where

## What it checks
For every type of document and register that is in use, for the rules and for measured values, `retention` in
`ems.yml` settles how many years they are kept (`years`, since when), who may see them (`access`), where they
are and how they are protected (`storage`), and what becomes of them afterwards (`disposition`). A row names
`types`, or `all`; the last one that says something of a type holds. Where a row names a type and leaves out
the years or the access, what is usual for that type holds; of your own registers nothing is usual. No law of
your country is known here: where it asks for longer, write so.

## Why an auditor asks
Documented information has to be found when it is needed, kept from whom it does not concern, and not thrown
away too early. Who never settled it has decided by accident.

## Fails
Nothing is settled at all.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}  # ← DOC019
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
```

The rows leave out what becomes of things, and say of a register of their own not even for how long.

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
own_registers: [{type: walk, title: Walk}]
retention:  # ← DOC019, DOC019
  - {types: [all], storage: "In git, copied to another town every night"}
  - {types: [policy], years: 15, disposition: Handed to the town archive}
```

`ems/registers/walks.yml`
```yaml
id: REG-WALKS
type: walk
title: Weekly walks
owner: ROL-EHS
rows: []
```

## Passes
One row takes over what is usual and says the rest; a second one keeps aspects for longer.

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
  - types: [all]
    storage: In git, copied to another town every night
    disposition: Stays in the history; what is on paper is shredded
  - {types: [aspect], years: 30}
```

A register of their own, with years and access of its own.

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
own_registers: [{type: walk, title: Walk}]
retention:
  - types: [all]
    storage: In git, copied to another town every night
    disposition: Stays in the history; what is on paper is shredded
  - {types: [walk], years: 3, since: made, access: internal}
```

`ems/registers/walks.yml`
```yaml
id: REG-WALKS
type: walk
title: Weekly walks
owner: ROL-EHS
rows: []
```

## How to fix
Write a row under `retention` in `ems.yml` with `types: [all]`, `storage` and `disposition`, and further rows
for types that are kept longer or shorter than usual.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.model import Controlled, Kind, Record
from mkdocs_ems.model.retention import READING, USUAL, keeping
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule

_RULES = "rules"
_CALLED = {_RULES: "the rules", READING: "measured values"}
_WORDS = {
    "years": "how many years they are kept",
    "access": "who may see them",
    "storage": "where they are kept",
    "disposition": "what becomes of them then",
}


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield that nothing is settled, or for each gap the types that have it."""
    model, rows = context.model, context.settings.retention
    # What could not be read there has its own finding, and may settle what seems to be missing.
    if not model.settings_readable or any(route[:1] == ("retention",) for route in model.settings_dropped):
        return
    if not rows:
        yield Finding(
            "nothing settles how long documents and records are kept, who may see them, where they are, "
            "and what becomes of them",
            Anchor(model.settings_path, ("organisation",), key=True),
            help="add `retention: [{types: [all], storage: …, disposition: …}]`, and rows for what is kept "
            "longer or shorter than usual",
        )
        return
    gaps: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for kind in _in_use(context):
        missing = keeping(kind, rows).missing
        if missing:
            gaps[missing].append(kind)
    for missing, kinds in gaps.items():
        said = [f"types: [{', '.join(kinds)}]", *(_written(one, kinds[0]) for one in missing)]
        yield Finding(
            f"of {listed(_name(kind, model.kinds.get(kind)) for kind in kinds)} it is not settled "
            f"{listed(_WORDS[one] for one in missing)}",
            Anchor(model.settings_path, ("retention",), key=True),
            help=f"add `- {{{', '.join(said)}}}` below it",
        )


def _in_use(context: AuditContext) -> Iterator[str]:
    """The types of which anything is kept, each once, in the order of the vocabulary."""
    written = {entity.type for _, entity in context.each(Controlled)}
    written |= {entry.kind for entry, _ in context.each(Record)}
    yield _RULES
    yield from (kind for kind in context.model.kinds if kind in written)
    if context.model.series:
        yield READING


def _name(key: str, kind: Kind | None) -> str:
    return kind.plural.lower() if kind is not None else _CALLED[key]


def _written(column: str, kind: str) -> str:
    usual = USUAL.get(kind)
    value = getattr(usual, column) if usual is not None else None
    return f"{column}: {value or '…'}"


RULE = Rule(
    code="DOC019",
    name="retention-or-access-undefined",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    check=check,
)
