"""Field types: how the text of a scalar becomes a value, and nothing else is accepted.

YAML's scalars arrive as text. Each type here takes exactly the written forms its
field wants (`true`, `12.5`, `2026-01-31`, `12 months`) and refuses every other, so
that nothing is silently reinterpreted. References carry the kinds they may lead to.
All but intervals are read by pydantic's core without a call into Python. What to
say about a refused text stands in `wording`, not here.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

import re
from calendar import monthrange
from datetime import date
from typing import Annotated

from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from mkdocs_ems import dataclass

ID_PATTERN = r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$"
ID_LENGTH = 64
TITLE_LENGTH = 300
PERIOD_PATTERN = (
    r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-W(0[1-9]|[1-4][0-9]|5[0-3])|-Q[1-4])?$"
)

GREATEST = 1e30
"""Nothing that is measured or aimed at is greater; sums and units of what is smaller stay numbers."""

# With so few decimals none but 0 is read as 0.
_NUMBER = r"^-?(0|[1-9][0-9]*)(\.[0-9]{1,99})?([eE][+-]?[0-9]{1,2})?$"
_WHOLE = r"^-?(0|[1-9][0-9]{0,17})$"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_INTERVAL = re.compile(r"([1-9][0-9]{0,3}) (day|week|month|year)s?")


@dataclass(frozen=True, slots=True)
class Form:
    """Names the written form of a field's scalars: `text`, `id`, `number`, `day` and so on."""

    name: str


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks a field as a reference, and names the kinds it may lead to (none: any kind)."""

    kinds: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        # It changes nothing of how a value is read: said here, pydantic need not look for what it may be.
        return handler(source)


@dataclass(frozen=True, slots=True)
class Within:
    """The bounds of a text.

    StringConstraints would say the same, but pydantic takes them apart and puts them together
    again for each of five hundred fields, in every run.
    """

    pattern: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    strip_whitespace: bool | None = None

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.str_schema(
            pattern=self.pattern,
            min_length=self.min_length,
            max_length=self.max_length,
            strip_whitespace=self.strip_whitespace,
        )


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A span of calendar time: so many days and months."""

    months: int
    days: int

    def after(self, day: date) -> date:
        """The day this long after another; the month's last day where the day does not exist.

        Stays at the calendar's last day where it would pass it.
        """
        month = day.month - 1 + self.months
        year, month = day.year + month // 12, month % 12 + 1
        if year > date.max.year:
            return date.max
        last = monthrange(year, month)[1]
        ordinal = date(year, month, min(day.day, last)).toordinal() + self.days
        return date.fromordinal(min(ordinal, date.max.toordinal()))

    def passed(self, since: date, *, on: date) -> bool:
        """Whether a day lies later than this long after another."""
        # No month is shorter than 28 days, so most questions need no calendar.
        return (on - since).days > 28 * self.months + self.days and self.after(since) < on

    def __str__(self) -> str:
        if self.months and self.months % 12 == 0 and not self.days:
            count, unit = self.months // 12, "year"
        elif self.months:
            count, unit = self.months, "month"
        else:
            count, unit = self.days, "day"
        return f"{count} {unit}{'' if count == 1 else 's'}"


class _Core:
    """Reads a scalar by a schema of pydantic's core."""

    def __init__(self, schema: CoreSchema) -> None:
        self._schema = schema

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return self._schema


def _either(form: str, text: CoreSchema, value: CoreSchema) -> _Core:
    """Any refusal is one error named after the form.

    The text is tried first; a value that already has the type (from Python) passes too.
    """
    union = core_schema.union_schema([text, value], mode="left_to_right")
    return _Core(core_schema.custom_error_schema(union, form, custom_error_message=form))


def _text(pattern: str, then: CoreSchema) -> CoreSchema:
    return core_schema.chain_schema([core_schema.str_schema(pattern=pattern), then])


def _interval(value: object) -> Interval:
    if isinstance(value, Interval):
        return value
    match = _INTERVAL.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise PydanticCustomError("interval", "interval")
    count, unit = int(match[1]), match[2]
    if unit in ("month", "year"):
        return Interval(months=count * (12 if unit == "year" else 1), days=0)
    return Interval(months=0, days=count * (7 if unit == "week" else 1))


Id = Annotated[str, Form("id"), Within(pattern=ID_PATTERN, max_length=ID_LENGTH)]
"""An identity: ASCII capitals and digits, at least one hyphen."""

Text = Annotated[str, Form("text"), Within(strip_whitespace=True, min_length=1)]
"""One line or paragraph, kept as written."""

Title = Annotated[str, Form("text"), Within(strip_whitespace=True, min_length=1, max_length=TITLE_LENGTH)]

Flag = Annotated[
    bool,
    Form("flag"),
    _either(
        "flag", _text(r"^(true|false)$", core_schema.bool_schema()), core_schema.bool_schema(strict=True)
    ),
]
Number = Annotated[
    float,
    Form("number"),
    _either(
        "number",
        _text(_NUMBER, core_schema.float_schema(allow_inf_nan=False, ge=-GREATEST, le=GREATEST)),
        core_schema.float_schema(strict=True, allow_inf_nan=False, ge=-GREATEST, le=GREATEST),
    ),
]
Whole = Annotated[
    int,
    Form("whole"),
    _either("whole", _text(_WHOLE, core_schema.int_schema()), core_schema.int_schema(strict=True)),
]
Day = Annotated[
    date,
    Form("day"),
    _either("day", _text(_DAY, core_schema.date_schema()), core_schema.date_schema(strict=True)),
]
Every = Annotated[Interval, Form("interval"), _Core(core_schema.no_info_plain_validator_function(_interval))]
Percent = Annotated[Number, Field(ge=0, le=100)]

