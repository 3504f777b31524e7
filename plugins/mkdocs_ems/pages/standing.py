"""How a controlled document stands: its control block, notices and list of issues, in words.

Documents and registers show the same facts. The level of the evidence is always
said, never a bare tick. Where there is no history to judge by, that is said too.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from markupsafe import Markup, escape

from mkdocs_ems.control import (
    DocumentControl,
    DocumentState,
    Interim,
    Issue,
    IssueState,
    Level,
    Manifest,
    Pending,
)
from mkdocs_ems.control.drafting import print_checksum
from mkdocs_ems.model import Controlled, Entity
from mkdocs_ems.pages import show, words
from mkdocs_ems.pages.addresses import history_page
from mkdocs_ems.pages.evidence import act_sentence, acts_beside, doubts, level_words, person_name
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.view import View, kind_title


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader must know before reading on."""

    weight: str
    """`error`, `warning` or `note`."""
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class IssueLine:
    """One issue as a line of the list of issues."""

    number: str
    state: str
    period: str
    authors: str
    approvals: tuple[str, ...]
    level: str
    """The level, and whether author and approver are two persons."""
    summary: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The control block of one controlled document."""

    id: str
    title: str
    state: str
    issue: str
    """`3 (Rev C)`, `draft of issue 4`, `none in force`, `not known`."""
    facts: tuple[tuple[str, Markup], ...]
    wide: frozenset[str]
    """Names of facts that need a line of their own."""
    notices: tuple[Notice, ...]
    identity: str
    """One line that says on a print what it is a print of."""
    foot: str
    """The same in short, for each sheet."""
    acts: tuple[str, ...] = ()
    """Who reviewed, confirmed or withdrew, and how we know."""
    doubts: tuple[str, ...] = ()
    """Evidence that does not count, or that somebody should look at."""
    history: str = ""
    """The address of the page that tells every issue; empty where nothing is known of any."""

    @property
    def issue_words(self) -> str:
        """The issue within a sentence: `issue 3 (Rev C)`."""
        return _in_issue(self.issue)


_WIDE = frozenset({"Approved", "Released", "Level", "Clauses"})


def standing(identity: str, *, view: View, links: Links) -> Standing:
    """Everything the control block of a document or register says."""
    control = view.documents.get(identity)
    node = view.graph.nodes.get(identity)
    entity = node.entity if node else None
    title = entity.name if entity else control.title if control else identity
    state, issue = _state(control, view=view), _issue(control, view=view)
    number = _number(control, entity)
    named = f"{identity} ({number}) {title}" if number else f"{identity} {title}"
    facts = [
        ("Document", escape(identity)),
        *([("Own number", escape(number))] if number else []),
        ("Type", escape(_type(control, entity, view))),
        _owner(control, entity, links),
        ("Issue", escape(issue)),
        ("State", escape(state)),
        *_facts(control, entity, view=view, links=links),
    ]
    return Standing(
        id=identity,
        title=title,
        state=state,
        issue=issue,
        facts=tuple(facts),
        wide=_WIDE | {"State"} if len(state) > 40 else _WIDE,
        notices=(*_replaced(entity), *_notices(control, view=view)),
        identity=_identity(named, issue, control, view=view),
        foot=" · ".join((identity, _in_issue(issue), f"as of {words.day(view.shown.as_of)}")),
        acts=acts_beside(control, links) if control else (),
        doubts=doubts(control) if control else (),
        history=links.up + history_page(identity) if control else "",
    )


def issue_name(issue: Issue) -> str:
    """The issue's number, with the house's own label."""
    return f"{issue.number} ({issue.label})" if issue.label else str(issue.number)


def issue_lines(identity: str, *, view: View, links: Links) -> tuple[IssueLine, ...]:
    """All issues of a document, the newest first. Reads old issues: only for a page that lists them."""
    control = view.documents.get(identity)
    return tuple(issue_line(one, links) for one in reversed(control.issues)) if control else ()


def issue_line(issue: Issue, links: Links) -> IssueLine:
    """An issue as a line of the list."""
    end = f" until {words.day(issue.effective_to)}" if issue.effective_to else ""
    return IssueLine(
        number=issue_name(issue),
        state=issue.state.value,
        period=f"from {words.day(issue.effective_from)}{end}",
        authors=words.listed([person_name(one, links) for one in issue.authors]) or "not known",
        approvals=tuple(act_sentence(act, links) for act in issue.approvals),
        level=level_words(issue),
        summary=issue.summary,
    )


def _state(control: DocumentControl | None, *, view: View) -> str:
    if control is None:
        reason = view.shown.control_reason
        return f"not known: {reason}" if reason else "not known: there is no history to judge by"
    if view.draft and control.pending:
        return "draft, not approved"
    if control.interim:
        return f"interim until {words.day(control.interim.valid_until)}"
    match control.state:
        case DocumentState.DRAFT:
            return "draft, not approved"
        case DocumentState.IN_FORCE | DocumentState.WITHDRAWAL_PENDING:
            return control.state.value
        case DocumentState.WITHDRAWN:
            return "withdrawn"


def _issue(control: DocumentControl | None, *, view: View) -> str:
    if control is None:
        return "not known"
    if view.draft and control.pending and control.pending.content:
        return f"draft of issue {control.next_issue}"
    if control.interim:
        return "interim, without a number"
    if control.in_force:
        return issue_name(control.in_force)
    return "none in force"


def _number(control: DocumentControl | None, entity: Entity | None) -> str | None:
    """The house's own number, as the state that is shown has it."""
    if isinstance(entity, Controlled):
        return entity.number
    return control.number if control else None


