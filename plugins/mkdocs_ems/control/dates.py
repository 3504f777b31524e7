"""Dates of commits that cannot be right. A date is a claim: it is told here, and decides nothing.

What is dated after the day on which the manual is judged is one; so is what has no date that can
be read, or one from before git and its forerunners, or one that the events around it contradict.
A date that somebody asked for is not held against what came after it: that is simply later.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, islice, pairwise
from operator import le

from mkdocs_ems.control.terms import Fault, FaultReason
from mkdocs_ems.git.values import Commit, Event, History

_EARLIEST = 1990
_UNREADABLE = datetime(1970, 1, 1, tzinfo=UTC)
_CLOCKS_DIFFER = timedelta(days=1)
"""Clocks of two computers may differ by hours and prove nothing."""
_MOST = 20
"""Faults told one by one; a history that was imported without dates has thousands of one cause."""


def odd_dates(
    history: History, *, as_of: date, asked: bool, day: Callable[[datetime], date]
) -> tuple[Fault, ...]:
    """The commits whose dates cannot be right.

    Args:
        history: the chain and what lies behind it.
        as_of: the day on which states are told.
        asked: somebody named that day; otherwise nothing on the chain can be later.
        day: the day of a moment in the organisation's time zone.
    """
    landed = [event for event in history.events if event.commit.id in history.commits]
    readable = [event for event in landed if event.commit.committed.year >= _EARLIEST]
    late = () if asked else _after(landed, as_of, day)
    return (*_few(late), *_few(_impossible(history)), *_few(_contradicted(readable, day)))


def _few(faults: Iterable[Fault]) -> Iterator[Fault]:
    found = iter(faults)
    yield from islice(found, _MOST)
    rest = tuple(found)
    if rest:
        yield Fault(rest[0].reason, f"{len(rest)} more commits have such a date", rest[-1].event)


def _after(events: Iterable[Event], as_of: date, day: Callable[[datetime], date]) -> Iterator[Fault]:
    for event in events:
        commit = event.commit
        if day(commit.committed) > as_of:
            told = (
                f"{_named(commit)} is dated {day(commit.committed)}, after {as_of}, the day of this check; "
                "what landed after it counts from that date"
            )
            yield Fault(FaultReason.AFTER_AS_OF, told, commit.id, person=commit.committer.mail)


def _impossible(history: History) -> Iterator[Fault]:
    everything = history.commits.values()
    if all(one.authored.year >= _EARLIEST and one.committed.year >= _EARLIEST for one in everything):
        return
    for event in history.events:
        brought = (history.commits[name] for name in event.brought)
        own = (event.commit,) if event.commit.id in history.commits else ()
        for commit in (*brought, *own):
            if commit.authored.year < _EARLIEST or commit.committed.year < _EARLIEST:
                early = min(commit.authored, commit.committed)
                what = "has no date that can be read" if early == _UNREADABLE else f"is dated {early.date()}"
                told = f"{_named(commit)} {what}; when it was made is not known"
                yield Fault(FaultReason.ODD_DATE, told, event.commit.id, person=commit.author.mail)


def _contradicted(events: Sequence[Event], day: Callable[[datetime], date]) -> Iterator[Fault]:
    """The fewest events without which all dates follow one another."""
    dates = [event.commit.committed for event in events]
    if all(map(le, dates, dates[1:])):
        return
    latest = accumulate(dates, max)
    if all(so_far - now <= _CLOCKS_DIFFER for so_far, now in zip(latest, dates, strict=True)):
        return
    kept = _longest_order(tuple(_without_small_steps_back(dates)))
    for before, after in pairwise((-1, *kept, len(dates))):
        for at in range(before + 1, after):
            commit = events[at].commit
            if before >= 0 and dates[before] - dates[at] > _CLOCKS_DIFFER:
                other, word = events[before].commit, "after"
            elif after < len(dates) and dates[at] - dates[after] > _CLOCKS_DIFFER:
                other, word = events[after].commit, "before"
            else:
                continue
            told = (
                f"{_named(commit)} is dated {day(commit.committed)}, and landed {word} {_named(other)}, "
                f"which is dated {day(other.committed)}"
            )
            yield Fault(FaultReason.ODD_DATE, told, commit.id, person=commit.committer.mail)


def _without_small_steps_back(dates: Iterable[datetime]) -> Iterator[datetime]:
    before = _UNREADABLE
    for moment in dates:
        before = before if timedelta() < before - moment <= _CLOCKS_DIFFER else moment
        yield before


def _longest_order(dates: Sequence[datetime]) -> list[int]:
    """Places of a longest series of dates that never goes back."""
    ends: list[datetime] = []
    places: list[int] = []
    before: list[int] = []
    for at, moment in enumerate(dates):
        length = bisect_right(ends, moment)
        before.append(places[length - 1] if length else -1)
        if length == len(ends):
            ends.append(moment)
            places.append(at)
        else:
            ends[length], places[length] = moment, at
    series = []
    at = places[-1]
    while at >= 0:
        series.append(at)
        at = before[at]
    return series[::-1]


def _named(commit: Commit) -> str:
    return f"commit {commit.id[:12]} by {commit.author.name or commit.author.mail}"
