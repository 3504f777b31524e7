"""Environmental objectives (6.2).

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import ActionRef, BasisRef, Day, IndicatorRef, Number, OwnerRef, Text
from mkdocs_ems.model.monitoring import Aggregation, Direction
from mkdocs_ems.model.shapes import Entity, Shape


class Baseline(Shape):
    """Where an objective starts."""

    model_config = ConfigDict(title="baseline")

    value: Number = Field(title="Value", description="The value at the start.")
    unit: Text | None = Field(None, title="Unit", description="Its unit.")
    period: Text | None = Field(None, title="Period", description="The period it was measured in.")


class Target(Shape):
    """What an objective shall reach, by a day."""

    model_config = ConfigDict(title="target")

    value: Number = Field(title="Value", description="The value to reach.")
    unit: Text | None = Field(None, title="Unit", description="Its unit.")
    date: Day | None = Field(None, title="Date", description="The day by which it shall be reached.")


class InterimTarget(Shape):
    """A step on the way to a target."""

    model_config = ConfigDict(title="interim target")

    date: Day = Field(title="Date", description="The day of the step.")
    value: Number = Field(title="Value", description="The value to reach by then.")


class ObjectiveRow(Entity):
    """An environmental objective (6.2)."""

    model_config = ConfigDict(title="objective")

    statement: Text | None = Field(None, title="Statement", description="What shall be achieved, in words.")
    policy_commitments: tuple[Text, ...] = Field(
        (), title="Policy commitments", description="The commitments of the policy that it serves."
    )
    basis: tuple[BasisRef, ...] = Field(
        (), title="Basis", description="The aspects, obligations, risks and opportunities it comes from."
    )
    function_level: Text | None = Field(
        None, title="Function or level", description="The part of the organisation it is set for."
    )
    kpi: IndicatorRef | None = Field(
        None, title="Indicator", description="The indicator that shows whether it is reached."
    )
    unit: Text | None = Field(None, title="Unit", description="The indicator's unit.")
    baseline: Baseline | None = Field(None, title="Baseline", description="Where it starts.")
    target: Target | None = Field(None, title="Target", description="What shall be reached, by when.")
    direction: Direction | None = Field(None, title="Direction", description="Which way the value shall go.")
    aggregation: Aggregation | None = Field(
        None, title="Aggregation", description="How single readings become the value that counts."
    )
    interim_targets: tuple[InterimTarget, ...] = Field(
        (), title="Interim targets", description="Steps on the way."
    )
    programme: tuple[ActionRef, ...] = Field(
        (), title="Programme", description="The actions by which it shall be reached."
    )
    responsible: OwnerRef | None = Field(
        None, title="Responsible", description="The role or person who answers for reaching it."
    )
    resources: Text | None = Field(None, title="Resources", description="Money, time and people set aside.")
    evaluation_method: Text | None = Field(
        None, title="Evaluation", description="How the result will be judged."
    )
    monitoring_frequency: Text | None = Field(
        None, title="Monitoring frequency", description="How often progress is looked at."
    )
    not_measurable_reason: Text | None = Field(
        None, title="Why it cannot be measured", description="The reason, where there is no measure."
    )
    off_track_response: Text | None = Field(
        None,
        title="Response",
        description="What was decided when it fell behind: the correction, or why the course is kept.",
    )
    closed_on: Day | None = Field(
        None, title="Closed on", description="The day it was found achieved, missed, or was withdrawn."
    )
    status: (
        Literal[
            "proposed",
            "approved",
            "on-track",
            "at-risk",
            "off-track",
            "achieved",
            "not-achieved",
            "withdrawn",
        ]
        | None
    ) = Field(None, title="Status", description="Where it stands.")
    result: Text | None = Field(None, title="Result", description="What was reached in the end.")
    cost_saving: Text | None = Field(None, title="Saving", description="What it saves.")
    communicated: Text | None = Field(
        None, title="Communicated", description="How and to whom it was made known."
    )
