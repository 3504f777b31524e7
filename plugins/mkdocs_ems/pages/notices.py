"""What a reader must know of a document before reading on: interim, withdrawn, pending, superseded."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems import dataclass
from mkdocs_ems.control import DocumentControl, DocumentState, Interim, IssueState, Pending
from mkdocs_ems.control.periods import interim_last, leaves_on
from mkdocs_ems.model import Controlled, Entity
from mkdocs_ems.pages import words
from mkdocs_ems.pages.issue_lines import issue_name
from mkdocs_ems.pages.view import View
from mkdocs_ems.pages.waiting import waiting_words


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader must know before reading on."""

    weight: str
    """`error`, `warning` or `note`."""
    title: str
    text: str


def notices(control: DocumentControl | None, entity: Entity | None, *, view: View) -> tuple[Notice, ...]:
    """Everything to be said above a document's text, the gravest first."""
    return (*_replaced(entity), *(_notices(control, view=view) if control else ()))


def _replaced(entity: Entity | None) -> tuple[Notice, ...]:
    """A document may be in force and say itself that another has taken its place."""
    if not isinstance(entity, Controlled) or not entity.superseded_by:
        return ()
    text = f"By its own words {entity.superseded_by} has taken its place; it is not withdrawn yet."
    return (Notice("warning", "Superseded", text),)


def _notices(control: DocumentControl, *, view: View) -> Iterator[Notice]:
    if control.interim:
        yield _interim(control, control.interim, view=view)
    if control.state is DocumentState.WITHDRAWN:
        since = f" since {words.day(control.withdrawn_from)}" if control.withdrawn_from else ""
        text = f"This document no longer applies{since}; none of its issues is in force."
        yield Notice("warning", "Withdrawn", text)
    if control.state is DocumentState.WITHDRAWAL_PENDING:
        why = control.pending.missing if control.pending else "its file has gone"
        yield Notice("warning", "Withdrawal pending", f"{words.sentence(why.rstrip('.'))}.")
    leaves = leaves_on(control)
    if leaves:
        text = (
            f"It is in force. Its withdrawal is approved: from {words.day(leaves)} on it no longer applies."
        )
        yield Notice("warning", "Withdrawal approved", text)
    for coming in control.issues:
        if coming.state is IssueState.APPROVED:
            start = words.day(coming.effective_from)
            text = f"Issue {issue_name(coming)} is approved and in force from {start}."
            yield Notice("note", "Next issue", text)
    if control.pending and control.pending.content:
        yield _pending(control, control.pending, view=view)


def _interim(control: DocumentControl, interim: Interim, *, view: View) -> Notice:
    """What stands in red above a text that one person released, on paper too."""
    until = words.day(interim_last(interim))
    issue = f"issue {issue_name(control.in_force)}" if control.in_force else ""
    then = f"{issue} returns" if issue else "nothing is in force"
    end = f", to be {interim.ended_by}" if interim.ended_by else f"; if it is not approved by then, {then}"
    shown = "" if view.draft else " This page shows it."
    suspended = f" That text applies; {issue} is suspended meanwhile." if issue else " That text applies."
    text = (
        f"One entitled person released a text for a short time, without the full approval.{shown}{suspended} "
        f"It ends after {until}{end}."
    )
    return Notice("error", "Interim", text)


def _pending(control: DocumentControl, pending: Pending, *, view: View) -> Notice:
    since = words.day(pending.waits_since)
    how = "was proposed on" if pending.event.proposed else "landed on"
    how = "waits since" if pending.since else how
    waits = f": {waiting_words(pending)}" if pending.missing else ""
    shown = _shown(control, pending, view=view)
    text = f"A draft of issue {control.next_issue} {how} {since}{waits}. {shown}"
    return Notice("warning" if view.draft else "note", "Change pending", text.strip())


def _shown(control: DocumentControl, pending: Pending, *, view: View) -> str:
    """Which of the texts that there are the page shows."""
    interim, issue = control.interim, control.in_force
    named = f"issue {issue_name(issue)}" if issue else ""
    if view.draft:
        if interim:
            same = pending.content and interim.content.key == pending.content.key
            said = "it applies for the interim" if same else "another text applies for the interim"
            return f"This page shows that draft; {said}."
        return f"This page shows that draft; {named} is in force." if named else "This page shows that draft."
    if interim:
        same = pending.content and interim.content.key == pending.content.key
        return "This page shows it, as an interim approval." if same else "This page shows the interim text."
    return f"This page shows {named}, which is in force." if named else ""
