"""The page of each kind of register: how its registers stand, and all rows in one table.

Several registers may hold rows of one kind; their rows stand together, each register
with its own control block. The table is complete without any script.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.model import Entry, Kind
from mkdocs_ems.pages.addresses import RECORDS, REGISTERS, SIGNIFICANCE, register_page
from mkdocs_ems.pages.cells import RowFacts
from mkdocs_ems.pages.columns import Column, columns_of
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.findings import Found, found_lines
from mkdocs_ems.pages.issue_lines import IssueLine, issue_lines
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.pieces import filled, joined
from mkdocs_ems.pages.standing import Standing, standing
from mkdocs_ems.pages.values import Page, PageForm
from mkdocs_ems.pages.view import View, contents
from mkdocs_ems.text import plural

LEADS = {
    "context-issue": "What goes on inside and around us that bears on the environment, and what follows.",
    "interested-party": "Who has a stake in what we do, what they need, and which of it we have to meet.",
    "aspect": "What our activities, products and services do to the environment, and what matters most.",
    "obligation": "What the law, permits, customers and our own word oblige us to.",
    "control": "How we keep significant aspects and obligations in hand in daily work.",
    "objective": "What we want to improve, by how much and by when.",
    "role": "Who is responsible for what, and with which authority.",
    "person": "Who holds which role. Only names and roles are published.",
    "process": "What we do, as the system divides it.",
    "competence": "What people have to know and be able to do, in which role, and for how long it holds.",
    "awareness": "Who is made aware of what: policy, significant aspects, their own part in it.",
    "communication-plan": "What is communicated, with whom, when, how, and by whom.",
    "training": "Who learned or showed what, when, what proves it, and whether it worked.",
    "communication": "What was said to whom, what came in, and how it was answered.",
    "risk": "What may go wrong or well for the system, how likely and how grave, and what is decided.",
    "action": "What is to be done, by whom and by when, and whether it worked.",
    "provider": "Who outside does what for us, what we asked of them, and what they have to hold.",
    "waste-stream": "What leaves as waste, under which code, with whom, and what becomes of it.",
    "chemical": "What is stored and used, how dangerous it is, and what holds it when it leaks.",
    "emergency-scenario": "What could happen, what keeps it from happening, and what we do when it does.",
    "measurement": "What we measure, how often, within which limits, and what for.",
    "indicator": "What the measurements come to: the figures that we steer by.",
    "instrument": "What we measure with, and whether it can be trusted.",
    "nonconformity": "What was not as it should be, why, and what we did about it.",
    "improvement": "What could be done better, what was decided, and what came of it.",
    "change": "What is changed on purpose, what it touches, who agreed, and how it turned out.",
    "gap-assessment": "Clause by clause: how far it is met today, and what closes the gap.",
    "certification": "The certificates, the audits of the certification body, and the move to a new edition.",
    "analysis": "What the results of a period show, and what was decided upon it.",
    "compliance-evaluation": "Which obligations were looked at, when, by whom, and whether they are met.",
    "audit-programme": "Which audits a cycle has, when, of what, by whom, and why these.",
    "audit": "What was audited, by whom, and what the audit concluded.",
    "finding": "What audits found, good and bad, and what became of it.",
    "management-review": "What top management looked at, concluded and decided.",
    "inspection": "What was checked, when and by whom, and whether all was as it should be.",
    "drill": "Which emergencies were practised, what was learned, and what became of it.",
    "incident": "What went wrong, what it did to the environment, and what was done.",
    "posted-copy": "Where paper copies hang, of which document, and which issue they show.",
}
"""What each register is for, in a sentence; a kind without one shows its plural alone."""


@dataclass(frozen=True, slots=True)
class RegisterPart:
    """One register document of a kind."""

    standing: Standing
    issues: tuple[IssueLine, ...]
    path: str
    rows: int
    findings: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class RegisterSummary:
    """A kind of register for lists of them."""

    kind: Kind
    page: str
    rows: int
    registers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Where kinds are listed together: registers, and records."""

    where: str
    page: str
    title: str
    noun: str
    lead: str
    order: int


_REGISTERS = _Shelf(
    "register",
    REGISTERS,
    "Registers",
    "row",
    "A register is a controlled document whose rows each have a page of their own.",
    30,
)
_RECORDS = _Shelf(
    "record",
    RECORDS,
    "Records",
    "record",
    "A record is evidence of what was done or found. Once it is closed, nothing in it changes any more.",
    40,
)


def summaries(view: View, *, where: str = "register") -> tuple[RegisterSummary, ...]:
    """Every kind that has rows, records or a register, in the order in which readers meet them.

    Args:
        view: the state shown.
        where: `register` for rows of registers, `record` for records.
    """
    counts: dict[str, int] = defaultdict(int)
    for entry in view.shown.model.entries:
        counts[entry.kind] += 1
    return tuple(
        RegisterSummary(kind, register_page(kind), counts[kind.key], registers)
        for kind in view.kinds.values()
        if kind.where == where
        for registers in (_registers_of(kind.key, view),)
        if counts[kind.key] or registers
    )


