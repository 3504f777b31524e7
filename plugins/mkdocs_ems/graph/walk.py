"""Walks over the graph: what is reached from an entity, and the chains an auditor follows.

A chain goes objective → aspect → control → procedure, issue → risk → action, objective →
indicator → measurement and the like, whichever side wrote the reference down. Mentions in
prose are no claim and so no link of a chain.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum

from mkdocs_ems import dataclass
from mkdocs_ems.graph.values import Edge, Graph, Node

_DOCUMENTS = ("procedure", "work-instruction", "plan")

_DOWN: Mapping[str, tuple[str, ...]] = {
    "process": ("aspect",),
    "context-issue": ("objective", "aspect", "obligation", "risk", "action"),
    "interested-party": ("obligation", "risk"),
    "objective": ("aspect", "obligation", "risk", "action", "indicator", "measurement"),
    "aspect": ("obligation", "emergency-scenario", "risk", "control", "indicator", "measurement"),
    "obligation": ("risk", "control", "measurement", "external-document"),
    "emergency-scenario": ("risk", *_DOCUMENTS),
    "risk": ("action", "control", "measurement"),
    "control": ("measurement", *_DOCUMENTS),
    "indicator": ("measurement",),
    "measurement": ("nonconformity", "instrument"),
    "nonconformity": ("action",),
    "action": _DOCUMENTS,
    "procedure": (),
    "work-instruction": (),
    "plan": (),
    "external-document": (),
    "instrument": (),
}
"""For each kind of a chain the kinds that come next; others are in no chain.

The kinds have an order and every step goes down in it, so that no chain runs in a circle.
"""

CHAIN = tuple(_DOWN)
"""The kinds of the chains in that order: what an auditor asks for first stands first."""

_UP: Mapping[str, tuple[str, ...]] = {
    kind: tuple(above for above, below in _DOWN.items() if kind in below) for kind in _DOWN
}


class Direction(StrEnum):
    """Along references, or against them."""

    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Reach:
    """All that is reached from one entity, nearest first."""

    start: str
    direction: Direction
    steps: Mapping[str, Edge]
    """Each id that is reached, in order, and the reference by which it was reached first."""

    def __contains__(self, id_: object) -> bool:
        return id_ in self.steps

    def __iter__(self) -> Iterator[str]:
        return iter(self.steps)

    def path(self, id_: str) -> tuple[Edge, ...]:
        """One shortest path from the start to an id that is reached; empty for the start itself."""
        path: list[Edge] = []
        while id_ != self.start:
            edge = self.steps[id_]
            path.append(edge)
            id_ = edge.source if self.direction is Direction.OUT else edge.target
        return tuple(reversed(path))


def reach(
    graph: Graph,
    start: str,
    *,
    direction: Direction = Direction.OUT,
    prose: bool = True,
    ends: Collection[str] = (),
) -> Reach:
    """Everything that an entity leads to, or (with `IN`) that leads to it.

    Args:
        graph: the graph.
        start: an id; one that is unknown reaches nothing.
        direction: along or against the references.
        prose: whether mentions in prose count as references.
        ends: kinds that are reached but not followed any further, unless the walk starts there.
    """
    edges = graph.outgoing if direction is Direction.OUT else graph.incoming
    steps: dict[str, Edge] = {}
    queue = deque([start])
    while queue:
        for edge in edges.get(queue.popleft(), ()):
            found = edge.target if direction is Direction.OUT else edge.source
            if found == start or found in steps or (not prose and edge.field == "text"):
                continue
            steps[found] = edge
            if graph.nodes[found].kind not in ends:
                queue.append(found)
    return Reach(start, direction, steps)


@dataclass(frozen=True, slots=True)
class Link:
    """One entity of a chain, what it is linked by, and what comes next."""

    node: Node
    by: Edge | None
    """The reference that links it to the entity before it; None at the start."""
    next: tuple[Link, ...]
    repeated: bool = False
    """It stands in the chain before, where what comes next of it is shown."""

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Link]]:
        """This link and all behind it, each with its depth, in reading order."""
        yield depth, self
        for one in self.next:
            yield from one.walk(depth + 1)


@dataclass(frozen=True, slots=True)
class Chain:
    """The chains that pass through one entity."""

    leads_to: Link
    comes_from: Link


def chain(graph: Graph, start: str) -> Chain | None:
    """What an entity leads to and where it comes from, along the chains; None for an unknown id."""
    node = graph.nodes.get(start)
    if node is None:
        return None
    return Chain(
        leads_to=_link(graph, node, None, _DOWN, {start}), comes_from=_link(graph, node, None, _UP, {start})
    )


def next_kinds(kind: str, direction: Direction) -> tuple[str, ...]:
    """The kinds that come next in a chain, or (with `IN`) before; none for a kind that is in no chain."""
    return (_DOWN if direction is Direction.OUT else _UP).get(kind, ())


def linked(graph: Graph, id_: str, *kinds: str) -> tuple[tuple[Node, Edge], ...]:
    """The entities of some kinds that a typed field links to this one, whichever side wrote it, by id."""
    if not kinds:
        return ()
    found: dict[str, Edge] = {}
    for edge in graph.outgoing.get(id_, ()):
        if edge.field != "text" and graph.nodes[edge.target].kind in kinds:
            found.setdefault(edge.target, edge)
    for edge in graph.incoming.get(id_, ()):
        if edge.field != "text" and graph.nodes[edge.source].kind in kinds:
            found.setdefault(edge.source, edge)
    return tuple((graph.nodes[one], found[one]) for one in sorted(found) if one != id_)


def _link(
    graph: Graph, node: Node, by: Edge | None, steps: Mapping[str, tuple[str, ...]], seen: set[str]
) -> Link:
    following: list[Link] = []
    # The kinds of a chain have an order, so it is never deeper than they are many.
    for other, edge in linked(graph, node.id, *steps.get(node.kind, ())):
        if other.id in seen:
            goes_on = bool(linked(graph, other.id, *steps.get(other.kind, ())))
            following.append(Link(other, edge, (), repeated=goes_on))
        else:
            seen.add(other.id)
            following.append(_link(graph, other, edge, steps, seen))
    return Link(node, by, tuple(following))