def _type(control: DocumentControl | None, entity: Entity | None, view: View) -> str:
    controlled = entity if isinstance(entity, Controlled) else None
    kind = (control.type if control else controlled.type if controlled else None) or ""
    of_rows = view.kinds[kind].where == "register" if kind in view.kinds else False
    return f"Register: {kind_title(kind, view, many=True).lower()}" if of_rows else kind_title(kind, view)


def _owner(control: DocumentControl | None, entity: Entity | None, links: Links) -> tuple[str, Markup]:
    owner = entity.owner if entity else control.owner if control else None
    return "Owner", links.named(owner) if owner else escape("none named")


def _facts(
    control: DocumentControl | None, entity: Entity | None, *, view: View, links: Links
) -> list[tuple[str, Markup]]:
    facts: list[tuple[str, Markup]] = []
    interim = control.interim if control and not view.draft else None
    issue = control.in_force if control and not interim else None
    if interim:
        facts.append(("In force from", show.day(interim.valid_from, links)))
        facts.append(("Ends after", show.day(interim.valid_until, links)))
        facts.append(("Released", show.bullets([escape(act_sentence(interim.act, links))])))
        facts.append(("Level", escape(interim.act.level.word)))
    if issue:
        facts.append(("In force from", show.day(issue.effective_from, links)))
    if control and control.last_confirmed:
        facts.append(("Last confirmed", show.day(control.last_confirmed, links)))
    if control and control.review_due:
        late = control.review_due < view.shown.as_of
        due = words.day(control.review_due)
        facts.append(("Next review", escape(f"{due}, overdue" if late else due)))
    if issue:
        facts += _approval(issue, links)
    if entity and entity.clauses:
        facts.append(("Clauses", show.bullets([links.clause_named(one) for one in entity.clauses])))
    return facts


def _approval(issue: Issue, links: Links) -> list[tuple[str, Markup]]:
    approved = [escape(act_sentence(act, links)) for act in issue.approvals]
    return [
        ("Approved", show.bullets(approved or [escape(words.LEVELS[issue.level.word])])),
        ("Level", escape(level_words(issue))),
    ]


def _replaced(entity: Entity | None) -> tuple[Notice, ...]:
    """A document may be in force and say itself that another has taken its place."""
    if not isinstance(entity, Controlled) or not entity.superseded_by:
        return ()
    text = f"By its own words {entity.superseded_by} has taken its place; it is not withdrawn yet."
    return (Notice("warning", "Superseded", text),)


