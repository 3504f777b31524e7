"""The rows and records that an audience is shown: a list of each kind, and a page for each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial

from markupsafe import Markup

from mkdocs_ems.graph import Node
from mkdocs_ems.model import Kind
from mkdocs_ems.pages.addresses import START, register_page, row_page, upward
from mkdocs_ems.pages.edition_values import Edition, issue_words, stands
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.fields import CLOSING, fields
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.pieces import joined
from mkdocs_ems.pages.registers import LEADS
from mkdocs_ems.pages.searched import searched
from mkdocs_ems.pages.sections import drawn
from mkdocs_ems.pages.values import Page, PageForm
from mkdocs_ems.pages.view import contents
from mkdocs_ems.text import plural

_DRAWN = frozenset({"objective", "indicator"})
"""Kinds whose charts need nothing but what is seen of them."""

_CARRYING = frozenset({"source", "normaliser"})
"""Fields that may lead to what carries readings."""

_NAMED = {
    "role": "The roles that are named in this edition.",
    "person": "The people who are named in this edition.",
}


def shelf_page(edition: Edition, kind: Kind, nodes: Sequence[Node], order: int) -> Page:
    """The list of all rows or records of a kind."""
    page, view = register_page(kind), edition.view
    links = edition.links(upward(page))
    holding = {node.document for node in nodes}
    registers = [
        (one.id, one.title, stands(one.id, edition, links))
        for one in view.graph.of_kind("register")
        if one.id in holding
    ]
    lead = _NAMED.get(kind.key) or LEADS.get(kind.key, kind.description)
    body = render(
        "edition-shelf.html",
        start=links.up + START,
        title=kind.plural,
        lead=lead,
        caption=f"{plural(len(nodes), kind.title.lower(), kind.plural.lower())}, by id",
        rows=[(links.bare(node.id), node.title) for node in nodes],
        registers=registers,
        edition=edition,
    )
    return Page(
        path=page,
        title=kind.plural,
        form=PageForm.HTML,
        body=body,
        toc=contents((f"{id_} {title}", id_) for id_, title, _ in registers),
        search=f"{kind.plural}. {lead}",
        nav=("Registers", kind.plural),
        order=20 + order,
    )


def row_pages(edition: Edition, shelves: Mapping[Kind, Sequence[Node]]) -> Iterator[Page]:
    """A page for each row and record, by kind, then id."""
    for kind, nodes in shelves.items():
        for node in nodes:
            yield Page(
                path=row_page(kind, node.id),
                title=f"{node.id} {node.title}",
                form=PageForm.ROW,
                draw=partial(_draw, kind, node, edition),
                toc=contents((("What is written", "facts"),)),
                search=searched(node),
            )


def facts_of(node: Node, edition: Edition, links: Links, *, without: Collection[str] = ()) -> Markup:
    """The fields of an entity, as far as they are seen."""
    shown: list[Markup] = []
    for one in fields(edition.view.kinds[node.kind]):
        value = getattr(node.entity, one.name)
        carries = one.name in _CARRYING and not edition.carriers.isdisjoint(
            value if isinstance(value, tuple) else (value,)
        )
        if value is not None and value != () and one.name not in without and not carries:
            shown += (one.opening, one.show(value, links), CLOSING)
    return joined(shown)


def _draw(kind: Kind, node: Node, edition: Edition) -> str:
    view = edition.view
    links = edition.links(upward(row_page(kind, node.id)))
    issue = issue_words(node.document, view) if node.document else ""
    register = f"{node.document}, {issue}" if issue else node.document or ""
    return render(
        "edition-row.html",
        shelf=links.up + register_page(kind),
        plural=kind.plural,
        id=node.id,
        title=node.title,
        identity=" · ".join(filter(None, (f"{node.id} {node.title}", register, edition.printed))),
        edition=edition,
        sections=drawn(node, view=view, links=links) if node.kind in _DRAWN else (),
        facts=facts_of(node, edition, links, without=("type", "access")),
    )
