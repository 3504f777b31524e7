"""The vocabulary: every kind of thing that a user may write, as frozen pydantic models.

The schema judges types, enumerations and unknown fields. A column that an auditor
needs but that is missing is the finding of the rule that asks for it, so nearly
every field is optional here. Computed values (score, significance, issue, state,
due dates) have no field, but for `score` and `significant` of an aspect, which an
import may bring along and which are then compared.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from mkdocs_ems.model.fields import (
    AnyRef,
    AspectRef,
    BasisRef,
    ClauseRef,
    ControlRef,
    Day,
    Every,
    Flag,
    Id,
    Number,
    ObjectiveRef,
    ObligationRef,
    OwnerRef,
    PersonRef,
    ProcedureRef,
    ProcessRef,
    RoleRef,
    Text,
    Title,
    Whole,
)


class Shape(BaseModel):
    """Base of all models: frozen, and unknown fields are faults."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Entity(Shape):
    """The common block: what every document, register and row may carry."""

    id: Id | None = None
    title: Title | None = None
    owner: OwnerRef | None = None
    site: Text | None = None
    processes: tuple[ProcessRef, ...] = ()
    clauses: tuple[ClauseRef, ...] = ()
    standards: tuple[Literal["iso14001", "iso9001", "iso45001"], ...] = ()
    tags: tuple[Text, ...] = ()
    last_reviewed: Day | None = None
    review_every: Every | None = None
    links: tuple[Text, ...] = ()
    notes: Text | None = None

    @property
    def name(self) -> str:
        """What a reader sees as its title; the id where it has none."""
        return self.title or self.id or "(no title)"


# --- Controlled documents ---------------------------------------------------------------


class Controlled(Entity):
    """What every controlled document carries: Markdown front matter and register heads."""

    type: Text | None = None
    number: Text | None = None
    issue_label: Text | None = None
    issue_offset: Whole | None = None
    control: Literal["issue", "periodic"] | None = None
    supersedes: tuple[AnyRef, ...] = ()
    superseded_by: AnyRef | None = None
    access: Literal["public", "internal", "restricted"] | None = None
    language: Text | None = None
    read_by: tuple[RoleRef, ...] = ()


class Document(Controlled):
    """A document in Markdown."""


class Commitments(Shape):
    """Where the policy makes each commitment: heading anchors, with the `#`."""

    protection_of_environment: Text | None = None
    prevention_of_pollution: Text | None = None
    compliance: Text | None = None
    continual_improvement: Text | None = None
    climate: Text | None = None
    biodiversity: Text | None = None
    resource_use: Text | None = None
    circularity: Text | None = None


class Policy(Document):
    """The environmental policy (5.2)."""

    commitments: Commitments | None = None
    public_url: Text | None = None


class Procedure(Document):
    """A procedure (7.5, 8.1)."""


class WorkInstruction(Document):
    """A work instruction (8.1)."""


class Register(Controlled):
    """The head of a register; its rows stand beside it in the model."""


# --- Rows -------------------------------------------------------------------------------

RowStatus = Literal["planned", "active", "withdrawn"]


class HeldRole(Shape):
    """A role that a person holds, between two days."""

    role: RoleRef
    from_: Annotated[Day | None, Field(alias="from")] = None
    to: Day | None = None


class PersonRow(Entity):
    """A person or a pseudonym (5.3)."""

    status: RowStatus | None = None
    roles: tuple[HeldRole, ...] = ()
    employer: Literal["own", "contractor", "agency"] | None = None
    git_identities: tuple[Text, ...] = ()
    forge_accounts: tuple[Text, ...] = ()
    end_date: Day | None = None


class Deputy(Shape):
    """Who stands in for a role, between two days."""

    person: PersonRef
    from_: Annotated[Day | None, Field(alias="from")] = None
    to: Day | None = None


class RoleRow(Entity):
    """A role with its responsibilities and authorities (5.3)."""

    status: RowStatus | None = None
    responsibilities: tuple[Text, ...] = ()
    authorities: tuple[Text, ...] = ()
    required_for: tuple[
        Literal[
            "ems-conformity",
            "performance-reporting",
            "emergency-coordinator",
            "compliance",
            "document-control",
            "auditor",
        ],
        ...,
    ] = ()
    reports_to: RoleRef | None = None
    top_management: Flag = False
    critical: Flag = False
    deputies: tuple[Deputy, ...] = ()


class NoCondition(Shape):
    """A declared absence of abnormal or emergency conditions in a process."""

    condition: Literal["abnormal", "emergency"]
    reason: Text


class ProcessRow(Entity):
    """A process of the organisation (4.4)."""

    status: RowStatus | None = None
    kind: Literal["core", "support", "management", "external"] | None = None
    activities: tuple[Text, ...] = ()
    inputs: tuple[Text, ...] = ()
    outputs: tuple[Text, ...] = ()
    equipment: tuple[Text, ...] = ()
    materials: tuple[Text, ...] = ()
    upstream: tuple[ProcessRef, ...] = ()
    downstream: tuple[ProcessRef, ...] = ()
    no_conditions: tuple[NoCondition, ...] = ()


class Impact(Shape):
    """An environmental impact of an aspect."""

    text: Text
    polarity: Literal["adverse", "beneficial"] = "adverse"
    receptor: Text | None = None
    scale: Literal["local", "regional", "global"] | None = None


class Override(Shape):
    """A decision that the computed significance does not stand."""

    value: Flag
    reason: Text | None = None
    approved_by: PersonRef | None = None


