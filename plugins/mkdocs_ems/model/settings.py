"""What the organisation decides: the shape of `ems.yml`. Versioned and approved like a document.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.editions import TRANSITION_ENDS, StandardEdition, TransitionEnd
from mkdocs_ems.model.fields import Day, Flag, Number, PersonRef, RoleRef, Text, Title, Whole
from mkdocs_ems.model.intervals import Intervals
from mkdocs_ems.model.method import Band, Significance
from mkdocs_ems.model.publication import Publication
from mkdocs_ems.model.retention import RetentionRow
from mkdocs_ems.model.shapes import Shape
from mkdocs_ems.model.stores import EvidenceStore

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
    shifts: tuple[Text, ...] = Field(
        (), title="Shifts", description="The shifts that are audited each for itself, such as Night."
    )
    no_aspects_reason: Text | None = Field(
        None, title="Why it has no aspects", description="The reason, where it was considered and has none."
    )


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


class OwnField(Shape):
    """A field of the organisation's own."""

    model_config = ConfigDict(title="own field")

    name: Text = Field(title="Name", description="How it is written in the content, such as permit_ref.")
    title: Title | None = Field(None, title="Title", description="What a reader calls it.")
    description: Text | None = Field(None, title="Description", description="What it holds, in a sentence.")
    form: Literal["text", "number", "whole", "flag", "day", "interval", "clause", "choice", "reference"] = (
        Field("text", title="Form", description="How its values are written.")
    )
    many: Flag = Field(default=False, title="Many", description="Whether it takes a list.")
    options: tuple[Text, ...] = Field(
        (), title="Options", description="For a choice: the words that may be chosen."
    )
    to: tuple[Text, ...] = Field(
        (), title="To", description="For a reference: the types it may lead to; any type without."
    )


class AddedField(OwnField):
    """A field of the organisation's own, added to kinds that are built in."""

    of: tuple[Text, ...] = Field(
        title="Of", description="The types of document or register that have it, such as aspect."
    )


class OwnRegister(Shape):
    """A register of the organisation's own."""

    model_config = ConfigDict(title="own register")

    type: Text = Field(title="Type", description="What `type` says in its head, such as waste-point.")
    title: Title = Field(title="Title", description="What a reader calls one of its rows.")
    plural: Title | None = Field(None, title="Plural", description="What a reader calls several.")
    prefix: Text | None = Field(None, title="Prefix", description="What its ids begin with by habit.")
    description: Text | None = Field(None, title="Description", description="What it is for, in a sentence.")
    fields: tuple[OwnField, ...] = Field(
        (), title="Fields", description="Its fields, beside those that every row has."
    )


class AspectRules(Shape):
    """What the organisation asks of its aspects beyond the standard."""

    model_config = ConfigDict(title="set of rules for aspects")

    stage_required: Flag = Field(
        default=False,
        title="Stage required",
        description="Whether each aspect has to name its life-cycle stage.",
    )


class RoleNames(Shape):
    """How roles are called in the organisation's texts."""

    model_config = ConfigDict(title="set of names of roles")

    endings: tuple[Text, ...] = Field(
        (),
        title="Endings",
        description="Words that end titles of roles in your texts, beside the usual English ones.",
    )
    outside: tuple[Text, ...] = Field(
        (),
        title="Outside",
        description="Roles of other organisations that your texts may name, such as Fire Safety Officer.",
    )


class VersionRules(Shape):
    """Which tags are versions of the manual."""

    model_config = ConfigDict(title="set of rules for versions")

    tags: tuple[Text, ...] = Field(
        ("v*",),
        title="Tags",
        description="Patterns of the names of tags that are versions of the manual, as a shell reads them.",
    )
    signed_only: Flag = Field(
        default=False,
        title="Signed only",
        description="Whether only tags are versions that a listed key has signed.",
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
    transitions: tuple[TransitionEnd, ...] = Field(
        (),
        title="Transitions",
        description="By when certificates are moved to a newer edition: confirm the day with your "
        "certification body. Without one, 2029-04-15.",
    )
    significance: Significance | None = Field(
        None, title="Significance", description="How an aspect's significance is computed."
    )
    aspects: AspectRules = Field(
        default_factory=AspectRules, title="Aspects", description="Your own rules for aspects."
    )
    role_names: RoleNames = Field(
        default_factory=RoleNames,
        title="Names of roles",
        description="How roles are called in your texts, beside their titles in the register.",
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
    retention: tuple[RetentionRow, ...] = Field(
        (),
        title="Retention",
        description="How long documents and records are kept, for whom, where, and what becomes of them.",
    )
    evidence_stores: tuple[EvidenceStore, ...] = Field(
        (),
        title="Stores of evidence",
        description="Places outside git where evidence is kept, by the names that records give them.",
    )
    versions: VersionRules = Field(
        default_factory=VersionRules,
        title="Versions",
        description="Which tags are versions of the manual that are built beside what is in force.",
    )
    publication: Publication = Field(
        default_factory=Publication,
        title="Publication",
        description="Where the manual may be published, and to whom.",
    )
    own_fields: tuple[AddedField, ...] = Field(
        (), title="Own fields", description="Fields of your own, beside those that are built in."
    )
    own_registers: tuple[OwnRegister, ...] = Field(
        (), title="Own registers", description="Registers of your own, beside those that are built in."
    )
    waivers: tuple[Waiver, ...] = Field(
        (), title="Waivers", description="Findings that are accepted for a time."
    )

    @property
    def transition_ends(self) -> date:
        """The last day of certificates of the 2015 edition; a cautious one where nobody has said it."""
        return next((one.until for one in self.transitions), TRANSITION_ENDS)

    @property
    def edition(self) -> str:
        """The edition of ISO 14001 the organisation works to."""
        return next((one.edition for one in self.standards if one.standard == "iso14001"), "2015")
