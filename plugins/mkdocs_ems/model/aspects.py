"""Environmental aspects (6.1.2).

`score` and `significant` are computed by the organisation's method. They have a field
because a spreadsheet may bring them along; they are then compared, never used. Only where
the method leaves the verdict to people is `significant`, with its `rationale`, the verdict.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import (
    ControlRef,
    Day,
    Flag,
    Form,
    MethodRef,
    MonitoredByRef,
    Number,
    ObjectiveRef,
    ObligationRef,
    PersonRef,
    ProcessRef,
    RoleRef,
    ScenarioRef,
    Text,
    Whole,
)
from mkdocs_ems.model.organisation import RowStatus
from mkdocs_ems.model.shapes import Entity, Shape

AspectTopic = Literal[
    "air",
    "water-use",
    "effluent",
    "energy",
    "ghg",
    "raw-material",
    "chemicals",
    "waste-haz",
    "waste-nonhaz",
    "land-soil",
    "noise-vibration",
    "odour",
    "light-visual",
    "biodiversity",
    "refrigerant",
    "packaging",
    "transport",
    "product-use",
    "end-of-life",
]

LifeCycleStage = Literal[
    "raw-material",
    "design",
    "procurement",
    "inbound-transport",
    "production",
    "packaging",
    "distribution",
    "use",
    "maintenance",
    "end-of-life",
]


class Impact(Shape):
    """An environmental impact of an aspect."""

    model_config = ConfigDict(title="impact")

    text: Text = Field(title="Impact", description="What changes in the environment.")
    polarity: Literal["adverse", "beneficial"] = Field(
        "adverse", title="Polarity", description="Adverse or beneficial."
    )
    receptor: Text | None = Field(None, title="Receptor", description="What or who is affected.")
    scale: Literal["local", "regional", "global"] | None = Field(
        None, title="Scale", description="How far it reaches."
    )


class Override(Shape):
    """A decision that the computed significance does not stand."""

    model_config = ConfigDict(title="override")

    value: Flag = Field(title="Significant", description="What was decided instead.")
    reason: Text | None = Field(None, title="Reason", description="Why the computed result does not stand.")
    approved_by: PersonRef | None = Field(None, title="Approved by", description="Who decided it.")


class Quantity(Shape):
    """An amount in a basis year."""

    model_config = ConfigDict(title="quantity")

    value: Number = Field(title="Value", description="The amount.")
    unit: Text = Field(title="Unit", description="Its unit.")
    year: Whole | None = Field(None, title="Year", description="The year it stands for.")


class AspectRow(Entity):
    """An environmental aspect (6.1.2). `criteria` holds the values that the method asks for."""

    model_config = ConfigDict(title="aspect")

    status: RowStatus | None = Field(
        None, title="Status", description="Whether it is planned, active or withdrawn."
    )
    process: ProcessRef | None = Field(None, title="Process", description="The process it arises in.")
    activity: Text | None = Field(
        None, title="Activity", description="The activity, product or service it arises from."
    )
    aspect: Text | None = Field(
        None, title="Aspect", description="What interacts with the environment: the cause, not the effect."
    )
    topic: AspectTopic | None = Field(
        None, title="Topic", description="The environmental topic it belongs to."
    )
    input_output: Literal["input", "output"] | None = Field(
        None, title="Input or output", description="Whether something is taken in or given off."
    )
    impacts: tuple[Impact, ...] = Field(
        (), title="Impacts", description="What it changes in the environment, for better or worse."
    )
    condition: Literal["normal", "abnormal", "emergency"] | None = Field(
        None, title="Condition", description="Normal running, abnormal conditions, or an emergency."
    )
    lifecycle_stage: tuple[LifeCycleStage, ...] = Field(
        (), title="Life-cycle stage", description="Where in the life cycle it arises."
    )
    time: Literal["past", "current", "planned"] | None = Field(
        None, title="Time", description="Past, current or planned activity."
    )
    control: Literal["direct", "influence", "none"] | None = Field(
        None, title="Control or influence", description="Whether the organisation controls or influences it."
    )
    quantity: Quantity | None = Field(None, title="Quantity", description="How much, in which year.")
    criteria: dict[str, Annotated[str, Form("text")]] = Field(
        default_factory=dict,
        title="Criteria",
        description="A value for each criterion of the significance method.",
    )
    score: Number | None = Field(
        None,
        title="Imported score",
        description="A score that came with an import: compared, never used.",
    )
    significant: Flag | None = Field(
        None,
        title="Declared significance",
        description="The judgement, where the method leaves it to people; else compared, never used.",
    )
    rationale: Text | None = Field(
        None, title="Rationale", description="Why it was judged so, where the method leaves it to people."
    )
    override: Override | None = Field(
        None, title="Override", description="A decision that the computed significance does not stand."
    )
    obligations: tuple[ObligationRef, ...] = Field(
        (), title="Compliance obligations", description="The obligations that bear on it."
    )
    controls: tuple[ControlRef, ...] = Field(
        (), title="Operational controls", description="The controls that keep it in hand."
    )
    monitoring: tuple[MonitoredByRef, ...] = Field(
        (), title="Monitored by", description="The measurements and indicators that watch it."
    )
    no_monitoring_reason: Text | None = Field(
        None, title="Why it is not monitored", description="The reason, where nothing watches it."
    )
    no_obligation_reason: Text | None = Field(
        None, title="Why no obligation applies", description="The reason, where none bears on it."
    )
    emergency: tuple[ScenarioRef, ...] = Field(
        (), title="Emergency scenarios", description="The scenarios in which it comes about."
    )
    objectives: tuple[ObjectiveRef, ...] = Field(
        (), title="Objectives", description="The objectives that improve it."
    )
    objective_decision: Text | None = Field(
        None,
        title="Decision on objectives",
        description="Why there is no objective, if there is none.",
    )
    communicated_to: tuple[RoleRef, ...] = Field(
        (), title="Communicated to", description="The roles that were told about it."
    )
    assessed_by: tuple[PersonRef, ...] = Field(
        (), title="Assessed by", description="Who judged its significance."
    )
    assessed_on: Day | None = Field(None, title="Assessed on", description="The day of that judgement.")
    method_revision: MethodRef | None = Field(
        None, title="Method", description="The document whose method it was assessed by."
    )

    @property
    def name(self) -> str:
        """The title, else the aspect's text."""
        return self.title or self.aspect or self.id or "(no title)"
