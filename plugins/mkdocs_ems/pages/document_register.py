"""The document register: every controlled document and register, withdrawn ones too."""

from __future__ import annotations

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.control import DocumentControl, DocumentState
from mkdocs_ems.control.periods import in_force_words, interim_last
from mkdocs_ems.model import Controlled
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import DOCUMENT_REGISTER, PENDING, START
from mkdocs_ems.pages.documents import document_ids
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.evidence import act_sentence, fault_sentence
from mkdocs_ems.pages.issue_lines import issue_name
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.standing import Standing, shows_draft, standing
from mkdocs_ems.pages.values import Page, PageForm
from mkdocs_ems.pages.view import View, contents, kind_title


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One controlled document as a line of the register."""

    id: Markup
    number: str
    type: str
    title: str
    owner: Markup
    state: str
    meanwhile: str
    """What applies, or does not, while a draft or an interim text is shown: `issue 4 is in force`."""
    issue: str
    level: str
    effective: str
    review: str
    late: bool
    pending: str
    approved_as: str
    """What these sentences approved: `issue 4`, `interim approval`."""
    approved: tuple[str, ...]
    """Who approved the issue in force, when, and how that is known: a sentence for each act."""
    history: str


def document_register_page(view: View) -> Page:
    """The page of the document register."""
    links = view.links(DOCUMENT_REGISTER)
    lines = tuple(_line(identity, view, links) for identity in controlled_ids(view))
    body = render(
        "document-register.html",
        draft=view.draft,
        start=links.up + START,
        lines=lines,
        pending=links.up + PENDING,
        as_of=words.day(view.shown.as_of),
        levels=words.LEVELS,
        trust=words.TRUST,
        root=_trust_root(view),
        stray=[fault_sentence(fault) for fault in (view.shown.control.faults if view.shown.control else ())],
    )
    return Page(
        path=DOCUMENT_REGISTER,
        title="Document register",
        form=PageForm.HTML,
        body=body,
        toc=contents([("How each was approved", "approvals"), ("What the levels mean", "levels")]),
        search="Document register: every controlled document and register with its issue, state and approval",
        nav=("Control", "Document register"),
        order=60,
    )


def controlled_ids(view: View) -> tuple[str, ...]:
    """Ids of every controlled document and register, shown or known to document control."""
    registers = {node.id for node in view.graph.nodes.values() if _is_register(node.kind, view)}
    return tuple(sorted({*document_ids(view), *registers, *view.documents}))


def _is_register(kind: str, view: View) -> bool:
    return kind in view.kinds and view.kinds[kind].where == "head"


def _line(identity: str, view: View, links: Links) -> RegisterLine:
    control, node = view.documents.get(identity), view.graph.nodes.get(identity)
    entity = node.entity if node else None
    stands: Standing = standing(identity, view=view, links=links)
    issue = control.in_force if control else None
    interim = control.interim if control else None
    draft = control is not None and shows_draft(control, view=view)
    since = interim.valid_from if interim else issue.effective_from if issue else None
    due = control.review_due if control else None
    number = control.number if control else entity.number if isinstance(entity, Controlled) else None
    owner = control.owner if control else entity.owner if entity else None
    return RegisterLine(
        id=links.bare(identity),
        number=number or "",
        type=_type(control, node.kind if node else "", entity, view),
        title=stands.title,
        owner=links.short(owner) if owner else Markup(""),
        state=_state(control, draft=draft),
        meanwhile=_meanwhile(control, draft=draft),
        issue=stands.issue,
        level=_level(control, draft=draft),
        effective=words.day(since) if since and not draft else "",
        review=words.day(due) if due else "",
        late=due is not None and due < view.shown.as_of,
        pending=_pending(control),
        approved_as="interim approval" if interim else f"issue {issue_name(issue)}" if issue else "",
        approved=_approved(control, links),
        history=stands.history,
    )


def _state(control: DocumentControl | None, *, draft: bool) -> str:
    if control is None:
        return "not known"
    if draft:
        return "draft"
    return "interim" if control.interim else control.state.value


def _meanwhile(control: DocumentControl | None, *, draft: bool) -> str:
    """What a reader must know beside the state."""
    if control is None:
        return ""
    issue = f"issue {issue_name(control.in_force)}" if control.in_force else ""
    if control.interim:
        last = words.day(interim_last(control.interim))
        said = f"an interim text applies to {last}" if draft else f"to {last}"
        return f"{said}; {issue} is suspended" if issue else said
    if draft:
        return f"{issue} is {in_force_words(control)}" if issue else "nothing is in force"
    leaving = in_force_words(control) if control.state is DocumentState.IN_FORCE else ""
    return leaving.partition("; ")[2]


def _level(control: DocumentControl | None, *, draft: bool) -> str:
    if control is None or draft:
        return "none"
    if control.interim:
        return control.interim.act.level.word
    return control.in_force.level.word if control.in_force else "none"


def _approved(control: DocumentControl | None, links: Links) -> tuple[str, ...]:
    if control and control.interim:
        return (act_sentence(control.interim.act, links),)
    issue = control.in_force if control else None
    if issue is None:
        return ()
    return tuple(act_sentence(act, links) for act in issue.approvals) or (words.LEVELS[issue.level.word],)


def _type(control: DocumentControl | None, kind: str, entity: object, view: View) -> str:
    if control:
        said = kind_title(control.type, view).lower()
        return f"register, {said}" if control.kind == "register" else said
    if _is_register(kind, view) and isinstance(entity, Controlled):
        return f"register, {kind_title(entity.type or '', view).lower()}"
    return kind_title(kind, view).lower()


def _pending(control: DocumentControl | None) -> str:
    if control is None:
        return "not known"
    if control.state is DocumentState.WITHDRAWAL_PENDING:
        return "withdrawal"
    if control.pending and control.pending.content:
        return f"draft of issue {control.next_issue}"
    return "nothing"


def _trust_root(view: View) -> str:
    control = view.shown.control
    if control is None:
        reason = view.shown.control_reason or "there is no history to judge by"
        return f"Issues and approvals are not known: {reason}."
    how = "named by whoever built this" if control.trust_root_named else "found: the first with ems.yml"
    return f"Approvals are judged from the trust root {control.trust_root[:12]} ({how})."
