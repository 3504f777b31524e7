"""Something in use leads to an obsolete document

## What it checks
Nothing in use leads to a document or register that is replaced by another (`superseded_by`) or whose
withdrawal is approved: no field, no `[[mention]]` and no link to its file. Saying what supersedes what is
no such use, nor is it where the successor's text names its predecessor. References to rows that are given
up, and to documents that were deleted without an approved withdrawal, are told by REF003.

## Why an auditor asks
Obsolete documents have to be kept from being used by mistake. Where something current leads to one, people
work by it.

## Fails
A control, a procedure's prose and a link of it still lead to the old instruction.

`ems/procedures/probe.md`
```markdown
---
id: WIN-001
type: work-instruction
title: Reading the pH probe
owner: ROL-EHS
superseded_by: PRO-001
---

## Reading

Rinse the probe, wait a minute, read.
```

`ems/procedures/waste.md`
```markdown
---
id: PRO-002
type: procedure
title: Waste
owner: ROL-EHS
---

## Sludge

Press it when the pH is right, see [[WIN-001]]. <!-- ← DOC007 -->
Do not press it at night: [why](probe.md#reading). <!-- ← DOC007 -->
```

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: pH check before discharge
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
    procedure: WIN-001  # ← DOC007
    links: [../procedures/probe.md]  # ← DOC007
    policy_commitments: ["#we-protect-the-river", "#we-get-better-every-year"]
```

## Passes
The successor says what it replaced, and a control that is withdrawn may keep its instruction.

`ems/procedures/probe.md`
```markdown
---
id: WIN-001
type: work-instruction
title: Reading the pH probe
owner: ROL-EHS
superseded_by: PRO-001
---

## Reading

Rinse the probe, wait a minute, read.
```

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
supersedes: [WIN-001]
---

## Before discharge

Read the pH as [[WIN-001]] used to say. Discharge between 6 and 9 only.
```

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: pH check before discharge
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
    procedure: PRO-001
    policy_commitments: ["#we-protect-the-river", "#we-get-better-every-year"]
  - id: OPC-002
    title: pH check in the old pit
    status: withdrawn
    procedure: WIN-001
```

## How to fix
Let it lead to what replaces the document, or withdraw it as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity, Span
from mkdocs_ems.graph import Dangling, Edge
from mkdocs_ems.model import Controlled, Entity
from mkdocs_ems.paths import resolve_local
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.obsolete import ABOUT_SUCCESSION, obsolete_documents
from mkdocs_ems.rules.values import AuditContext, Rule, place, reference


class _Use(NamedTuple):
    """One place that leads to an obsolete document."""

    source: str | None
    target: str
    words: str
    at: Anchor | Span
    in_text: bool


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each reference and each link from something in use to an obsolete document."""
    obsolete = obsolete_documents(context)
    if not obsolete:
        return
    nodes = context.graph.nodes
    replaced_by = _successors(context)
    for one in (*_method(context, obsolete), *_references(context, obsolete), *_links(context, obsolete)):
        source = nodes.get(one.source) if one.source else None
        if source is not None and (is_over(source.entity) or source.document in obsolete):
            continue
        if one.in_text and (one.target, one.source) in replaced_by:
            continue
        yield Finding(
            f"{one.words}, which {obsolete[one.target]}",
            one.at,
            id=one.source,
            help=f"let it lead to what replaces {one.target}, or withdraw {one.source or 'this'} as well",
        )


def _successors(context: AuditContext) -> frozenset[tuple[str | None, str | None]]:
    """Each obsolete document with what says, on either side, that it replaces it."""
    by_old = {(one.id, one.superseded_by) for _, one in context.each(Controlled) if one.superseded_by}
    by_new = {(old, one.id) for _, one in context.each(Controlled) for old in one.supersedes}
    return frozenset(by_old | by_new)


def _method(context: AuditContext, obsolete: Mapping[str, str]) -> Iterator[_Use]:
    """The document of the significance method, where it is obsolete: the rules are nobody's node."""
    method = context.settings.significance
    if method is not None and method.document in obsolete:
        at = Anchor(context.model.settings_path, ("significance", "document"))
        yield _Use(
            None, method.document or "", f"the significance method names {method.document}", at, in_text=False
        )


def _references(context: AuditContext, obsolete: Mapping[str, str]) -> Iterator[_Use]:
    """What names an obsolete document by its id."""
    found: list[Edge | Dangling] = [one for one in context.graph.dangling if one.target in obsolete]
    found += [edge for target in obsolete for edge in context.graph.incoming.get(target, ())]
    nodes = context.graph.nodes
    for one in found:
        # What hangs on a wall and is obsolete, DOC023 tells.
        source = nodes.get(one.source or "")
        copy = source is not None and source.kind == "posted-copy" and one.field == "document"
        if one.field not in ABOUT_SUCCESSION and not copy:
            words = reference(one.source, one.field, one.target)
            yield _Use(one.source, one.target, words, one.at, one.field == "text")


def _links(context: AuditContext, obsolete: Mapping[str, str]) -> Iterator[_Use]:
    """What leads to the file of an obsolete document, or names it under `links`."""
    nodes, sources = context.graph.nodes, context.sources.files
    files = {nodes[identity].anchor.path: identity for identity in obsolete if identity in nodes}
    for entry, entity in context.each(Entity):
        path, source = entry.anchor.path, entity.id
        body = sources[path].body if not entry.anchor.route and path in sources else None
        for link in body.links if body is not None and files else ():
            target = _led_to(path, link.target, files)
            if target is not None and target != source:
                words = f"{source or 'this document'} links to {target}"
                yield _Use(source, target, words, link.span, in_text=True)
        for position, written in enumerate(entity.links):
            target = written if written in obsolete else _led_to(path, written, files)
            if target is not None and target != source:
                words = reference(source, "links", target)
                yield _Use(source, target, words, place(entry, "links", position), in_text=False)


def _led_to(path: str, written: str, files: Mapping[str, str]) -> str | None:
    found = resolve_local(path, written)
    return files.get(found[0]) if found is not None else None


RULE = Rule(
    code="DOC007",
    name="obsolete-linked",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    # A method whose document is withdrawn has that graver fault.
    requires=("ASP007",),
    check=check,
)
