"""The neighbourhood of a row or document along the chains: two steps back and two steps on.

Chosen and ordered here as plain ids, so that it can be tested as values; `drawing` makes
the picture. A thing stands in the column of the shortest way to it. A column holds so
many at most, of every kind some; what is left out is counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice, zip_longest

from mkdocs_ems import dataclass
from mkdocs_ems.graph import Direction, Graph, linked, next_kinds

MOST = 8
"""So many stand in a column at most; where there are more, the last place says how many."""


@dataclass(frozen=True, slots=True)
class Column:
    """What stands below each other in the picture."""

    ids: tuple[str, ...] = ()
    hidden: int = 0
    """How many more there are."""


@dataclass(frozen=True, slots=True)
class Side:
    """One direction from the start: its neighbours and theirs."""

    near: Column = Column()
    far: Column = Column()
    edges: tuple[tuple[int, int], ...] = ()
    """From a place in the near column to one in the far column."""
    beyond: tuple[str, ...] = ()
    """All that the neighbours in the picture lead to in their turn, by kind and id: for the list."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Where something stands among what leads to it and what it leads to."""

    id: str
    back: Side
    on: Side


class Surroundings:
    """Finds neighbourhoods; keeps the neighbours of each id, since a row is its neighbours' neighbour too."""

    def __init__(self, graph: Graph, kinds: Sequence[str]) -> None:
        """Prepare for a graph.

        Args:
            graph: the references.
            kinds: the kinds in the order in which readers meet them.
        """
        self._graph = graph
        self._ranks: Mapping[str, int] = {kind: rank for rank, kind in enumerate(kinds)}
        self._kept: dict[tuple[str, Direction], tuple[str, ...]] = {}

    def of(self, start: str) -> Neighbourhood | None:
        """The neighbourhood of an id; None where no chain passes through it."""
        back, on = self._neighbours(start, Direction.IN), self._neighbours(start, Direction.OUT)
        if not back and not on:
            return None
        return Neighbourhood(start, self._side(back, Direction.IN), self._side(on, Direction.OUT))

    def _neighbours(self, id_: str, direction: Direction) -> tuple[str, ...]:
        """Ids that come next along the chains (before, with `IN`), by kind and id."""
        kept = self._kept.get((id_, direction))
        if kept is None:
            kinds = next_kinds(self._graph.nodes[id_].kind, direction)
            kept = self._sorted([node.id for node, _ in linked(self._graph, id_, *kinds)])
            self._kept[id_, direction] = kept
        return kept

    def _sorted(self, ids: Sequence[str]) -> tuple[str, ...]:
        if len(ids) < 2:
            return tuple(ids)
        nodes, ranks = self._graph.nodes, self._ranks
        last = len(ranks)
        return tuple(sorted(ids, key=lambda one: (ranks.get(nodes[one].kind, last), one)))

    def _side(self, neighbours: tuple[str, ...], direction: Direction) -> Side:
        if not neighbours:
            return Side()
        near = self._chosen(neighbours)
        known = set(neighbours)
        nexts = {
            one: tuple(other for other in self._neighbours(one, direction) if other not in known)
            for one in near
        }
        beyond = self._sorted(tuple(dict.fromkeys(other for ones in nexts.values() for other in ones)))
        far = self._chosen(beyond)
        if len(far) > 1 or (far and len(near) > 1):
            near, far = _untangled(near, far, nexts)
        places = {one: place for place, one in enumerate(far)}
        edges = tuple(
            (place, places[other])
            for place, one in enumerate(near)
            for other in nexts[one]
            if other in places
        )
        return Side(
            Column(near, len(neighbours) - len(near)),
            Column(far, len(beyond) - len(far)),
            edges,
            beyond,
        )

    def _chosen(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """As many as a column holds: the first of every kind, then the second of every kind, and so on."""
        if len(ids) <= MOST:
            return ids
        of_kind: dict[str, list[str]] = {}
        for one in ids:
            of_kind.setdefault(self._graph.nodes[one].kind, []).append(one)
        turns = zip_longest(*of_kind.values())
        picked = tuple(islice((one for turn in turns for one in turn if one is not None), MOST - 1))
        return self._sorted(picked)


def _untangled(
    near: tuple[str, ...], far: tuple[str, ...], nexts: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both columns, each thing as near as may be to the middle of those it is tied to."""
    before: dict[str, list[str]] = {one: [] for one in far}
    for one in near:
        for other in nexts[one]:
            if other in before:
                before[other].append(one)
    far = _by_middle(far, before, near)
    near = _by_middle(near, nexts, far)
    return near, _by_middle(far, before, near)


def _by_middle(
    ids: tuple[str, ...], ties: Mapping[str, Sequence[str]], others: tuple[str, ...]
) -> tuple[str, ...]:
    """Sort by the middle of what each is tied to in the other column; ties as they stood.

    Places are counted from the middle of a column, as the picture has it.
    """
    places = {one: 2 * place - len(others) for place, one in enumerate(others)}
    middles: list[tuple[float, int, str]] = []
    for place, one in enumerate(ids):
        tied = [places[other] for other in ties[one] if other in places]
        middles.append((sum(tied) / len(tied) if tied else 2 * place - len(ids), place, one))
    return tuple(one for _, _, one in sorted(middles))
