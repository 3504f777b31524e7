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

    model_config = ConfigDict(title="organisation")

    name: Text = Field(title="Name", description="The organisation's name.")
    site: Text | None = Field(None, title="Site", description="Its site, where there is only one.")
    fictional: Flag = Field(
        default=False, title="Fictional", description="Whether it is invented, as in the demonstration."
    )
    note: Text | None = Field(None, title="Note", description="Anything to say about it on the start page.")


class Site(Shape):
    """A place in scope."""

    model_config = ConfigDict(title="site")

    id: Text = Field(title="Id", description="A short name that rows and documents use.")
    title: Text = Field(title="Title", description="What people call it.")
    address: Text | None = Field(None, title="Address", description="Where it is.")
    country: Text | None = Field(None, title="Country", description="Its country and region, such as GB-ENG.")
    headcount: Annotated[Whole, Field(ge=0)] | None = Field(
        None, title="Headcount", description="How many people work there."
    )
    map: Text | None = Field(None, title="Map", description="A file or address that shows it.")
    areas: tuple[Text, ...] = Field(
        (), title="Areas", description="The areas people know by name, such as Chemical store."
    )
    no_aspects_reason: Text | None = Field(
        None, title="Why it has no aspects", description="The reason, where it was considered and has none."
    )


class StandardEdition(Shape):
    """A standard the organisation works to, in one edition."""

    model_config = ConfigDict(title="standard")

    standard: Literal["iso14001", "iso9001", "iso45001"] = Field(
        "iso14001", title="Standard", description="The standard."
    )
    edition: Literal["2015", "2018", "2026"] = Field("2015", title="Edition", description="Its edition.")


class MatrixRow(Shape):
    """Who may approve which types, how many persons, by evidence of which levels."""

    model_config = ConfigDict(title="row of the approval matrix")

    types: tuple[Text, ...] = Field(title="Types", description="The types of document it is about.")
    roles: tuple[RoleRef, ...] = Field(title="Roles", description="The roles that may approve them.")
    persons: Annotated[Whole, Field(ge=1, le=20)] = Field(
        1, title="Persons", description="How many persons have to approve."
    )
    editorial_persons: Annotated[Whole, Field(ge=1, le=20)] | None = Field(
        None, title="Persons for an editorial change", description="How many, where only words change."
    )
    accepts: tuple[LevelWord, ...] = Field(
        ("paper", "recorded", "attested", "signed"),
        title="Accepts",
        description="The levels of evidence that count.",
    )


class Approval(Shape):
    """The approval rules. The last matching row of the matrix decides."""

    model_config = ConfigDict(title="set of approval rules")

    segregation: Literal["asserted", "proved", "warn"] = Field(
        "asserted", title="Segregation", description="How surely author and approver must be two persons."
    )
    merge_approves: Flag = Field(
        default=True, title="Merging approves", description="Whether pressing merge is an approval."
    )
    matrix: tuple[MatrixRow, ...] = Field((), title="Matrix", description="Who may approve what.")


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


class RiskMethod(Shape):
    """How risks and opportunities are rated: likelihood times consequence, each from 1 to 5."""

    model_config = ConfigDict(title="method for risks")

    title: Text | None = Field(None, title="Title", description="What the method is called.")
    threshold: Annotated[Number, Field(ge=1, le=25)] | None = Field(
        None, title="Threshold", description="From this score upward something has to be done or accepted."
    )
    bands: tuple[Band, ...] = Field((), title="Bands", description="Names for ranges of scores.")


class Waiver(Shape):
    """One finding that the organisation accepts, why, and until when."""

    model_config = ConfigDict(title="waiver")

    code: Text = Field(title="Code", description="The rule's code.")
    id: Text | None = Field(None, title="Id", description="What it is about; everything without.")
    reason: Text = Field(title="Reason", description="Why the finding is accepted.")
    until: Day = Field(title="Until", description="The last day on which it is accepted.")
    approved_by: PersonRef | None = Field(None, title="Approved by", description="Who accepted it.")


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


class Settings(Shape):
    """`ems.yml`."""

    model_config = ConfigDict(title="ems.yml")

    schema_: Annotated[
        Literal["1"], Field(alias="schema", title="Schema", description="The version of this format.")
    ] = "1"
    repository: Text | None = Field(
        None, title="Repository", description="A random id, so that no approval serves in another repository."
    )
    organisation: Organisation = Field(title="Organisation", description="Whose system this is.")
    time_zone: Text = Field("UTC", title="Time zone", description="The time zone that days are counted in.")
    main_branch: Text = Field("main", title="Main branch", description="The branch that is published.")
    sites: tuple[Site, ...] = Field((), title="Sites", description="The places in scope.")
    standards: tuple[StandardEdition, ...] = Field(
        default_factory=lambda: (StandardEdition(),),
        title="Standards",
        description="The standards worked to, with their editions.",
    )
    significance: Significance | None = Field(
        None, title="Significance", description="How an aspect's significance is computed."
    )
    risk_method: RiskMethod | None = Field(
        None, title="Method for risks", description="How risks and opportunities are rated."
    )
    intervals: Intervals = Field(
        default_factory=Intervals, title="Intervals", description="Your own intervals."
    )
    approval: Approval = Field(
        default_factory=Approval, title="Approval", description="Who may approve what, and how."
    )
    waivers: tuple[Waiver, ...] = Field(
        (), title="Waivers", description="Findings that are accepted for a time."
    )

    @property
    def edition(self) -> str:
        """The edition of ISO 14001 the organisation works to."""
        return next((one.edition for one in self.standards if one.standard == "iso14001"), "2015")
