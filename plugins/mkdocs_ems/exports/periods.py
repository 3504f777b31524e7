"""From when to when an issue or an interim approval applies, and which of them applies meanwhile, in words.

A reader is told the last day of both, so that `to` means one thing everywhere. Decides
nothing: dates and states are those of document control.
"""

from __future__ import annotations

from datetime import date, timedelta

from mkdocs_ems.control import DocumentControl, DocumentState, Interim, Issue, IssueState

SUSPENDED = "suspended"
"""What an issue is while an interim approval stands in its place."""
_NOT_OVER = (IssueState.APPROVED, IssueState.IN_FORCE, IssueState.INTERIM)
_DAY = timedelta(days=1)


def issue_state(issue: Issue, document: DocumentControl) -> str:
    """The state of an issue in one or two words; suspended where an interim text applies in its place."""
    if issue.state is IssueState.IN_FORCE and document.interim is not None:
        return SUSPENDED
    return issue.state.value


def state_words(issue: Issue, document: DocumentControl) -> str:
    """The same for people: until when it is suspended, and when an approved withdrawal ends it."""
    state = issue_state(issue, document)
    ends = leaves_on(document)
    if state == SUSPENDED and document.interim is not None:
        return f"suspended until the interim approval ends (last day {interim_last(document.interim)})"
    if issue.state is IssueState.IN_FORCE and ends is not None:
        return f"in force; withdrawal approved, ends {ends}"
    return state


def leaves_on(document: DocumentControl) -> date | None:
    """The first day on which a document in force will not apply any more, where that is approved."""
    in_force = document.state is DocumentState.IN_FORCE and document.in_force is not None
    return document.withdrawn_from if in_force else None


def issue_last(issue: Issue) -> date | None:
    """The last day on which an issue was or will be in force; None where none is known, or there was none."""
    end = issue.effective_to
    return end - _DAY if end is not None and end > issue.effective_from else None


def interim_end(interim: Interim) -> date:
    """The first day on which an interim approval was not or will not be in force."""
    return interim.ended or interim.valid_until + _DAY


def interim_last(interim: Interim) -> date:
    """The last day on which it was or will be in force."""
    return interim_end(interim) - _DAY


def issue_period(issue: Issue, document: DocumentControl) -> str:
    """`in force from 2026-01-01 to 2026-03-09, replaced by issue 3`."""
    begin, end = issue.effective_from, issue.effective_to
    if end is None:
        return f"in force from {begin} on"
    following = (one for one in document.issues if one.number > issue.number)
    by = next((one.number for one in following if one.effective_from == end), None)
    why = "withdrawn" if by is None else f"replaced by issue {by}"
    if end > begin:
        to_come = "to be " if issue.state in _NOT_OVER else ""
        return f"in force from {begin} to {end - _DAY}, {to_come}{why}"
    if end == begin == issue.approved_on.date():
        return f"in force for a part of {begin} only, {why}"
    return f"never in force: {why} on {end}, before it came into force on {begin}"


def interim_period(interim: Interim) -> str:
    """The same of an interim approval."""
    begin, last = interim.valid_from, interim_last(interim)
    if last < begin:
        return f"never in force: {interim.ended_by}"
    if not interim.ended_by:
        return f"in force from {begin} to {last}"
    return (
        f"in force from {begin} to {last}, {'to be ' if interim.state in _NOT_OVER else ''}{interim.ended_by}"
    )
