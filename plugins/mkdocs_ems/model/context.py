"""The organisation's context (4.1, 4.2): issues, interested parties and what they need.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import Flag, ObligationRef, OutcomeRef, Text, Whole
from mkdocs_ems.model.organisation import RowStatus
from mkdocs_ems.model.shapes import Entity, Shape

ContextTopic = Literal[
    "climate",
    "pollution",
    "resource-availability",
    "biodiversity-ecosystem",
    "water",
    "soil",
    "market",
    "other",
]


class ContextIssueRow(Entity):
    """An internal or external issue (4.1), with the decision whether it matters here."""

    model_config = ConfigDict(title="context issue")

    status: RowStatus | None = Field(
        None, title="Status", description="Whether it is planned, active or withdrawn."
    )
    kind: Literal["internal", "external"] | None = Field(
        None, title="Kind", description="Whether it lies inside the organisation or outside."
    )
    category: (
        Literal[
            "political",
            "economic",
            "social",
            "technological",
            "legal",
            "environmental-condition",
            "organisational",
            "infrastructure",
            "culture",
            "competence",
        ]
        | None
    ) = Field(None, title="Category", description="The field it comes from.")
    topic: ContextTopic | None = Field(
        None, title="Topic", description="The environmental condition or other topic it is about."
    )
    description: Text | None = Field(None, title="Description", description="What is or may be the case.")
    direction: Literal["affects-us", "we-affect", "both"] | None = Field(
        None,
        title="Direction",
        description="Whether it affects the organisation, is affected by it, or both.",
    )
    relevant: Flag | None = Field(
        None, title="Relevant", description="Whether it matters to what the system shall achieve."
    )
    rationale: Text | None = Field(
        None, title="Rationale", description="Why it is relevant or not: the decision's reason."
    )
    effect_on_outcomes: tuple[Literal["performance", "compliance", "objectives"], ...] = Field(
        (), title="Effect on outcomes", description="Which intended outcomes of the system it touches."
    )
    leads_to: tuple[OutcomeRef, ...] = Field(
        (),
        title="Carried forward to",
        description="The risks, opportunities, aspects, objectives or actions that answer it.",
    )
    no_action_reason: Text | None = Field(
        None, title="Why nothing follows", description="The reason, where a relevant issue is not carried on."
    )


class Need(Shape):
    """One need or expectation of an interested party."""

    model_config = ConfigDict(title="need or expectation")

    text: Text = Field(title="Need", description="What the party needs or expects.")
    climate: Flag | None = Field(None, title="Climate", description="Whether it is about climate change.")
    becomes_obligation: Flag | None = Field(
        None,
        title="Becomes an obligation",
        description="Whether the organisation has to or chooses to meet it.",
    )
    obligation: ObligationRef | None = Field(
        None, title="Obligation", description="The compliance obligation it became."
    )
    response: Text | None = Field(None, title="Response", description="What is done about it.")


class InterestedPartyRow(Entity):
    """An interested party (4.2)."""

    model_config = ConfigDict(title="interested party")

    status: RowStatus | None = Field(
        None, title="Status", description="Whether it is planned, active or withdrawn."
    )
    group: (
        Literal[
            "regulator",
            "customer",
            "employee",
            "neighbour",
            "supplier",
            "owner-investor",
            "insurer",
            "ngo",
            "emergency-service",
            "certification-body",
            "landlord",
        ]
        | None
    ) = Field(None, title="Group", description="What sort of party it is.")
    needs: tuple[Need, ...] = Field(
        (), title="Needs and expectations", description="What it needs or expects, one by one."
    )
    influence: Annotated[Whole, Field(ge=1, le=5)] | None = Field(
        None, title="Influence", description="How much it can bring about, from 1 to 5."
    )
    interest: Annotated[Whole, Field(ge=1, le=5)] | None = Field(
        None, title="Interest", description="How much it cares, from 1 to 5."
    )
    engagement_channel: Text | None = Field(
        None, title="How we keep in touch", description="The way in which it is heard and told."
    )
