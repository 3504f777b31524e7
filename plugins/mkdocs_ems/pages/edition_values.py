"""What the pages of an edition have in common: for whom it is, and how what is in force is told in it."""

from __future__ import annotations

from markupsafe import Markup, escape

from mkdocs_ems import dataclass
from mkdocs_ems.control import Act, DocumentControl, Issue
from mkdocs_ems.control.periods import issue_period
from mkdocs_ems.model.publication import PUBLIC, Audience
from mkdocs_ems.pages import words
from mkdocs_ems.pages.issue_lines import issue_name
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.view import View

_NAMES = {
    "full": "",
    "roles": " Roles stand in it for the names of people.",
    "none": " The names of people are left out.",
}


@dataclass(frozen=True, slots=True)
class Edition:
    """A manual as one audience sees it."""

    audience: Audience
    view: View
    carriers: frozenset[str]
    """Ids that carry readings and are shown to nobody."""

    @property
    def title(self) -> str:
        """What the edition is called."""
        name = self.audience.name
        return "Public edition" if name == PUBLIC else f"Edition for {name}"

    @property
    def note(self) -> str:
        """For whom it was made, and what that means."""
        who = "the public" if self.audience.name == PUBLIC else f"the audience {self.audience.name}"
        said = (
            f"Made for {who} from the issues in force. What is kept in is left out, or told in general words."
        )
        return said + _NAMES[self.audience.profile.names]

    @property
    def printed(self) -> str:
        """What a print says of where it comes from."""
        return f"{self.title.lower()} as of {words.day(self.view.shown.as_of)} · uncontrolled when printed"

    def links(self, up: str) -> Links:
        """Links between its pages; clauses have none here."""
        return Links(up, self.view.places, self.view.report.edition, ())


@dataclass(frozen=True, slots=True)
class IssueTold:
    """One issue in the list of a document's issues."""

    name: str
    state: str
    period: str
    approvals: tuple[str, ...]
    level: str


def issue_words(identity: str, view: View) -> str:
    """`issue 3, in force`; empty where nothing is known of any."""
    control = view.documents.get(identity)
    if control is None:
        return ""
    if control.interim is not None:
        return "an interim text"
    return f"issue {issue_name(control.in_force)}, in force" if control.in_force is not None else ""


def stands(identity: str, edition: Edition, links: Links) -> tuple[tuple[str, Markup], ...]:
    """How a document or register stands: issue, since when, approved in which roles, at which level."""
    view = edition.view
    control, node = view.documents.get(identity), view.graph.nodes[identity]
    facts = [("Document", escape(identity))]
    number = getattr(node.entity, "number", None)
    if number:
        facts.append(("Own number", escape(number)))
    if node.entity.owner:
        facts.append(("Owner", links.named(node.entity.owner)))
    if control is None:
        return (*facts, ("State", escape("not known")))
    if control.interim is not None:
        facts.append(("State", escape(f"interim, to {words.day(control.interim.valid_until)}")))
        facts.append(("Released", escape(_sentence(control.interim.act, view))))
    elif control.in_force is not None:
        issue = control.in_force
        approved = (escape(_sentence(act, view)) for act in issue.approvals)
        facts += [
            ("Issue", escape(issue_name(issue))),
            ("In force from", escape(words.day(issue.effective_from))),
            *(("Approved", one) for one in approved),
            ("Level", escape(f"{issue.level.word}: {words.LEVELS[issue.level.word]}")),
        ]
    else:
        facts.append(("State", escape("shown as it landed; not approved as a whole yet")))
    if control.review_due is not None:
        facts.append(("Next review", escape(words.day(control.review_due))))
    return tuple(facts)


def issues_told(control: DocumentControl | None, view: View) -> tuple[IssueTold, ...]:
    """Every issue, the newest first: when it applied, and in which roles it was approved."""
    issues = control.issues if control is not None else ()
    return tuple(_told(one, control, view) for one in reversed(issues) if control is not None)


def _told(issue: Issue, control: DocumentControl, view: View) -> IssueTold:
    return IssueTold(
        name=issue_name(issue),
        state=issue.state.value,
        period=issue_period(issue, control),
        approvals=tuple(_sentence(act, view) for act in issue.approvals),
        level=issue.level.word,
    )


def _sentence(act: Act, view: View) -> str:
    """Which role, when, and how that is known."""
    place = view.places.get(act.role) if act.role else None
    who = f" as {place.title}" if place is not None else ""
    return f"Approved{who} on {words.day(act.done.date())} ({act.level.word})."
