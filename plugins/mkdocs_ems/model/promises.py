"""Which records are promised, and which of them are kept, period by period (7.5.3, 8.1, 9.1.1).

A document promises in `records`, a control by the interval of its verification. A record keeps a
promise for every period that its date, or its days from and to, touches, where it names what it is
of. One that says why it was not done keeps it too: it explains the gap. Worked out once for the
rule that tells of gaps and for the calendar that shows them. Judges nothing, asks for no today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Route
from mkdocs_ems.model.controls import ControlRow
from mkdocs_ems.model.documents import Document
from mkdocs_ems.model.fields import Interval
from mkdocs_ems.model.periods import counting, numbered
from mkdocs_ems.model.records import Record
from mkdocs_ems.model.series import Period
from mkdocs_ems.model.shapes import Shape
from mkdocs_ems.model.values import Entry, Model

_CHECK = "inspection"
"""The kind of record by which a control is shown to work."""

_RHYTHMS: Mapping[Interval, str] = {
    Interval(0, 1): "daily",
    Interval(0, 7): "weekly",
    Interval(1, 0): "monthly",
    Interval(3, 0): "quarterly",
    Interval(6, 0): "half-yearly",
    Interval(12, 0): "yearly",
}
"""Intervals that go by the calendar; any other is counted from the first day."""

_ELSEWHERE = frozenset(("evidence", "amendments", "links"))
"""What a record names there is not what it is of."""
_MOST = 4000
"""So many periods are looked at, the last ones: ten years of days."""
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
class Promise:
    """Records of one kind, promised of one thing."""

    entry: Entry
    """Who promises: a document or a control."""
    route: Route
    """Where it says so, below the entity."""
    kind: str
    """The kind of record."""
    every: Interval
    of: str
    """The id that a record names which keeps it."""
    by: str | None
    since: date | None
    until: date | None

    @property
    def often(self) -> str:
        """How often, in words: `weekly`, `every 14 days`."""
        return _RHYTHMS.get(self.every) or f"every {self.every}"


@dataclass(frozen=True, slots=True)
class PeriodKept:
    """One period of a promise, with the records that keep it, in the order of the content."""

    period: Period
    turn: Turn
    records: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Keeping:
    """A promise with its periods, from the first to the one in which the day lies.

    Without periods where it neither says since when nor has a record.
    """

    promise: Promise
    periods: tuple[PeriodKept, ...]
    last: date | None
    """The last day of which there is a record."""

    @property
    def missing(self) -> tuple[Period, ...]:
        """The periods that have ended, with their grace, and have no record."""
        return tuple(one.period for one in self.periods if one.turn is Turn.MISSING)


def promises(model: Model) -> tuple[Promise, ...]:
    """Every promise that is written, in the order of the content; what is withdrawn promises nothing."""
    return tuple(promise for entry in model.entries for promise in _of_entry(entry))


def _of_entry(entry: Entry) -> Iterator[Promise]:
    entity = entry.entity
    if entity.id is None:
        return
    if isinstance(entity, Document) and entity.records and entity.superseded_by is None:
        for index, one in enumerate(entity.records):
            route: Route = ("records", index)
            for of in one.of or (entity.id,):
                by = one.by or entity.owner
                yield Promise(entry, route, one.type, one.every, of, by, one.since, one.until)
    elif isinstance(entity, ControlRow) and entity.verification is not None:
        said = entity.verification
        if (
            said.every is not None
            and said.records_kept is None
            and entity.status not in ("withdrawn", "planned")
        ):
            route = ("verification", "every")
            yield Promise(entry, route, _CHECK, said.every, entity.id, entity.owner, None, None)


def kept(model: Model, *, as_of: date, grace: int) -> tuple[Keeping, ...]:
    """Every promise with what was kept of it.

    Args:
        model: the content.
        as_of: the day.
        grace: so many days after the end of a period its record may still come in.
    """
    made = promises(model)
    if not made:
        return ()
    records = _records(model, {one.kind for one in made}, {one.of for one in made})
    return tuple(_keeping(one, records.get((one.kind, one.of), ()), as_of, grace) for one in made)


_Dated = tuple[date, date, Entry]


def _records(
    model: Model, kinds: Collection[str], wanted: Collection[str]
) -> Mapping[tuple[str, str], list[_Dated]]:
    """The records of these kinds by what they name, with their first and last day."""
    found: defaultdict[tuple[str, str], list[_Dated]] = defaultdict(list)
    for entry in model.entries:
        record = entry.entity
        if entry.kind not in kinds or not isinstance(record, Record):
            continue
        last = record.period_end or record.date
        first = record.period_start or record.date or last
        if first is None or last is None or first > last:
            continue
        for name in dict.fromkeys(_named(record, wanted)):
            found[entry.kind, name].append((first, last, entry))
    return found


def _named(record: Record, wanted: Collection[str]) -> Iterator[str]:
    for field in record.model_fields_set - _ELSEWHERE:
        yield from _texts(getattr(record, field), wanted)


def _texts(value: Any, wanted: Collection[str]) -> Iterator[str]:  # noqa: ANN401 - whatever a field holds
    if isinstance(value, str):
        if value in wanted:
            yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one, wanted)
    elif isinstance(value, Shape):
        for field in value.model_fields_set:
            yield from _texts(getattr(value, field), wanted)


def _keeping(promise: Promise, records: Collection[_Dated], as_of: date, grace: int) -> Keeping:
    last = max((last for _, last, _ in records), default=None)
    begins = promise.since or min((first for first, *_ in records), default=None)
    ends = min(as_of, promise.until or as_of, _END)
    if begins is None or begins > ends:
        return Keeping(promise, (), last)
    number, period = _calendar(promise.every, begins)
    first, stop = number(begins), number(ends) + 1
    if promise.since is not None and period(first).first < promise.since:
        # The first whole period is the first that is promised.
        first += 1
    first = max(first, stop - _MOST)
    held: defaultdict[int, list[Entry]] = defaultdict(list)
    for start, end, entry in records:
        for one in range(max(first, number(max(start, begins))), min(stop, number(end) + 1)):
            held[one].append(entry)
    weekdays: Collection[int] = range(_A_WEEK)
    if promise.every == Interval(0, 1) and len(held) >= _A_WEEK:
        weekdays = {one % _A_WEEK for one in held}
    settled = as_of.toordinal() - grace
    periods = []
    for one in range(first, stop):
        there = period(one)
        turn = _turn(
            bool(held.get(one)), ended=there.last.toordinal() < settled, asked=one % _A_WEEK in weekdays
        )
        periods.append(PeriodKept(there, turn, tuple(held.get(one, ()))))
    return Keeping(promise, tuple(periods), last)


def _turn(kept: bool, *, ended: bool, asked: bool) -> Turn:  # noqa: FBT001 - what it is about
    if kept:
        return Turn.KEPT
    if not asked:
        return Turn.NOT_ASKED
    return Turn.MISSING if ended else Turn.OPEN


def _calendar(every: Interval, begins: date) -> tuple[Callable[[date], int], Callable[[int], Period]]:
    """Which period a day lies in, by number, and the period of a number."""
    rhythm = _RHYTHMS.get(every)
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
