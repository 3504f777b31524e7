"""Model and sources to the graph: every reference followed, both ways.

A reference that leads nowhere is kept with its reason. Settings are nobody's node, but
what they refer to must exist too. Nothing here judges: that is the rules' part.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import field
from types import MappingProxyType

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Anchor, Span
from mkdocs_ems.graph.references import references
from mkdocs_ems.graph.suggest import IdIndex
from mkdocs_ems.graph.values import Dangling, DanglingReason, Edge, Graph, Node
from mkdocs_ems.model import DOCUMENT_TYPES, Entry, Model
from mkdocs_ems.model.forms import latin
from mkdocs_ems.source import Source, Sources
from mkdocs_ems.text import fold

TEXT = "text"
"""The field of an edge that stands for a mention in prose."""

PARAMETER = "parameter"
"""The column of a file of readings that names their measurement."""

_LONGEST = 200
"""A longer text is nobody's id."""

_WRITTEN_ID = re.compile(rb"""\bid["']?[ \t]*:[ \t]*["']?([A-Za-z][A-Za-z0-9-]{1,63})""")


def link(model: Model, sources: Sources) -> Graph:
    """Follow every typed field and every mention in prose.

    Nodes are sorted by id; of several claimants of an id the first is the node, and only
    its references become edges. Edges stand in the order in which they are written; those
    that come in, by the id they come from.
    """
    nodes = {
        id_: Node(id_, entry.kind, entry.entity.name, entry.entity, entry.anchor, entry.document)
        for id_, entry in sorted(model.by_id.items())
    }
    linking = _Linking(model, sources, nodes)
    for entry in model.entries:
        linking.follow(entry)
    linking.follow_settings()
    linking.follow_readings()
    outgoing = {id_: tuple(linking.edges[id_]) for id_ in nodes if linking.edges.get(id_)}
    incoming: dict[str, list[Edge]] = defaultdict(list)
    for edges in outgoing.values():
        for edge in edges:
            incoming[edge.target].append(edge)
    return Graph(
        nodes=MappingProxyType(nodes),
        outgoing=MappingProxyType(outgoing),
        incoming=MappingProxyType({id_: tuple(incoming[id_]) for id_ in nodes if id_ in incoming}),
        dangling=tuple(linking.dangling),
    )


@dataclass(slots=True)
class _Linking:
    model: Model
    sources: Sources
    nodes: Mapping[str, Node]
    edges: dict[str, list[Edge]] = field(default_factory=lambda: defaultdict(list))
    dangling: list[Dangling] = field(default_factory=list)
    _index: IdIndex | None = None
    _lost: frozenset[str] | None = None

    def follow(self, entry: Entry) -> None:
        """Follow one entity's fields and, for a document, its prose."""
        source = entry.entity.id
        counts = source is not None and self.model.by_id[source] is entry
        path, base = entry.anchor.path, entry.anchor.route
        edges = self.edges[source] if source is not None and counts else []
        for reference, target, route in references(entry.entity, dropped=entry.dropped):
            at = Anchor(path, base + route)
            if self._meets(source, reference.dotted, target, at, reference.kinds):
                edges.append(Edge(source or "", reference.dotted, target, at))
        file = self.sources.files.get(path) if not base else None
        for mention in file.body.mentions if file is not None and file.body is not None else ():
            if self._meets(source, TEXT, mention.id, mention.span, ()):
                edges.append(Edge(source or "", TEXT, mention.id, mention.span))

    def follow_settings(self) -> None:
        """See that what the settings refer to exists; they are no node, so no edge comes of it."""
        path = self.model.settings_path
        dropped = self.model.settings_dropped
        for reference, target, route in references(self.model.settings, dropped=dropped):
            self._meets(None, reference.dotted, target, Anchor(path, route), reference.kinds)

    def follow_readings(self) -> None:
        """See that what was read is measured: once for each measurement in each file, not for each line."""
        for name, series in self.model.series.items():
            for at in series.begins:
                self._meets(None, PARAMETER, name, at, ("measurement",))

    def _meets(
        self, source: str | None, name: str, target: str, at: Anchor | Span, kinds: tuple[str, ...]
    ) -> bool:
        """Whether a reference leads to something it may lead to; otherwise it is kept as dangling."""
        node = self.nodes.get(target)
        if node is not None and (not kinds or node.kind in kinds or _may_be(node, kinds)):
            return True
        if node is not None:
            reason = DanglingReason.WRONG_KIND
            self.dangling.append(Dangling(source, name, target, at, reason, kinds, node.kind))
            return False
        lost = fold(latin(target[:_LONGEST])) in self._lost_ids()
        reason = DanglingReason.UNREADABLE if lost else DanglingReason.UNKNOWN
        meant = None if lost else self._ids().nearest(target, expected=kinds)
        self.dangling.append(Dangling(source, name, target, at, reason, kinds, None, meant))
        return False

    def _ids(self) -> IdIndex:
        if self._index is None:
            self._index = IdIndex({id_: node.kind for id_, node in self.nodes.items()})
        return self._index

    def _lost_ids(self) -> frozenset[str]:
        if self._lost is None:
            written = (id_ for file in self.sources.files.values() for id_ in _written(file, self.sources))
            self._lost = frozenset(fold(latin(id_)) for id_ in written if id_ not in self.nodes)
        return self._lost


def _may_be(node: Node, kinds: tuple[str, ...]) -> bool:
    """A document whose type is missing or unknown may be of any kind of document: that has its finding."""
    return node.kind == "document" and any(kind in DOCUMENT_TYPES for kind in kinds)


def _written(file: Source, sources: Sources) -> Iterator[str]:
    """Every id that a file claims, also where nothing could be made of it."""
    if not file.readable:
        # Without its NUL bytes even a file saved as UTF-16 shows its ids.
        for match in _WRITTEN_ID.finditer(sources.raw.get(file.path, b"").replace(b"\0", b"")):
            yield match[1].decode("ascii")
        return
    rows = file.data.get("rows")
    for holder in (file.data, *(rows if isinstance(rows, list) else ())):
        id_ = holder.get("id") if isinstance(holder, Mapping) else None
        if isinstance(id_, str) and len(id_) <= _LONGEST:
            yield id_
