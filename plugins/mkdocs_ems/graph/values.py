"""Values of the graph room: nodes, edges and the references that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Anchor, Span
from mkdocs_ems.model import Entity


@dataclass(frozen=True, slots=True)
class Node:
    """One identified entity: document, register or row."""

    id: str
    kind: str
    """The kind's key: `aspect`, `procedure`, …"""
    title: str
    entity: Entity
    anchor: Anchor
    document: str | None
    """Id of the controlled document that holds it: itself, or its register; None where that has no id."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One reference that leads somewhere. `field` is the dotted field, `text` for a mention in prose."""

    source: str
    field: str
    target: str
    at: Anchor | Span


class DanglingReason(StrEnum):
    """Why a reference leads nowhere."""

    UNKNOWN = "unknown"
    WRONG_KIND = "wrong-kind"
    UNREADABLE = "unreadable"
    """The id is written somewhere, in a file or row that cannot be read: that has its own finding."""


@dataclass(frozen=True, slots=True)
class Dangling:
    """A reference that leads nowhere, kept with its reason."""

    source: str | None
    field: str
    target: str
    at: Anchor | Span
    reason: DanglingReason
    expected: tuple[str, ...] = ()
    """The kinds that the field takes."""
    actual: str | None = None
    """For the wrong kind: the kind it leads to."""
    suggestion: str | None = None
    """The nearest known id."""


@dataclass(frozen=True, slots=True)
class Graph:
    """All nodes by id (sorted), edges by source and by target."""

    nodes: Mapping[str, Node]
    outgoing: Mapping[str, tuple[Edge, ...]]
    incoming: Mapping[str, tuple[Edge, ...]]
    dangling: tuple[Dangling, ...]

    def of_kind(self, *kinds: str) -> Iterator[Node]:
        """Nodes of these kinds, by id."""
        return (node for node in self.nodes.values() if node.kind in kinds)

    def targets(self, source: str, *kinds: str) -> tuple[Node, ...]:
        """Nodes that a node refers to directly, of these kinds (all kinds without)."""
        found = {edge.target: self.nodes[edge.target] for edge in self.outgoing.get(source, ())}
        return tuple(node for node in found.values() if not kinds or node.kind in kinds)

    def referrers(self, target: str, *kinds: str) -> tuple[Node, ...]:
        """Nodes that refer to a node directly, of these kinds (all kinds without)."""
        found = {edge.source: self.nodes[edge.source] for edge in self.incoming.get(target, ())}
        return tuple(node for node in found.values() if not kinds or node.kind in kinds)
