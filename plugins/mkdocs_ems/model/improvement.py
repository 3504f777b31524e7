"""Nonconformity, corrective action and improvement (10.1 to 10.3 of 2015, 10.1 and 10.2 of 2026).

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import (
    ActionRef,
    AnyRef,
    ClauseRef,
    Day,
    EvaluationRef,
    Flag,
    MeasurementRef,
    NonconformityRef,
    OwnerRef,
    PeriodText,
    Text,
)
from mkdocs_ems.model.risks import Effectiveness
from mkdocs_ems.model.shapes import Entity, Shape


class Correction(Shape):
    """What was done at once."""

    model_config = ConfigDict(title="correction")

    what: Text = Field(title="What", description="What was done at once to contain it.")
    by: OwnerRef | None = Field(None, title="By", description="Who did it.")
    date: Day | None = Field(None, title="Date", description="The day it was done.")


class Cause(Shape):
    """Why it happened."""

    model_config = ConfigDict(title="cause")

    method: Text | None = Field(None, title="Method", description="How the cause was found, such as 5-why.")
    text: Text | None = Field(None, title="Cause", description="The cause that was found.")


class CausingReading(Shape):
    """A reading that a nonconformity answers."""

    model_config = ConfigDict(title="reading")

    measurement: MeasurementRef = Field(title="Measurement", description="The row of the monitoring plan.")
    period: PeriodText = Field(
        title="Period", description="The reading's period as its series has it, such as 2026-06."
    )


class EmsChanges(Shape):
    """Whether the nonconformity calls for changes of the system itself."""

    model_config = ConfigDict(title="decision on changes")

    risks: Flag | None = Field(None, title="Risks", description="Whether risks have to be judged anew.")
    aspects: Flag | None = Field(None, title="Aspects", description="Whether aspects have to be judged anew.")
    documents: Flag | None = Field(None, title="Documents", description="Whether documents have to change.")


class NonconformityRow(Entity):
    """A nonconformity with its correction, cause and corrective actions (10.2)."""

    model_config = ConfigDict(title="nonconformity")

    status: Literal["open", "actions-agreed", "actions-done", "closed"] | None = Field(
        None, title="Status", description="Where it stands."
    )
    source: (
        Literal[
            "internal-audit",
            "external-audit",
            "incident",
            "complaint",
            "monitoring",
            "compliance",
            "inspection",
            "suggestion",
        ]
        | None
    ) = Field(None, title="Source", description="How it came to light.")
    detected_on: Day | None = Field(None, title="Detected on", description="The day it came to light.")
    detected_by: OwnerRef | None = Field(None, title="Detected by", description="Who found it.")
    description: Text | None = Field(
        None, title="Description", description="What was required and what was the case instead."
    )
    criterion: Text | None = Field(
        None, title="Criterion", description="The requirement that was not met, in your own words."
    )
    criterion_clauses: tuple[ClauseRef, ...] = Field(
        (), title="Clauses not met", description="The clauses that were not met, by number."
    )
    grade: Literal["major", "minor", "observation"] | None = Field(
        None, title="Grade", description="How grave it is."
    )
    readings: tuple[CausingReading, ...] = Field(
        (), title="Readings", description="The readings beyond a limit that it answers."
    )
    evaluations: tuple[EvaluationRef, ...] = Field(
        (),
        title="Evaluations",
        description="The evaluations of compliance whose breaches it takes up.",
    )
    correction: Correction | None = Field(
        None, title="Correction", description="What was done at once to contain it."
    )
    impact_mitigation: Text | None = Field(
        None, title="Mitigation", description="What was done about its effects on the environment."
    )
    cause: Cause | None = Field(None, title="Cause", description="Why it happened, and how that was found.")
    similar_check: Text | None = Field(
        None, title="Similar cases", description="Whether the same exists or may happen elsewhere."
    )
    corrective_actions: tuple[ActionRef, ...] = Field(
        (), title="Corrective actions", description="What takes the cause away."
    )
    effectiveness: Effectiveness | None = Field(
        None, title="Effectiveness", description="Whether the actions worked, and how that was found out."
    )
    ems_changes: EmsChanges | None = Field(
        None, title="Changes of the system", description="Whether risks, aspects or documents have to change."
    )
    due: Day | None = Field(
        None, title="Due", description="The day by which it shall be closed, with what takes its cause away."
    )
    response_due: Day | None = Field(
        None, title="Response due", description="The day by which an answer was promised."
    )
    responded_on: Day | None = Field(
        None, title="Answered on", description="The day on which whoever raised it had the answer."
    )
    closed_on: Day | None = Field(None, title="Closed on", description="The day it was closed.")
    closed_by: OwnerRef | None = Field(None, title="Closed by", description="Who closed it.")
    recurrence_of: NonconformityRef | None = Field(
        None, title="Recurrence of", description="The earlier nonconformity that it repeats."
    )


class ImprovementRow(Entity):
    """An idea for doing better, and what became of it (10.1, 10.3)."""

    model_config = ConfigDict(title="improvement")

    status: Literal["proposed", "adopted", "done", "declined"] | None = Field(
        None, title="Status", description="What became of it so far."
    )
    source: tuple[AnyRef, ...] = Field(
        (), title="Source", description="Who or what it comes from: a person, a review, an audit, a drill."
    )
    idea: Text | None = Field(None, title="Idea", description="What could be done better, and how.")
    proposed_on: Day | None = Field(None, title="Proposed on", description="The day it was put forward.")
    benefit: Text | None = Field(
        None,
        title="Benefit",
        description="What it does for the environment, in numbers where known.",
    )
    cost_saving: Text | None = Field(None, title="Saving", description="What it saves, where it is known.")
    decision: Text | None = Field(None, title="Decision", description="What was decided, and why.")
    decided_on: Day | None = Field(None, title="Decided on", description="The day of the decision.")
    decided_by: OwnerRef | None = Field(None, title="Decided by", description="Who decided.")
    actions: tuple[ActionRef, ...] = Field((), title="Actions", description="What is done about it.")
    done_on: Day | None = Field(None, title="Done on", description="The day it was in place.")
    result: Text | None = Field(None, title="Result", description="What came of it.")
