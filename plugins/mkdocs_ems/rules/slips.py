"""References that were meant but do not count: a slip in an id, an unreadable field, a row without an id.

The slip has its own finding. A rule that says "nothing refers to this" must not repeat it
from the other side, where it would send the reader to the wrong file. Nothing here judges.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from mkdocs_ems.compile import Compilation
from mkdocs_ems.graph.references import references
from mkdocs_ems.model import Entry
from mkdocs_ems.model.forms import latin
from mkdocs_ems.text import fold

_DEEPEST = 6
_LONGEST = 2000


def meant(compilation: Compilation) -> Mapping[str, frozenset[str]]:
    """Ids that something meant to refer to, folded, each with the kinds of what meant them."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    nodes, by_id = compilation.graph.nodes, compilation.model.by_id
    for one in compilation.graph.dangling:
        source = nodes.get(one.source) if one.source else None
        if one.suggestion and source is not None:
            found[fold(one.suggestion)].add(source.kind)
    for entry in compilation.model.entries:
        identity = entry.entity.id
        if identity is None or by_id[identity] is not entry:
            for _, target, _ in references(entry.entity, dropped=entry.dropped):
                found[fold(target)].add(entry.kind)
        for target in _unread(entry, compilation) if entry.dropped else ():
            found[target].add(entry.kind)
    return {identity: frozenset(kinds) for identity, kinds in found.items()}


def _unread(entry: Entry, compilation: Compilation) -> Iterator[str]:
    """What stands in an entity's unusable fields and may be an id, folded."""
    source = compilation.sources.files.get(entry.anchor.path)
    for route in entry.dropped if source is not None else ():
        value: object = source.data if source is not None else None
        for step in (*entry.anchor.route, *route):
            if isinstance(value, Mapping):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                value = None
        yield from _ids(value, _DEEPEST)


def _ids(value: object, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        text = value[:_LONGEST]
        yield from (fold(latin(part)) for part in (text, *re.split(r"[\s,;]+", text)) if part)
    elif depth and isinstance(value, Mapping):
        for part in value.values():
            yield from _ids(part, depth - 1)
    elif depth and isinstance(value, list):
        for part in value:
            yield from _ids(part, depth - 1)