ClauseRef = Annotated[
    str,
    Form("clause"),
    Within(
        pattern=r"^((iso14001:)?(2015|2026):|iso9001(:2015)?:|iso45001(:2018)?:)?"
        r"[0-9]{1,2}(\.[0-9]{1,2})*$"
    ),
]
"""A clause number of the organisation's edition (`6.1.2`), of a named one (`2026:6.1.4`), or of another
standard (`iso9001:8.4`)."""

PeriodText = Annotated[
    str,
    Form("period"),
    Within(pattern=PERIOD_PATTERN),
]
"""A day, week, month, quarter or year: `2026-06-14`, `2026-W24`, `2026-06`, `2026-Q2`, `2026`."""

MonthDay = Annotated[str, Form("month-day"), Within(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]
"""A day of any year, month before day: `01-31`."""

Checksum = Annotated[str, Form("checksum"), Within(pattern=r"^[0-9a-fA-F]{64}$")]
"""The sha256 of a file's bytes, as 64 hexadecimal digits."""

RoleRef = Annotated[Id, Refers(("role",))]
PersonRef = Annotated[Id, Refers(("person",))]
OwnerRef = Annotated[Id, Refers(("role", "person"))]
ResponderRef = Annotated[Id, Refers(("role", "person"))]
ProcessRef = Annotated[Id, Refers(("process",))]
AspectRef = Annotated[Id, Refers(("aspect",))]
ObligationRef = Annotated[Id, Refers(("obligation",))]
ControlRef = Annotated[Id, Refers(("control",))]
ObjectiveRef = Annotated[Id, Refers(("objective",))]
RiskRef = Annotated[Id, Refers(("risk",))]
ActionRef = Annotated[Id, Refers(("action",))]
IndicatorRef = Annotated[Id, Refers(("indicator",))]
MeasurementRef = Annotated[Id, Refers(("measurement",))]
InstrumentRef = Annotated[Id, Refers(("instrument",))]
ScenarioRef = Annotated[Id, Refers(("emergency-scenario",))]
NonconformityRef = Annotated[Id, Refers(("nonconformity",))]
ChangeRef = Annotated[Id, Refers(("change",))]
CompetenceRef = Annotated[Id, Refers(("competence",))]
PartyRef = Annotated[Id, Refers(("interested-party",))]
PlannedCommunicationRef = Annotated[Id, Refers(("communication-plan",))]
TellingRef = Annotated[Id, Refers(("training", "communication"))]
ProviderRef = Annotated[Id, Refers(("provider",))]
TrainingRef = Annotated[Id, Refers(("training",))]
DrillRef = Annotated[Id, Refers(("drill",))]
IncidentRef = Annotated[Id, Refers(("incident",))]
AuditRef = Annotated[Id, Refers(("audit",))]
FindingRef = Annotated[Id, Refers(("finding",))]
ReviewRef = Annotated[Id, Refers(("management-review",))]
EvaluationRef = Annotated[Id, Refers(("compliance-evaluation",))]
CommunicationRef = Annotated[Id, Refers(("communication",))]
ImprovementRef = Annotated[Id, Refers(("improvement",))]
ProgrammeRef = Annotated[Id, Refers(("audit-programme",))]
ChecklistRef = Annotated[Id, Refers(("form", "procedure", "work-instruction", "plan"))]
FollowedUpRef = Annotated[Id, Refers(("finding", "nonconformity"))]
ProcedureRef = Annotated[Id, Refers(("procedure", "work-instruction"))]
FormRef = Annotated[Id, Refers(("form",))]
PlanRef = Annotated[Id, Refers(("plan", "procedure", "work-instruction"))]
MethodRef = Annotated[Id, Refers(("method", "procedure", "work-instruction"))]
ProcessOrDocumentRef = Annotated[Id, Refers(("process", "procedure", "work-instruction", "plan", "control"))]
BasisRef = Annotated[Id, Refers(("aspect", "obligation", "risk"))]
MonitoredByRef = Annotated[Id, Refers(("measurement", "indicator"))]
MeasuredRef = Annotated[Id, Refers(("aspect", "obligation", "objective", "control", "risk"))]
RiskSourceRef = Annotated[
    Id, Refers(("context-issue", "interested-party", "aspect", "obligation", "emergency-scenario"))
]
OutcomeRef = Annotated[Id, Refers(("risk", "aspect", "objective", "action", "obligation"))]
KnownRef = Annotated[
    Id,
    Refers(
        (
            "policy",
            "scope",
            "manual",
            "procedure",
            "work-instruction",
            "plan",
            "method",
            "form",
            "external-document",
            "document",
            "register",
        )
    ),
]
"""A document that people have to know."""
AnyRef = Annotated[Id, Refers(())]
