"""A figure that is given out, said by its indicator, so that it can be compared with the readings.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import IndicatorRef, Number, PeriodText, Text
from mkdocs_ems.model.shapes import Shape


class Figure(Shape):
    """A figure that a document or a communication states."""

    model_config = ConfigDict(title="figure")

    indicator: IndicatorRef = Field(title="Indicator", description="The indicator whose figure it is.")
    period: PeriodText = Field(
        title="Period", description="The period it stands for, or up to whose end it was counted."
    )
    value: Number = Field(title="Value", description="The value, as it is given out.")
    unit: Text | None = Field(None, title="Unit", description="Its unit; the indicator's without.")
