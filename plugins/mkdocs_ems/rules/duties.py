"""Who answers for what: the fields by which a duty is given, and what is over and so binds nobody.

Shared by the rules that follow people, roles, risks and actions; judges nothing itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from mkdocs_ems.diagnostics import Related
from mkdocs_ems.graph import Edge
from mkdocs_ems.model import Controlled, Entity, PostedCopyRow, Record
from mkdocs_ems.rules.values import AuditContext, called

_OVER = frozenset(
    {
        "withdrawn",
        "cancelled",
        "done",
        "verified",
        "closed",
        "repealed",
        "superseded",
        "achieved",
        "not-achieved",
    }
)
_SHOWN = 5
"""So many places show what is meant; a register may hold thousands."""


def is_over(entity: Entity) -> bool:
    """Whether a row, record or document is done with: nobody has to do anything about it any more."""
    if isinstance(entity, Controlled):
        return entity.superseded_by is not None
    if isinstance(entity, PostedCopyRow):
        return entity.removed_on is not None
    if isinstance(entity, Record):
        return entity.closed
    return getattr(entity, "status", None) in _OVER


def uses(context: AuditContext, target: str, fields: Collection[str] = ()) -> list[Edge]:
    """What is not over and refers to something by one of these fields (by any without); prose is no use."""
    nodes = context.graph.nodes
    return [
        edge
        for edge in context.graph.incoming.get(target, ())
        if (edge.field in fields if fields else edge.field != "text")
        and not is_over(nodes[edge.source].entity)
    ]


def places(context: AuditContext, edges: Iterable[Edge]) -> tuple[Related, ...]:
    """The first of these references, each as a place to look at."""
    nodes = context.graph.nodes
    return tuple(
        Related(f"`{edge.field}` of {called(nodes[edge.source].entity)}", edge.at)
        for edge, _ in zip(edges, range(_SHOWN), strict=False)
    )


def listed(words: Iterable[str]) -> str:
    """Words for a sentence, each once: `A, B and C`; of many the first few and how many more."""
    found = list(dict.fromkeys(words))
    if len(found) > _SHOWN:
        found = [*found[:_SHOWN], f"{len(found) - _SHOWN} more"]
    return " and ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)