def _notices(control: DocumentControl | None, *, view: View) -> tuple[Notice, ...]:
    if control is None:
        return ()
    found: list[Notice] = []
    if control.interim:
        found.append(_interim(control, control.interim, view=view))
    if control.state is DocumentState.WITHDRAWN:
        since = f" since {words.day(control.withdrawn_from)}" if control.withdrawn_from else ""
        text = f"This document no longer applies{since}; none of its issues is in force."
        found.append(Notice("warning", "Withdrawn", text))
    if control.state is DocumentState.WITHDRAWAL_PENDING:
        why = control.pending.missing if control.pending else "its file has gone"
        found.append(Notice("warning", "Withdrawal pending", f"{words.sentence(why.rstrip('.'))}."))
    for coming in control.issues:
        if coming.state is IssueState.APPROVED:
            start = words.day(coming.effective_from)
            text = f"Issue {issue_name(coming)} is approved and in force from {start}."
            found.append(Notice("note", "Next issue", text))
    if control.pending and control.pending.content:
        found.append(_pending(control, control.pending, view=view))
    return tuple(found)


def _interim(control: DocumentControl, interim: Interim, *, view: View) -> Notice:
    """What stands in red above a text that one person released, on paper too."""
    until = words.day(interim.valid_until)
    then = f"issue {issue_name(control.in_force)} returns" if control.in_force else "nothing is in force"
    shown = "" if view.draft else " This page shows it."
    text = (
        f"One entitled person released a text for a short time, without the full approval.{shown} "
        f"It ends after {until}; if it is not approved by then, {then}."
    )
    return Notice("error", "Interim", text)


def _pending(control: DocumentControl, pending: Pending, *, view: View) -> Notice:
    landed = words.day(pending.event.date.date())
    how = "proposed" if pending.event.proposed else "landed"
    shown = ""
    if view.draft:
        shown = "This page shows that draft."
        if control.in_force:
            shown = f"This page shows that draft; issue {issue_name(control.in_force)} is in force."
    elif control.in_force:
        shown = f"This page shows issue {issue_name(control.in_force)}, which is in force."
    if (
        not view.draft
        and control.interim
        and control.interim.content.key == (pending.content and pending.content.key)
    ):
        shown = "This page shows it, as an interim approval."
    waits = f": it {pending.missing.rstrip('.')}" if pending.missing else ""
    text = f"A draft of issue {control.next_issue} {how} on {landed}{waits}. {shown}"
    return Notice("warning" if view.draft else "note", "Change pending", text.strip())


def _in_issue(issue: str) -> str:
    return issue if issue.startswith(("draft", "interim")) else f"issue {issue}"


def _identity(named: str, issue: str, control: DocumentControl | None, *, view: View) -> str:
    parts = [named, _in_issue(issue)]
    if control and control.interim and not view.draft:
        parts.append(f"INTERIM: ends after {words.day(control.interim.valid_until)}")
    elif control and control.in_force and not view.draft:
        parts.append(f"in force from {words.day(control.in_force.effective_from)}")
        taken_over = control.in_force.level is Level.ADOPTED
        level = control.in_force.level.word
        parts.append("taken over at adoption" if taken_over else f"approved at level {level}")
    checksum = _checksum(control, view) if control else ""
    if checksum:
        parts.append(f"checksum {checksum}")
    return " · ".join((*parts, *printed_from(view)))


def _checksum(control: DocumentControl, view: View) -> str:
    """What a print must bear to be signed by hand; empty where what is shown is no content of its own."""
    if view.draft:
        content = control.pending.content if control.pending else control.landed
    else:
        content = control.interim.content if control.interim else None
        content = content or (control.in_force.content if control.in_force else None)
    files = view.shown.snapshot.files
    if content is None or content.path not in files:
        return ""
    # A picture that two issues disagree about is shown by neither.
    parts = {part.target: files[part.path] for part in content.parts if part.path in files}
    if len(parts) != len(content.parts):
        return ""
    digests = {target: sha256(data).hexdigest() for target, data in parts.items()}
    return print_checksum(Manifest(sha256(files[content.path]).hexdigest(), digests))


def printed_from(view: View) -> tuple[str, str]:
    """What every print says of where it comes from."""
    commit = f", commit {view.report.commit[:12]}" if view.report.commit else ""
    return f"printed from the manual as of {words.day(view.shown.as_of)}{commit}", "uncontrolled when printed"
