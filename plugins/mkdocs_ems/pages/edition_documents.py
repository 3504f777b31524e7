"""The documents that an audience is shown: each with how it stands, its text, and its issues by their dates.

Texts of earlier issues are not shown, and so nothing is compared: who may read today's text may not for
that reason read last year's.
"""

from __future__ import annotations

from collections.abc import Mapping

from mkdocs_ems.graph import Node
from mkdocs_ems.pages.addresses import START, document_page, upward
from mkdocs_ems.pages.attachments import published
from mkdocs_ems.pages.documents import own_heading
from mkdocs_ems.pages.edition_rows import facts_of
from mkdocs_ems.pages.edition_values import Edition, issue_words, issues_told, stands
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.prose import Targets, linked
from mkdocs_ems.pages.values import Asset, Page, PageForm
from mkdocs_ems.pages.view import contents
from mkdocs_ems.paths import resolve_local
from mkdocs_ems.source import Source

_IN_BLOCK = frozenset({"type", "number", "issue_label", "issue_offset", "control", "owner", "access"})
"""What the control block says already, or nobody outside asks."""


def document_pages(edition: Edition) -> tuple[tuple[Page, ...], tuple[Asset, ...]]:
    """A page for each document, by id, and the pictures in them."""
    view = edition.view
    nodes = [node for node in view.graph.nodes.values() if view.kinds[node.kind].where == "document"]
    paths = {node.anchor.path: node.id for node in nodes}
    pages: list[Page] = []
    assets: dict[str, Asset] = {}
    for node in nodes:
        source = view.shown.sources.files.get(node.anchor.path)
        if source is None or source.body is None:
            continue
        files = _pictures(node.id, source, edition)
        assets |= {one.path: one for one in files.values()}
        pages.append(_page(node, source, paths, files, edition))
    return tuple(pages), tuple(assets.values())


def _pictures(identity: str, source: Source, edition: Edition) -> Mapping[str, Asset]:
    found = (resolve_local(source.path, link.target) for link in (source.body.links if source.body else ()))
    assets = edition.view.shown.sources.assets
    paths = [one[0] for one in found if one is not None and one[0] in assets]
    return published(identity, edition.view.shown.snapshot.files, paths)


def _page(
    node: Node, source: Source, paths: Mapping[str, str], files: Mapping[str, Asset], edition: Edition
) -> Page:
    page, view = document_page(node.id), edition.view
    links = edition.links(upward(page))
    addresses = {path: asset.path for path, asset in files.items()}
    text = linked(source, targets=Targets(page, view.places, paths, addresses))
    heading, anchor, text = own_heading(source, text, node.title)
    issue = issue_words(node.id, view)
    about = facts_of(node, edition, links, without=_IN_BLOCK)
    issues = issues_told(view.documents.get(node.id), view)
    before = render(
        "edition-before.html",
        start=links.up + START,
        heading=heading,
        anchor=anchor,
        stands=stands(node.id, edition, links),
        identity=" · ".join(filter(None, (f"{node.id} {node.title}", issue, edition.printed))),
        edition=edition,
    )
    return Page(
        path=page,
        title=node.title,
        form=PageForm.MARKDOWN,
        body=text,
        before=before,
        after=render("edition-after.html", about=about, issues=issues),
        toc=contents(
            (
                ("About this document", "ems--about") if about else None,
                ("Issues", "ems--issues") if issues else None,
            )
        ),
        search=f"{node.id} {node.title}",
        nav=("Documents", node.title),
        order=10,
        source_path=source.path,
    )
