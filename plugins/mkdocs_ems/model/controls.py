"""Operational controls (8.1).

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import (
    AnyRef,
    AspectRef,
    Day,
    Every,
    FormRef,
    Number,
    ObligationRef,
    PlanRef,
    RiskRef,
    Text,
)
from mkdocs_ems.model.organisation import RowStatus
from mkdocs_ems.model.shapes import Entity, Shape


class Criterion(Shape):
    """An operating criterion of a control: a parameter with its limits, or words."""

    model_config = ConfigDict(title="operating criterion")

    parameter: Text = Field(title="Parameter", description="What is watched.")
    min: Number | None = Field(None, title="Minimum", description="The lowest allowed value.")
    max: Number | None = Field(None, title="Maximum", description="The highest allowed value.")
    unit: Text | None = Field(None, title="Unit", description="The unit of the limits.")
    text: Text | None = Field(
        None, title="In words", description="The criterion in words, where it is no number."
    )


class Verification(Shape):
    """How a control is verified."""

    model_config = ConfigDict(title="verification")

    method: Text | None = Field(None, title="Method", description="How it is shown that the control works.")
    frequency: Text | None = Field(None, title="Frequency", description="How often that is done, in words.")
    every: Every | None = Field(
        None, title="Every", description="The same as an interval, from which the next check is worked out."
    )
    form: FormRef | None = Field(None, title="Form", description="The form on which it is recorded.")
    last: Day | None = Field(
        None, title="Last", description="The day of the last check, where none is kept here as a record."
    )
    record: AnyRef | None = Field(None, title="Record", description="What shows that check.")
    records_kept: Text | None = Field(
        None,
        title="Where its records are",
        description="Where they are, when they are not kept here: a log, the system of a contractor.",
    )


class Upkeep(Shape):
    """When a control is maintained; what is done stands in words beside it."""

    model_config = ConfigDict(title="plan of maintenance")

    every: Every | None = Field(None, title="Every", description="How often it is maintained.")
    last: Day | None = Field(
        None, title="Last", description="The day it was last done, where none is kept here as a record."
    )


class ControlRow(Entity):
    """An operational control (8.1)."""

    model_config = ConfigDict(title="operational control")

    status: RowStatus | None = Field(
        None, title="Status", description="Whether it is planned, active or withdrawn."
    )
    aspects: tuple[AspectRef, ...] = Field(
        (), title="Aspects", description="The aspects that it keeps in hand."
    )
    obligations: tuple[ObligationRef, ...] = Field(
        (), title="Compliance obligations", description="The obligations that it sees met."
    )
    risks: tuple[RiskRef, ...] = Field(
        (), title="Risks and opportunities", description="The risks that it keeps down."
    )
    hierarchy: Literal["eliminate", "substitute", "engineering", "administrative", "ppe"] | None = Field(
        None, title="Hierarchy of controls", description="Where it stands in the hierarchy of controls."
    )
    type: (
        Literal["design", "equipment", "procedure", "inspection", "procurement", "contract", "permit-to-work"]
        | None
    ) = Field(None, title="Type", description="What sort of control it is.")
    operating_criteria: tuple[Criterion, ...] = Field(
        (), title="Operating criteria", description="What has to be kept to: parameters and their limits."
    )
    procedure: PlanRef | None = Field(
        None, title="Procedure", description="The procedure, instruction or plan that describes it."
    )
    no_procedure_reason: Text | None = Field(
        None, title="Why there is no procedure", description="The reason, where none is written down."
    )
    where: Text | None = Field(None, title="Where", description="The place or equipment.")
    verification: Verification | None = Field(
        None, title="Verification", description="How and how often it is shown to work."
    )
    maintenance: Text | None = Field(None, title="Maintenance", description="What keeps it working.")
    upkeep: Upkeep | None = Field(
        None, title="Maintained", description="How often it is maintained, and when that was last done."
    )
    lifecycle_stage: Text | None = Field(
        None, title="Life-cycle stage", description="Where in the life cycle it acts."
    )
    effectiveness: Text | None = Field(
        None, title="Effectiveness", description="What is known of how well it works."
    )
    policy_commitments: tuple[Text, ...] = Field(
        (), title="Policy commitments", description="The commitments of the policy that it serves."
    )
