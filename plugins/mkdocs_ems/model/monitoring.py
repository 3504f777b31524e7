"""Monitoring and measurement (9.1.1): what is measured, within which limits, shown by which indicator.

Readings themselves are CSV series under `records/readings/`; see `series`.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import (
    Day,
    Flag,
    IndicatorRef,
    InstrumentRef,
    MeasuredRef,
    MeasurementRef,
    Number,
    OwnerRef,
    Text,
)
from mkdocs_ems.model.organisation import RowStatus
from mkdocs_ems.model.shapes import Entity, Shape

Aggregation = Literal["latest", "sum", "mean", "max", "min", "rolling3", "rolling12", "ratio-of-sums"]
"""How the readings of a period become the value that counts."""

Direction = Literal["decrease", "increase", "maintain", "reach"]
"""Which way a value shall go."""

Frequency = Literal["continuous", "daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly", "event"]
"""How often something is measured; `event` is whenever something happens."""


class Limits(Shape):
    """Between which values a reading has to lie, and by whose will."""

    model_config = ConfigDict(title="set of limits")

    legal_min: Number | None = Field(
        None, title="Lowest by law", description="The lowest value that permit, consent or law allow."
    )
    legal_max: Number | None = Field(
        None, title="Highest by law", description="The highest value that permit, consent or law allow."
    )
    alert_min: Number | None = Field(
        None, title="Lower alert", description="Below this value somebody has to act, by your own rule."
    )
    alert_max: Number | None = Field(
        None, title="Upper alert", description="Above this value somebody has to act, by your own rule."
    )
    plausible_min: Number | None = Field(
        None, title="Lowest plausible", description="A smaller value is most likely a slip."
    )
    plausible_max: Number | None = Field(
        None, title="Highest plausible", description="A greater value is most likely a slip."
    )


class MeasurementRow(Entity):
    """A parameter that is monitored or measured (9.1.1): a row of the monitoring plan."""

    model_config = ConfigDict(title="measurement")

    status: RowStatus | None = Field(
        None, title="Status", description="Whether it is planned, active or withdrawn."
    )
    what: Text | None = Field(None, title="What", description="The parameter and the point it is taken at.")
    why: tuple[MeasuredRef, ...] = Field(
        (), title="Why", description="The aspects, obligations, objectives or controls it is taken for."
    )
    method: Text | None = Field(
        None, title="Method", description="How it is measured: standard, laboratory and its accreditation."
    )
    frequency: Frequency | None = Field(None, title="Frequency", description="How often a reading is due.")
    when_evaluated: Text | None = Field(
        None, title="When evaluated", description="When its readings are analysed and evaluated."
    )
    who: OwnerRef | None = Field(None, title="Who", description="Who takes the readings.")
    unit: Text | None = Field(None, title="Unit", description="The unit of its readings, such as mg/L.")
    limits: Limits | None = Field(
        None, title="Limits", description="Between which values readings have to lie."
    )
    instrument: InstrumentRef | None = Field(
        None, title="Instrument", description="The instrument by which it is measured."
    )
    no_instrument: Text | None = Field(
        None,
        title="Why it has no instrument",
        description="The reason, such as counted, taken from tickets, or measured by a laboratory.",
    )
    indicators: tuple[IndicatorRef, ...] = Field(
        (), title="Indicators", description="The indicators its readings feed."
    )
    starts: Day | None = Field(
        None, title="Measured from", description="The first day for which readings are expected."
    )
    no_readings: Text | None = Field(
        None,
        title="Where readings are kept",
        description="Where they are, when they are not kept here as a series.",
    )


class IndicatorRow(Entity):
    """A performance indicator (9.1.1): what the readings come to."""

    model_config = ConfigDict(title="indicator")

    status: RowStatus | None = Field(
        None, title="Status", description="Whether it is planned, active or withdrawn."
    )
    definition: Text | None = Field(
        None, title="Definition", description="What it says and how it is worked out, in words."
    )
    source: tuple[MeasurementRef, ...] = Field(
        (), title="Source", description="The measurement whose readings it is made of."
    )
    normaliser: MeasurementRef | None = Field(
        None, title="Divided by", description="The measurement it is divided by, such as area plated."
    )
    unit: Text | None = Field(None, title="Unit", description="Its unit, such as kWh/m2.")
    direction: Direction | None = Field(None, title="Direction", description="Which way it shall go.")
    aggregation: Aggregation | None = Field(
        None, title="Aggregation", description="How single readings become the value that counts."
    )
    frequency: Frequency | None = Field(None, title="Frequency", description="How often it is looked at.")
    chart: Flag = Field(default=True, title="Chart", description="Whether its page draws it.")
