"""What somebody at work reads: documents with how they stand, emergencies with the plan, aspects that matter.

Shared by the pages for a role and for an area. What is withdrawn, or replaced by another
document, is left out: nobody shall work by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from mkdocs_ems import dataclass
from mkdocs_ems.control import DocumentState
from mkdocs_ems.graph import Node
from mkdocs_ems.model import AspectRow, Entity
from mkdocs_ems.model.emergencies import EmergencyScenarioRow
from mkdocs_ems.pages import words
from mkdocs_ems.pages.answers import in_short, is_replaced
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.significance import verdict
from mkdocs_ems.pages.view import View

MANY = 25
"""Of anything no more than this is listed on the page of a role or an area."""

ENDED = frozenset({"withdrawn", "cancelled", "done", "verified", "closed", "achieved", "not-achieved"})
"""States of rows that ask nothing of anybody any more."""

_FIRST = ("plan", "work-instruction", "procedure", "form", "policy")
"""Kinds in the order in which somebody at work needs them; others follow."""


@dataclass(frozen=True, slots=True)
class ToRead:
    """A document that somebody has to know."""

    link: Markup
    said: str
    """How it stands: `issue 3, in force`."""
    usable: bool
    """Whether one may work by it."""


@dataclass(frozen=True, slots=True)
class Emergency:
    """An emergency scenario as somebody needs it who has to act."""

    link: Markup
    where: str
    plans: Markup
    contacts: tuple[str, ...]
    equipment: tuple[str, ...]
    notification: Markup


@dataclass(frozen=True, slots=True)
class Hazard:
    """An aspect that somebody should know of."""

    link: Markup
    verdict: str
    significant: bool
    condition: str


def active(entity: Entity) -> bool:
    """Whether a row still asks something of somebody."""
    return getattr(entity, "status", None) not in ENDED


def to_read(ids: Iterable[str], view: View, links: Links) -> tuple[ToRead, ...]:
    """Documents as a list to read, instructions first; withdrawn and replaced ones are left out."""
    ranks = {kind: rank for rank, kind in enumerate(dict.fromkeys((*_FIRST, *view.kinds)))}
    made: list[tuple[int, str, ToRead]] = []
    for identity in dict.fromkeys(ids):
        control, node = view.documents.get(identity), view.graph.nodes.get(identity)
        if control is not None and control.state is DocumentState.WITHDRAWN:
            continue
        if is_replaced(identity, view):
            continue
        kind = node.kind if node else control.type if control else ""
        said, approved = in_short(control)
        line = ToRead(links.named(identity), said, usable=approved is not False)
        made.append((ranks.get(kind, len(ranks)), identity, line))
    return tuple(line for *_, line in sorted(made, key=lambda one: one[:2]))


def emergencies(nodes: Iterable[Node], links: Links) -> tuple[Emergency, ...]:
    """Scenarios with the plan to follow and whom to call, by id."""
    return tuple(
        _emergency(node, node.entity, links)
        for node in sorted({node.id: node for node in nodes}.values(), key=lambda node: node.id)
        if isinstance(node.entity, EmergencyScenarioRow) and active(node.entity)
    )


def hazards(nodes: Iterable[Node], view: View, links: Links) -> tuple[Hazard, ...]:
    """Aspects, the significant ones first, then by id."""
    made: list[tuple[bool, str, Hazard]] = []
    for node in {node.id: node for node in nodes}.values():
        if not isinstance(node.entity, AspectRow) or not active(node.entity):
            continue
        assessment = view.assessments.get(node.id)
        significant = assessment is not None and bool(assessment.significant)
        condition = node.entity.condition or ""
        line = Hazard(links.named(node.id), verdict(assessment), significant, words.words(condition))
        made.append((not significant, node.id, line))
    return tuple(line for *_, line in sorted(made, key=lambda one: one[:2]))


def _emergency(node: Node, scenario: EmergencyScenarioRow, links: Links) -> Emergency:
    plans = [links.named(one) for one in scenario.response]
    return Emergency(
        link=links.named(node.id),
        where=scenario.location or "",
        plans=Markup(" and ").join(plans) if plans else Markup(""),
        contacts=tuple(
            f"{one.who}: {one.number}" if one.number else one.who for one in scenario.external_contacts
        ),
        equipment=tuple(_equipment(scenario)),
        notification=links.prose(scenario.notification) if scenario.notification else escape(""),
    )


def _equipment(scenario: EmergencyScenarioRow) -> Iterator[str]:
    for one in scenario.equipment:
        yield f"{one.name} ({one.place})" if one.place else one.name
