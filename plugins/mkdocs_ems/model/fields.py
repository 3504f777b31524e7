"""Field types: how the text of a scalar becomes a value, and nothing else is accepted.

YAML's scalars arrive as text. Each type here takes exactly the written forms its
field wants (`true`, `12.5`, `2026-01-31`, `12 months`) and says so otherwise, so
that nothing is silently reinterpreted. References carry the kinds they may lead to.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

ID_PATTERN = r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=64)]
"""An identity: ASCII capitals, digits, at least one hyphen."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""One line or paragraph, kept as written."""

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]

_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")
_INTERVAL = re.compile(r"([1-9]\d{0,3}) (day|week|month|year)s?")


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks a field as a reference, and names the kinds it may lead to (none: any kind)."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A span of calendar time: so many days and months."""

    months: int
    days: int

    def after(self, day: date) -> date:
        """The day this long after another; the month's last day where the day does not exist."""
        month = day.month - 1 + self.months
        year, month = day.year + month // 12, month % 12 + 1
        last = monthrange(year, month)[1]
        return date.fromordinal(date(year, month, min(day.day, last)).toordinal() + self.days)

    def __str__(self) -> str:
        if self.months and self.months % 12 == 0 and not self.days:
            count, unit = self.months // 12, "year"
        elif self.months:
            count, unit = self.months, "month"
        else:
            count, unit = self.days, "day"
        return f"{count} {unit}{'' if count == 1 else 's'}"


def _flag(value: object) -> object:
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return value == "true"
    raise ValueError("write true or false")


def _number(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return float(value)
    raise ValueError("write a number such as 12 or 0.5")


def _whole(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"-?(0|[1-9]\d{0,17})", value):
        return int(value)
    raise ValueError("write a whole number such as 3")


def _day(value: object) -> object:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{value} is not a day of the calendar") from None
    raise ValueError("write a date as 2026-01-31")


def _interval(value: object) -> object:
    if isinstance(value, Interval):
        return value
    match = _INTERVAL.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError("write an interval such as 12 months, 2 years, 90 days or 1 week")
    count, unit = int(match[1]), match[2]
    if unit in ("month", "year"):
        return Interval(months=count * (12 if unit == "year" else 1), days=0)
    return Interval(months=0, days=count * (7 if unit == "week" else 1))


Flag = Annotated[bool, BeforeValidator(_flag)]
Number = Annotated[float, BeforeValidator(_number)]
Whole = Annotated[int, BeforeValidator(_whole)]
Day = Annotated[date, BeforeValidator(_day)]
Every = Annotated[Interval, BeforeValidator(_interval)]

ClauseRef = Annotated[str, StringConstraints(pattern=r"^((2015|2026):)?\d{1,2}(\.\d{1,2})*$")]
"""A clause number of the organisation's edition (`6.1.2`) or of a named one (`2026:6.1.4`)."""

RoleRef = Annotated[str, Refers(("role",))]
PersonRef = Annotated[str, Refers(("person",))]
OwnerRef = Annotated[str, Refers(("role", "person"))]
ProcessRef = Annotated[str, Refers(("process",))]
AspectRef = Annotated[str, Refers(("aspect",))]
ObligationRef = Annotated[str, Refers(("obligation",))]
ControlRef = Annotated[str, Refers(("control",))]
ObjectiveRef = Annotated[str, Refers(("objective",))]
ProcedureRef = Annotated[str, Refers(("procedure", "work-instruction"))]
BasisRef = Annotated[str, Refers(("aspect", "obligation"))]
AnyRef = Annotated[str, Refers(())]

Percent = Annotated[float, BeforeValidator(_number), Field(ge=0, le=100)]
