"""What depends on one thing or several: who refers to it, directly and on, and who has to be told.

Follows references against their direction. A mention in prose is no claim: it is told, and
not followed any further. Nor are roles, people and processes, which lead to the whole
system. Says nothing of whether a change is right; prints nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from mkdocs_ems import dataclass
from mkdocs_ems.compile import Compilation
from mkdocs_ems.control import Directory
from mkdocs_ems.graph import CHAIN, Direction, Edge, Graph, Node, reach
from mkdocs_ems.model import Controlled, PersonRow, RoleRow
from mkdocs_ems.model.clauses import clause_order, find_clause

_ENDS = ("role", "person", "process", "register")
_ANSWERS = ("owner", "responsible")
_MENTION = "text"


@dataclass(frozen=True, slots=True)
class Way:
    """One shortest path from a thing that was asked for to what depends on it."""

    of: str
    edges: tuple[Edge, ...]
    """The references, the one to the thing itself first."""

    @property
    def words(self) -> str:
        """The path as it is written: `OBJ-001 → ASP-003 (basis) → OPC-002 (controls)`."""
        steps = [
            f"{edge.target} ({'in the text' if edge.field == _MENTION else edge.field})"
            for edge in reversed(self.edges)
        ]
        return " → ".join((self.edges[-1].source, *steps))


@dataclass(frozen=True, slots=True)
class Affected:
    """Something that depends on what was asked for."""

    node: Node
    ways: tuple[Way, ...]
    """For each thing that was asked for and that it depends on, in that order."""

    @property
    def distance(self) -> int:
        """1 where it refers to one of them itself."""
        return min(len(way.edges) for way in self.ways)

    @property
    def mentions(self) -> bool:
        """Whether nothing but a mention in prose leads here."""
        return all(way.edges[-1].field == _MENTION for way in self.ways)

    @property
    def withdrawn(self) -> bool:
        """Whether it is no longer in use."""
        return getattr(self.node.entity, "status", None) in ("withdrawn", "cancelled")


@dataclass(frozen=True, slots=True)
class Concerned:
    """A controlled document that holds something of it."""

    id: str
    title: str
    state: str | None
    """As document control has it; None where there is no history."""
    owner: str | None
    read_by: tuple[str, ...]
    changes: bool
    """It holds what was asked for, so that a change of that has to be approved in it."""
    holds: tuple[str, ...]
    """Ids in it that were asked for or depend on them; its own where it is one of them."""


@dataclass(frozen=True, slots=True)
class Party:
    """A role or person who answers for something of it, or has to know one of the documents."""

    id: str
    title: str
    held_by: tuple[str, ...]
    """Names of those who hold the role on the day."""
    answers_for: tuple[str, ...]
    reads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """A clause, and what of all this answers it."""

    clause: str
    title: str | None
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """All that a change of some things concerns."""

    asked: tuple[Node, ...]
    depth: int
    affected: tuple[Affected, ...]
    """By kind along the chain an auditor follows, then the nearest first."""
    beyond: int
    """How many more depend on them by longer paths."""
    documents: tuple[Concerned, ...]
    people: tuple[Party, ...]
    clauses: tuple[Touched, ...]


def impact(compilation: Compilation, ids: Sequence[str], *, depth: int) -> Impact:
    """Find what depends on some things.

    Args:
        compilation: the state to look at.
        ids: ids of nodes of its graph.
        depth: how many references a path may have.
    """
    graph = compilation.graph
    asked = tuple(graph.nodes[one] for one in dict.fromkeys(ids))
    ways: defaultdict[str, list[Way]] = defaultdict(list)
    far: set[str] = set()
    for node in asked:
        for id_, edges in _paths(graph, node.id).items():
            if len(edges) <= depth:
                ways[id_].append(Way(node.id, edges))
            else:
                far.add(id_)
    for node in asked:
        ways.pop(node.id, None)
    affected = [Affected(graph.nodes[id_], tuple(found)) for id_, found in ways.items()]
    affected.sort(key=lambda one: (_rank(one.node.kind), one.distance, one.mentions, one.node.id))
    beyond = far - ways.keys() - {node.id for node in asked}
    nodes = [*asked, *(one.node for one in affected)]
    documents = _documents(compilation, asked, nodes)
    held = [graph.nodes[one.id] for one in documents]
    return Impact(
        asked=asked,
        depth=depth,
        affected=tuple(affected),
        beyond=len(beyond),
        documents=documents,
        people=_people(compilation, nodes, documents),
        clauses=_clauses(compilation, (*nodes, *held)),
    )


def _paths(graph: Graph, start: str) -> Mapping[str, tuple[Edge, ...]]:
    """What depends on a node and by which path: claims in fields first, then mentions of the node itself."""
    claims = reach(graph, start, direction=Direction.IN, prose=False, ends=_ENDS)
    found = {id_: claims.path(id_) for id_ in claims}
    for edge in graph.incoming.get(start, ()):
        if edge.source != start and len(found.get(edge.source, (edge, edge))) > 1:
            found[edge.source] = (edge,)
    return found


def _rank(kind: str) -> tuple[int, str]:
    return (CHAIN.index(kind) if kind in CHAIN else len(CHAIN)), kind


def _documents(
    compilation: Compilation, asked: Iterable[Node], nodes: Iterable[Node]
) -> tuple[Concerned, ...]:
    holds: dict[str, list[str]] = {}
    for node in nodes:
        if node.document is not None:
            holds.setdefault(node.document, []).append(node.id)
    changing = {node.document for node in asked}
    controlled = compilation.control.documents if compilation.control else {}
    found: list[Concerned] = []
    for id_, ids in holds.items():
        # An id that two documents claim may be a row's.
        entity = compilation.graph.nodes[id_].entity
        read_by = entity.read_by if isinstance(entity, Controlled) else ()
        state = controlled[id_].state.value if id_ in controlled else None
        found.append(Concerned(id_, entity.name, state, entity.owner, read_by, id_ in changing, tuple(ids)))
    return tuple(sorted(found, key=lambda one: (not one.changes, one.id)))


def _people(
    compilation: Compilation, nodes: Iterable[Node], documents: Iterable[Concerned]
) -> tuple[Party, ...]:
    answers: defaultdict[str, dict[str, None]] = defaultdict(dict)
    reads: defaultdict[str, list[str]] = defaultdict(list)
    for node in nodes:
        for field in _ANSWERS:
            if person := getattr(node.entity, field, None):
                answers[person][node.id] = None
    for document in documents:
        if document.owner:
            answers[document.owner][document.id] = None
        for role in document.read_by:
            reads[role].append(document.id)
    known, holders = compilation.graph.nodes, _holders(compilation)
    return tuple(
        Party(
            id_,
            known[id_].title,
            tuple(known[one].title if one in known else one for one in holders.get(id_, ())),
            tuple(answers.get(id_, ())),
            tuple(dict.fromkeys(reads.get(id_, ()))),
        )
        for id_ in sorted({*answers, *reads})
        if id_ in known
    )


def _holders(compilation: Compilation) -> Mapping[str, tuple[str, ...]]:
    entities = [entry.entity for entry in compilation.model.entries]
    people = (one for one in entities if isinstance(one, PersonRow))
    roles = (one for one in entities if isinstance(one, RoleRow))
    return Directory(people, roles).held(compilation.as_of)


def _clauses(compilation: Compilation, nodes: Iterable[Node]) -> tuple[Touched, ...]:
    touched: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for node in nodes:
        for clause in node.entity.clauses:
            touched[clause][node.id] = None
    edition = compilation.settings.edition
    titles = {clause: find_clause(clause, edition) for clause in touched}
    return tuple(
        Touched(clause, known.title if (known := titles[clause]) else None, tuple(touched[clause]))
        for clause in sorted(touched, key=lambda one: (clause_order(one), one))
    )
