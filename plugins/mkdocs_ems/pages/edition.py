"""The manual as an audience sees it: all pages of a compilation that was made for it.

What stays in is not here to be shown: the compilation is of a content without it. These pages are fewer
than those of the whole. What counts, compares or judges across registers (coverage, compliance, readiness,
what is pending) is left out, since of a part of a system it would say what is not so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from mkdocs_ems.compile import Compilation, Seen
from mkdocs_ems.diagnostics import Report
from mkdocs_ems.graph import Node
from mkdocs_ems.model import Kind
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import PERFORMANCE, START, document_page, register_page
from mkdocs_ems.pages.edition_documents import document_pages
from mkdocs_ems.pages.edition_rows import row_pages, shelf_page
from mkdocs_ems.pages.edition_values import Edition, issue_words
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.performance import performance_pages
from mkdocs_ems.pages.values import Manual, Page, PageForm, Permanent
from mkdocs_ems.pages.view import contents, view_of


def _nobody(_: Sequence[Page]) -> None:
    """Nobody waits for the rows."""


def render_edition(seen: Seen, *, rows_known: Callable[[Sequence[Page]], None] = _nobody) -> Manual:
    """Make every page that an audience is shown, and gather the files that are published with them.

    Args:
        seen: the state as the audience sees it.
        rows_known: as for `render_manual`.
    """
    state = seen.state
    view = view_of(state, report=_silent(state), rule_docs={}, draft=False)
    view = replace(view, permanent=Permanent.NOWHERE)
    edition = Edition(seen.audience, view, seen.carriers)
    shelves = _shelves(edition)
    rows = tuple(row_pages(edition, shelves))
    rows_known(rows)
    documents, assets = document_pages(edition)
    performance = tuple(_noted(page, edition) for page in performance_pages(view))
    pages = (
        _start(edition, shelves, performance=bool(performance)),
        *documents,
        *(shelf_page(edition, kind, nodes, order) for order, (kind, nodes) in enumerate(shelves.items())),
        *rows,
        *performance,
    )
    day = words.day(state.as_of)
    footed = (
        replace(page, foot=page.foot or f"{page.title} · {edition.title.lower()} · as of {day}")
        for page in pages
    )
    name = state.settings.organisation.name
    return Manual(tuple(footed), assets, f"{name}: environmental management system", draft=False)


def _noted(page: Page, edition: Edition) -> Page:
    """A page of the whole manual that says for whom this edition was made."""
    heading, end, rest = page.body.partition("</h1>")
    return replace(page, body=f"{heading}{end}\n{render('edition-note.html', edition=edition)}{rest}")


def _silent(state: Compilation) -> Report:
    """No findings: these are for who keeps the system."""
    return Report(
        (), (), (), ref="", commit=None, as_of=state.as_of, edition=state.settings.edition, counts={}
    )


def _shelves(edition: Edition) -> Mapping[Kind, Sequence[Node]]:
    """The kinds of rows and records that are shown, in the order in which readers meet them."""
    found: dict[str, list[Node]] = defaultdict(list)
    for node in edition.view.graph.nodes.values():
        if node.id not in edition.carriers:
            found[node.kind].append(node)
    return {
        kind: found[key]
        for key, kind in edition.view.kinds.items()
        if kind.where in ("register", "record") and found[key]
    }


def _start(edition: Edition, shelves: Mapping[Kind, Sequence[Node]], *, performance: bool) -> Page:
    view = edition.view
    settings, links = view.settings, Links("", view.places)
    documents = [
        (links.up + document_page(node.id), node.id, node.title, issue_words(node.id, view))
        for node in view.graph.nodes.values()
        if view.kinds[node.kind].where == "document"
    ]
    body = render(
        "edition-start.html",
        edition=edition,
        organisation=settings.organisation,
        site=settings.organisation.site or ", ".join(site.title for site in settings.sites),
        standards=[f"{words.words(one.standard)}:{one.edition}" for one in settings.standards],
        as_of=words.day(view.shown.as_of),
        documents=documents,
        shelves=[(register_page(kind), kind.plural, len(nodes)) for kind, nodes in shelves.items()],
        performance=PERFORMANCE if performance else "",
    )
    return Page(
        path=START,
        title=settings.organisation.name,
        form=PageForm.HTML,
        body=body,
        toc=contents(
            (
                ("Documents", "documents") if documents else None,
                ("What else can be seen", "registers") if shelves else None,
            )
        ),
        search=f"{settings.organisation.name} environmental management system",
        nav=("Start",),
    )
