"""Instruments and their calibration (9.1.1): what readings are taken with, and whether it can be trusted.

When the next calibration is due follows from the last one and the interval, and is typed
nowhere.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import Day, Every, NonconformityRef, ProviderRef, Text, Whole
from mkdocs_ems.model.organisation import RowStatus
from mkdocs_ems.model.records import Evidence
from mkdocs_ems.model.shapes import Entity, Shape


class Calibration(Shape):
    """One calibration or verification of an instrument."""

    model_config = ConfigDict(title="calibration")

    date: Day = Field(title="Date", description="The day it was done.")
    result: Literal["pass", "adjusted", "fail"] | None = Field(
        None, title="Result", description="What was found."
    )
    found: Text | None = Field(
        None, title="As found", description="The greatest deviation, before anything was adjusted."
    )
    certificate: Text | None = Field(None, title="Certificate", description="Its certificate or record.")
    evidence: tuple[Evidence, ...] = Field((), title="Evidence", description="The certificate as a file.")
    by: Text | None = Field(None, title="By", description="Who did it.")
    provider: ProviderRef | None = Field(
        None, title="Provider", description="The external provider who did it."
    )
    valid_to: Day | None = Field(
        None, title="Valid to", description="The day until which it holds, where that is sooner than usual."
    )
    impact_assessment: Text | None = Field(
        None, title="Effect on readings", description="What a failure means for the readings before it."
    )
    nonconformity: NonconformityRef | None = Field(
        None, title="Nonconformity", description="The nonconformity that was raised."
    )


class InstrumentRow(Entity):
    """An instrument, calibrated or verified (9.1.1)."""

    model_config = ConfigDict(title="instrument")

    status: RowStatus | None = Field(
        None, title="Status", description="Whether it is planned, active or withdrawn."
    )
    kind: Literal["calibrated", "verified", "indication-only"] | None = Field(
        None, title="Kind", description="Whether it is calibrated, verified, or only indicates."
    )
    serial: Text | None = Field(None, title="Serial number", description="The maker's number.")
    location: Text | None = Field(None, title="Location", description="Where it is.")
    range: Text | None = Field(None, title="Range", description="What it can measure.")
    accuracy: Text | None = Field(None, title="Accuracy", description="How exactly it measures.")
    tolerance: Text | None = Field(
        None, title="Tolerance", description="The greatest deviation at which it is still good enough."
    )
    interval: Every | None = Field(
        None, title="Calibrated every", description="How often it has to be calibrated or verified."
    )
    interval_uses: Annotated[Whole, Field(ge=1)] | None = Field(
        None, title="Calibrated every so many uses", description="The same by uses, where that is the rule."
    )
    traceability: Text | None = Field(
        None, title="Traceability", description="The national or international standard it goes back to."
    )
    calibrations: tuple[Calibration, ...] = Field(
        (), title="Calibrations", description="Each calibration, the latest last."
    )

    def due_after(self, last: Calibration) -> date | None:
        """When it is due again after a calibration; None where no interval says it."""
        days = [
            one for one in (last.valid_to, self.interval.after(last.date) if self.interval else None) if one
        ]
        return min(days, default=None)
