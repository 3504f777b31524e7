"""From when to when an issue or an interim approval applies, in words; both ends are days on which it did.

Document control knows the first day on which an issue no longer applies, and the last
day of an interim approval. A reader is told the last day of both, so that `to` never
means two things on one page. Decides nothing.
"""

from __future__ import annotations

from datetime import date, timedelta

from mkdocs_ems.control import DocumentControl, DocumentState, Interim, Issue, IssueState
from mkdocs_ems.pages import words

_NOT_OVER = (IssueState.APPROVED, IssueState.IN_FORCE, IssueState.INTERIM)


def issue_state(issue: Issue, control: DocumentControl) -> str:
    """The state of an issue in a word or two; suspended where an interim text applies in its place."""
    if issue.state is IssueState.IN_FORCE and control.interim:
        return "suspended"
    return issue.state.value


def state_words(issue: Issue, control: DocumentControl) -> str:
    """The same with until when it is suspended, and when an approved withdrawal ends it."""
    if issue.state is IssueState.IN_FORCE and control.interim:
        return (
            f"suspended until the interim approval ends (last day {words.day(interim_last(control.interim))})"
        )
    if issue.state is IssueState.IN_FORCE and _leaves(control):
        return in_force_words(control)
    return issue.state.value


def leaves_later(control: DocumentControl, as_of: date) -> date | None:
    """The first day on which the document will not apply any more, where its withdrawal is approved."""
    ends = control.withdrawn_from
    return ends if ends is not None and ends > as_of and _leaves(control) else None


def in_force_words(control: DocumentControl) -> str:
    """`in force`; where its withdrawal is approved for a later day, that too."""
    if not _leaves(control) or control.withdrawn_from is None:
        return "in force"
    return f"in force; withdrawal approved, ends {words.day(control.withdrawn_from)}"


def _leaves(control: DocumentControl) -> bool:
    # What is withdrawn already has no issue in force; the date is that of the latest issue alone.
    issue, ends = control.in_force, control.withdrawn_from
    return (
        control.state is DocumentState.IN_FORCE
        and ends is not None
        and issue is not None
        and issue.effective_to == ends
    )


def issue_period(issue: Issue, control: DocumentControl) -> str:
    """From the first day on which it applied to the last, and what ended it."""
    begin, end = issue.effective_from, issue.effective_to
    if end is None:
        return f"from {words.day(begin)}"
    why = _ended(issue, control, end)
    if end > begin:
        return f"{_span(begin, end - timedelta(days=1))}, {_to_come(issue)}{why}"
    if end == begin == issue.approved_on.date():
        return f"for a part of {words.day(begin)} only, {why}"
    return f"never in force: {why} on {words.day(end)}, before it came into force on {words.day(begin)}"


def interim_period(interim: Interim) -> str:
    """From the first day on which it applied to the last, and what ended it before its own end."""
    last = interim_last(interim)
    if last < interim.valid_from:
        return f"never in force: {interim.ended_by}"
    span = _span(interim.valid_from, last)
    return f"{span}, {_to_come(interim)}{interim.ended_by}" if interim.ended_by else span


def interim_last(interim: Interim) -> date:
    """The last day on which it applied or will apply."""
    return interim.ended - timedelta(days=1) if interim.ended else interim.valid_until


def _to_come(one: Issue | Interim) -> str:
    return "to be " if one.state in _NOT_OVER else ""


def _span(begin: date, last: date) -> str:
    return f"from {words.day(begin)} to {words.day(last)}"


def _ended(issue: Issue, control: DocumentControl, end: date) -> str:
    following = (one for one in control.issues if one.number > issue.number)
    replaced = next((one for one in following if one.effective_from == end), None)
    return f"replaced by issue {replaced.number}" if replaced else "withdrawn"
