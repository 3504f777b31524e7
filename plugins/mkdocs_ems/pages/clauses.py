"""The pages of clause coverage: both editions side by side, and each edition clause by clause.

Each clause has an anchor on the page of its edition, so a link to a clause keeps its
meaning when the organisation moves to another edition. A clause that nothing answers says
what to do about it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from mkdocs_ems import dataclass
from mkdocs_ems.model.clauses import EDITIONS, Clause, standard_name
from mkdocs_ems.model.standards import OTHERS
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import CLAUSES, READINESS, START, clause_anchor, clauses_page, register_page
from mkdocs_ems.pages.answers import Answer
from mkdocs_ems.pages.coverage import Covered, State, Writing, coverage
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.findings import Found, found_lines, open_counts
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.values import Page, PageForm, TocEntry
from mkdocs_ems.pages.view import View, kind_title

FEW = 8
"""Of documents, rows and findings no more than this are listed for one clause."""


@dataclass(frozen=True, slots=True)
class WritingLine:
    """One piece of documented information as a line."""

    form: str
    what: str
    state: str
    answers: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class ClausePart:
    """One clause as a section of its edition's page."""

    level: int
    number: str
    title: str
    anchor: str
    state: str
    """Empty for a clause that only has parts."""
    why: str
    """What is missing, in a sentence; empty where nothing is."""
    advice: tuple[str, ...]
    elsewhere: Markup
    """Where the topic stands in the other edition; empty where nothing about it differs."""
    answers: tuple[Markup, ...]
    rows: tuple[Markup, ...]
    writing: tuple[WritingLine, ...]
    usual: str
    open: tuple[tuple[str, str], ...]
    findings: tuple[Found, ...]
    more: int
    """Findings beyond those listed."""
    nonconformities: tuple[Markup, ...]
    rules: tuple[Markup, ...]
    """The rules that ask for it."""


@dataclass(frozen=True, slots=True)
class TopicLine:
    """One topic with its clause in each edition, for the table."""

    here: Markup
    title: str
    there: Markup
    state: str
    answers: int
    findings: str


def clause_pages(view: View) -> Iterator[Page]:
    """The page of both editions, then one for each, and for each standard that is kept beside."""
    editions = (*EDITIONS, *beside(view))
    covered = {edition: coverage(view, edition) for edition in editions}
    yield _both(covered, view)
    for edition in editions:
        yield _edition(edition, covered[edition], view)


def beside(view: View) -> tuple[str, ...]:
    """The editions of other standards that the organisation works to, as far as their clauses are known."""
    own = {f"{one.standard}:{one.edition}" for one in view.settings.standards}
    return tuple(edition for edition in OTHERS if edition in own)


def _both(covered: dict[str, tuple[Covered, ...]], view: View) -> Page:
    links = view.links(CLAUSES)
    own = view.report.edition
    order = sorted(EDITIONS, key=lambda edition: edition != own)
    body = render(
        "clauses.html",
        draft=view.draft,
        start=links.up + START,
        own=own,
        other=order[1],
        editions=[
            (edition, links.up + clauses_page(edition), _counted(covered[edition])) for edition in order
        ],
        others=[
            (standard_name(edition), links.up + clauses_page(edition), _counted(covered[edition]))
            for edition in beside(view)
        ],
        lines=[_line(one, links) for one in covered[own]],
        only_there=[_line(one, links) for one in covered[order[1]] if not one.elsewhere],
    )
    return Page(
        path=CLAUSES,
        title="Clause coverage",
        form=PageForm.HTML,
        body=body,
        toc=(
            TocEntry(2, "Editions", "editions"),
            TocEntry(2, "Clause by clause", "topics"),
        ),
        search="Clause coverage: what answers each clause of ISO 14001, and where nothing does",
        nav=("Control", "Clause coverage"),
        order=60,
    )


def _counted(covered: Sequence[Covered]) -> tuple[tuple[str, int], ...]:
    """How many clauses stand how; those that only have parts are not counted."""
    counts = Counter(one.state for one in covered)
    return tuple((state.value, counts[state]) for state in State)


def _line(one: Covered, links: Links) -> TopicLine:
    counts = open_counts(one.findings)
    return TopicLine(
        here=_clause_link(one.clause, links),
        title=one.clause.title,
        there=Markup(", ").join(_clause_link(clause, links) for clause in one.elsewhere),
        state=one.state.value if one.state else "",
        answers=len(one.answers) + sum(map(len, one.rows.values())),
        findings=", ".join(count for _, count in counts),
    )


def _clause_link(clause: Clause, links: Links) -> Markup:
    address = f"{links.up}{clauses_page(clause.edition)}#{clause_anchor(clause.number)}"
    return Markup('<a href="{}">{}</a>').format(address, clause.number)


