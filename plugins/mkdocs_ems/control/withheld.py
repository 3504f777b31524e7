"""Document control as an audience sees it: what is in force since when, at which level, by which roles.

Nobody's name, address or account, no commit, path or message, nothing of what waits or was refused. Every
value is made anew from what may be said; none is copied and then thinned out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from mkdocs_ems.control.states import ControlState, DocumentControl
from mkdocs_ems.control.terms import DocumentState, Meaning
from mkdocs_ems.control.values import Act, Content, Interim, Issue, Manifest, Person
from mkdocs_ems.git.values import Commit, Event, Identity

_NOBODY = Identity("", "")
_NO_CONTENT = Content("", "", ())
_NO_MANIFEST = Manifest("", {})

Title = Callable[[str], str]
"""What a document is called, by its id."""


def identities_of(state: ControlState) -> Iterable[Person]:
    """Everybody whom document control knows: whoever is to be kept in has to be known."""
    for document in state.documents.values():
        for issue in document.issues:
            yield from issue.authors
            yield from (act.person for act in issue.approvals)
            yield from (act.told_by for act in issue.approvals if act.told_by is not None)
        others = (*document.confirmations, *document.withdrawals, *document.reviews)
        yield from (act.person for act in others)
        for interim in document.interims:
            yield from (*interim.authors, interim.act.person)
        if document.pending is not None:
            yield from document.pending.authors
            yield from (act.person for act in document.pending.acts)


def principals_of(state: ControlState) -> Iterable[str]:
    """Everything that evidence calls people by."""
    for document in state.documents.values():
        acts = [act for issue in document.issues for act in issue.approvals]
        acts += [*document.confirmations, *document.withdrawals, *document.reviews]
        acts += [interim.act for interim in document.interims]
        acts += document.pending.acts if document.pending is not None else ()
        yield from (act.principal for act in acts)


def roles_of(state: ControlState, seen: Collection[str]) -> frozenset[str]:
    """The roles in which was approved what is seen."""
    return frozenset(
        act.role
        for identity, document in state.documents.items()
        if identity in seen
        for issue in document.issues
        for act in issue.approvals
        if act.role is not None
    )


def withheld(
    state: ControlState,
    *,
    seen: Collection[str],
    title: Title,
    label: Callable[[str], str],
    roles: Collection[str],
) -> ControlState:
    """Document control of what is seen.

    Args:
        state: the whole.
        seen: ids of the documents and registers that are seen.
        title: what each is called there.
        label: makes an organisation's own label of an issue fit to be read.
        roles: the roles that may be named.
    """
    return ControlState(
        documents={
            identity: _document(one, title, label, roles)
            for identity, one in state.documents.items()
            if identity in seen
        },
        findings=(),
        events=(),
        trust_root="",
        trust_root_named=state.trust_root_named,
    )


def _document(
    one: DocumentControl, title: Title, label: Callable[[str], str], roles: Collection[str]
) -> DocumentControl:
    called = title(one.id)
    issues = tuple(_issue(issue, called, label, roles) for issue in one.issues)
    at = one.issues.index(one.in_force) if one.in_force is not None else -1
    return DocumentControl(
        id=one.id,
        kind=one.kind,
        type=one.type,
        control=one.control,
        title=called,
        path="",
        owner=None,
        number=None,
        state=DocumentState.IN_FORCE if at >= 0 else DocumentState.DRAFT,
        issues=issues,
        in_force=issues[at] if at >= 0 else None,
        pending=None,
        review_due=one.review_due,
        last_confirmed=one.last_confirmed,
        first_number=one.first_number,
        interim=_interim(one.interim, called, roles) if one.interim is not None else None,
    )


def _issue(issue: Issue, called: str, label: Callable[[str], str], roles: Collection[str]) -> Issue:
    return Issue(
        number=issue.number,
        label=None if issue.label is None else label(issue.label),
        state=issue.state,
        content=_NO_CONTENT,
        manifest=_NO_MANIFEST,
        title=called,
        event=_event(issue.event),
        authors=(),
        level=issue.level,
        segregation=issue.segregation,
        approvals=tuple(_act(act, roles) for act in issue.approvals if act.meaning is Meaning.APPROVAL),
        approved_on=issue.approved_on,
        effective_from=issue.effective_from,
        effective_to=issue.effective_to,
        summary="",
        editorial=issue.editorial,
    )


def _interim(interim: Interim, called: str, roles: Collection[str]) -> Interim:
    return Interim(
        content=_NO_CONTENT,
        manifest=_NO_MANIFEST,
        event=_event(interim.event),
        act=_act(interim.act, roles),
        valid_from=interim.valid_from,
        valid_until=interim.valid_until,
        state=interim.state,
        title=called,
        ended=interim.ended,
    )


def _act(act: Act, roles: Collection[str]) -> Act:
    return Act(
        principal="",
        person=Person(None, "", ""),
        role=act.role if act.role in roles else None,
        meaning=act.meaning,
        level=act.level,
        done=act.done,
        event="",
        evidence="",
        issue=act.issue,
        effective_from=act.effective_from,
        editorial=act.editorial,
        valid_until=act.valid_until,
    )


def _event(event: Event) -> Event:
    moment: datetime = event.date
    commit = Commit("", (), _NOBODY, moment, _NOBODY, moment, "", "", (), ())
    return Event(event.index, commit, moment, ())
