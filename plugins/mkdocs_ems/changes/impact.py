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
    at_base: bool = False
    """They stand in the earlier state: the thing itself is gone."""

    @property
    def words(self) -> str:
        """The path as it is written: `OBJ-001 → ASP-003 (basis) → OPC-002 (controls)`."""
        steps = [
            f"{edge.target} ({'in the text' if edge.field == _MENTION else edge.field})"
            for edge in reversed(self.edges)
        ]
        return " → ".join((self.edges[-1].source, *steps)) + (" (at the base)" if self.at_base else "")


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
    """So many references a path has at most."""
    affected: tuple[Affected, ...]
    """By kind along the chain an auditor follows, then the nearest first."""
    beyond: int
    """How many more depend on them by longer paths."""
    documents: tuple[Concerned, ...]
    people: tuple[Party, ...]
    clauses: tuple[Touched, ...]
    removed: tuple[Node, ...] = ()
    """Those of the earlier state that were asked for and are gone."""


def impact(
    compilation: Compilation, ids: Sequence[str], *, depth: int, base: Compilation | None = None
) -> Impact:
    """Find what depends on some things.

    Args:
        compilation: the state to look at.
        ids: ids of nodes of its graph, or of the base's.
        depth: how many references a path may have.
        base: an earlier state, in which that is looked up which is gone.
    """
    known = {**base.graph.nodes, **compilation.graph.nodes} if base else compilation.graph.nodes
    here = [one for one in dict.fromkeys(ids) if one in compilation.graph.nodes]
    gone = [one for one in dict.fromkeys(ids) if one not in compilation.graph.nodes]
    asked, removed = (tuple(known[one] for one in some) for some in (here, gone))
    ways: defaultdict[str, list[Way]] = defaultdict(list)
    far: set[str] = set()
    for state, some in ((compilation, here), (base, gone)):
        for one in some:
            assert state is not None, "without a base every id is one of the graph"
            for id_, edges in _paths(state.graph, one).items():
                if len(edges) <= depth:
                    ways[id_].append(Way(one, edges, at_base=state is base))
                else:
                    far.add(id_)
    for one in (*here, *gone):
        ways.pop(one, None)
    affected = [Affected(known[id_], tuple(found)) for id_, found in ways.items()]
    affected.sort(key=lambda one: (_rank(one.node.kind), one.distance, one.mentions, one.node.id))
    beyond = far - ways.keys() - {*here, *gone}
    nodes = [*asked, *removed, *(one.node for one in affected)]
    documents = _documents(compilation, known, (*asked, *removed), nodes)
    held = [known[one.id] for one in documents]
    return Impact(
        asked=asked,
        removed=removed,
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
    compilation: Compilation, known: Mapping[str, Node], asked: Iterable[Node], nodes: Iterable[Node]
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
        entity = known[id_].entity
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
    known, held = compilation.graph.nodes, holders(compilation)
    return tuple(
        Party(
            id_,
            known[id_].title,
            tuple(known[one].title if one in known else one for one in held.get(id_, ())),
            tuple(answers.get(id_, ())),
            tuple(dict.fromkeys(reads.get(id_, ()))),
        )
        for id_ in sorted({*answers, *reads})
        if id_ in known
    )


def holders(compilation: Compilation) -> Mapping[str, tuple[str, ...]]:
    """The ids of those who hold each role on the day, deputies among them."""
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
