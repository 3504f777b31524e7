"""Where one thing leads and what leads to it: a tree of references, each node opened once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mkdocs_ems.graph import Edge, Graph

DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Step:
    """One node of a trace. `again` marks one that stands elsewhere in the tree with its branches."""

    id: str
    kind: str
    title: str
    field: str
    """By which field it is reached; empty at the top."""
    again: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """Both directions from one node, and the references of it that lead nowhere."""

    leads_to: Step
    led_to_by: Step
    nowhere: tuple[tuple[str, str, str], ...]
    """Field, target and reason of each dangling reference of the node."""


def trace(graph: Graph, start: str) -> Trace:
    """Follow the references of a node in both directions, up to `DEEPEST` steps."""
    nowhere = tuple(
        (one.field, one.target, one.reason.value) for one in graph.dangling if one.source == start
    )
    return Trace(
        _step(graph, start, "", graph.outgoing, seen={start}, depth=0, forward=True),
        _step(graph, start, "", graph.incoming, seen={start}, depth=0, forward=False),
        nowhere,
    )


def _step(  # noqa: PLR0913 - one recursion, its whole state in view
    graph: Graph,
    node: str,
    field: str,
    edges: Mapping[str, tuple[Edge, ...]],
    *,
    seen: set[str],
    depth: int,
    forward: bool,
) -> Step:
    entry = graph.nodes[node]
    steps: list[Step] = []
    if depth < DEEPEST:
        for edge in _once(edges.get(node, ()), forward=forward):
            other = edge.target if forward else edge.source
            if other in seen:
                known = graph.nodes[other]
                steps.append(Step(other, known.kind, known.title, edge.field, again=True, steps=()))
                continue
            seen.add(other)
            steps.append(_step(graph, other, edge.field, edges, seen=seen, depth=depth + 1, forward=forward))
    return Step(node, entry.kind, entry.title, field, again=False, steps=tuple(steps))


def _once(edges: tuple[Edge, ...], *, forward: bool) -> Iterator[Edge]:
    seen: set[tuple[str, str]] = set()
    for edge in edges:
        key = (edge.field, edge.target if forward else edge.source)
        if key not in seen:
            seen.add(key)
            yield edge
