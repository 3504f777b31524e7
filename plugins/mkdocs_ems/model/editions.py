"""Which standards an organisation works to, in which edition, and by when it has to move to a newer one.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import Day
from mkdocs_ems.model.shapes import Shape


class StandardEdition(Shape):
    """A standard the organisation works to, in one edition."""

    model_config = ConfigDict(title="standard")

    standard: Literal["iso14001", "iso9001", "iso45001"] = Field(
        "iso14001", title="Standard", description="The standard."
    )
    edition: Literal["2015", "2018", "2026"] = Field("2015", title="Edition", description="Its edition.")


class TransitionEnd(Shape):
    """By when certificates of the older edition of a standard have to be moved to a newer one."""

    model_config = ConfigDict(title="end of a transition")

    standard: Literal["iso14001"] = Field("iso14001", title="Standard", description="The standard.")
    edition: Literal["2026"] = Field("2026", title="Edition", description="The newer edition.")
    until: Day = Field(
        title="Until", description="The last day, as your certification body has confirmed it."
    )


TRANSITION_ENDS = date(2029, 4, 15)
"""Three years after the 2026 edition: the most cautious of the days that are told, confirmed by nobody."""
