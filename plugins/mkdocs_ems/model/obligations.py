"""Compliance obligations (6.1.3).

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import (
    AspectRef,
    ControlRef,
    Day,
    Every,
    MeasurementRef,
    MonthDay,
    Number,
    ObligationRef,
    OwnerRef,
    PeriodText,
    Text,
    Whole,
)
from mkdocs_ems.model.shapes import Entity, Shape


class Reporting(Shape):
    """When something has to be reported, so that each due date follows."""

    model_config = ConfigDict(title="plan of reports")

    each: Literal["monthly", "quarterly", "half-yearly", "yearly"] = Field(
        title="For each", description="The periods of the calendar, each of which has its report."
    )
    within: Every | None = Field(
        None,
        title="Within",
        description="How long after the period's end it is due; on its last day without either.",
    )
    due_day: MonthDay | None = Field(
        None,
        title="Due on",
        description="For yearly reports the day by which, as 01-31: of the year that follows.",
    )
    due_in: Literal["following-year", "same-year"] = Field(
        "following-year",
        title="In",
        description="Whether that day lies in the year that follows, or in the one the report is on.",
    )
    first: PeriodText | None = Field(
        None,
        title="First period",
        description="The first period whose report is kept here; only the latest is asked for without.",
    )


class Condition(Shape):
    """One condition of a permit or law, in the organisation's words."""

    model_config = ConfigDict(title="condition")

    ref: Text | None = Field(None, title="Reference", description="Where it stands in the source.")
    text: Text = Field(title="Condition", description="What it asks, in your own words.")
    kind: Literal["limit", "reporting", "monitoring", "record", "technical", "notification"] | None = Field(
        None, title="Kind", description="What sort of duty it is."
    )
    parameter: MeasurementRef | None = Field(
        None, title="Measured by", description="The measurement that watches it."
    )
    limit: Number | None = Field(
        None,
        title="Limit",
        description="The value that must not be passed: at most, unless it says otherwise.",
    )
    sense: Literal["at-most", "at-least"] = Field(
        "at-most", title="Sense", description="Whether the limit is the highest or the lowest allowed value."
    )
    statistic: Literal["each", "max", "mean", "sum", "percentile-95"] | None = Field(
        None, title="Statistic", description="What is compared with the limit: each reading, or which figure."
    )
    unit: Text | None = Field(None, title="Unit", description="The limit's unit.")
    frequency: Text | None = Field(None, title="Frequency", description="How often it has to be done.")
    due: Text | None = Field(None, title="Due", description="By when it has to be done each time.")
    report: Reporting | None = Field(
        None, title="Reports", description="For a duty to report: which periods have one, and when it is due."
    )


class Evaluation(Shape):
    """How compliance with an obligation is evaluated (9.1.2)."""

    model_config = ConfigDict(title="evaluation plan")

    frequency_months: Annotated[Whole, Field(ge=1, le=1200)] | None = Field(
        None, title="Every so many months", description="Months between two evaluations."
    )
    method: Literal["inspection", "records", "sampling", "third-party"] | None = Field(
        None, title="Method", description="How compliance is found out."
    )


class ObligationRow(Entity):
    """A compliance obligation (6.1.3)."""

    model_config = ConfigDict(title="compliance obligation")

    citation: Text | None = Field(
        None, title="Citation", description="Where it is written, such as SI 2016/1154 reg 12."
    )
    type: (
        Literal[
            "legislation",
            "permit",
            "licence",
            "registration",
            "consent",
            "voluntary",
            "customer",
            "contract",
            "industry-code",
            "corporate",
        ]
        | None
    ) = Field(None, title="Type", description="What sort of obligation it is.")
    jurisdiction: Text | None = Field(
        None, title="Jurisdiction", description="The country or region it comes from, such as GB-ENG."
    )
    authority: Text | None = Field(None, title="Authority", description="Who enforces it.")
    url: Text | None = Field(None, title="Source", description="The address of its text.")
    topic: Text | None = Field(None, title="Topic", description="What it is about.")
    how_it_applies: Text | None = Field(
        None, title="How it applies", description="What it means here: the duty of this site, in plain words."
    )
    conditions: tuple[Condition, ...] = Field(
        (), title="Conditions", description="Its single requirements: limits, reports, records."
    )
    effective_from: Day | None = Field(None, title="Effective from", description="The day it starts to bind.")
    valid_to: Day | None = Field(None, title="Valid to", description="The day a permit or licence ends.")
    renewal_lead_days: Annotated[Whole, Field(ge=0, le=3660)] | None = Field(
        None, title="Renewal lead time in days", description="How long before its end a renewal is begun."
    )
    status: Literal["in-force", "amended", "pending", "repealed", "superseded"] | None = Field(
        None, title="Status", description="Whether it binds today."
    )
    superseded_by: ObligationRef | None = Field(
        None, title="Superseded by", description="The obligation that takes its place."
    )
    applicable: Literal["yes", "no", "threshold-below"] | None = Field(
        None, title="Applicable", description="Whether it applies here, or the threshold is not reached."
    )
    reason: Text | None = Field(
        None,
        title="Reason",
        description="Why it does not apply, or the figures behind the threshold check.",
    )
    aspects: tuple[AspectRef, ...] = Field((), title="Aspects", description="The aspects it bears on.")
    controls: tuple[ControlRef, ...] = Field(
        (), title="Operational controls", description="The controls that see it is met."
    )
    no_conditions_reason: Text | None = Field(
        None,
        title="Why it has no conditions",
        description="The reason, where a permit or consent has no single conditions.",
    )
    last_checked_source: Day | None = Field(
        None, title="Source last checked", description="The day its text was last checked for changes."
    )
    check_interval: Every | None = Field(
        None, title="Check every", description="How often its text is checked for changes."
    )
    evaluation: Evaluation | None = Field(
        None, title="Evaluation", description="How and how often compliance is evaluated."
    )
    knowledge_holder: OwnerRef | None = Field(
        None, title="Knowledge holder", description="Who knows the obligation in detail."
    )

    @property
    def superseded(self) -> bool:
        """Whether it binds nobody any more: repealed, or something else has taken its place."""
        return self.status in ("repealed", "superseded") or self.superseded_by is not None

    @property
    def applies(self) -> bool:
        """Whether it counts here: neither set aside as not applicable, nor superseded."""
        return self.applicable not in ("no", "threshold-below") and not self.superseded
