"""What is no longer in use, with the words for that: rows given up, documents replaced or withdrawn.

Shared by the rules on references to the obsolete, one of which speaks of documents and
one of everything else, so that no reference has two findings. Nothing here judges.
"""

from __future__ import annotations

from collections.abc import Mapping

from mkdocs_ems.control import DocumentState
from mkdocs_ems.model import Controlled, ObligationRow
from mkdocs_ems.rules.values import AuditContext

ABOUT_SUCCESSION = ("supersedes", "superseded_by")
"""Fields that say what replaces what: no use of what is replaced."""

_GIVEN_UP = ("withdrawn", "repealed", "superseded")


def obsolete_documents(context: AuditContext) -> Mapping[str, str]:
    """Ids of documents and registers that are replaced or withdrawn, and how that reads after "which"."""
    after = successors(context)
    # Which of those in a circle is the obsolete one, nobody can tell: that is the circle's own finding.
    round_about = in_circles(after)
    found = {old: f"is superseded by {new}" for old, new in after.items() if old not in round_about}
    control = context.compilation.control
    for identity, document in control.documents.items() if control else ():
        if document.state is DocumentState.WITHDRAWN:
            found.setdefault(identity, "is withdrawn")
    return found


def successors(context: AuditContext) -> Mapping[str, str]:
    """What each document says that it was replaced by."""
    documents = (document for _, document in context.each(Controlled))
    return {one.id: one.superseded_by for one in documents if one.id and one.superseded_by}


def circle(start: str, after: Mapping[str, str]) -> tuple[str, ...]:
    """The documents that lead from one in a circle back to itself, that one first."""
    path, here = [start], after[start]
    while here != start:
        path.append(here)
        here = after[here]
    return tuple(path)


def in_circles(after: Mapping[str, str]) -> frozenset[str]:
    """All that are replaced, by whatever replaces them, by themselves."""
    found: set[str] = set()
    passed: set[str] = set()
    for start in after:
        path: dict[str, None] = {}
        here: str | None = start
        while here is not None and here not in passed:
            passed.add(here)
            path[here] = None
            here = after.get(here)
        if here is not None and here in path:
            found.update(circle(here, after))
    return frozenset(found)


def given_up(context: AuditContext) -> Mapping[str, str]:
    """The same of rows that are withdrawn or bind no more, and of documents that are merely gone."""
    found: dict[str, str] = {}
    for identity, node in context.graph.nodes.items():
        entity = node.entity
        status = entity.__dict__.get("status")
        if status in _GIVEN_UP:
            found[identity] = f"is {status}"
        if isinstance(entity, ObligationRow) and entity.superseded_by:
            found[identity] = f"is superseded by {entity.superseded_by}"
    control = context.compilation.control
    for identity, document in control.documents.items() if control else ():
        if document.state is DocumentState.WITHDRAWAL_PENDING:
            found[identity] = "was deleted; its withdrawal is not approved"
    return found
