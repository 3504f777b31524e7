"""Where every document stands at the head, on a date: issues and their states, what is pending, what is due.

Turns dossiers into the frozen values that other rooms read. Decides nothing about
approval; the date decides only what of the approved is in force.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from mkdocs_ems.control.approved_contents import Approved, ForNow
from mkdocs_ems.control.authority import Rules
from mkdocs_ems.control.dossier import Dossier
from mkdocs_ems.control.heads import Head
from mkdocs_ems.control.places import RULES_ID
from mkdocs_ems.control.readings import Readings
from mkdocs_ems.control.states import DocumentControl, FormerDocument
from mkdocs_ems.control.terms import DocumentState, IssueState
from mkdocs_ems.control.values import Content, Interim, Issue, Manifest, Pending
from mkdocs_ems.control.waiting import missing, waits_for
from mkdocs_ems.control.weighing import persons
from mkdocs_ems.git.values import Event


class _Faces:
    """Title, label and manifest of some issues, read together when the first of them is asked for."""

    def __init__(self, readings: Readings, contents: tuple[Content, ...]) -> None:
        self._readings = readings
        self._contents = contents

    def _head(self, content: Content) -> Head:
        self._readings.study(self._contents)
        self._contents = ()
        return self._readings.exact_head(content)

    def title(self, issue: Approved | ForNow, content: Content) -> str:
        return self._head(content).title or issue.head.id or ""

    def label(self, content: Content) -> str | None:
        return self._head(content).label

    def manifest(self, content: Content) -> Manifest:
        self._head(content)
        return self._readings.manifest(content)


def stand(dossier: Dossier, *, rules: Rules, readings: Readings, as_of: date) -> DocumentControl | None:
    """Tell where a document stands; None for a draft that is gone without ever having been approved.

    Args:
        dossier: all that the chain says of it.
        rules: the rules in force at the head.
        readings: where heads are read; those of what is shown should be known already.
        as_of: the date.
    """
    for_now = dossier.interim_on(as_of)
    if dossier.content is None and not dossier.issues and not dossier.twice and for_now is None:
        return None
    current = dossier.in_force_on(as_of)
    issues = tuple(_issues(dossier, readings, current, as_of))
    interims = tuple(_interims(dossier, readings, as_of))
    number = current.number if current else None
    in_force = next((issue for issue in issues if issue.number == number), None)
    shown = (
        (dossier.landed if dossier.periodic else None)
        or (for_now.content if for_now else None)
        or (current.content if current else dossier.content)
    )
    head = readings.exact_head(shown) if shown else dossier.head
    last = dossier.issues[-1] if dossier.issues else None
    state = _state(dossier, current, as_of)
    return DocumentControl(
        id=dossier.id,
        kind="register" if dossier.is_register else "document",
        type=head.type or dossier.head.type or "",
        control="periodic" if dossier.periodic else "issue",
        title=head.title or dossier.id,
        path=_path(dossier),
        owner=head.owner,
        number=head.number,
        state=state,
        issues=issues,
        in_force=in_force,
        pending=_pending(dossier, rules, as_of),
        review_due=_review_due(dossier, current, head, rules, as_of)
        if state is DocumentState.IN_FORCE
        else None,
        last_confirmed=dossier.confirmed_by(as_of),
        first_number=dossier.issues[0].number if dossier.issues else dossier.next_number,
        landed=dossier.landed,
        landed_event=dossier.event,
        confirmations=tuple(dossier.confirmations),
        withdrawals=tuple(dossier.withdrawals),
        withdrawn_from=last.withdrawn_from if last else None,
        superseded_by=dossier.head.superseded_by,
        withdrawal_reason=dossier.head.withdrawal_reason,
        formerly=tuple(FormerDocument(one.type or "", one.title or "") for one in dossier.former_heads),
        reviews=tuple(dossier.reviews),
        faults=tuple(dossier.faults),
        interims=interims,
        interim=next((one for one in interims if one.state is IssueState.INTERIM), None),
        previous=partial(
            _previous, dossier, readings, dossier.approved.event if dossier.approved else dossier.event
        ),
    )


def _previous(dossier: Dossier, readings: Readings, landed: Event | None) -> tuple[str, ...]:
    """What a record for a content names: the checksums of all records from before the content's event."""
    before = dossier.records_before(landed) if landed is not None else ()
    return tuple(sorted(readings.checksum(blob) for blob in before))


def _path(dossier: Dossier) -> str:
    if dossier.content is not None:
        return dossier.content.path
    if dossier.issues:
        return dossier.issues[-1].content.path
    return dossier.twice[0] if dossier.twice else dossier.interims[-1].content.path


def _issues(dossier: Dossier, readings: Readings, current: Approved | None, as_of: date) -> Iterator[Issue]:
    others = _Faces(readings, tuple([one.content for one in dossier.issues if one is not current]))
    ends = _ends(dossier)
    # A house labels its issues or it does not: without any label in sight, no old register is read for one.
    labelled = any(readings.known_label(one.content) for one in dossier.issues)
    for one, end in zip(dossier.issues, ends, strict=True):
        faces = _Faces(readings, (one.content,)) if one is current else others
        yield Issue(
            number=one.number,
            label=partial(faces.label, one.content) if labelled else None,
            state=_issue_state(one, end, as_of, current),
            content=one.content,
            manifest=partial(faces.manifest, one.content),
            title=partial(faces.title, one, one.content),
            event=one.event,
            authors=one.authors,
            level=one.level,
            segregation=one.segregation,
            approvals=tuple([claim.act for claim in one.claims]),
            approved_on=one.approved_on,
            effective_from=one.effective_from,
            effective_to=end,
            summary=one.summary,
            faults=tuple(one.faults),
            completed=one.completed,
            editorial=one.editorial,
            previous=partial(_previous, dossier, readings, one.event),
        )


