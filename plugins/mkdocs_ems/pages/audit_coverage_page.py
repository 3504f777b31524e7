"""What the audits of the running cycle look at: clause by clause, process by process, site by site (9.2).

Worked out by `audit_coverage`; here in words.
"""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.model import CertificationRow
from mkdocs_ems.model.audit_coverage import Coverage, CycleAudit, Line, State, coverage
from mkdocs_ems.model.clauses import EDITIONS
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import AUDIT_COVERAGE
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.overview import Cell, Heading, Overview, Table, badge, kept, overview_page
from mkdocs_ems.pages.values import Page
from mkdocs_ems.pages.view import View
from mkdocs_ems.text import plural

_WEIGHTS = {State.DONE: "strong", State.PLANNED: "plain", State.MISSING: "error"}


def audit_coverage_pages(view: View) -> tuple[Page, ...]:
    """The page, where a programme covers the day."""
    as_of = view.shown.as_of
    cycle = coverage(view.shown.model, edition=view.report.edition, as_of=as_of)
    if cycle is None:
        return ()
    links = view.links(AUDIT_COVERAGE)
    subjects = [
        _Subject("Clauses", "clauses", "Clause", cycle.clauses),
        _Subject("Processes", "processes", "Process", cycle.processes),
        _Subject("Sites", "sites", "Site", cycle.sites),
        _Subject("Shifts", "shifts", "Shift", cycle.shifts),
    ]
    subjects = [one for one in subjects if one.lines]
    after = _after_transition(view)
    page = Overview(
        path=AUDIT_COVERAGE,
        title="Audit coverage",
        lead=(
            f"The cycle from {words.day(cycle.begin)} to {words.day(cycle.end)}, by the clauses of "
            f"ISO 14001:{cycle.edition}. An audit that named a clause looked at its parts; as of "
            f"{words.day(as_of)}."
        ),
        tables=(
            _audits(cycle, links),
            *(_table(one, cycle, links) for one in subjects),
            *(() if after is None else (_table(_transition(after), after, links),)),
        ),
        search="Audit coverage: internal audits of the cycle by clause, process, site and shift",
        order=52,
        facts=tuple((one.title, _counted(one.lines)) for one in subjects),
    )
    return (overview_page(page, view),)


def _after_transition(view: View) -> Coverage | None:
    """The same cycle by the edition that a certificate is moved to; None where none is."""
    moving = any(
        isinstance(one := node.entity, CertificationRow) and one.transition is not None
        for node in view.graph.of_kind("certification")
    )
    newer = EDITIONS[-1]
    if view.report.edition == newer or not (moving or view.settings.transitions):
        return None
    return coverage(view.shown.model, edition=newer, as_of=view.shown.as_of)


def _transition(after: Coverage) -> _Subject:
    return _Subject(f"Clauses of the {after.edition} edition", "after", "Clause", after.clauses)


def _counted(lines: tuple[Line, ...]) -> str:
    counts = Counter(line.state for line in lines)
    return ", ".join(f"{counts[state]} {state.value}" for state in State if counts[state])


def _audits(cycle: Coverage, links: Links) -> Table:
    return Table(
        title="Audits of the cycle",
        anchor="audits",
        caption=f"{plural(len(cycle.audits), 'internal audit')}, made and planned",
        columns=(
            Heading("Audit"),
            Heading("When"),
            Heading("State", choose=True),
            Heading("Clauses"),
            Heading("Processes"),
            Heading("Sites"),
        ),
        rows=tuple(
            (
                _audit(audit, links),
                kept(audit.when.text) if audit.when else "not said",
                badge(audit.state.value, _WEIGHTS[audit.state]),
                _clauses(audit),
                Markup(", ").join(map(links.short, sorted(audit.processes))),
                kept(", ".join(sorted(audit.sites))),
            )
            for audit in cycle.audits
        ),
        noun="audits",
    )


def _clauses(audit: CycleAudit) -> Cell:
    """How many clauses of the edition it looks at; or that those it names are others."""
    named = (audit.record and audit.record.audited_clauses) or (audit.planned and audit.planned.clauses)
    if audit.clauses or not named:
        return kept(plural(len(audit.clauses), "clause"))
    return "none of this edition"


def _audit(audit: CycleAudit, links: Links) -> Cell:
    if audit.id is not None and audit.id in links.places:
        return links.named(audit.id)
    return f"{audit.id} {audit.title}" if audit.id else audit.title


@dataclass(frozen=True, slots=True)
class _Subject:
    """One table of the page: clauses, processes, sites or shifts."""

    title: str
    anchor: str
    head: str
    lines: tuple[Line, ...]


def _table(subject: _Subject, cycle: Coverage, links: Links) -> Table:
    return Table(
        title=subject.title,
        anchor=subject.anchor,
        caption=f"{subject.title} and the audits of the cycle that look at each",
        columns=(Heading(subject.head), Heading("Title"), Heading("State", choose=True), Heading("Audits")),
        rows=tuple(
            (
                _named(subject.anchor, line, links),
                line.title,
                badge(line.state.value, _WEIGHTS[line.state]),
                Markup(", ").join(_short(cycle.audits[at], links) for at in line.audits),
            )
            for line in subject.lines
        ),
        noun=subject.title.lower(),
    )


def _named(anchor: str, line: Line, links: Links) -> Cell:
    if anchor == "clauses":
        return links.clause(line.key)
    if anchor == "after":
        return links.clause(f"{EDITIONS[-1]}:{line.key}")
    return links.short(line.key) if line.key in links.places else line.key


def _short(audit: CycleAudit, links: Links) -> Markup:
    when = audit.when.text if audit.when else "not said when"
    name = links.short(audit.id) if audit.id is not None and audit.id in links.places else audit.title
    return Markup('{} <span class="ems-aside">({}, {})</span>').format(name, when, audit.state.value)
