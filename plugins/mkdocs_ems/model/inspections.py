"""Inspections and operating checks: that a control works, or a point was looked at (8.1, 9.1.1).

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import ControlRef, MeasurementRef, NonconformityRef, Number, Text
from mkdocs_ems.model.records import WHEN, WHO, Essential, Record
from mkdocs_ems.model.shapes import Shape


class Answer(Shape):
    """One question of the form, answered."""

    model_config = ConfigDict(title="answer")

    question: Text = Field(title="Question", description="What was looked at, as the form asks it.")
    answer: Text = Field(title="Answer", description="What was found.")
    value: Number | None = Field(
        None, title="Value", description="The value that was read, where there is one."
    )
    unit: Text | None = Field(None, title="Unit", description="The unit of the value.")
    measurement: MeasurementRef | None = Field(
        None, title="Measurement", description="The row of the monitoring plan that the value belongs to."
    )


class InspectionRecord(Record):
    """One inspection or operating check (8.1, 9.1.1)."""

    model_config = ConfigDict(title="inspection")
    essentials: ClassVar[tuple[Essential, ...]] = (
        WHEN,
        WHO,
        Essential("nothing that was looked at", ("control", "point", "form")),
        Essential("no result", ("result",)),
    )

    control: ControlRef | None = Field(None, title="Control", description="The control that was checked.")
    point: Text | None = Field(
        None,
        title="Point",
        description="What was looked at, where it is no control: a bund, or equipment by its name.",
    )
    kind: Literal["check", "maintenance"] | None = Field(
        None, title="Kind", description="A check, which it is without; or upkeep that was done."
    )
    answers: tuple[Answer, ...] = Field((), title="Answers", description="What the form asks, answered.")
    result: Literal["in-order", "not-in-order", "not-done"] | None = Field(
        None, title="Result", description="Whether all was as it should be; or that it was not done."
    )
    reason: Text | None = Field(
        None, title="Reason", description="Why it was not done, or what was not as it should be."
    )
    nonconformity: NonconformityRef | None = Field(
        None, title="Nonconformity", description="The nonconformity that was raised."
    )

    @property
    def closed(self) -> bool:
        """Once its result is given."""
        return self.result is not None
