"""The organisation's own intervals, grace and thresholds: `intervals:` of `ems.yml`.

No law and no standard fixes any of them. What has a value here without being written down is
what is usual, and a rule that goes by it says so.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Annotated

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import Every, Whole
from mkdocs_ems.model.shapes import Shape


class Intervals(Shape):
    """The organisation's own intervals."""

    model_config = ConfigDict(title="set of intervals")

    review_warning_days: Annotated[Whole, Field(ge=0, le=3660)] = Field(
        30, title="Review warning in days", description="How long before a review is due it is announced."
    )
    review_every: Every | None = Field(
        None, title="Review every", description="How often documents are reviewed that do not say so."
    )
    context: Every | None = Field(
        None, title="Context", description="How often context issues and interested parties are reviewed."
    )
    aspects: Every | None = Field(
        None, title="Aspects", description="How often each aspect is assessed again."
    )
    sources: Every | None = Field(
        None, title="Sources of obligations", description="How often the text of an obligation is checked."
    )
    risks: Every | None = Field(
        None, title="Risks", description="How often each risk or opportunity is reviewed."
    )
    renewal_warning_days: Annotated[Whole, Field(ge=0, le=3660)] = Field(
        90, title="Renewal warning in days", description="How long before its end a permit is announced."
    )
    reading_grace_days: Annotated[Whole, Field(ge=0, le=366)] = Field(
        15, title="Grace for readings in days", description="How long after its period a reading may come in."
    )
