"""The matrix of competences (7.2): who needs which, who holds it, and until when, by profile.

Worked out by `competence`; here in words. Of people only names and roles are published, so the matrix
tells what the records say and nothing else of anybody.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from markupsafe import Markup

from mkdocs_ems.control import Directory
from mkdocs_ems.model import PersonRow, RoleRow
from mkdocs_ems.model.competence import CompetenceState, Holding, Matrix, competence_matrix
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import COMPETENCE
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.overview import Cell, Heading, Overview, Table, badge, day, overview_page
from mkdocs_ems.pages.values import Page
from mkdocs_ems.pages.view import View
from mkdocs_ems.text import plural

_WEIGHTS = {CompetenceState.HELD: "plain", CompetenceState.PLANNED: "warning"}


def competence_pages(view: View) -> tuple[Page, ...]:
    """The page, where a role needs a competence or somebody holds one."""
    as_of, graph = view.shown.as_of, view.graph
    people = [one for node in graph.of_kind("person") if isinstance(one := node.entity, PersonRow)]
    roles = [one for node in graph.of_kind("role") if isinstance(one := node.entity, RoleRow)]
    holders = Directory(people, roles).held(as_of)
    matrix = competence_matrix(view.shown.model, holders=holders, as_of=as_of)
    if not matrix.holdings and not matrix.required:
        return ()
    links = view.links(COMPETENCE)
    counts = Counter(one.state for one in matrix.holdings.values())
    page = Overview(
        path=COMPETENCE,
        title="Competence",
        lead=f"Who needs which competence, who holds it and until when; as of {words.day(as_of)}.",
        tables=(_people(matrix, links), _profiles(matrix, links), _cells(matrix, links)),
        search="Competence matrix: people, roles, competences, training, validity",
        order=53,
        facts=tuple((state.value, str(counts[state])) for state in CompetenceState if counts[state]),
    )
    return (overview_page(page, view),)


def _people(matrix: Matrix, links: Links) -> Table:
    """One row a person, one column a competence: the matrix as it hangs on the wall."""
    competences = sorted({competence for _, competence in matrix.holdings})
    people = sorted({person for person, _ in matrix.holdings})
    return Table(
        title="Matrix",
        anchor="matrix",
        caption=f"{plural(len(people), 'person', 'people')} and {plural(len(competences), 'competence')}",
        columns=(Heading("Person"), *(Heading(_heading(one, links)) for one in competences)),
        rows=tuple(
            (links.named(person), *(_cell(matrix.holdings.get((person, one))) for one in competences))
            for person in people
        ),
        noun="people",
        note="An empty cell: neither needed nor held.",
    )


def _heading(competence: str, links: Links) -> str:
    place = links.places.get(competence)
    return f"{competence} {place.title}" if place else competence


def _cell(holding: Holding | None) -> Cell:
    if holding is None:
        return ""
    said = badge(holding.state.value, _WEIGHTS.get(holding.state, "error"))
    if holding.state is CompetenceState.HELD:
        said = Markup("held") if holding.roles else Markup("held, not needed")
    if holding.until is not None:
        said = Markup('{} <span class="ems-keep">to {}</span>').format(said, words.day(holding.until))
    elif holding.planned_on is not None:
        said = Markup('{} <span class="ems-keep">{}</span>').format(said, words.day(holding.planned_on))
    return said


def _profiles(matrix: Matrix, links: Links) -> Table:
    """What each role asks for, and how far those who hold it have it."""
    by_role: defaultdict[str, list[Holding]] = defaultdict(list)
    for holding in matrix.holdings.values():
        for role in holding.roles:
            by_role[role].append(holding)
    return Table(
        title="Profiles",
        anchor="profiles",
        caption="What each role has to be able to do, and how many who hold it are",
        columns=(Heading("Role"), Heading("Competences"), Heading("People"), Heading("Gaps", "number")),
        rows=tuple(
            (
                links.named(role),
                Markup(", ").join(map(links.short, needed)),
                Markup(", ").join(map(links.short, sorted({one.person for one in by_role[role]}))),
                _gaps(by_role[role]),
            )
            for role, needed in sorted(matrix.required.items())
        ),
        noun="roles",
    )


def _gaps(holdings: list[Holding]) -> str:
    """How many competences are missing; of a role that nobody holds nobody can say."""
    if not holdings:
        return "nobody holds it"
    return str(sum(one.state is not CompetenceState.HELD for one in holdings))


def _cells(matrix: Matrix, links: Links) -> Table:
    """Everything that is not simply held, with the record that says so."""
    open_ = [one for _, one in sorted(matrix.holdings.items()) if one.state is not CompetenceState.HELD]
    return Table(
        title="Gaps",
        anchor="gaps",
        caption="What is needed and not held today",
        columns=(
            Heading("Person"),
            Heading("Competence"),
            Heading("State", choose=True),
            Heading("For"),
            Heading("Record"),
            Heading("Planned"),
        ),
        rows=tuple(
            (
                links.named(one.person),
                links.named(one.competence),
                one.state.value,
                Markup(", ").join(map(links.short, one.roles)),
                links.short(one.record.entity.id) if one.record and one.record.entity.id else "",
                day(one.planned_on),
            )
            for one in open_
        ),
        noun="gaps",
        empty="Everybody who holds a role holds what it asks for.",
    )
