"""The list of a document's issues, interim approvals among them, as lines of a table."""

from __future__ import annotations

from mkdocs_ems import dataclass
from mkdocs_ems.control import DocumentControl, Interim, Issue, Person
from mkdocs_ems.control.periods import interim_period, issue_period, state_words
from mkdocs_ems.pages import words
from mkdocs_ems.pages.evidence import act_sentence, level_words, person_name
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.view import View


@dataclass(frozen=True, slots=True)
class IssueLine:
    """One issue, or one interim approval, as a line of the list of issues."""

    number: str
    state: str
    period: str
    authors: str
    approvals: tuple[str, ...]
    level: str
    """The level, and whether author and approver are two persons."""
    summary: str
    page: str = ""
    """The page of the issue alone, at an address that stays."""


def issue_name(issue: Issue) -> str:
    """The issue's number, with the house's own label."""
    return f"{issue.number} ({issue.label})" if issue.label else str(issue.number)


def written_by(authors: tuple[Person, ...], links: Links) -> str:
    """Names of authors, or that nobody knows."""
    return words.listed([person_name(one, links) for one in authors]) or "not known"


def issue_lines(identity: str, *, view: View, links: Links) -> tuple[IssueLine, ...]:
    """All issues and interim approvals of a document, the newest first.

    Reads old issues: only for a page that lists them.
    """
    control = view.documents.get(identity)
    if control is None:
        return ()
    lines = [(one.event.index, 1, _issue(one, control, view, links)) for one in control.issues]
    lines += [(one.event.index, 0, _interim(one, links)) for one in control.interims]
    return tuple(line for *_, line in sorted(lines, key=lambda one: one[:2], reverse=True))


def _issue(issue: Issue, control: DocumentControl, view: View, links: Links) -> IssueLine:
    return IssueLine(
        number=issue_name(issue),
        state=state_words(issue, control),
        period=issue_period(issue, control),
        authors=written_by(issue.authors, links),
        approvals=tuple(act_sentence(act, links) for act in issue.approvals),
        level=level_words(issue),
        summary=issue.summary,
        page=view.issue_address(control.id, issue.number, links),
    )


def _interim(interim: Interim, links: Links) -> IssueLine:
    return IssueLine(
        number="interim",
        state=interim.state.value,
        period=interim_period(interim),
        authors=written_by(interim.authors, links),
        approvals=(act_sentence(interim.act, links),),
        level=interim.act.level.word,
        summary=interim.summary,
    )
