"""The page of one row: its fields, what its significance follows from, links, findings, where it is written.

There may be ten thousand of them, so everything that rows share is made once (`_Maker`),
and a page is one template filled with finished pieces.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache, partial

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.graph import Node
from mkdocs_ems.model import AspectRow, Entity, Record
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import register_page, row_page
from mkdocs_ems.pages.connections import Connections
from mkdocs_ems.pages.documents import paths_of
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.fields import CLOSING, Field, fields
from mkdocs_ems.pages.findings import Found, found_lines, open_counts
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.pieces import joined
from mkdocs_ems.pages.prose import Targets, linked
from mkdocs_ems.pages.record_files import files_of, only_files
from mkdocs_ems.pages.searched import searched
from mkdocs_ems.pages.sections import FACTS, drawn, sections_of
from mkdocs_ems.pages.significance import Panel, panel
from mkdocs_ems.pages.standing import printed_from, standing
from mkdocs_ems.pages.values import Page, PageForm, TocEntry
from mkdocs_ems.pages.view import View, contents, where


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """What every row of one register says of that register."""

    link: Markup
    issue_words: str
    state: str
    owner: Markup
    printed: Markup
    """How it stands, for a print of one of its rows."""


_PRINTED = ("Issue", "State", "In force from", "Next review", "Approved", "Level")
"""What a print of a row says of its register."""


@dataclass(frozen=True, slots=True)
class _Maker:
    """What all rows' pages are made with."""

    view: View
    links: Links
    connections: Connections


def row_pages(view: View) -> Iterator[Page]:
    """A page for each row and each record that has an id, by kind, then id."""
    links = view.links("registers/kind/row/index.html")
    maker = _Maker(view, links, Connections(view, links, anchor="linked"))
    registers: dict[str | None, RegisterFacts | None] = {None: None}
    # Once for all records that are texts, and not at all where there is none.
    paths = cache(partial(paths_of, view))
    for kind in (key for key, one in view.kinds.items() if one.where in ("register", "record")):
        shown = fields(view.kinds[kind])
        for node in view.graph.of_kind(kind):
            if node.document not in registers:
                registers[node.document] = _register(node.document or "", view, links)
            page = _page(node, shown, registers[node.document], maker)
            yield _in_its_own_words(page, node, view, paths) if isinstance(node.entity, Record) else page


def _in_its_own_words(page: Page, node: Node, view: View, paths: Callable[[], Mapping[str, str]]) -> Page:
    """The page of a record that was written as a text: its fields, then the text."""
    source = view.shown.sources.files.get(node.anchor.path)
    if source is None or source.body is None or not source.body.text.strip() or page.draw is None:
        return page
    prefix = f"{view.shown.snapshot.content}/" if view.shown.snapshot.content else ""
    files = {prefix + path: asset.path for path, asset in files_of(node, view).items()}
    text = linked(source, targets=Targets(page.path, view.places, paths(), files))
    return replace(
        page,
        form=PageForm.MARKDOWN,
        draw=None,
        before=page.draw() + _TEXT,
        body=text,
        source_path=source.path,
        toc=(*page.toc, TocEntry(2, "Text", "ems--text")),
    )


_TEXT = '<h2 id="ems--text">Text</h2>\n'


def _identity(node: Node, register: RegisterFacts | None, view: View) -> str:
    """One line that says on a print what it is a print of."""
    return " · ".join((f"{node.id} {node.title}", _of(node, register), *printed_from(view)))


def _of(node: Node, register: RegisterFacts | None) -> str:
    """What it belongs to, in a few words: its register, or how a record stands."""
    if isinstance(node.entity, Record):
        return "record, closed" if node.entity.closed else "record, open"
    return f"{node.document}, {register.issue_words}" if register else "no register"


def _events(node: Node, view: View, links: Links) -> str:
    """The address of what it said after each event; empty where nothing ever changed it."""
    if (node.kind, node.id) not in view.row_states:
        return ""
    return view.row_history_address(view.kinds[node.kind].slug, node.id, links)


def _foot(node: Node, register: RegisterFacts | None, view: View) -> str:
    return f"{node.id} · {_of(node, register)} · as of {words.day(view.shown.as_of)}"


def _answers(entity: Entity, register: RegisterFacts | None, links: Links) -> tuple[str, Markup | str]:
    """Who answers for it, and what that is called: of a record, those who made it."""
    if isinstance(entity, Record) and not entity.owner:
        return "By", Markup(", ").join(map(links.named, entity.by)) or "nobody named"
    if entity.owner:
        return "Owner", links.named(entity.owner)
    return "Owner", register.owner if register else "none named"


def _register(identity: str, view: View, links: Links) -> RegisterFacts:
    stands = standing(identity, view=view, links=links)
    facts = dict(stands.facts)
    link = links.named(identity)
    said = [("Register", link), *((name, facts[name]) for name in _PRINTED if name in facts)]
    wide = Markup(' class="ems-whole"')
    printed = Markup("").join(
        Markup("<div{}><dt>{}</dt><dd>{}</dd></div>\n").format(
            wide if name in stands.wide or name == "Register" else "", name, value
        )
        for name, value in said
    )
    return RegisterFacts(link, stands.issue_words, stands.state, facts["Owner"], printed)


def _page(node: Node, columns: tuple[Field, ...], register: RegisterFacts | None, maker: _Maker) -> Page:
    identity, view = node.id, maker.view
    toc = contents(
        (
            ("Significance", "significance") if isinstance(node.entity, AspectRow) else None,
            *sections_of(node, view),
            ("Links", "links") if maker.connections.any(identity) else None,
            ("Findings", "findings") if view.found.get(identity) else None,
            ("Where it is written", "written"),
        )
    )
    return Page(
        path=row_page(view.kinds[node.kind], identity),
        title=f"{identity} {node.title}",
        form=PageForm.ROW,
        draw=partial(_draw, node, columns, register, maker),
        toc=toc,
        search=searched(node),
        foot=_foot(node, register, view),
    )


def _draw(node: Node, columns: tuple[Field, ...], register: RegisterFacts | None, maker: _Maker) -> str:
    entity, identity, view, links = node.entity, node.id, maker.view, maker.links
    shown: list[Markup] = []
    for one in columns:
        value = getattr(entity, one.name)
        if value is not None and value != () and not only_files(one.name, entity):
            shown += (one.opening, one.show(value, links), CLOSING)
    findings: tuple[Found, ...] = found_lines(view.found.get(identity, ()), view=view, links=links)
    significance: Panel | None = None
    if isinstance(entity, AspectRow):
        method = view.settings.significance
        significance = panel(entity, view.assessments[identity], method=method, links=links)
    path, line = where(view, node.anchor)
    kind = view.kinds[node.kind]
    return render(
        "row.html",
        draft=view.draft,
        id=identity,
        title=node.title,
        noun="Record" if kind.where == "record" else "Row",
        closed=isinstance(entity, Record) and entity.closed,
        kind_page=links.up + register_page(kind),
        plural=kind.plural,
        facts=joined(shown),
        significance=significance,
        since=view.since_approval.get(identity, ""),
        open=open_counts(findings),
        facts_title=FACTS[0],
        facts_anchor=FACTS[1],
        sections=drawn(node, view=view, links=links),
        linked=maker.connections.section(identity),
        findings_here=findings,
        of_head=not view.draft,
        path=path,
        line=line,
        register=register,
        events=_events(node, view, links),
        identity=_identity(node, register, view),
        answers=_answers(entity, register, links),
    )
