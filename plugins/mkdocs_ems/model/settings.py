"""What the organisation decides: the shape of `ems.yml`. Versioned and approved like a document.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import Day, Every, Flag, Number, PersonRef, RoleRef, Text, Whole
from mkdocs_ems.model.shapes import Shape

LevelWord = Literal["adopted", "declared", "paper", "recorded", "attested", "signed"]


class Organisation(Shape):
    """Whose system this is."""

    name: Text
    site: Text | None = None
    fictional: Flag = False
    note: Text | None = None


class Site(Shape):
    """A place in scope."""

    id: Text
    title: Text
    address: Text | None = None


class StandardEdition(Shape):
    """A standard the organisation works to, in one edition."""

    standard: Literal["iso14001", "iso9001", "iso45001"] = "iso14001"
    edition: Literal["2015", "2018", "2026"] = "2015"


class MatrixRow(Shape):
    """Who may approve which types, how many persons, by evidence of which levels."""

    types: tuple[Text, ...]
    roles: tuple[RoleRef, ...]
    persons: Annotated[Whole, Field(ge=1, le=20)] = 1
    editorial_persons: Annotated[Whole, Field(ge=1, le=20)] | None = None
    accepts: tuple[LevelWord, ...] = ("paper", "recorded", "attested", "signed")


class Approval(Shape):
    """The approval rules. The last matching row of the matrix decides."""

    segregation: Literal["asserted", "proved", "warn"] = "asserted"
    merge_approves: Flag = True
    matrix: tuple[MatrixRow, ...] = ()


class Scale(Shape):
    """One criterion of the significance method: its allowed values, with words for each.

    A value is a number, or a word. Words count in a formula by their `points`; without
    points they can only be compared, as in `legal == "yes"`.
    """

    model_config = ConfigDict(title="scale")

    title: Text | None = Field(None, title="Title", description="What the criterion is called.")
    values: dict[str, Text] = Field(title="Values", description="Each allowed value and what it means.")
    points: dict[str, Number] = Field(
        default_factory=dict, title="Points", description="What a word counts in the formula."
    )


class Band(Shape):
    """A named band of scores: from this score upward."""

    model_config = ConfigDict(title="band")

    label: Text = Field(title="Label", description="What scores in the band are called.")
    from_: Annotated[Number, Field(alias="from", title="From", description="The lowest score in the band.")]


class Significance(Shape):
    """How an aspect's significance is computed from its criteria.

    `formula` gives the score, `threshold` says when it is significant; both are expressions
    of the small language of `mkdocs_ems.model.syntax`, over the names of the criteria,
    `condition` (the aspect's, a word) and `obligations` (how many it is linked to).
    `threshold` may use `score`. Without a threshold people decide, row by row.
    """

    model_config = ConfigDict(title="significance method")

    title: Text | None = Field(None, title="Title", description="What the method is called.")
    criteria: dict[str, Scale] = Field(
        default_factory=dict, title="Criteria", description="Each criterion by its name, with its scale."
    )
    formula: Text | None = Field(
        None, title="Formula", description="The score, such as likelihood * severity."
    )
    threshold: Text | None = Field(
        None, title="Threshold", description="When an aspect is significant, such as score >= 12."
    )
    scored: Literal["before-controls", "after-controls"] = Field(
        "before-controls", title="Scored", description="Whether criteria are judged before or after controls."
    )
    bands: tuple[Band, ...] = Field((), title="Bands", description="Names for ranges of scores.")


class Waiver(Shape):
    """One finding that the organisation accepts, why, and until when."""

    code: Text
    id: Text | None = None
    reason: Text
    until: Day
    approved_by: PersonRef | None = None


class Intervals(Shape):
    """The organisation's own intervals."""

    review_warning_days: Annotated[Whole, Field(ge=0, le=3660)] = 30
    review_every: Every | None = None


class Settings(Shape):
    """`ems.yml`."""

    schema_: Annotated[Literal["1"], Field(alias="schema")] = "1"
    repository: Text | None = None
    organisation: Organisation
    time_zone: Text = "UTC"
    main_branch: Text = "main"
    sites: tuple[Site, ...] = ()
    standards: tuple[StandardEdition, ...] = (StandardEdition(),)
    significance: Significance | None = None
    intervals: Intervals = Intervals()
    approval: Approval = Approval()
    waivers: tuple[Waiver, ...] = ()

    @property
    def edition(self) -> str:
        """The edition of ISO 14001 the organisation works to."""
        return next((one.edition for one in self.standards if one.standard == "iso14001"), "2015")
