"""Where the organisation stands with its compliance obligations (9.1.2): the status of each, and of all.

Worked out by `compliance_status`; here in words. Judges nothing beside it.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from markupsafe import Markup

from mkdocs_ems.model import ObligationRow
from mkdocs_ems.model.compliance_status import ObligationStatus, compliance_status, last_statement
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import COMPLIANCE
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.overview import Cell, Heading, Overview, Table, badge, day, kept, overview_page
from mkdocs_ems.pages.values import Page
from mkdocs_ems.pages.view import View
from mkdocs_ems.text import plural

_WEIGHTS = {"non-compliant": "error", "partial": "warning", "unknown": "warning"}


def compliance_pages(view: View) -> tuple[Page, ...]:
    """The page, where there is an obligation."""
    as_of, model = view.shown.as_of, view.shown.model
    found = compliance_status(model, as_of=as_of)
    if not found:
        return ()
    links = view.links(COMPLIANCE)
    stated = last_statement(model, as_of=as_of)
    said: Cell = "nobody has stated it yet"
    if stated is not None:
        by = links.named(stated.entry.entity.id) if stated.entry.entity.id else stated.entry.entity.name
        said = Markup("{}, {}").format(by, words.day(stated.on))
    open_ = sorted({one for status in found for one in status.breaches})
    facts: tuple[tuple[str, Cell], ...] = (
        ("Obligations that bind", str(len(found))),
        ("By their last evaluation", _counted(found)),
        ("Overdue", str(sum(status.overdue(as_of) for status in found))),
        ("Open breaches", Markup(", ").join(map(links.named, open_)) if open_ else "none"),
        ("Overall status last stated", said),
    )
    page = Overview(
        path=COMPLIANCE,
        title="Compliance status",
        lead=f"What was evaluated, with which result, and what is due again; as of {words.day(as_of)}.",
        tables=(_table(found, links, as_of), _applied(view, links, found)),
        search="Compliance status: evaluation of compliance obligations, results, breaches, next evaluation",
        order=51,
        facts=facts,
    )
    return (overview_page(page, view),)


def _counted(found: tuple[ObligationStatus, ...]) -> str:
    counts = Counter(status.result or "never evaluated" for status in found)
    return ", ".join(f"{count} {words.words(word)}" for word, count in counts.most_common())


def _table(found: tuple[ObligationStatus, ...], links: Links, as_of: date) -> Table:
    return Table(
        title="Obligation by obligation",
        anchor="obligations",
        caption=f"{plural(len(found), 'obligation')} and how each stands",
        columns=(
            Heading("Obligation"),
            Heading("Result", choose=True),
            Heading("Last evaluated"),
            Heading("Record"),
            Heading("Every"),
            Heading("Next due"),
            Heading("Open breaches"),
        ),
        rows=tuple(_row(status, links, as_of) for status in found),
        noun="obligations",
        note="Where single conditions were evaluated, the gravest result counts, and the oldest day. "
        "What came to no result does not count as evaluated.",
    )


def _row(status: ObligationStatus, links: Links, as_of: date) -> tuple[Cell, ...]:
    obligation, latest = status.obligation, status.latest
    result = words.words(status.result) if status.result else "never evaluated"
    weight = _WEIGHTS.get(status.result or "unknown", "plain")
    due = day(status.due)
    if status.overdue(as_of):
        due = Markup("{} {}").format(due, badge("overdue", "error"))
    return (
        links.named(obligation.id) if obligation.id else obligation.name,
        badge(result, weight),
        day(status.last),
        links.short(latest.record.id) if latest is not None and latest.record.id else "",
        kept(str(status.every or "")),
        due,
        Markup(", ").join(map(links.short, status.breaches)),
    )


def _applied(view: View, links: Links, found: tuple[ObligationStatus, ...]) -> Table:
    """Obligations that do not bind on the day, and why: they were looked at as well."""
    bound = {id(status.obligation) for status in found}
    rows = [
        (
            links.named(node.id),
            words.words(one.applicable) if one.applicable else "",
            one.reason or "",
        )
        for node in view.graph.of_kind("obligation")
        if isinstance(one := node.entity, ObligationRow) and id(one) not in bound
    ]
    return Table(
        title="Looked at and not binding",
        anchor="others",
        caption=f"{plural(len(rows), 'obligation')} that do not bind here today",
        columns=(Heading("Obligation"), Heading("Applies", choose=True), Heading("Why")),
        rows=tuple(rows),
        noun="obligations that do not bind",
        empty="Every obligation in the register binds.",
    )
