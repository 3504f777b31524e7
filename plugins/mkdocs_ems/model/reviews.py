"""Management review: what top management looked at, concluded and decided (9.3).

Which inputs and results an edition asks for stands in `review_lists`, not here.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import ClassVar

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import ActionRef, AnyRef, Day, OwnerRef, ReviewRef, Text
from mkdocs_ems.model.records import WHEN, Essential, Record
from mkdocs_ems.model.shapes import Shape


class ReviewInput(Shape):
    """One input of a review: what was said of it, and the data that it rests on."""

    model_config = ConfigDict(title="input of a review")

    text: Text | None = Field(None, title="Text", description="What was reported, and what was said of it.")
    data: tuple[AnyRef, ...] = Field(
        (), title="Data", description="What it rests on: indicators, audits, evaluations, actions, registers."
    )


class ReviewInputs(Shape):
    """What a management review looks at."""

    model_config = ConfigDict(title="list of inputs")

    previous_actions: ReviewInput | None = Field(
        None, title="Earlier actions", description="How far the actions of earlier reviews are."
    )
    changes_issues: ReviewInput | None = Field(
        None, title="Changed issues", description="What has changed inside and around the organisation."
    )
    changes_parties_obligations: ReviewInput | None = Field(
        None,
        title="Changed parties and obligations",
        description="What has changed in the needs of interested parties and in compliance obligations.",
    )
    changes_significant_aspects: ReviewInput | None = Field(
        None, title="Changed significant aspects", description="What has changed in the significant aspects."
    )
    changes_risks_opportunities: ReviewInput | None = Field(
        None,
        title="Changed risks and opportunities",
        description="What has changed in the risks and opportunities.",
    )
    objectives: ReviewInput | None = Field(
        None, title="Objectives", description="How far the environmental objectives are reached."
    )
    ncr_ca: ReviewInput | None = Field(
        None,
        title="Nonconformities",
        description="Nonconformities and corrective actions: how many, where, and whether they worked.",
    )
    monitoring_results: ReviewInput | None = Field(
        None, title="Results of monitoring", description="What monitoring and measurement showed."
    )
    compliance: ReviewInput | None = Field(
        None, title="Compliance", description="Whether the compliance obligations are met."
    )
    audits: ReviewInput | None = Field(None, title="Audits", description="What audits found.")
    resources: ReviewInput | None = Field(
        None, title="Resources", description="Whether people, money and equipment are enough."
    )
    communications_complaints: ReviewInput | None = Field(
        None,
        title="Communications",
        description="What interested parties had to say, complaints among it.",
    )
    improvement_opportunities: ReviewInput | None = Field(
        None, title="Chances to improve", description="What could be made better."
    )


class ReviewOutputs(Shape):
    """What a management review concludes and decides."""

    model_config = ConfigDict(title="list of results")

    suitability: Text | None = Field(
        None, title="Suitability", description="Whether the system still suits the organisation."
    )
    adequacy: Text | None = Field(None, title="Adequacy", description="Whether the system is enough.")
    effectiveness: Text | None = Field(
        None, title="Effectiveness", description="Whether the system reaches what it is meant to."
    )
    improvement_decisions: Text | None = Field(
        None, title="Decisions to improve", description="What shall be made better, or that nothing shall."
    )
    ems_changes_resources: Text | None = Field(
        None,
        title="Changes and resources",
        description="What of the system has to change and what that takes, or that nothing has to.",
    )
    actions_on_missed_objectives: Text | None = Field(
        None, title="Missed objectives", description="What is done where objectives were not reached."
    )
    integration_opportunities: Text | None = Field(
        None, title="Integration", description="Where the system can become a part of daily business."
    )
    strategic_implications: Text | None = Field(
        None,
        title="Strategic direction",
        description="What it all means for where the organisation is going.",
    )


class ReviewDecision(Shape):
    """One decision of a review, with who carries it out."""

    model_config = ConfigDict(title="decision")

    text: Text = Field(title="Decision", description="What was decided.")
    owner: OwnerRef | None = Field(None, title="Owner", description="Who carries it out.")
    due: Day | None = Field(None, title="Due", description="The day by which it shall be done.")
    actions: tuple[ActionRef, ...] = Field((), title="Actions", description="The actions that carry it out.")
    no_action_reason: Text | None = Field(
        None, title="Why no action", description="Why nothing has to be done for it: what it settles already."
    )


class ReviewApproval(Shape):
    """Who put their name to the minutes, and when."""

    model_config = ConfigDict(title="approval of the minutes")

    by: OwnerRef | None = Field(None, title="By", description="Who approved the minutes.")
    on: Day | None = Field(None, title="On", description="The day it was approved.")


class ManagementReviewRecord(Record):
    """One management review with its inputs and results (9.3)."""

    model_config = ConfigDict(title="management review")
    essentials: ClassVar[tuple[Essential, ...]] = (WHEN, Essential("nobody who chaired it", ("chair",)))

    part_of: ReviewRef | None = Field(
        None,
        title="Part of",
        description="The review of which it is a further part, where one is held in several meetings.",
    )
    chair: OwnerRef | None = Field(None, title="Chair", description="Who chaired it.")
    attendees: tuple[OwnerRef, ...] = Field((), title="Attendees", description="Who took part.")
    inputs: ReviewInputs | None = Field(None, title="Inputs", description="What was looked at.")
    outputs: ReviewOutputs | None = Field(None, title="Results", description="What was concluded.")
    decisions: tuple[ReviewDecision, ...] = Field((), title="Decisions", description="What was decided.")
    actions: tuple[ActionRef, ...] = Field((), title="Actions", description="The actions that came of it.")
    approved: ReviewApproval | None = Field(
        None, title="Approved", description="Who approved the minutes: the chair, as a rule."
    )

    @property
    def held(self) -> Day | None:
        """The day it was held; None before it was."""
        return self.date or self.period_end

    @property
    def closed(self) -> bool:
        """Once its chair has approved it."""
        return self.approved is not None and self.approved.on is not None
