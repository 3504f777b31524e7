"""What was in force on which day: each document's issues and interim approvals as spans of whole days.

For whoever asks what applied on a day that is past, or will apply on one to come: an accident
happened on 1 March, which issue was to be followed? Of a document there is at most one span on a
day: an issue is interrupted where an interim approval stood in its place. An issue that came and
was replaced on one and the same day has none: at the end of that day another was in force.
Derives nothing anew: dates and states are as document control found them at the head, so what
was not approved has no span, and what is to come only where it is approved already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum

from mkdocs_ems import dataclass
from mkdocs_ems.control.periods import interim_last
from mkdocs_ems.control.states import ControlState, DocumentControl
from mkdocs_ems.control.values import Interim, Issue

_DAY = timedelta(days=1)


class Kind(StrEnum):
    """What applied."""

    ISSUE = "issue"
    INTERIM = "interim"


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `begin` to `last`, both included, on which one content of a document was in force."""

    document: str
    kind: Kind
    number: int
    """Of an issue its own, of an interim approval its place among those of the document, from 1."""
    begin: date
    last: date | None
    """None where no end is known."""
    of: Issue | Interim

    def holds(self, day: date) -> bool:
        """Whether it was in force on that day, at its end."""
        return self.begin <= day and (self.last is None or day <= self.last)


def periods(control: ControlState) -> tuple[Period, ...]:
    """Every span of every document, by document, then day."""
    return tuple(one for document in control.documents.values() for one in periods_of(document))


def periods_of(document: DocumentControl) -> tuple[Period, ...]:
    """The spans of one document, by day."""
    interims = [
        Period(document.id, Kind.INTERIM, at, one.valid_from, interim_last(one), one)
        for at, one in enumerate(document.interims, 1)
        if interim_last(one) >= one.valid_from
    ]
    found = [*interims, *_issues(document, interims)]
    return tuple(sorted(found, key=lambda one: one.begin))


def in_force_on(found: Iterable[Period], day: date) -> Mapping[str, Period]:
    """What was in force on a day, by document."""
    return {one.document: one for one in found if one.holds(day)}


def _issues(document: DocumentControl, interims: Iterable[Period]) -> Iterator[Period]:
    for issue in document.issues:
        end = issue.effective_to
        last = end - _DAY if end is not None else None
        if last is not None and last < issue.effective_from:
            continue
        spans = [(issue.effective_from, last)]
        for one in interims:
            assert one.last is not None, "an interim approval always ends"
            spans = [rest for span in spans for rest in _without(*span, one.begin, one.last)]
        for begin, ending in spans:
            yield Period(document.id, Kind.ISSUE, issue.number, begin, ending, issue)


def _without(begin: date, last: date | None, first: date, final: date) -> Iterator[tuple[date, date | None]]:
    """What is left of a span of days beside another one."""
    before = min(last, first - _DAY) if last is not None else first - _DAY
    if begin <= before:
        yield begin, before
    after = max(begin, final + _DAY)
    if last is None or after <= last:
        yield after, last
