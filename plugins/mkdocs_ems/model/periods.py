"""Periods of the calendar: read from text, found around a day, counted one after the other.

A period is a day, an ISO week, a month, a quarter, half a year or a year. Which period a
reading belongs to is what somebody wrote; nothing here asks for today.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from mkdocs_ems.model.fields import PERIOD_PATTERN
from mkdocs_ems.model.series import Period

_MONTHS: Mapping[str, int] = MappingProxyType({"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12})
_DAY_ONE_IS_A_MONDAY = 1
_MOMENT = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?$"
)


def read_period(text: str) -> Period | None:
    """The period that a text names: `2026-06-14`, `2026-W24`, `2026-06`, `2026-Q2`, `2026`, or a moment.

    A moment (`2026-06-14T08:30`, with seconds and zone where wanted) belongs to the day that
    is written in it; no zone is converted. None for anything else, and for days that do not exist.
    """
    try:
        if re.match(PERIOD_PATTERN, text) and "\n" not in text:
            return _named(text)
        if re.match(_MOMENT, text) and "\n" not in text:
            day = datetime.fromisoformat(text).date()
            return Period(day, day, text)
    except ValueError:
        return None
    return None


def _named(text: str) -> Period:
    year, _, rest = text.partition("-")
    if rest.startswith("W"):
        first = date.fromisocalendar(int(year), int(rest[1:]), 1)
        return Period(first, date.fromordinal(first.toordinal() + 6), text)
    if rest.startswith("Q"):
        return _months(int(year), 3 * int(rest[1:]) - 2, 3, text)
    if "-" in rest:
        day = date.fromisoformat(text)
        return Period(day, day, text)
    return _months(int(year), int(rest), 1, text) if rest else _months(int(year), 1, 12, text)


def _months(year: int, month: int, count: int, text: str) -> Period:
    """So many months from the first of one."""
    first = date(year, month, 1)
    after = year * 12 + month - 1 + count
    if after // 12 > date.max.year:
        return Period(first, date.max, text)
    return Period(first, date.fromordinal(date(after // 12, after % 12 + 1, 1).toordinal() - 1), text)


def counting(frequency: str) -> Callable[[date], int] | None:
    """Numbers the periods of a frequency one after the other: a day to the number of its period.

    None for a frequency without periods: `continuous` and `event`.
    """
    if frequency == "daily":
        return date.toordinal
    if frequency == "weekly":
        return lambda day: (day.toordinal() - _DAY_ONE_IS_A_MONDAY) // 7
    months = _MONTHS.get(frequency)
    return None if months is None else lambda day: (day.year * 12 + day.month - 1) // months


def numbered(frequency: str, number: int) -> Period:
    """The period with a number that `counting` gives.

    Raises:
        ValueError: the calendar has no such period.
    """
    if frequency == "daily":
        day = _day(number)
        return Period(day, day, day.isoformat())
    if frequency == "weekly":
        first = _day(7 * number + _DAY_ONE_IS_A_MONDAY)
        year, week, _ = first.isocalendar()
        return Period(first, _day(first.toordinal() + 6), f"{year:04}-W{week:02}")
    count = _MONTHS[frequency]
    year, month = divmod(number * count, 12)
    name = {1: f"{year:04}-{month + 1:02}", 3: f"{year:04}-Q{month // 3 + 1}", 12: f"{year:04}"}
    half = f"{year:04}-H{month // 6 + 1}"
    return _months(year, month + 1, count, name.get(count, half))


def _day(ordinal: int) -> date:
    if not 1 <= ordinal <= date.max.toordinal():
        raise ValueError("the calendar ends here")
    return date.fromordinal(ordinal)


def frequency_of(period: Period) -> str:
    """The frequency whose periods are as long as this one."""
    days = period.last.toordinal() - period.first.toordinal() + 1
    for frequency, longest in (("daily", 1), ("weekly", 7), ("monthly", 31), ("quarterly", 92)):
        if days <= longest:
            return frequency
    return "yearly"


def following(period: Period) -> Period:
    """The period of the same length after another; the same again where the calendar ends."""
    frequency = frequency_of(period)
    number = counting(frequency)
    assert number is not None, "every length has a frequency that is counted"
    try:
        return numbered(frequency, number(period.last) + 1)
    except ValueError:
        return period
