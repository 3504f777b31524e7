"""Analyses: what the readings of a period show, and what was concluded from them (9.1.1).

A reading says what was measured; an analysis says what that means. It names the period and
the measurements, indicators and objectives that were looked at, and says it in words: no
figure of it is worked out here.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import (
    ActionRef,
    IndicatorRef,
    MeasurementRef,
    NonconformityRef,
    ObjectiveRef,
    Text,
)
from mkdocs_ems.model.records import WHEN, WHO, Essential, Record


class AnalysisRecord(Record):
    """The analysis and evaluation of the results of a period (9.1.1)."""

    model_config = ConfigDict(title="analysis")

    essentials: ClassVar[tuple[Essential, ...]] = (
        WHEN,
        WHO,
        Essential("nothing that was looked at", ("measurements", "indicators", "objectives")),
        Essential("not what the results show", ("shows",)),
    )

    measurements: tuple[MeasurementRef, ...] = Field(
        (), title="Measurements", description="The measurements whose readings were looked at."
    )
    indicators: tuple[IndicatorRef, ...] = Field(
        (), title="Indicators", description="The indicators that were looked at, with their measurements."
    )
    objectives: tuple[ObjectiveRef, ...] = Field(
        (), title="Objectives", description="The objectives whose progress was looked at."
    )
    shows: Text | None = Field(
        None, title="What they show", description="What the results mean: course, causes, what stands out."
    )
    verdict: Literal["as-planned", "watch", "not-as-planned"] | None = Field(
        None, title="Verdict", description="Whether the performance is what was planned."
    )
    decisions: Text | None = Field(None, title="Decisions", description="What was decided upon it.")
    actions: tuple[ActionRef, ...] = Field((), title="Actions", description="The actions that were decided.")
    nonconformities: tuple[NonconformityRef, ...] = Field(
        (), title="Nonconformities", description="The nonconformities that it led to."
    )

    @property
    def closed(self) -> bool:
        """Once it says what the results show."""
        return self.shows is not None
