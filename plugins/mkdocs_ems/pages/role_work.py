"""The page for somebody who holds a role: what to read, what to do in an emergency, what to answer for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.graph import Edge, Node
from mkdocs_ems.model import (
    ActionRow,
    ControlRow,
    Entity,
    InstrumentRow,
    MeasurementRow,
    NonconformityRow,
    ObjectiveRow,
    PersonRow,
    RoleRow,
)
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import WORK, register_page, role_work_page
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.instructions import MANY, active, emergencies, hazards, to_read
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.values import Page, PageForm
from mkdocs_ems.pages.view import View, contents

_DUTIES = {"owner": "", "responsible": "", "who": "takes the readings"}
"""Fields by which a row lays something on a role, with what is said of it."""

_FIRST = ("action", "nonconformity", "objective", "measurement", "control", "instrument")
"""Kinds of rows in the order in which they press; others follow."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that a role answers for."""

    link: Markup
    note: str
    due: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Duties:
    """All things of one kind that a role answers for."""

    title: str
    ones: tuple[Duty, ...]
    """No more than fit a page; the most pressing first."""
    more: int
    page: str


def role_work_pages(view: View) -> Iterator[Page]:
    """A page for each role, withdrawn ones too: an address that was given out keeps working."""
    for node in view.graph.of_kind("role"):
        if isinstance(node.entity, RoleRow):
            yield Page(
                path=role_work_page(node.id),
                title=f"{node.title}: what to know and do",
                form=PageForm.ROW,
                draw=partial(_draw, node, node.entity, view),
                toc=contents(
                    (
                        ("Read this", "read"),
                        ("In an emergency", "emergency"),
                        ("What you answer for", "duties"),
                        ("The role", "role"),
                    )
                ),
                search=f"{node.title}: what to read, what to do in an emergency, what to answer for",
            )


def holders(role: str, view: View) -> tuple[str, ...]:
    """Ids of the people who hold a role on the day that is shown."""
    return tuple(
        one for one in holders_on(view.shown.as_of, role, view) if active(view.graph.nodes[one].entity)
    )


def holders_on(today: date, role: str, view: View) -> tuple[str, ...]:
    """Ids of the people who held a role on a day, also of those who have left since."""
    return tuple(
        node.id
        for node in view.graph.referrers(role, "person")
        if isinstance(node.entity, PersonRow)
        and not (node.entity.end_date and node.entity.end_date < today)
        and any(
            held.role == role
            and (held.from_ is None or held.from_ <= today)
            and (held.to is None or held.to >= today)
            for held in node.entity.roles
        )
    )


def _draw(node: Node, role: RoleRow, view: View) -> str:
    links = view.links(role_work_page(node.id))
    people = holders(node.id, view)
    edges = view.graph.incoming.get(node.id, ())
    own = [(edge, "") for edge in edges]
    own += [
        (edge, f"as {view.graph.nodes[person].title}")
        for person in people
        for edge in view.graph.incoming.get(person, ())
    ]
    must = _sources(edges, "read_by", view)
    owned = [one for edge, _ in own if edge.field == "owner" and _is_document(one := edge.source, view)]
    naming = [one for one in _sources(edges, "text", view) if _is_document(one, view)]
    responding = (view.graph.nodes[edge.source] for edge, _ in own if edge.field == "roles")
    told = [view.graph.nodes[one] for one in _sources(edges, "communicated_to", view)]
    return render(
        "role-work.html",
        draft=view.draft,
        work=links.up + WORK,
        title=node.title,
        withdrawn=not active(role),
        people=words.listed([view.graph.nodes[one].title for one in people]),
        as_of=words.day(view.shown.as_of),
        must=to_read(must, view, links),
        naming=to_read((one for one in naming if one not in {*must, *owned}), view, links),
        emergencies=emergencies(responding, links),
        duties=[*_documents(owned, view, links), *_rows(own, view, links)],
        hazards=hazards(told, view, links),
        many=MANY,
        responsibilities=[links.prose(one) for one in role.responsibilities],
        authorities=[links.prose(one) for one in role.authorities],
        row=links.named(node.id),
    )


def _is_document(identity: str, view: View) -> bool:
    kind = view.kinds.get(view.graph.nodes[identity].kind)
    return kind is None or kind.where in ("document", "head")


def _sources(edges: Iterable[Edge], name: str, view: View) -> list[str]:
    return [edge.source for edge in edges if edge.field == name and edge.source in view.graph.nodes]


def _documents(ids: Iterable[str], view: View, links: Links) -> Iterator[Duties]:
    made: list[Duty] = []
    for identity in dict.fromkeys(ids):
        control = view.documents.get(identity)
        due = control.review_due if control else None
        made.append(_duty(links.named(identity), "review" if due else "", due, view))
    if made:
        yield _few("Documents and registers", made, links.up + "document-register/index.html")


def _rows(edges: Iterable[tuple[Edge, str]], view: View, links: Links) -> Iterator[Duties]:
    """Rows that lay something on the role or on who holds it, by kind."""
    found: dict[str, dict[str, Duty]] = {}
    for edge, whose in edges:
        node = view.graph.nodes[edge.source]
        kind = view.kinds.get(node.kind)
        if edge.field not in _DUTIES or kind is None or kind.where != "register" or not active(node.entity):
            continue
        note, due = _asks(node.entity)
        said = ", ".join(part for part in (_DUTIES[edge.field], note, whose) if part)
        found.setdefault(node.kind, {}).setdefault(node.id, _duty(links.named(node.id), said, due, view))
    ranks = {key: rank for rank, key in enumerate(dict.fromkeys((*_FIRST, *view.kinds)))}
    for key in sorted(found, key=lambda key: ranks[key]):
        known = view.kinds[key]
        yield _few(known.plural, found[key].values(), links.up + register_page(known))


def _duty(link: Markup, note: str, due: date | None, view: View) -> Duty:
    return Duty(link, note, due, late=due is not None and due < view.shown.as_of)


def _few(title: str, duties: Iterable[Duty], page: str) -> Duties:
    ordered = sorted(duties, key=lambda one: one.due or date.max)
    return Duties(title, tuple(ordered[:MANY]), max(0, len(ordered) - MANY), page)


def _asks(entity: Entity) -> tuple[str, date | None]:
    """What a row asks for, in a word, and by when."""
    note, due = "", None
    match entity:
        case ActionRow():
            note, due = words.words(entity.status or ""), entity.due
        case NonconformityRow():
            note, due = words.words(entity.status or ""), entity.response_due
        case ObjectiveRow():
            note = words.words(entity.status or "")
            due = entity.target.date if entity.target else None
        case MeasurementRow():
            note = entity.frequency or ""
        case ControlRow() if entity.verification and entity.verification.frequency:
            note = f"verified {entity.verification.frequency}"
        case InstrumentRow() if entity.interval and entity.calibrations:
            note = "calibration"
            due = entity.interval.after(max(one.date for one in entity.calibrations))
    return note, due
