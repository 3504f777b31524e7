"""The pages of documents: the issue in force with its control block, or a page that says there is none.

The Markdown goes through MkDocs; what stands above and below it is ours. A document
of which nothing is approved is named, its content is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.control import DocumentControl, DocumentState
from mkdocs_ems.graph import Node
from mkdocs_ems.pages.addresses import DOCUMENTS, START, document_page
from mkdocs_ems.pages.attachments import published
from mkdocs_ems.pages.connections import Connections
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.fields import CLOSING, fields
from mkdocs_ems.pages.findings import Found, found_lines
from mkdocs_ems.pages.house_rules import RULES_TYPE, house_rules_page
from mkdocs_ems.pages.issue_lines import issue_lines
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.pieces import joined
from mkdocs_ems.pages.prose import Targets, linked
from mkdocs_ems.pages.standing import Standing, standing
from mkdocs_ems.pages.values import Asset, Page, PageForm
from mkdocs_ems.pages.view import View, contents, kind_title
from mkdocs_ems.paths import resolve_local
from mkdocs_ems.source import Source

_IN_BLOCK = frozenset({"type", "number", "issue_label", "issue_offset", "control", "owner", "clauses"})
"""Fields that the control block says already."""


@dataclass(frozen=True, slots=True)
class DocumentPages:
    """Pages of all documents and the files that they embed or attach."""

    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in the list of documents."""

    standing: Standing
    page: str
    kind: str
    kind_order: int = field(default=0)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the pages of all documents are made with."""

    paths: Mapping[str, str]
    """Id by path of every document and register."""
    connections: Connections


def document_pages(view: View) -> DocumentPages:
    """The list of documents, then a page for each, by id."""
    pages: list[Page] = [_list(view)]
    assets: list[Asset] = []
    links = view.links(document_page("id"))
    shared = _Shared(paths_of(view), Connections(view, links, anchor="ems--linked"))
    for identity in document_ids(view):
        node, control = view.graph.nodes.get(identity), view.documents.get(identity)
        if node is None and control and control.type == RULES_TYPE:
            pages.append(house_rules_page(control, view))
            continue
        source = view.shown.sources.files.get(node.anchor.path) if node else None
        if node and source and source.body is not None and not _is_withdrawn(view, identity):
            files = _files(identity, source, view)
            pages.append(_page(node, source, files, shared, view))
            assets.extend(files.values())
        else:
            pages.append(_empty(identity, view))
    return DocumentPages(tuple(pages), tuple(assets))


def document_ids(view: View) -> tuple[str, ...]:
    """Ids of every document that is shown or known to document control, registers apart."""
    shown = {
        node.id
        for node in view.graph.nodes.values()
        if node.kind not in view.kinds or view.kinds[node.kind].where == "document"
    }
    known = {one.id for one in view.documents.values() if one.kind == "document"}
    astray = {
        one.id for one in view.documents.values() if one.kind == "register" and one.type not in view.kinds
    }
    return tuple(sorted(shown | known | astray))


def _is_withdrawn(view: View, identity: str) -> bool:
    control = view.documents.get(identity)
    return control is not None and not view.draft and control.in_force is None and control.interim is None


def paths_of(view: View) -> Mapping[str, str]:
    """Id by path of every document and register, as shown and as at the head."""
    at_head = {one.path: one.id for one in view.documents.values()}
    shown = {
        node.anchor.path: node.id
        for node in view.graph.nodes.values()
        if view.kinds[node.kind].where != "register" and not node.anchor.route
    }
    return {**at_head, **shown}


def _files(identity: str, source: Source, view: View) -> Mapping[str, Asset]:
    """The published files of a document: exactly those of the issue shown, if they are inert."""
    snapshot, control = view.shown.snapshot, view.documents.get(identity)
    approved = (control.interim or control.in_force) if control and not view.draft else None
    if approved:
        blobs = {part.path: part.blob for part in approved.content.parts}
        paths = [path for path, blob in blobs.items() if _has(view, path, blob)]
    else:
        found = (resolve_local(source.path, link.target) for link in source.body.links) if source.body else ()
        paths = [path for path, _ in (one for one in found if one) if path in view.shown.sources.assets]
    return published(identity, snapshot.files, paths)


def _has(view: View, path: str, blob: str) -> bool:
    entry = view.shown.snapshot.entries.get(path)
    return entry is not None and entry.blob == blob


def _page(node: Node, source: Source, files: Mapping[str, Asset], shared: _Shared, view: View) -> Page:
    page = document_page(node.id)
    links = view.links(page)
    stands = standing(node.id, view=view, links=links)
    issues = issue_lines(node.id, view=view, links=links)
    addresses = {path: asset.path for path, asset in files.items()}
    text = linked(source, targets=Targets(page, view.places, shared.paths, addresses))
    heading, anchor, text = own_heading(source, text, node.title)
    found = _findings(node.id, source.path, view, links)
    about = _about(node, view, links)
    before = render(
        "document-before.html",
        draft=view.draft,
        listing=links.up + DOCUMENTS,
        kind=kind_title(node.kind, view, many=True),
        heading=heading,
        anchor=anchor,
        stands=stands,
        issue_lines=issues,
    )
    after = render(
        "document-after.html",
        facts=about,
        stands=stands,
        issue_lines=issues,
        linked=shared.connections.section(node.id),
        findings_here=found,
        of_head=not view.draft,
        path=source.path,
    )
    return Page(
        path=page,
        title=node.title,
        form=PageForm.MARKDOWN,
        body=text,
        before=before,
        after=after,
        toc=contents(
            (
                ("About this document", "ems--about") if about else None,
                ("Issues", "ems--issues") if issues else None,
                ("Links", "ems--links") if shared.connections.any(node.id) else None,
                ("Findings", "ems--findings") if found else None,
            )
        ),
        search=f"{node.id} {node.title}",
        source_path=source.path,
        foot=stands.foot,
    )


def own_heading(source: Source, text: str, title: str) -> tuple[str, str, str]:
    """The heading of the page, its anchor, and the text without it.

    A document's own first-level heading at its very beginning moves above the control
    block. It stays where it is if that could change another heading's anchor.
    """
    body = source.body
    headings = body.headings if body else ()
    first = headings[0] if headings else None
    if (
        body is None
        or first is None
        or first.level != 1
        or body.text[: _offset(body.text, first.span.line - body.first_line)].strip()
    ):
        has_own = any(heading.level == 1 for heading in headings)
        return ("" if has_own else title), "", text
    twins = any(other.anchor.startswith(first.anchor) for other in headings[1:])
    written = text.lstrip().partition("\n")
    if twins or not written[0].startswith("# ") or any(mark in written[0] for mark in "[<{`*_\\&"):
        return "", "", text
    return first.text, first.anchor, written[2]


def _offset(text: str, line: int) -> int:
    at = 0
    for _ in range(line):
        at = text.find("\n", at) + 1
    return at


def _about(node: Node, view: View, links: Links) -> Markup:
    """The facts of a document that its control block does not say."""
    shown: list[Markup] = []
    for one in fields(view.kinds[node.kind]):
        value = getattr(node.entity, one.name)
        if one.name not in _IN_BLOCK and value is not None and value != ():
            shown += (one.opening, one.show(value, links), CLOSING)
    return joined(shown)


def _findings(identity: str, path: str, view: View, links: Links) -> tuple[Found, ...]:
    found = (*view.found.get(identity, ()), *view.found.get(path, ()))
    return found_lines(found, view=view, links=links)


def _empty(identity: str, view: View) -> Page:
    """A page for a document of which nothing is in force: its control, never its content."""
    page = document_page(identity)
    links = view.links(page)
    control = view.documents.get(identity)
    stands = standing(identity, view=view, links=links)
    issues = issue_lines(identity, view=view, links=links)
    headline, explanation = _why_empty(control)
    found = _findings(identity, control.path if control else "", view, links)
    body = render(
        "document-none.html",
        draft=view.draft,
        listing=links.up + DOCUMENTS,
        kind="Documents",
        stands=stands,
        issue_lines=issues,
        headline=headline,
        explanation=explanation,
        findings_here=found,
        of_head=not view.draft,
    )
    return Page(
        path=page,
        title=f"{identity} {stands.title}",
        form=PageForm.HTML,
        body=body,
        toc=contents((("Issues", "issues") if issues else None, ("Findings", "findings") if found else None)),
        search=f"{identity} {stands.title}: {stands.state}",
        foot=stands.foot,
    )


def _why_empty(control: DocumentControl | None) -> tuple[str, str]:
    if control is None:
        return "Not readable", "Its file could not be read, so nothing can be shown."
    if control.state is DocumentState.WITHDRAWN:
        return "", ""  # the notice below the control block says it
    if control.issues:
        return "Nothing in force", "It has issues, but none is in force on this date."
    return "Not approved", "Nothing of this document is approved yet, so its content is not published."


def _list(view: View) -> Page:
    links = view.links(DOCUMENTS)
    lines = document_lines(view, links)
    grouped: dict[str, list[DocumentLine]] = {}
    for line in lines:
        grouped.setdefault(line.kind, []).append(line)
    body = render("documents.html", draft=view.draft, up=links.up, start=links.up + START, groups=grouped)
    return Page(
        path=DOCUMENTS,
        title="Documents",
        form=PageForm.HTML,
        body=body,
        toc=contents((kind, f"group-{index}") for index, kind in enumerate(grouped, start=1)),
        search="Policy, procedures, work instructions",
        nav=("Documents",),
        order=20,
    )


def document_lines(view: View, links: Links) -> tuple[DocumentLine, ...]:
    """All documents for a list: by kind as readers meet them, then id."""
    ranks = {kind: rank for rank, kind in enumerate(view.kinds)}
    made: list[DocumentLine] = []
    for identity in document_ids(view):
        node, control = view.graph.nodes.get(identity), view.documents.get(identity)
        kind = node.kind if node else control.type if control else ""
        made.append(
            DocumentLine(
                standing(identity, view=view, links=links),
                document_page(identity),
                kind_title(kind, view, many=True),
                ranks.get(kind, len(ranks)),
            )
        )
    return tuple(sorted(made, key=lambda line: (line.kind_order, line.kind, line.standing.id)))
