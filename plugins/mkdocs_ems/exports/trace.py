"""Where one thing leads along the chain an auditor follows, and what leads to it.

The chain has a direction: issue, objective, aspect, obligation, risk, control, measurement,
action, document. A trace opens what lies further along (or, backwards, further up) and
names everything else that is referred to directly. Who owns it and where it happens are
named, never followed: every thing has an owner, and following owners leads to the whole
system.
"""

from __future__ import annotations

from collections.abc import Collection

from mkdocs_ems import dataclass
from mkdocs_ems.graph import CHAIN, Graph

_RANK = {kind: rank for rank, kind in enumerate((*CHAIN, "method", "form"))}
_SETTING = ("role", "person", "process", "register")


@dataclass(frozen=True, slots=True)
class Step:
    """One node of a trace. `again` marks one that stands elsewhere in the tree with its branches."""

    id: str
    kind: str
    title: str
    fields: tuple[str, ...]
    """By which fields it is reached; none at the top."""
    again: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """Both directions from one node, and the references of it that lead nowhere."""

    leads_to: Step
    led_to_by: Step
    nowhere: tuple[tuple[str, str, str], ...]
    """Field, target and reason of each dangling reference of the node."""


def trace(graph: Graph, start: str, *, withdrawn: Collection[str] = ()) -> Trace:
    """Follow the chain from a node in both directions.

    Args:
        graph: the references.
        start: the id of a node.
        withdrawn: ids of documents that were withdrawn, so that a reference to one is not called unknown.
    """
    nowhere = tuple(
        (one.field, one.target, "withdrawn" if one.target in withdrawn else one.reason.value)
        for one in graph.dangling
        if one.source == start
    )
    return Trace(_top(graph, start, forward=True), _top(graph, start, forward=False), nowhere)


def _top(graph: Graph, start: str, *, forward: bool) -> Step:
    return _step(graph, start, (), seen={start}, forward=forward, top=True)


def _step(  # noqa: PLR0913 - one recursion, its whole state in view
    graph: Graph, node: str, fields: tuple[str, ...], *, seen: set[str], forward: bool, top: bool = False
) -> Step:
    """Open a node. The rank grows with every step, so the recursion is no deeper than kinds are many."""
    entry = graph.nodes[node]
    nexts = _neighbours(graph, node, forward=forward)
    shown = {other: by for other, by in nexts.items() if top or graph.nodes[other].kind not in _SETTING}
    followed = [other for other in shown if _further(entry.kind, graph.nodes[other].kind, forward=forward)]
    new = [other for other in followed if other not in seen]
    # All of a level first: what is reached by a short way is opened there, not at the end of a long one.
    seen |= set(new)
    steps: list[Step] = []
    for other, by in shown.items():
        if other in new:
            steps.append(_step(graph, other, by, seen=seen, forward=forward))
        elif top or other in followed:
            known = graph.nodes[other]
            steps.append(Step(other, known.kind, known.title, by, again=other in followed, steps=()))
    return Step(node, entry.kind, entry.title, fields, again=False, steps=tuple(steps))


def _neighbours(graph: Graph, node: str, *, forward: bool) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for edge in (graph.outgoing if forward else graph.incoming).get(node, ()):
        found.setdefault(edge.target if forward else edge.source, {})[edge.field] = None
    return {
        other: tuple(fields)
        for other, fields in sorted(found.items(), key=lambda one: _order(graph, one[0], forward=forward))
        if other != node
    }


def _order(graph: Graph, node: str, *, forward: bool) -> tuple[int, str]:
    rank = _RANK.get(graph.nodes[node].kind, len(_RANK))
    return (rank if forward or rank == len(_RANK) else -rank), node


def _further(here: str, there: str, *, forward: bool) -> bool:
    if here not in _RANK:
        return there in _RANK
    if there not in _RANK:
        return False
    return _RANK[there] > _RANK[here] if forward else _RANK[there] < _RANK[here]
