"""The page for somebody who works in an area: what to read there, what can happen, what keeps it in hand.

Areas are those that the settings name for each site. A document, control, scenario or
instrument belongs to an area whose name it gives as its place, alone or among other words
("ETP, dosing skid" stands in the area ETP); of names within names the longest counts. What is
placed at the whole site belongs to every area.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import field
from functools import partial

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.graph import Node
from mkdocs_ems.graph.walk import linked
from mkdocs_ems.model import Controlled, ControlRow, Entity, InstrumentRow
from mkdocs_ems.model.emergencies import EmergencyScenarioRow
from mkdocs_ems.pages import show, words
from mkdocs_ems.pages.addresses import WORK, address_parts, area_work_page
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.instructions import MANY, active, emergencies, hazards, to_read
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.values import Page, PageForm
from mkdocs_ems.pages.view import View, contents
from mkdocs_ems.text import fold

_EVERYWHERE = ("whole site", "all areas", "everywhere")
"""Places that every area belongs to; a site's own title means all areas of that site."""


@dataclass(frozen=True, slots=True)
class Area:
    """An area of a site, and what belongs there."""

    site: str
    site_title: str
    name: str
    page: str
    nodes: list[Node] = field(default_factory=list)
    """Documents, controls, emergency scenarios and instruments."""
    equipment: list[tuple[str, str]] = field(default_factory=list)
    """Emergency equipment kept there: what, and the scenario it is for."""

    def of(self, shape: type[Entity]) -> list[Node]:
        """What is here of one sort."""
        return [node for node in self.nodes if isinstance(node.entity, shape)]


@dataclass(frozen=True, slots=True)
class ControlLine:
    """A control as somebody at work needs it."""

    link: Markup
    criteria: Markup
    procedure: Markup


def areas(view: View) -> tuple[Area, ...]:
    """Every area that the settings name, with what belongs to it, in their order."""
    found: list[Area] = []
    sites = address_parts(site.id for site in view.settings.sites)
    for site, part in zip(view.settings.sites, sites, strict=True):
        names = tuple(dict.fromkeys(site.areas))
        found += [
            Area(site.id, site.title, name, area_work_page(part, own))
            for name, own in zip(names, address_parts(names), strict=True)
        ]
    if found:
        _fill(found, view)
    return tuple(found)


def area_work_pages(found: tuple[Area, ...], view: View) -> Iterator[Page]:
    """A page for each area."""
    for area in found:
        yield Page(
            path=area.page,
            title=f"{area.name}: what to know and do",
            form=PageForm.ROW,
            draw=partial(_draw, area, view),
            toc=contents(
                (
                    ("Read this", "read"),
                    ("In an emergency", "emergency"),
                    ("What keeps it in hand", "controls"),
                    ("What can do harm", "hazards"),
                )
            ),
            search=f"{area.name}, {area.site_title}: what to read, what to do in an emergency, controls",
        )


def _fill(found: list[Area], view: View) -> None:
    in_areas = _finder(found)
    for node in view.graph.nodes.values():
        entity = node.entity
        place = _place(entity)
        if place is None or not active(entity):
            continue
        for area in in_areas(place, entity.site):
            area.nodes.append(node)
        if isinstance(entity, EmergencyScenarioRow):
            for one in entity.equipment:
                for area in in_areas((one.place or "",), entity.site):
                    area.equipment.append((one.name, node.id))


def _place(entity: Entity) -> tuple[str, ...] | None:
    """The places that a document or row gives; None for what is of another sort."""
    match entity:
        case Controlled():
            return entity.areas
        case ControlRow():
            return (entity.where or "",)
        case InstrumentRow() | EmergencyScenarioRow():
            return (entity.location or "",)
    return None


def _finder(found: list[Area]) -> Callable[[tuple[str, ...], str | None], list[Area]]:
    meant: dict[str, list[Area]] = {name: list(found) for name in _EVERYWHERE}
    for area in found:
        meant.setdefault(fold(area.name), []).append(area)
    for area in found:
        meant.setdefault(fold(area.site_title), []).append(area)
    # The longest name first: an area within the name of another one is not meant.
    names = "|".join(re.escape(name) for name in sorted(meant, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{names})(?!\w)")
    known: dict[str, list[str]] = {}

    def in_areas(places: tuple[str, ...], site: str | None) -> list[Area]:
        named: dict[int, Area] = {}
        for place in places:
            if place not in known:
                known[place] = pattern.findall(fold(place))
            for name in known[place]:
                named |= {id(area): area for area in meant[name] if site in (None, area.site)}
        return list(named.values())

    return in_areas


def _draw(area: Area, view: View) -> str:
    links = view.links(area.page)
    controls, scenarios = area.of(ControlRow), area.of(EmergencyScenarioRow)
    harmful = (node for one in (*controls, *scenarios) for node, _ in linked(view.graph, one.id, "aspect"))
    return render(
        "area-work.html",
        draft=view.draft,
        work=links.up + WORK,
        area=area,
        as_of=words.day(view.shown.as_of),
        must=to_read((node.id for node in area.of(Controlled)), view, links),
        emergencies=emergencies(scenarios, links),
        equipment=_kept(area, links),
        controls=[_control(node, links) for node in controls],
        hazards=hazards(harmful, view, links),
        instruments=[links.named(node.id) for node in area.of(InstrumentRow)],
        many=MANY,
    )


def _kept(area: Area, links: Links) -> list[tuple[str, Markup]]:
    """Each piece of equipment once, with all the scenarios it is for."""
    found: dict[str, list[str]] = {}
    for name, scenario in area.equipment:
        found.setdefault(name, []).append(scenario)
    return [(name, Markup(", ").join(map(links.short, dict.fromkeys(ones)))) for name, ones in found.items()]


def _control(node: Node, links: Links) -> ControlLine:
    control = node.entity
    assert isinstance(control, ControlRow)
    criteria = [show.criterion(one, links) for one in control.operating_criteria]
    procedure = links.named(control.procedure) if control.procedure else Markup("")
    return ControlLine(links.named(node.id), show.bullets(criteria) if criteria else Markup(""), procedure)