def _edition(edition: str, covered: tuple[Covered, ...], view: View) -> Page:
    page = clauses_page(edition)
    links = view.links(page)
    parts = [_part(one, view, links) for one in covered]
    body = render(
        "clauses-edition.html",
        draft=view.draft,
        listing=links.up + CLAUSES,
        name=standard_name(edition),
        how=_how(edition, view.report.edition),
        counts=_counted(covered),
        holes=[part for part in parts if part.state == State.HOLE],
        parts=parts,
        readiness=links.up + READINESS,
        of_head=not view.draft,
    )
    return Page(
        path=page,
        title=f"{standard_name(edition)}, clause by clause",
        form=PageForm.HTML,
        body=body,
        toc=tuple(
            TocEntry(part.level, f"{part.number} {part.title}", part.anchor)
            for part in parts
            if part.level < 4
        ),
        search=f"{standard_name(edition)} " + " ".join(str(one.clause) for one in covered),
    )


def _how(edition: str, own: str) -> str:
    """How what is written counts for an edition, in a sentence."""
    if edition == own:
        return "The edition that this system is kept to."
    if edition in EDITIONS:
        return (
            f"This system is kept to ISO 14001:{own}; what is written for it is carried over here by topic, "
            "never by number."
        )
    return (
        "What names a clause of this standard answers it here; what is tagged with this standard and names a "
        "clause of ISO 14001 counts where the topic is the same."
    )


def _part(one: Covered, view: View, links: Links) -> ClausePart:
    clause = one.clause
    return ClausePart(
        level=min(4, len(clause.order) + 1),
        number=clause.number,
        title=clause.title,
        anchor=clause_anchor(clause.number),
        state=one.state.value if one.state else "",
        why=_why(one),
        advice=tuple(topic.advice for topic in one.asked),
        elsewhere=_elsewhere(one, links),
        answers=_listed(one.answers, links),
        rows=tuple(_rows(kind, ids, view, links) for kind, ids in one.rows.items()),
        writing=tuple(_writing(part, links) for part in one.writing),
        usual="; ".join(topic.usual for topic in one.asked if topic.usual),
        open=open_counts(one.findings),
        findings=found_lines(one.findings, view=view, links=links, most=FEW),
        more=max(0, len(one.findings) - FEW),
        nonconformities=tuple(links.named(identity) for identity in one.nonconformities),
        rules=tuple(map(links.rule, one.rules)),
    )


def _why(one: Covered) -> str:
    if one.state is not State.HOLE:
        return ""
    if one.empty:
        return "Nothing in this manual answers this clause."
    missing = words.listed([f"{part.asked.what} ({_form(part)})" for part in one.missing])
    return f"Something answers it, but what it asks for in writing is not all here: {missing}."


def _form(part: Writing) -> str:
    return "document or record" if part.asked.form == "both" else part.asked.form


def _elsewhere(one: Covered, links: Links) -> Markup:
    if one.clause.edition not in EDITIONS:
        return Markup("")
    other = next(edition for edition in EDITIONS if edition != one.clause.edition)
    if not one.elsewhere:
        return escape(f"no clause of its own in {other}")
    if all((there.number, there.title) == (one.clause.number, one.clause.title) for there in one.elsewhere):
        return Markup("")
    named = Markup("; ").join(
        Markup("{} {}").format(_clause_link(clause, links), clause.title)
        if clause.title != one.clause.title
        else _clause_link(clause, links)
        for clause in one.elsewhere
    )
    return Markup("in {}: {}").format(other, named)


def _writing(part: Writing, links: Links) -> WritingLine:
    state = "missing" if part.state is State.HOLE else part.state.value
    if part.state is State.ANSWERED:
        state = "there"
    return WritingLine(_form(part), part.asked.what, state, _listed(part.found, links))


def _listed(answers: Sequence[Answer], links: Links) -> tuple[Markup, ...]:
    lines = [_answer(one, links) for one in answers[:FEW]]
    if len(answers) > FEW:
        lines.append(escape(f"and {len(answers) - FEW} more"))
    return tuple(lines)


def _answer(one: Answer, links: Links) -> Markup:
    if one.id:
        named = links.named(one.id)
    elif one.page:
        named = Markup('<a href="{}">{}</a>').format(links.up + one.page, one.title)
    else:
        named = escape(one.title)
    said = "; ".join(part for part in (one.said, one.why) if part)
    return Markup('{} <span class="ems-aside">({})</span>').format(named, said)


def _rows(kind: str, ids: tuple[str, ...], view: View, links: Links) -> Markup:
    known = view.kinds.get(kind)
    said = kind_title(kind, view, many=len(ids) > 1).lower()
    listed = Markup(", ").join(links.short(identity) for identity in ids[:FEW])
    if len(ids) <= FEW or known is None:
        return Markup("{} {}: {}").format(len(ids), said, listed)
    more = Markup('<a href="{}">{} more</a>').format(links.up + register_page(known), len(ids) - FEW)
    return Markup("{} {}: {} and {}").format(len(ids), said, listed, more)