def _interims(dossier: Dossier, readings: Readings, as_of: date) -> Iterator[Interim]:
    for one in dossier.interims:
        faces = _Faces(readings, (one.content,))
        ended, ended_by = _ended(dossier, one)
        yield Interim(
            content=one.content,
            manifest=partial(faces.manifest, one.content),
            title=partial(faces.title, one, one.content),
            authors=one.authors,
            segregation=one.segregation,
            summary=one.summary,
            approved=one.approved,
            event=one.event,
            act=one.act,
            valid_from=one.valid_from,
            valid_until=one.valid_until,
            state=_interim_state(dossier, one, as_of),
            ended=ended,
            ended_by=ended_by,
        )


def _ended(dossier: Dossier, one: ForNow) -> tuple[date | None, str]:
    """When and by what an interim approval ends before its last day."""
    end = dossier.replaced_from(one)
    if end is None or end > one.valid_until:
        return None, ""
    if one.withdrawn_from is not None and one.withdrawn_from <= end:
        return end, "withdrawn"
    after = dossier.issues[one.after :]
    issue = next((issue.number for issue in after if issue.effective_from == end), None)
    return end, "replaced by another interim approval" if issue is None else f"replaced by issue {issue}"


def _interim_state(dossier: Dossier, one: ForNow, as_of: date) -> IssueState:
    if dossier.lasts(one, as_of):
        return IssueState.INTERIM
    replaced = dossier.replaced_from(one)
    if replaced is not None and replaced <= min(as_of, one.valid_until):
        gone = one.withdrawn_from is not None and one.withdrawn_from <= replaced
        return IssueState.WITHDRAWN if gone else IssueState.SUPERSEDED
    return IssueState.APPROVED if as_of < one.valid_from else IssueState.INTERIM_EXPIRED


def _ends(dossier: Dossier) -> list[date | None]:
    """For each issue the first day on which it is not in force any more, where that is known."""
    ends: list[date | None] = []
    following: date | None = None
    for issue in reversed(dossier.issues):
        leaves = issue.withdrawn_from
        ends.append(min(following, leaves) if following and leaves else following or leaves)
        following = min(issue.effective_from, following or issue.effective_from)
    ends.reverse()
    return ends


def _issue_state(issue: Approved, end: date | None, as_of: date, current: Approved | None) -> IssueState:
    if issue is current:
        return IssueState.IN_FORCE
    if issue.withdrawn_from is not None and issue.withdrawn_from <= as_of:
        return IssueState.WITHDRAWN
    if end is not None and end <= as_of:
        return IssueState.SUPERSEDED
    return IssueState.APPROVED


def _state(dossier: Dossier, current: Approved | None, as_of: date) -> DocumentState:
    last = dossier.issues[-1] if dossier.issues else None
    leaving = last is not None and last.withdrawn_from is not None
    gone = dossier.content is None and not dossier.twice
    if current is not None or (gone and last is not None and not leaving):
        return DocumentState.WITHDRAWAL_PENDING if gone and not leaving else DocumentState.IN_FORCE
    if leaving and last is not None and last.withdrawn_from is not None and last.withdrawn_from <= as_of:
        return DocumentState.WITHDRAWN
    return DocumentState.IN_FORCE if dossier.periodic and dossier.landed else DocumentState.DRAFT


def _pending(dossier: Dossier, rules: Rules, as_of: date) -> Pending | None:
    event = dossier.event
    if event is None or dossier.approved is not None:
        return None
    if dossier.content is None:
        if not dossier.issues or dossier.issues[-1].withdrawn_from is not None:
            return None
    elif (dossier.periodic and not event.proposed) or _leaves_later(dossier, as_of):
        return None
    return Pending(
        content=dossier.content,
        event=event,
        authors=persons(dossier.authors, rules),
        acts=tuple(claim.act for claim in dossier.claims),
        missing=missing(dossier, rules, as_of),
        waits_for=waits_for(dossier, rules, as_of),
        faults=tuple(dossier.notes),
        since=_waits_since(dossier, event, rules),
    )


def _waits_since(dossier: Dossier, event: Event, rules: Rules) -> date | None:
    """The day on which what had landed before lost its approval, if it did."""
    gone = dossier.taken_back.withdrawn_from if dossier.taken_back else None
    return gone if gone is not None and gone > rules.day(event.date) else None


def _leaves_later(dossier: Dossier, as_of: date) -> bool:
    """Whether what has landed is an issue withdrawn from a later day on: until then all is well."""
    last = dossier.issues[-1] if dossier.issues else None
    if last is None or dossier.content is None or last.withdrawn_from is None:
        return False
    return last.withdrawn_from > as_of and last.content.key == dossier.content.key


def _review_due(
    dossier: Dossier, current: Approved | None, head: Head, rules: Rules, as_of: date
) -> date | None:
    every = head.review_every or rules.settings.intervals.review_every
    if every is None or dossier.id == RULES_ID:
        return None
    if current is not None:
        since = max(current.approved_day, dossier.confirmed_by(as_of) or current.approved_day)
    elif dossier.first is not None:
        since = rules.day(dossier.first.date)
    else:
        return None
    return every.after(since)
