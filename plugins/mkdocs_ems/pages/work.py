"""The door for people who work here: choose a role or an area, then read what it asks for."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems import dataclass
from mkdocs_ems.model import RoleRow
from mkdocs_ems.pages.addresses import START, WORK, role_work_page
from mkdocs_ems.pages.area_work import Area, area_work_pages, areas
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.instructions import active
from mkdocs_ems.pages.role_work import role_work_pages
from mkdocs_ems.pages.values import Page, PageForm
from mkdocs_ems.pages.view import View, contents

FEW = 24
"""So many roles or areas stand on the start page itself; more stand on the page of choices."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody can choose from, each with its page."""

    roles: tuple[tuple[str, str], ...]
    sites: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """For each site its title and areas."""

    @property
    def few(self) -> bool:
        """Whether all of them fit the start page."""
        return len(self.roles) <= FEW and sum(len(ones) for _, ones in self.sites) <= FEW


def choices(view: View) -> Choices:
    """The roles and areas that somebody can choose from; nothing where there are none."""
    return _choices(view, areas(view))


def work_pages(view: View) -> Iterator[Page]:
    """The page of choices, and the page of each role and area."""
    found = areas(view)
    made = _choices(view, found)
    if made.roles or made.sites:
        yield _chooser(made, view)
    yield from role_work_pages(view)
    yield from area_work_pages(found, view)


def _choices(view: View, found: tuple[Area, ...]) -> Choices:
    sites: dict[str, list[tuple[str, str]]] = {}
    for area in found:
        sites.setdefault(area.site_title, []).append((area.page, area.name))
    return Choices(
        roles=tuple(
            (role_work_page(node.id), node.title)
            for node in sorted(view.graph.of_kind("role"), key=lambda node: (node.title, node.id))
            if isinstance(node.entity, RoleRow) and active(node.entity)
        ),
        sites=tuple((title, tuple(ones)) for title, ones in sites.items()),
    )


def _chooser(made: Choices, view: View) -> Page:
    links = view.links(WORK)
    entries = [("Your role", "roles")] if made.roles else []
    entries += [("Your area", "areas")] if made.sites else []
    return Page(
        path=WORK,
        title="Your work",
        form=PageForm.HTML,
        body=render("work.html", draft=view.draft, up=links.up, start=links.up + START, choices=made),
        toc=contents(entries),
        search="Your work: choose your role or your area",
        nav=("Your work",),
        order=10,
    )