class Quantity(Shape):
    """An amount in a basis year."""

    value: Number
    unit: Text
    year: Whole | None = None


class AspectRow(Entity):
    """An environmental aspect (6.1.2). `criteria` holds the values that the method asks for."""

    status: RowStatus | None = None
    process: ProcessRef | None = None
    activity: Text | None = None
    aspect: Text | None = None
    topic: (
        Literal[
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
        | None
    ) = None
    input_output: Literal["input", "output"] | None = None
    impacts: tuple[Impact, ...] = ()
    condition: Literal["normal", "abnormal", "emergency"] | None = None
    lifecycle_stage: tuple[
        Literal[
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
        ],
        ...,
    ] = ()
    time: Literal["past", "current", "planned"] | None = None
    control: Literal["direct", "influence", "none"] | None = None
    quantity: Quantity | None = None
    criteria: dict[str, str] = Field(default_factory=dict)
    score: Number | None = None
    significant: Flag | None = None
    override: Override | None = None
    obligations: tuple[ObligationRef, ...] = ()
    controls: tuple[ControlRef, ...] = ()
    objectives: tuple[ObjectiveRef, ...] = ()
    objective_decision: Text | None = None
    communicated_to: tuple[RoleRef, ...] = ()
    assessed_by: tuple[PersonRef, ...] = ()
    assessed_on: Day | None = None

    @property
    def name(self) -> str:
        """The title, else the aspect's text."""
        return self.title or self.aspect or self.id or "(no title)"


class Condition(Shape):
    """One condition of a permit or law, in the organisation's words."""

    ref: Text | None = None
    text: Text
    kind: Literal["limit", "reporting", "monitoring", "record", "technical", "notification"] | None = None
    limit: Number | None = None
    unit: Text | None = None
    frequency: Text | None = None


class Evaluation(Shape):
    """How compliance with an obligation is evaluated (9.1.2)."""

    frequency_months: Whole | None = None
    method: Literal["inspection", "records", "sampling", "third-party"] | None = None


class ObligationRow(Entity):
    """A compliance obligation (6.1.3)."""

    citation: Text | None = None
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
    ) = None
    jurisdiction: Text | None = None
    authority: Text | None = None
    url: Text | None = None
    topic: Text | None = None
    how_it_applies: Text | None = None
    conditions: tuple[Condition, ...] = ()
    effective_from: Day | None = None
    valid_to: Day | None = None
    renewal_lead_days: Whole | None = None
    status: Literal["in-force", "amended", "pending", "repealed", "superseded"] | None = None
    superseded_by: ObligationRef | None = None
    applicable: Literal["yes", "no", "threshold-below"] | None = None
    reason: Text | None = None
    aspects: tuple[AspectRef, ...] = ()
    controls: tuple[ControlRef, ...] = ()
    last_checked_source: Day | None = None
    check_interval: Every | None = None
    evaluation: Evaluation | None = None
    knowledge_holder: OwnerRef | None = None


class Criterion(Shape):
    """An operating criterion of a control: a parameter with its limits, or words."""

    parameter: Text
    min: Number | None = None
    max: Number | None = None
    unit: Text | None = None
    text: Text | None = None


class Verification(Shape):
    """How a control is verified."""

    method: Text | None = None
    frequency: Text | None = None


class ControlRow(Entity):
    """An operational control (8.1)."""

    status: RowStatus | None = None
    aspects: tuple[AspectRef, ...] = ()
    obligations: tuple[ObligationRef, ...] = ()
    hierarchy: Literal["eliminate", "substitute", "engineering", "administrative", "ppe"] | None = None
    type: (
        Literal["design", "equipment", "procedure", "inspection", "procurement", "contract", "permit-to-work"]
        | None
    ) = None
    operating_criteria: tuple[Criterion, ...] = ()
    procedure: ProcedureRef | None = None
    where: Text | None = None
    verification: Verification | None = None
    maintenance: Text | None = None
    lifecycle_stage: Text | None = None
    effectiveness: Text | None = None


class Baseline(Shape):
    """Where an objective starts."""

    value: Number
    unit: Text | None = None
    period: Text | None = None


class Target(Shape):
    """What an objective shall reach, by a day."""

    value: Number
    unit: Text | None = None
    date: Day | None = None


class InterimTarget(Shape):
    """A step on the way to a target."""

    date: Day
    value: Number


class ObjectiveRow(Entity):
    """An environmental objective (6.2). `kpi` is the indicator's name until indicators are a register."""

    statement: Text | None = None
    policy_commitments: tuple[Text, ...] = ()
    basis: tuple[BasisRef, ...] = ()
    function_level: Text | None = None
    kpi: Text | None = None
    unit: Text | None = None
    baseline: Baseline | None = None
    target: Target | None = None
    direction: Literal["decrease", "increase", "maintain", "reach"] | None = None
    aggregation: (
        Literal["latest", "sum", "mean", "max", "min", "rolling3", "rolling12", "ratio-of-sums"] | None
    ) = None
    interim_targets: tuple[InterimTarget, ...] = ()
    programme: tuple[Text, ...] = ()
    responsible: OwnerRef | None = None
    resources: Text | None = None
    evaluation_method: Text | None = None
    monitoring_frequency: Text | None = None
    not_measurable_reason: Text | None = None
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
    ) = None
    result: Text | None = None
    cost_saving: Text | None = None
    communicated: Text | None = None
