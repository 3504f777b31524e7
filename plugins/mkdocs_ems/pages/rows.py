"""The page of one row: its fields, what its significance follows from, links, findings, where it is written.

There may be ten thousand of them, so everything that rows of a kind share is made
once (`RowMaker`), and a page is one template filled with finished pieces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial

from markupsafe import Markup

from mkdocs_ems.graph import Edge, Node
from mkdocs_ems.model import AspectRow, Kind
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import register_page, row_page
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.fields import CLOSING, Field, fields
from mkdocs_ems.pages.findings import Found, found_lines, open_counts
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.pieces import joined, within
from mkdocs_ems.pages.significance import Panel, panel
from mkdocs_ems.pages.standing import standing
from mkdocs_ems.pages.values import Page, PageForm
from mkdocs_ems.pages.view import View, contents, where


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """What every row of one register says of that register."""

    link: Markup
    issue_words: str
    state: str


_ENDS, _NEXT, _LAST = Markup("<dd><ul><li>"), Markup("</li><li>"), Markup("</li></ul></dd>")


def row_pages(view: View) -> Iterator[Page]:
    """A page for each row that has an id, by kind, then id."""
    links = view.links("registers/kind/row/index.html")
    registers: dict[str | None, RegisterFacts | None] = {None: None}
    for kind in (key for key, one in view.kinds.items() if one.where == "register"):
        shown = fields(view.kinds[kind])
        for node in view.graph.of_kind(kind):
            if node.document not in registers:
                registers[node.document] = _register(node.document or "", view, links)
            yield _page(node, shown, registers[node.document], view=view, links=links)


def neighbours(edges: Iterable[Edge], *, incoming: bool, view: View, links: Links) -> Markup:
    """Who stands at the other end of edges, grouped by kind, each once; empty without edges."""
    nodes = view.graph.nodes
    grouped: dict[str, list[Markup]] = {}
    for end in sorted({edge.source if incoming else edge.target for edge in edges}):
        grouped.setdefault(nodes[end].kind, []).append(links.named(end))
    pieces: list[Markup] = []
    for kind in view.kinds:
        ends = grouped.get(kind)
        if ends:
            pieces += (_term(view.kinds[kind], many=len(ends) > 1), within(_ENDS, ends, _NEXT, _LAST))
    return joined(pieces)


@cache
def _term(kind: Kind, *, many: bool) -> Markup:
    return Markup("<dt>{}</dt>").format(kind.plural if many else kind.title)


def _identity(node: Node, register: RegisterFacts | None, view: View) -> str:
    """One line for the foot of a printed page."""
    of = f"{node.document}, {register.issue_words}" if register else "no register"
    return f"{node.id} · {of} · as of {words.day(view.shown.as_of)} · uncontrolled when printed"


def _register(identity: str, view: View, links: Links) -> RegisterFacts:
    stands = standing(identity, view=view, links=links)
    return RegisterFacts(links.named(identity), stands.issue_words, stands.state)


def _page(
    node: Node, columns: tuple[Field, ...], register: RegisterFacts | None, *, view: View, links: Links
) -> Page:
    identity = node.id
    linked = view.graph.outgoing.get(identity) or view.graph.incoming.get(identity)
    toc = contents(
        (
            ("Significance", "significance") if isinstance(node.entity, AspectRow) else None,
            ("Links", "links") if linked else None,
            ("Findings", "findings") if view.found.get(identity) else None,
            ("Where it is written", "written"),
        )
    )
    return Page(
        path=row_page(view.kinds[node.kind].slug, identity),
        title=f"{identity} {node.title}",
        form=PageForm.ROW,
        draw=partial(_draw, node, columns, register, view=view, links=links),
        toc=toc,
        search=_searched(node, columns),
    )


def _searched(node: Node, columns: tuple[Field, ...]) -> str:
    said = [node.id, node.title]
    for one in columns:
        if one.searched:
            value = getattr(node.entity, one.name)
            if value is not None and value != ():
                said.append(value if isinstance(value, str) else " ".join(map(str, value)))
    if isinstance(node.entity, AspectRow):
        said.extend(impact.text for impact in node.entity.impacts)
    return " ".join(said)


def _draw(
    node: Node, columns: tuple[Field, ...], register: RegisterFacts | None, *, view: View, links: Links
) -> str:
    entity, identity = node.entity, node.id
    shown: list[Markup] = []
    for one in columns:
        value = getattr(entity, one.name)
        if value is not None and value != ():
            shown += (one.opening, one.show(value, links), CLOSING)
    findings: tuple[Found, ...] = found_lines(view.found.get(identity, ()), view=view, links=links)
    significance: Panel | None = None
    if isinstance(entity, AspectRow):
        method = view.settings.significance
        significance = panel(entity, view.assessments[identity], method=method, links=links)
    path, line = where(view, node.anchor)
    kind = view.kinds[node.kind]
    outgoing, incoming = view.graph.outgoing.get(identity, ()), view.graph.incoming.get(identity, ())
    return render(
        "row.html",
        draft=view.draft,
        id=identity,
        title=node.title,
        kind=kind.title,
        kind_page=links.up + register_page(kind.slug),
        plural=kind.plural,
        facts=joined(shown),
        significance=significance,
        open=open_counts(findings),
        outgoing=neighbours(outgoing, incoming=False, view=view, links=links),
        incoming=neighbours(incoming, incoming=True, view=view, links=links),
        findings_here=findings,
        of_head=not view.draft,
        path=path,
        line=line,
        register=register,
        identity=_identity(node, register, view),
    )
