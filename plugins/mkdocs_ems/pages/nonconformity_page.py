"""Nonconformities together (10.2): where they come from, what they miss, why, and how long they take.

Counts what the register says, and draws no conclusion: that is for the management review.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from statistics import median

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.model import NonconformityRow
from mkdocs_ems.model.clauses import find_clause
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import NONCONFORMITIES
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.overview import Cell, Heading, Overview, Table, day, overview_page
from mkdocs_ems.pages.values import Page
from mkdocs_ems.pages.view import View
from mkdocs_ems.text import plural

_NAMED = 12
Groups = Callable[[NonconformityRow], Iterable[str]]
"""The groups that a nonconformity belongs to."""


def nonconformity_pages(view: View) -> tuple[Page, ...]:
    """The page, where there is a nonconformity."""
    cases = tuple(
        one
        for node in view.graph.of_kind("nonconformity")
        if isinstance(one := node.entity, NonconformityRow)
    )
    if not cases:
        return ()
    links = view.links(NONCONFORMITIES)
    as_of = view.shown.as_of
    page = Overview(
        path=NONCONFORMITIES,
        title="Nonconformities at a glance",
        lead=f"All nonconformities by source, clause, process and cause; as of {words.day(as_of)}.",
        tables=(
            *(_table(one, cases, links) for one in _VIEWS),
            _open(cases, view, links),
        ),
        search="Nonconformities by source, clause, process, cause and year; open cases and their age",
        order=55,
        facts=_facts(cases),
    )
    return (overview_page(page, view),)


def _word(word: str | None) -> str:
    return words.words(word) if word else "not said"


def _causes(case: NonconformityRow) -> list[str]:
    if case.cause is None or case.cause.text is None:
        return ["no cause written"]
    return [case.cause.method or "method not said"]


def _year(case: NonconformityRow) -> list[str]:
    return [str(case.detected_on.year) if case.detected_on else "not said"]


def _facts(cases: tuple[NonconformityRow, ...]) -> tuple[tuple[str, Cell], ...]:
    closed = [(one.closed_on - one.detected_on).days for one in cases if one.closed_on and one.detected_on]
    repeated = sum(one.recurrence_of is not None for one in cases)
    return (
        ("Open", str(sum(one.status != "closed" for one in cases))),
        ("Closed", str(sum(one.status == "closed" for one in cases))),
        ("Days from found to closed, median", f"{median(closed):g}" if closed else "none is closed"),
        ("Named as a repetition", str(repeated)),
    )


@dataclass(frozen=True, slots=True)
class _Grouping:
    """One way to look at all cases."""

    title: str
    anchor: str
    head: str
    groups: Groups


_VIEWS = (
    _Grouping("By source", "source", "Source", lambda one: [_word(one.source)]),
    _Grouping("By clause", "clause", "Clause", lambda one: one.criterion_clauses),
    _Grouping("By process", "process", "Process", lambda one: one.processes),
    _Grouping("By cause", "cause", "How the cause was found", _causes),
    _Grouping("By year", "year", "Found in", _year),
)


def _table(by: _Grouping, cases: tuple[NonconformityRow, ...], links: Links) -> Table:
    found: defaultdict[str, list[NonconformityRow]] = defaultdict(list)
    for case in cases:
        groups = by.groups(case)
        if by.anchor == "clause":
            groups = (_spelt(one, links.edition) for one in groups)
        for group in dict.fromkeys(groups) or ("not said",):
            found[group].append(case)
    return Table(
        title=by.title,
        anchor=by.anchor,
        caption=f"{by.title}, with grades",
        columns=(
            Heading(by.head),
            Heading("All", "number"),
            Heading("Open", "number"),
            Heading("Major", "number"),
            Heading("Minor", "number"),
            Heading("Which"),
        ),
        rows=tuple(_row(by.anchor, group, found[group], links) for group in sorted(found, key=_order(found))),
        noun=f"groups {by.title.lower()}",
    )


def _spelt(ref: str, edition: str) -> str:
    """A clause in the one spelling under which it is counted: with its edition where that is another."""
    clause = find_clause(ref, edition)
    if clause is None:
        return ref
    return clause.number if clause.edition == edition else f"{clause.edition}:{clause.number}"


def _order(found: dict[str, list[NonconformityRow]]) -> Callable[[str], tuple[int, str]]:
    return lambda group: (-len(found[group]), group)


def _row(anchor: str, group: str, cases: list[NonconformityRow], links: Links) -> tuple[Cell, ...]:
    grades = Counter(one.grade for one in cases)
    ids = [one.id for one in cases if one.id]
    which = Markup(", ").join(map(links.short, ids[:_NAMED]))
    if len(ids) > _NAMED:
        which = Markup("{} and {} more").format(which, len(ids) - _NAMED)
    named: Cell = group
    if anchor == "clause" and group != "not said":
        named = links.clause_named(group)
    elif anchor == "process" and group in links.places:
        named = links.named(group)
    return (
        named,
        str(len(cases)),
        str(sum(one.status != "closed" for one in cases)),
        str(grades["major"]),
        str(grades["minor"]),
        which,
    )


def _open(cases: tuple[NonconformityRow, ...], view: View, links: Links) -> Table:
    as_of = view.shown.as_of
    open_ = [one for one in cases if one.status != "closed"]
    return Table(
        title="Open cases",
        anchor="open",
        caption=f"{plural(len(open_), 'open case')} and how old each is",
        columns=(
            Heading("Nonconformity"),
            Heading("Status", choose=True),
            Heading("Found on"),
            Heading("Days open", "number"),
            Heading("Due"),
            Heading("Owner", choose=True),
        ),
        rows=tuple(
            (
                links.named(one.id) if one.id else one.name,
                _word(one.status),
                day(one.detected_on),
                str((as_of - one.detected_on).days) if one.detected_on else "",
                day(one.due),
                links.named(one.owner) if one.owner else "",
            )
            for one in open_
        ),
        noun="open cases",
        empty="None is open.",
    )
