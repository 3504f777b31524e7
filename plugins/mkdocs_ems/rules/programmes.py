"""The actions that work towards an objective, whichever side names the other. Judges nothing itself."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.model import ActionRow, ObjectiveRow
from mkdocs_ems.rules.values import AuditContext


def actions_of(context: AuditContext, objective: ObjectiveRow) -> Iterator[ActionRow | None]:
    """Each action of an objective that is not cancelled; None for one that is named and does not exist."""
    nodes = context.graph.nodes
    told = dict.fromkeys(objective.programme)
    if objective.id is not None:
        told |= dict.fromkeys(
            edge.source
            for edge in context.graph.incoming.get(objective.id, ())
            if edge.field == "source" and nodes[edge.source].kind == "action"
        )
    for identity in told:
        node = nodes.get(identity)
        action = node.entity if node is not None and isinstance(node.entity, ActionRow) else None
        if action is None or action.status != "cancelled":
            yield action
