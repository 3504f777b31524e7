"""Risks, opportunities and actions (6.1).

An action serves every part of the system that decides something: risks, objectives,
nonconformities, reviews. A score is computed; it has a field only because a spreadsheet
may bring it along, and is then compared.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import (
    ActionRef,
    AnyRef,
    Day,
    Number,
    OwnerRef,
    ProcessOrDocumentRef,
    RiskSourceRef,
    Text,
    Whole,
)
from mkdocs_ems.model.shapes import Entity, Shape

Degree = Annotated[Whole, Field(ge=1, le=5)]
"""A likelihood or consequence from 1 to 5."""


class Acceptance(Shape):
    """A decision to live with a risk or to leave an opportunity."""

    model_config = ConfigDict(title="acceptance")

    by: OwnerRef | None = Field(None, title="By", description="Who decided it.")
    date: Day | None = Field(None, title="Date", description="The day of the decision.")
    reason: Text | None = Field(None, title="Reason", description="Why nothing is done.")


class RiskRow(Entity):
    """A risk or an opportunity (6.1.1 of 2015, 6.1.4 of 2026)."""

    model_config = ConfigDict(title="risk or opportunity")

    status: Literal["open", "treated", "accepted", "closed"] | None = Field(
        None, title="Status", description="Where its treatment stands."
    )
    kind: Literal["risk", "opportunity"] | None = Field(
        None, title="Kind", description="Whether it threatens or promises something."
    )
    source: tuple[RiskSourceRef, ...] = Field(
        (),
        title="Source",
        description="The issues, parties, aspects, obligations or emergencies it comes from.",
    )
    description: Text | None = Field(
        None, title="Description", description="Cause, event and effect, in a sentence or two."
    )
    likelihood: Degree | None = Field(None, title="Likelihood", description="How likely it is, from 1 to 5.")
    consequence: Degree | None = Field(
        None, title="Consequence", description="How much it would do, from 1 to 5."
    )
    score: Number | None = Field(
        None,
        title="Imported score",
        description="A score that came with an import: compared, never used.",
    )
    treatment: Literal["avoid", "reduce", "share", "accept", "pursue", "monitor"] | None = Field(
        None, title="Treatment", description="What is decided about it."
    )
    acceptance: Acceptance | None = Field(
        None, title="Acceptance", description="Who decided to live with it, when and why."
    )
    actions: tuple[ActionRef, ...] = Field((), title="Actions", description="What is done about it.")
    residual_likelihood: Degree | None = Field(
        None, title="Residual likelihood", description="How likely it is once the actions are done."
    )
    residual_consequence: Degree | None = Field(
        None, title="Residual consequence", description="How much it would do once the actions are done."
    )
    trend: Literal["rising", "steady", "falling"] | None = Field(
        None, title="Trend", description="Which way it is going."
    )


class Effectiveness(Shape):
    """How it was found out whether an action worked."""

    model_config = ConfigDict(title="evaluation of effectiveness")

    method: Text | None = Field(None, title="Method", description="How it is found out.")
    criteria: Text | None = Field(None, title="Criteria", description="What counts as having worked.")
    due: Day | None = Field(None, title="Due", description="The day by which it shall be found out.")
    result: Literal["effective", "partly-effective", "not-effective"] | None = Field(
        None, title="Result", description="What was found."
    )
    date: Day | None = Field(None, title="Date", description="The day of that judgement.")
    by: OwnerRef | None = Field(None, title="By", description="Who judged it.")


class ActionRow(Entity):
    """An action (6.1.4 of 2015, 6.1.5 of 2026; 6.2.2; 10.2)."""

    model_config = ConfigDict(title="action")

    status: Literal["open", "in-progress", "done", "verified", "cancelled"] | None = Field(
        None, title="Status", description="Where it stands."
    )
    source: tuple[AnyRef, ...] = Field(
        (), title="Source", description="What it comes from: a risk, an objective, a nonconformity, …."
    )
    what: Text | None = Field(None, title="What", description="What will be done.")
    due: Day | None = Field(None, title="Due", description="The day by which it shall be done.")
    resources: Text | None = Field(None, title="Resources", description="Money, hours and people set aside.")
    priority: Literal["1-legal", "2-significant", "3-quick-win", "4-other"] | None = Field(
        None, title="Priority", description="Why it comes before others."
    )
    integrated_into: tuple[ProcessOrDocumentRef, ...] = Field(
        (), title="Built into", description="The processes or documents of which it becomes a part."
    )
    done_on: Day | None = Field(None, title="Done on", description="The day it was done.")
    cancelled_reason: Text | None = Field(
        None, title="Why it was given up", description="The reason, where it was cancelled."
    )
    evidence: tuple[Text, ...] = Field(
        (), title="Evidence", description="What shows that it was done: files, addresses, records."
    )
    effectiveness: Effectiveness | None = Field(
        None, title="Effectiveness", description="Whether it worked, and how that was found out."
    )
