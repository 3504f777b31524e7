"""From when to when an issue or an interim approval applies, and which of them applies meanwhile, in words.

Document control knows the first day on which an issue no longer applies, and the last
day of an interim approval. A reader is told the last day of both, so that `to` means one
thing everywhere. Decides nothing: dates and states are as they were derived.
"""

from __future__ import annotations

from datetime import date, timedelta

from mkdocs_ems.control.states import DocumentControl
from mkdocs_ems.control.terms import DocumentState, IssueState
from mkdocs_ems.control.values import Interim, Issue

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
    """The same with until when it is suspended, and when an approved withdrawal ends it."""
    if issue.state is not IssueState.IN_FORCE:
        return issue.state.value
    if document.interim is not None:
        return f"{SUSPENDED} until the interim approval ends (last day {interim_last(document.interim)})"
    return in_force_words(document)


def in_force_words(document: DocumentControl) -> str:
    """`in force`; where its withdrawal is approved for a later day, that too."""
    ends = leaves_on(document)
    return "in force" if ends is None else f"in force; withdrawal approved, ends {ends}"


def leaves_on(document: DocumentControl) -> date | None:
    """The first day on which a document in force will not apply any more, where that is approved."""
    issue, ends = document.in_force, document.withdrawn_from
    # The date is that of the latest issue alone, which need not be the one in force.
    ending = issue is not None and ends is not None and issue.effective_to == ends
    return ends if ending and document.state is DocumentState.IN_FORCE else None


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
    """From the first day in force to the last: `from 2026-01-01 to 2026-03-09, replaced by issue 3`."""
    begin, end = issue.effective_from, issue.effective_to
    if end is None:
        return f"from {begin}"
    following = (one for one in document.issues if one.number > issue.number)
    by = next((one.number for one in following if one.effective_from == end), None)
    why = "withdrawn" if by is None else f"replaced by issue {by}"
    if end > begin:
        return f"from {begin} to {end - _DAY}, {_to_come(issue)}{why}"
    if end == begin == issue.approved_on.date():
        return f"for a part of {begin} only, {why}"
    return f"never in force: {why} on {end}, before it came into force on {begin}"


def interim_period(interim: Interim) -> str:
    """The same of an interim approval."""
    begin, last = interim.valid_from, interim_last(interim)
    if last < begin:
        return f"never in force: {interim.ended_by}"
    span = f"from {begin} to {last}"
    return f"{span}, {_to_come(interim)}{interim.ended_by}" if interim.ended_by else span


def _to_come(one: Issue | Interim) -> str:
    return "to be " if one.state in _NOT_OVER else ""
