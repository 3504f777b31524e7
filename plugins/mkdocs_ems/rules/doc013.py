"""A link leads nowhere

## What it checks
Every local link, picture and attachment of a document leads to a file of the content folder, and its
`#fragment` to a heading there; so does every entry under `links`. Addresses of other sites are not
visited. A drawing that holds a script, a handler or the address of another file is not published: the
link leads to it here, and the reader of the manual sees nothing.

## Why an auditor asks
A document has to be available where it is needed. A dead link sends people to nothing.

## Fails
A file that is not there, a heading that is not there, a path that only one computer knows, and a drawing
with a script.

`ems/procedures/waste.md`
```markdown
---
id: PRO-002
type: procedure
title: Waste
links: [waste-list.pdf]  # ← DOC013
---

## Skips

Keep them closed, see [the water procedure](rinsewater.md). <!-- ← DOC013 -->

Never rinse them: [why](rinse-water.md#after-discharge). <!-- ← DOC013 -->

Labels are [here](C:/labels/skips.docx). <!-- ← DOC013 -->

![Where they stand](yard.svg) <!-- ← DOC013 -->
```

`ems/procedures/yard.svg`
```xml
<svg xmlns="http://www.w3.org/2000/svg"><script>alert("skips")</script></svg>
```

## Passes
A document, one of its headings, an address elsewhere, an id under `links`.

`ems/procedures/waste.md`
```markdown
---
id: PRO-002
type: procedure
title: Waste
links: [OBL-001, rinse-water.md]
---

## Skips

Keep them closed, see [the water procedure](rinse-water.md#before-discharge), [above](#skips) and
[the regulator](https://example.org/waste).
```

## How to fix
Correct the target; links are written relative to the file they stand in. Put what is linked into the
content folder.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import PurePosixPath
from posixpath import relpath
from typing import NamedTuple

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity, Span
from mkdocs_ems.model import Entity
from mkdocs_ems.model.wording import short
from mkdocs_ems.paths import resolve_local
from mkdocs_ems.rules.values import AuditContext, Rule, place
from mkdocs_ems.source import Body
from mkdocs_ems.source.inert import is_inert
from mkdocs_ems.text import did_you_mean

_OWN_ID = r"""(?:\{[^{}\n]{0,80}#|\b(?:id|name)\s{0,3}=\s{0,3}["']?)([\w:.-]+)"""
"""An id in an attribute list or in an HTML tag."""
_IN_SCHEMES = str.maketrans("+.-", "sss")
_SUGGESTED, _AMONG, _LONGEST = 20, 2_000, 200
"""To look for what was meant takes time: so often at most, among so many, for so long a word."""


class _Pointer(NamedTuple):
    """One place that names a target."""

    at: Anchor | Span
    path: str
    target: str
    words: str
    identity: str | None


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each local link and attachment whose target does not exist."""
    sources, files = context.sources.files, context.sources.raw
    anchors = cache(lambda path: _anchors(sources[path].body) if path in sources else None)
    acts = cache(lambda path: path.lower().endswith(".svg") and not is_inert(path, files[path]))
    suggestions = iter(range(_SUGGESTED))
    for pointer in _pointers(context):
        file, fragment = resolve_local(pointer.path, pointer.target) or ("", "")
        there = anchors(file) if fragment and file in files else None
        near, fix = None, "correct the target, written relative to this file, or put what is linked there"
        if not file:
            fault = "leads out of the repository"
        elif file not in files:
            fault = "leads to no file of the content"
            if next(suggestions, None) is not None:
                near = _nearest_file(pointer.path, file, files)
        elif there is not None and fragment not in there:
            fault = f"leads to no heading of {file}"
            if next(suggestions, None) is not None:
                near = _nearest(fragment, there)
                near = f"#{near}" if near else None
        elif acts(file):
            fault = "is not published: the drawing holds what a browser would run, or asks for another file"
            fix = "save it without scripts, links and outside pictures (in Inkscape: Plain SVG), or as PNG"
        else:
            continue
        yield Finding(
            f"{pointer.words} {short(pointer.target)} {fault}",
            pointer.at,
            id=pointer.identity,
            help=f"did you mean {near}?" if near else fix,
        )


def _nearest_file(source: str, file: str, files: Mapping[str, bytes]) -> str | None:
    """The file of the same form whose path is nearest, as one would write it in the source."""
    form = PurePosixPath(file).suffix
    near = _nearest(file, [path for path in files if path.endswith(form)])
    return relpath(near, PurePosixPath(source).parent) if near else None


def _nearest(word: str, known: Collection[str]) -> str | None:
    return did_you_mean(word, known) if len(word) <= _LONGEST and len(known) <= _AMONG else None


def _pointers(context: AuditContext) -> Iterator[_Pointer]:
    """Everything that names a local target."""
    owner = {entry.anchor.path: entry.entity.id for entry in context.model.entries if not entry.anchor.route}
    for path, source in context.sources.files.items():
        for link in source.body.links if source.body else ():
            if not _elsewhere(link.target):
                words = "the picture" if link.image else "the link to"
                yield _Pointer(link.span, path, link.target, words, owner.get(path))
    for entry, entity in context.each(Entity):
        for position, target in enumerate(entity.links):
            if target not in context.graph.nodes and not _elsewhere(target):
                at = place(entry, "links", position)
                yield _Pointer(at, entry.anchor.path, target, "the entry under `links`", entity.id)


def _elsewhere(target: str) -> bool:
    """Whether a target names another host or program; a drive's letter and `file:` name this computer."""
    scheme, colon, _ = target.partition(":")
    named = len(scheme) > 1 and scheme.lower() != "file" and scheme.translate(_IN_SCHEMES).isalnum()
    return target.startswith("//") or (bool(colon) and named)


def _anchors(body: Body | None) -> frozenset[str] | None:
    """Ids in a document: of headings, and of anything else that was given one; None for a register."""
    return None if body is None else body.anchors | frozenset(re.findall(_OWN_ID, body.text))


RULE = Rule(
    code="DOC013",
    name="dead-link",
    severity=Severity.ERROR,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    check=check,
)
