"""From when to when an issue or an interim approval applies, in words; both ends are days on which it did.

Document control knows the first day on which an issue no longer applies, and the last
day of an interim approval. A reader is told the last day of both, so that `to` never
means two things on one page. Decides nothing.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import dropwhile

from mkdocs_ems.control import DocumentControl, DocumentState, Interim, Issue, IssueState
from mkdocs_ems.pages import words

SUSPENDED = "suspended"
"""What an issue is while an interim approval stands in its place."""


def issue_state(issue: Issue, control: DocumentControl) -> str:
    """The state of an issue; of the one in whose place an interim text applies, that it is suspended."""
    if issue.state is IssueState.IN_FORCE and control.interim:
        return f"{SUSPENDED} until the interim approval ends"
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
        return f"{_span(begin, end - timedelta(days=1))}, {why}"
    if end == begin == issue.approved_on.date():
        return f"for a part of {words.day(begin)} only, {why}"
    return f"never in force: {why} on {words.day(end)}, and it was to begin on {words.day(begin)}"


def interim_period(interim: Interim, control: DocumentControl) -> str:
    """From the first day on which it applied to the last, and what ended it before its own end."""
    end, why = interim_end(interim, control)
    if end < interim.valid_from:
        return f"never in force: {why}" if why else "never in force"
    return f"{_span(interim.valid_from, end)}, {why}" if why else _span(interim.valid_from, end)


def interim_end(interim: Interim, control: DocumentControl) -> tuple[date, str]:
    """The last day on which it applies, and what took its place; nothing where it ran to its own end."""
    found: list[tuple[date, str]] = [
        (one.effective_from, f"replaced by issue {one.number}")
        for one in control.issues
        if _landed_later(one, interim)
    ]
    _, *later = dropwhile(lambda one: one is not interim, (*control.interims, interim))
    found += [(one.valid_from, "replaced by another interim approval") for one in later if one is not interim]
    if interim.state is IssueState.WITHDRAWN or (_leaves(control) and interim is control.interim):
        ends = control.withdrawn_from or _withdrawn(interim, control)
        found += [(ends, "withdrawn")] if ends else []
    first = min(found, default=None, key=lambda one: one[0])
    if first is None or first[0] > interim.valid_until:
        return interim.valid_until, ""
    return first[0] - timedelta(days=1), first[1]


def _withdrawn(interim: Interim, control: DocumentControl) -> date | None:
    """When an issue that was withdrawn and issued again since was withdrawn."""
    ends = (one.effective_to for one in control.issues if one.state is IssueState.WITHDRAWN)
    return min((day for day in ends if day and day >= interim.valid_from), default=None)


def _landed_later(issue: Issue, interim: Interim) -> bool:
    """Whether an issue was completed after the interim approval, so that it could take its place."""
    done, since = issue.completed or issue.event, interim.approved or interim.event
    return done.index > since.index


def _span(begin: date, last: date) -> str:
    if begin == last:
        return f"on {words.day(begin)} alone"
    return f"from {words.day(begin)} to {words.day(last)}"


def _ended(issue: Issue, control: DocumentControl, end: date) -> str:
    following = (one for one in control.issues if one.number > issue.number)
    replaced = next((one for one in following if one.effective_from == end), None)
    return f"replaced by issue {replaced.number}" if replaced else "withdrawn"
