"""Which promised records are kept, period by period, and which periods have none (7.5.3, 8.1, 9.1.1).

A record keeps a promise for every period that its date, or its days from and to, touches, where it
names what it is of. One that says why it was not done keeps it too: it explains the gap. Worked out
for the rule that tells of gaps and for the calendar that shows them; a period is made only when
somebody asks for it. Judges nothing, asks for no today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from mkdocs_ems import dataclass
from mkdocs_ems.model.fields import Interval
from mkdocs_ems.model.periods import counting, numbered
from mkdocs_ems.model.promises import RHYTHMS, Promise, promises
from mkdocs_ems.model.records import Record
from mkdocs_ems.model.series import Period
from mkdocs_ems.model.shapes import Shape
from mkdocs_ems.model.values import Entry, Model

_ELSEWHERE = frozenset(("evidence", "amendments", "links"))
"""What a record names there is not what it is of."""
MOST_PERIODS = 4_000
"""So many periods of one promise are looked at, the last ones: ten years of days."""
MOST_ALTOGETHER = 200_000
"""So many periods of all promises are looked at: a thousand checks a week for four years."""
_A_WEEK = 7
_END = date(date.max.year - 100, 1, 1)
"""Behind it the calendar has no room for whole periods."""


class Turn(StrEnum):
    """How one period of a promise stands."""

    KEPT = "kept"
    MISSING = "missing"
    OPEN = "open"
    """It has not ended, or its grace has not."""
    NOT_ASKED = "not asked"
    """A day of the week on which none is ever made."""


@dataclass(frozen=True, slots=True)
class PeriodKept:
    """One period of a promise, with the records that keep it, in the order of the content."""

    period: Period
    turn: Turn
    records: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class _Turns:
    """The periods of a promise by their numbers; one is made when it is asked for."""

    period: Callable[[int], Period]
    numbers: range
    held: Mapping[int, Collection[Entry]]
    ended: int
    """The first period that has not ended with its grace."""
    asked: Collection[int]
    """The days of the week on which a record is asked for."""

    def turn(self, one: int) -> Turn:
        if one in self.held:
            return Turn.KEPT
        if one % _A_WEEK not in self.asked:
            return Turn.NOT_ASKED
        return Turn.MISSING if one < self.ended else Turn.OPEN


@dataclass(frozen=True, slots=True)
class Keeping:
    """A promise with its periods, from the first to the one in which the day lies.

    Without periods where it neither says since when nor has a record.
    """

    promise: Promise
    last: date | None
    """The last day of which there is a record."""
    turns: _Turns | None = None
    unseen: int = 0
    """So many periods were not looked at, the earliest; all of them where there are too many altogether."""

    @property
    def begun(self) -> bool:
        """Whether there are periods, looked at or not."""
        return self.turns is not None or bool(self.unseen)

    @property
    def count(self) -> int:
        """How many periods were looked at."""
        return len(self.turns.numbers) if self.turns is not None else 0

    @property
    def periods(self) -> tuple[PeriodKept, ...]:
        """Every period that was looked at, with how it stands."""
        return self.latest(self.count)

    def latest(self, most: int) -> tuple[PeriodKept, ...]:
        """So many of the last of them."""
        turns = self.turns
        if turns is None:
            return ()
        return tuple(
            PeriodKept(turns.period(one), turns.turn(one), tuple(turns.held.get(one, ())))
            for one in turns.numbers[max(0, len(turns.numbers) - most) :]
        )

    @property
    def missing(self) -> tuple[Period, ...]:
        """The periods that have ended, with their grace, and have no record."""
        turns = self.turns
        if turns is None:
            return ()
        return tuple(turns.period(one) for one in turns.numbers if turns.turn(one) is Turn.MISSING)


def kept(model: Model, *, as_of: date, grace: int) -> tuple[Keeping, ...]:
    """Every promise with what was kept of it, in the order of the content.

    What would take the periods beyond `MOST_ALTOGETHER` is not looked at, and says how much that is.

    Args:
        model: the content.
        as_of: the day.
        grace: so many days after the end of a period its record may still come in.
    """
    made = promises(model)
    if not made:
        return ()
    records = _records(model, {one.kind for one in made}, {one.of for one in made})
    diary = _Diary(as_of, as_of.toordinal() - grace)
    return tuple(diary.keeping(one, records.get((one.kind, one.of), _NONE)) for one in made)


@dataclass(slots=True)
class _Records:
    """The records of one kind that name one thing, each with its first and its last day."""

    dated: list[tuple[date, date, Entry]] = field(default_factory=list)
    first: date | None = None
    last: date | None = None

    def add(self, first: date, last: date, entry: Entry) -> None:
        self.dated.append((first, last, entry))
        self.first = first if self.first is None else min(first, self.first)
        self.last = last if self.last is None else max(last, self.last)


_NONE = _Records()


def _records(
    model: Model, kinds: Collection[str], wanted: Collection[str]
) -> Mapping[tuple[str, str], _Records]:
    """The records of these kinds by what they name."""
    found: defaultdict[tuple[str, str], _Records] = defaultdict(_Records)
    for entry in model.entries:
        record = entry.entity
        if entry.kind not in kinds or not isinstance(record, Record):
            continue
        last = record.period_end or record.date
        first = record.period_start or record.date or last
        if first is None or last is None or first > last:
            continue
        for name in dict.fromkeys(_named(record, wanted)):
            found[entry.kind, name].add(first, last, entry)
    return found


def _named(record: Record, wanted: Collection[str]) -> Iterator[str]:
    for name in record.model_fields_set - _ELSEWHERE:
        yield from _texts(getattr(record, name), wanted)


def _texts(value: Any, wanted: Collection[str]) -> Iterator[str]:  # noqa: ANN401 - whatever a field holds
    if isinstance(value, str):
        if value in wanted:
            yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one, wanted)
    elif isinstance(value, Shape):
        for name in value.model_fields_set:
            yield from _texts(getattr(value, name), wanted)


@dataclass(slots=True)
class _Diary:
    """Promise after promise; those of one rhythm share their periods."""

    as_of: date
    settled: int
    """The day, as an ordinal, up to which what has ended has had its grace."""
    left: int = MOST_ALTOGETHER
    calendars: dict[tuple[Interval, date], _Calendar] = field(default_factory=dict)

    def keeping(self, promise: Promise, records: _Records) -> Keeping:
        """What was kept of one promise."""
        begins = promise.since or records.first
        ends = min(self.as_of, promise.until or self.as_of, _END)
        if begins is None or begins > ends:
            return Keeping(promise, records.last)
        number, period = self._calendar(promise.every, begins)
        first, stop = number(begins), number(ends) + 1
        if promise.since is not None and period(first).first < promise.since:
            # The first whole period is the first that is promised.
            first += 1
        seen = range(max(first, stop - MOST_PERIODS), stop)
        held = self._held(records, seen, number)
        if held is None:
            return Keeping(promise, records.last, unseen=stop - first)
        asked: Collection[int] = range(_A_WEEK)
        if promise.every == Interval(0, 1) and len(held) >= _A_WEEK:
            asked = {one % _A_WEEK for one in held}
        ended = number(date.fromordinal(max(1, self.settled)))
        return Keeping(promise, records.last, _Turns(period, seen, held, ended, asked), seen.start - first)

    def _held(
        self, records: _Records, seen: range, number: Callable[[date], int]
    ) -> Mapping[int, Collection[Entry]] | None:
        """The records of each period that has one; None where there is too much to look at."""
        if not seen:
            return {}
        touched = len(records.dated)
        held: defaultdict[int, list[Entry]] = defaultdict(list)
        if max(len(seen), touched) > self.left:
            return None
        for start, end, entry in records.dated:
            span = range(max(seen.start, number(start)), min(seen.stop, number(end) + 1))
            touched += max(0, len(span) - 1)
            if touched > self.left:
                return None
            for one in span:
                held[one].append(entry)
        self.left -= max(len(seen), touched)
        return dict(held)

    def _calendar(self, every: Interval, begins: date) -> _Calendar:
        if every in RHYTHMS:
            begins = date.min
        elif every.months:
            begins = begins.replace(day=1)
        found = self.calendars.get((every, begins))
        if found is None:
            number, period = _calendar(every, begins)
            found = self.calendars[every, begins] = number, cache(period)
        return found


_Calendar = tuple[Callable[[date], int], Callable[[int], Period]]
"""Which period a day lies in, by number, and the period of a number."""


def _calendar(every: Interval, begins: date) -> _Calendar:
    """The calendar of an interval that is counted, if it is no rhythm, from a day."""
    rhythm = RHYTHMS.get(every)
    number = counting(rhythm) if rhythm else None
    if rhythm is not None and number is not None:
        return number, lambda one: numbered(rhythm, one)
    if every.months:
        months = every.months

        def of_month(day: date) -> int:
            return ((day.year - begins.year) * 12 + day.month - begins.month) // months

        return of_month, lambda one: _months(begins, months * one, months)
    start = begins.toordinal()
    return (
        lambda day: (day.toordinal() - start) // every.days,
        lambda one: _days(start + every.days * one, every.days),
    )


def _months(begins: date, after: int, count: int) -> Period:
    """So many whole months, counted from that of a day."""
    first = Interval(after, 0).after(begins.replace(day=1))
    last = date.fromordinal(Interval(count, 0).after(first).toordinal() - 1)
    return Period(first, last, f"{first:%Y-%m} to {last:%Y-%m}")


def _days(first: int, count: int) -> Period:
    start, end = date.fromordinal(first), date.fromordinal(min(first + count - 1, date.max.toordinal()))
    return Period(start, end, f"{start} to {end}")