def register_pages(view: View) -> Iterator[Page]:
    """The list of registers and a page for each kind; where there are records, the same of them."""
    rows: dict[str, list[Entry]] = defaultdict(list)
    for entry in view.shown.model.entries:
        rows[entry.kind].append(entry)
    for shelf in (_REGISTERS, _RECORDS):
        made = summaries(view, where=shelf.where)
        if made or shelf is _REGISTERS:
            yield _list(shelf, made, view)
        for order, summary in enumerate(made, start=1):
            yield _page(shelf, summary, rows[summary.kind.key], order, view)


def _registers_of(kind: str, view: View) -> tuple[str, ...]:
    """Ids of the registers that hold rows of a kind: shown, or known to document control."""
    shown = {node.id for node in view.graph.of_kind("register") if getattr(node.entity, "type", None) == kind}
    known = {one.id for one in view.documents.values() if one.kind == "register" and one.type == kind}
    return tuple(sorted(shown | known))


def _list(shelf: _Shelf, made: tuple[RegisterSummary, ...], view: View) -> Page:
    links = view.links(shelf.page)
    body = render(
        "registers.html",
        draft=view.draft,
        up=links.up,
        title=shelf.title,
        lead=shelf.lead,
        noun=shelf.noun,
        registers=[
            (
                one,
                LEADS.get(one.kind.key, one.kind.description),
                [standing(identity, view=view, links=links) for identity in one.registers],
            )
            for one in made
        ],
    )
    return Page(
        path=shelf.page,
        title=shelf.title,
        form=PageForm.HTML,
        body=body,
        search=f"{shelf.title} " + " ".join(one.kind.plural for one in made),
        nav=(shelf.title,),
        order=shelf.order,
    )


def _page(shelf: _Shelf, summary: RegisterSummary, entries: list[Entry], order: int, view: View) -> Page:
    kind = summary.kind
    links = view.links(summary.page)
    counts: dict[str | None, int] = defaultdict(int)
    for entry in entries:
        counts[entry.document] += 1
    parts = tuple(_part(identity, counts[identity], view, links) for identity in summary.registers)
    return Page(
        path=summary.page,
        title=kind.plural,
        form=PageForm.HTML,
        draw=partial(_draw, kind, entries, parts, view),
        toc=contents((f"{part.standing.id} {part.standing.title}", part.standing.id) for part in parts),
        search=f"{kind.plural}. {LEADS.get(kind.key, kind.description)}",
        nav=(shelf.title, kind.plural),
        foot=parts[0].standing.foot if len(parts) == 1 else "",
        order=shelf.order + order,
    )


def _draw(kind: Kind, entries: list[Entry], parts: tuple[RegisterPart, ...], view: View) -> str:
    shelf = _RECORDS if kind.where == _RECORDS.where else _REGISTERS
    links = view.links(register_page(kind))
    columns = columns_of(kind)
    return render(
        "register.html",
        draft=view.draft,
        listing=links.up + shelf.page,
        listed=shelf.title,
        title=kind.plural,
        lead=LEADS.get(kind.key, kind.description),
        noun=kind.plural.lower(),
        caption=f"{plural(len(entries), kind.title.lower(), kind.plural.lower())}, {view.state_words}",
        columns=columns,
        rows=[_row(entry, columns, view, links) for entry in entries],
        registers=parts,
        method=links.up + SIGNIFICANCE if kind.key == "aspect" else "",
        of_head=not view.draft,
    )


def _part(identity: str, rows: int, view: View, links: Links) -> RegisterPart:
    node, control = view.graph.nodes.get(identity), view.documents.get(identity)
    path = node.anchor.path if node else control.path if control else ""
    found = (*view.found.get(identity, ()), *view.found.get(path, ()))
    return RegisterPart(
        standing=standing(identity, view=view, links=links),
        issues=issue_lines(identity, view=view, links=links),
        path=path,
        rows=rows,
        findings=found_lines(found, view=view, links=links),
    )


def _row(entry: Entry, columns: tuple[Column, ...], view: View, links: Links) -> Markup:
    """The cells of a row; one whose id is missing or another's has no page and is not linked."""
    entity = entry.entity
    mine = entity.id is not None and view.shown.model.by_id.get(entity.id) is entry
    if entity.id is None:
        head = Markup('<th scope="row"><em>no id</em></th>')
    elif mine:
        since = view.since_approval.get(entity.id)
        mark = filled('<br><span class="ems-mark">%s</span>', since) if since else ""
        head = filled('<th scope="row">%s%s</th>', links.bare(entity.id), mark)
    else:
        head = filled('<th scope="row">%s <em>(id used twice)</em></th>', entity.id)
    assessment = view.assessments.get(entity.id) if entity.id and mine else None
    facts = RowFacts(entity, assessment, view, links)
    return joined([head, *(column.cell(facts) for column in columns)])
