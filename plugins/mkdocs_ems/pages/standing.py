"""How a controlled document stands: its control block, notices and list of issues, in words.

Documents and registers show the same facts. The level of the evidence is always
said, never a bare tick. Where there is no history to judge by, that is said too.
"""

from __future__ import annotations

from hashlib import sha256

from markupsafe import Markup, escape

from mkdocs_ems import dataclass
from mkdocs_ems.control import (
    Act,
    DocumentControl,
    DocumentState,
    Interim,
    Issue,
    Level,
    Manifest,
    Pending,
)
from mkdocs_ems.control.drafting import print_checksum
from mkdocs_ems.control.periods import (
    in_force_words,
    interim_last,
    interim_period,
    issue_period,
    leaves_on,
)
from mkdocs_ems.model import Controlled, Entity
from mkdocs_ems.pages import show, words
from mkdocs_ems.pages.addresses import history_page
from mkdocs_ems.pages.evidence import act_sentence, acts_beside, doubts, level_words
from mkdocs_ems.pages.issue_lines import issue_name, written_by
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.notices import Notice, notices
from mkdocs_ems.pages.suspects import suspects_fact
from mkdocs_ems.pages.translations import IN, OF, translation_facts
from mkdocs_ems.pages.view import View, kind_title
from mkdocs_ems.pages.waiting import waits_for


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


_WIDE = frozenset(
    {"Approved", "Released", "Level", "Clauses", "Waits for", "In force meanwhile", "Suspended"}
    | {"Links to look at again", OF, IN}
)


def standing(identity: str, *, view: View, links: Links) -> Standing:
    """Everything the control block of a document or register says."""
    # A document's page, its history and the lists that it stands in all ask.
    made = view.standings.get((identity, links.up))
    if made is None:
        made = view.standings[identity, links.up] = _standing(identity, view=view, links=links)
    return made


def _standing(identity: str, *, view: View, links: Links) -> Standing:
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
        notices=notices(control, entity, view=view),
        identity=_identity(named, issue, control, view=view),
        foot=" · ".join((identity, _in_issue(issue), f"as of {words.day(view.shown.as_of)}")),
        acts=acts_beside(control, links) if control else (),
        doubts=doubts(control) if control else (),
        history=links.up + history_page(identity) if control else "",
    )


def _state(control: DocumentControl | None, *, view: View) -> str:
    if control is None:
        reason = view.shown.control_reason
        return f"not known: {reason}" if reason else "not known: there is no history to judge by"
    if shows_draft(control, view=view):
        return "draft, not approved"
    if control.interim:
        return f"interim to {words.day(interim_last(control.interim))}"
    if control.state is DocumentState.IN_FORCE:
        return in_force_words(control)
    return "draft, not approved" if control.state is DocumentState.DRAFT else control.state.value


def shows_draft(control: DocumentControl, *, view: View) -> bool:
    """Whether the text that is shown is one that waits: nothing of an issue's approval speaks of it."""
    return view.draft and control.pending is not None and control.pending.content is not None


def _issue(control: DocumentControl | None, *, view: View) -> str:
    if control is None:
        return "not known"
    if shows_draft(control, view=view):
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
    if control and control.pending and shows_draft(control, view=view):
        facts += _draft(control.pending, links)
        facts += _meanwhile(control, links)
    elif control and control.interim:
        facts += _released(control, control.interim, links)
    elif control and control.in_force:
        facts.append(("In force from", show.day(control.in_force.effective_from, links)))
        leaves = leaves_on(control)
        if leaves:
            facts.append(("Withdrawn from", show.day(leaves, links)))
    if control and control.last_confirmed:
        facts.append(("Last confirmed", show.day(control.last_confirmed, links)))
    if control and control.review_due:
        late = control.review_due < view.shown.as_of
        due = words.day(control.review_due)
        facts.append(("Next review", escape(f"{due}, overdue" if late else due)))
    if control and control.in_force and not control.interim and not shows_draft(control, view=view):
        facts += _approval(control.in_force, links)
    again = suspects_fact(control.id, view, links) if control else None
    if again:
        facts.append(("Links to look at again", again))
    facts += translation_facts(entity, view=view, links=links)
    if entity and entity.clauses:
        facts.append(("Clauses", show.bullets([links.clause_named(one) for one in entity.clauses])))
    return facts


def _draft(pending: Pending, links: Links) -> list[tuple[str, Markup]]:
    """Who approved the draft that is shown: nobody, or not all who must."""
    so_far = [escape(act_sentence(act, links)) for act in pending.acts]
    said = show.bullets([escape("not by all who must; so far:"), *so_far]) if so_far else escape("nobody yet")
    return [
        ("Written by", escape(written_by(pending.authors, links))),
        ("Approved", said),
        ("Waits for", escape(waits_for(pending, links))),
    ]


def _meanwhile(control: DocumentControl, links: Links) -> list[tuple[str, Markup]]:
    """What applies while the page shows a draft, under its own name."""
    if control.interim:
        said = f"an interim approval, {interim_period(control.interim)}"
        acts: tuple[Act, ...] = (control.interim.act,)
        name = "Interim approval"
    elif control.in_force:
        issue = control.in_force
        name = f"Issue {issue_name(issue)}"
        said = f"issue {issue_name(issue)}, {issue_period(issue, control)}; {level_words(issue)}"
        acts = issue.approvals
    else:
        return [("In force meanwhile", escape("nothing"))]
    approved = [escape(f"{name}: {act_sentence(act, links)}") for act in acts]
    return [("In force meanwhile", show.bullets([escape(said), *approved]))]


def _released(control: DocumentControl, interim: Interim, links: Links) -> list[tuple[str, Markup]]:
    """What applies for the interim, and what is suspended by it."""
    last = interim_last(interim)
    facts = [
        ("In force from", show.day(interim.valid_from, links)),
        ("Ends after", show.day(last, links)),
        ("Written by", escape(written_by(interim.authors, links))),
        ("Released", show.bullets([escape(act_sentence(interim.act, links))])),
        ("Level", escape(interim.act.level.word)),
    ]
    if control.in_force:
        facts.append(("Suspended", escape(f"issue {issue_name(control.in_force)}, until the interim ends")))
    return facts


def _approval(issue: Issue, links: Links) -> list[tuple[str, Markup]]:
    approved = [escape(act_sentence(act, links)) for act in issue.approvals]
    return [
        ("Approved", show.bullets(approved or [escape(words.LEVELS[issue.level.word])])),
        ("Level", escape(level_words(issue))),
    ]


def _in_issue(issue: str) -> str:
    return issue if issue.startswith(("draft", "interim")) else f"issue {issue}"


def _identity(named: str, issue: str, control: DocumentControl | None, *, view: View) -> str:
    parts = [named, _in_issue(issue)]
    if control and control.interim and not view.draft:
        parts.append(f"INTERIM: ends after {words.day(interim_last(control.interim))}")
    elif control and control.in_force and not view.draft:
        parts.append(f"in force from {words.day(control.in_force.effective_from)}")
        leaves = leaves_on(control)
        parts += [f"withdrawal approved, ends {words.day(leaves)}"] if leaves else []
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
