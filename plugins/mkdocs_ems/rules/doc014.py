"""A document or file that nothing leads to

## What it checks
Every document is found from somewhere: something refers or links to it, or it names a clause, a process, an
area or a role that has to know it (`clauses`, `processes`, `areas`, `read_by`). The policy, the scope and
the manual are found by what they are; an external document also by the obligations that it states. And
every other file beside the documents, such as a picture or a form as PDF, is shown or linked by a document
or named in a row. Records, style sheets and what begins with a dot are left alone.

## Why an auditor asks
A document that cannot be found from the work is not used, and a file that no document holds is under nobody's
control: it was approved by nobody, and nobody will notice that it is out of date.

## Fails
A form that nothing names, and a plan as a picture that no document shows.

`ems/forms/walk.md`
```markdown
---
id: FRM-001  # ← DOC014
type: form
title: Weekly walk
owner: ROL-EHS
---

## Seen

Skips, bunds, drains.
```

`ems/forms/img/site-plan.svg`
```svg
<svg xmlns="http://www.w3.org/2000/svg"/>  <!-- ← DOC014 -->
```

## Passes
Linked from a procedure; named by a control; for a role; of a process; the picture is shown.

`ems/forms/walk.md`
```markdown
---
id: FRM-001
type: form
title: Weekly walk
owner: ROL-EHS
---

## Seen

Skips, bunds, drains: ![where they are](img/site-plan.svg)
```

`ems/forms/img/site-plan.svg`
```svg
<svg xmlns="http://www.w3.org/2000/svg"/>
```

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Discharge between 6 and 9 only. Note it on the [weekly walk](../forms/walk.md#seen).
```

`ems/procedures/spills.md`
```markdown
---
id: PRO-002
type: procedure
title: Spills
owner: ROL-EHS
read_by: [ROL-EHS]
---

## First

Stop the pump.
```

`ems/procedures/waste.md`
```markdown
---
id: PRO-003
type: procedure
title: Waste
owner: ROL-EHS
processes: [PRC-001]
---

## Skips

Keep them closed.
```

## How to fix
Name the document where it is used, or say in `clauses`, `processes`, `areas` or `read_by` what it is for.
Show or link the file, or delete it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from posixpath import basename, dirname, splitext

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.model import Controlled, Entity, Entry, ExternalDocument, Register
from mkdocs_ems.paths import resolve_local
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_FOUND_BY_KIND = ("policy", "scope", "manual")
_NO_CONTENT = (".css", ".js", ".ico", ".woff", ".woff2", "/allowed_signers")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each document that nothing leads to, and each folder with files that no document holds."""
    lonely = list(_lonely(context))
    files = _files(context)
    led_to = _led_to(context) if lonely or files else frozenset()
    for entry, document in lonely:
        if entry.anchor.path not in led_to and document.id not in led_to:
            yield Finding(
                f"nothing leads to {called(document)}: nothing refers or links to it, and it names no "
                "clause, process, area or role",
                place(entry),
                id=document.id,
                help="name it where it is used, or add `read_by: […]`, `processes: […]` or `clauses: […]`",
            )
    loose: defaultdict[str, list[str]] = defaultdict(list)
    for path in _unnamed([path for path in files if path not in led_to], context):
        loose[dirname(path)].append(path)
    for paths in loose.values():
        names = listed(basename(path) for path in paths)
        yield Finding(
            f"no document shows or links {names}",
            Anchor(paths[0]),
            help="show or link it in the document that it belongs to, name it under `links`, or delete it",
        )


def _lonely(context: AuditContext) -> Iterator[tuple[Entry, Controlled]]:
    """Documents in use that no reference leads to and that say nothing of where they belong."""
    for entry, document in context.each(Controlled):
        if isinstance(document, Register) or entry.kind in _FOUND_BY_KIND or document.id is None:
            continue
        if document.clauses or document.processes or document.areas or document.read_by:
            continue
        if document.superseded_by is not None or entry.dropped or _stated(document):
            continue
        if all(edge.source == document.id for edge in context.graph.incoming.get(document.id, ())):
            yield entry, document


def _stated(document: Controlled) -> bool:
    return isinstance(document, ExternalDocument) and bool(document.obligations)


def _files(context: AuditContext) -> list[str]:
    """Files beside the documents that belong to one, sorted."""
    sources = context.sources
    records = f"{sources.content}/records/" if sources.content else "records/"
    return sorted(
        path
        for path in sources.assets
        if not path.startswith(records) and "/." not in f"/{path}" and not f"/{path}".endswith(_NO_CONTENT)
    )


def _led_to(context: AuditContext) -> frozenset[str]:
    """Paths and ids that something else links to or names."""
    found: set[str] = set()
    for source, written in _written(context):
        target = resolve_local(source, written)
        if target is not None and target[0] != source:
            found.add(target[0])
    for _, entity in context.each(Entity):
        found.update(written for written in entity.links if written != entity.id)
    method = context.settings.significance
    if method is not None and method.document:
        found.add(method.document)
    return frozenset(found)


def _written(context: AuditContext) -> Iterator[tuple[str, str]]:
    """Every target that may be a path, with the file that it is written in."""
    for path, source in context.sources.files.items():
        for link in source.body.links if source.body else ():
            yield path, link.target
    for entry, entity in context.each(Entity):
        for written in entity.links:
            yield entry.anchor.path, written
    for site in context.settings.sites:
        if site.map:
            yield context.model.settings_path, site.map


def _unnamed(paths: list[str], context: AuditContext) -> list[str]:
    """Files whose very name stands in no register either, as evidence of something would."""
    if not paths:
        return []
    endings = b"|".join(sorted({re.escape(splitext(path)[1]).encode() for path in paths}))
    written = re.compile(rb"[^\s\"'()\[\]<>,/]+(?:" + endings + rb")\b")
    raw = context.sources.raw
    registers = (raw[path] for path, source in context.sources.files.items() if source.body is None)
    named = {match for data in registers for match in written.findall(data)}
    return [path for path in paths if basename(path).encode("utf-8", "surrogateescape") not in named]


RULE = Rule(
    code="DOC014",
    name="orphan-document",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    requires=("SCH001", "DOC001"),
    needs_all_files=True,
    check=check,
)
