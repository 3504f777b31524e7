"""Controlled documents: Markdown by its front matter, registers by their heads.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import AnyRef, Day, ObligationRef, RoleRef, Text, Whole
from mkdocs_ems.model.figures import Figure
from mkdocs_ems.model.promised import PromisedRecord
from mkdocs_ems.model.shapes import Entity, Shape


class Controlled(Entity):
    """What every controlled document carries: Markdown front matter and register heads."""

    type: Text | None = Field(None, title="Type", description="Kind of document, or of a register's rows.")
    number: Text | None = Field(
        None, title="House number", description="The organisation's own document number, beside the id."
    )
    issue_label: Text | None = Field(
        None, title="Issue label", description="The organisation's own label of the issue, such as Rev C."
    )
    issue_offset: Annotated[Whole, Field(ge=0, le=100_000)] | None = Field(
        None,
        title="Issue offset",
        description="How many issues there were before this system; counting goes on from there.",
    )
    control: Literal["issue", "periodic"] | None = Field(
        None,
        title="Control",
        description="Approved issue by issue, or a living log that is approved as a whole now and then.",
    )
    supersedes: tuple[AnyRef, ...] = Field((), title="Supersedes", description="What this one replaces.")
    superseded_by: AnyRef | None = Field(None, title="Superseded by", description="What replaces this one.")
    access: Literal["public", "internal", "restricted"] | None = Field(
        None, title="Access", description="Who may see it."
    )
    language: Text | None = Field(None, title="Language", description="The language it is written in.")
    translation_of: AnyRef | None = Field(
        None, title="Translation of", description="The document of which this one is a translation."
    )
    source_issue: Annotated[Whole, Field(ge=1)] | None = Field(
        None, title="Issue translated", description="The number of the issue that was translated."
    )
    withdrawal_reason: Text | None = Field(
        None, title="Why it was withdrawn", description="The reason, where nothing takes its place."
    )
    areas: tuple[Text, ...] = Field(
        (), title="Areas", description="The areas of the site where it is used, such as Chemical store."
    )
    read_by: tuple[RoleRef, ...] = Field((), title="Read by", description="The roles that have to know it.")


class Document(Controlled):
    """A document in Markdown; by itself, one whose type is missing or unknown."""

    model_config = ConfigDict(title="document")

    records: tuple[PromisedRecord, ...] = Field(
        (), title="Records promised", description="The records that are made by it, and how often."
    )
    figures: tuple[Figure, ...] = Field(
        (), title="Figures", description="The figures that it states, each by its indicator."
    )


class Commitments(Shape):
    """Where the policy makes each commitment: heading anchors, with the `#`."""

    model_config = ConfigDict(title="table of commitments")

    protection_of_environment: Text | None = Field(
        None, title="Protection of the environment", description="Heading of the commitment to protect."
    )
    prevention_of_pollution: Text | None = Field(
        None, title="Prevention of pollution", description="Heading of the commitment to prevent pollution."
    )
    compliance: Text | None = Field(
        None, title="Compliance obligations", description="Heading of the commitment to meet obligations."
    )
    continual_improvement: Text | None = Field(
        None, title="Continual improvement", description="Heading of the commitment to improve."
    )
    climate: Text | None = Field(
        None, title="Climate", description="Heading of a specific commitment on climate change."
    )
    biodiversity: Text | None = Field(
        None, title="Biodiversity", description="Heading of a specific commitment on nature."
    )
    resource_use: Text | None = Field(
        None, title="Resource use", description="Heading of a specific commitment on resources."
    )
    circularity: Text | None = Field(
        None, title="Circularity", description="Heading of a specific commitment on the circular economy."
    )


class Policy(Document):
    """The environmental policy (5.2)."""

    model_config = ConfigDict(title="policy")

    commitments: Commitments | None = Field(
        None, title="Commitments", description="For each commitment the heading under which it is made."
    )
    public_url: Text | None = Field(
        None, title="Published at", description="Where interested parties find the policy."
    )


class Procedure(Document):
    """A procedure (7.5, 8.1)."""

    model_config = ConfigDict(title="procedure")


class WorkInstruction(Document):
    """A work instruction (8.1)."""

    model_config = ConfigDict(title="work instruction")


class Manual(Document):
    """A manual that gives an overview of the system; no clause asks for one."""

    model_config = ConfigDict(title="manual")


class Plan(Document):
    """A plan, such as an emergency plan (8.2)."""

    model_config = ConfigDict(title="plan")


class Method(Document):
    """A method, such as the one by which aspects are judged significant (6.1.2)."""

    model_config = ConfigDict(title="method")


class Form(Document):
    """A form on which records are made (7.5.3)."""

    model_config = ConfigDict(title="form")


class ExternalDocument(Document):
    """A document of external origin (7.5.3): a permit, a data sheet, a maker's manual."""

    model_config = ConfigDict(title="external document")

    source: Text | None = Field(None, title="Source", description="Who issues it, and where it is had from.")
    edition: Text | None = Field(None, title="Edition", description="Its edition, version or date of issue.")
    checked_on: Day | None = Field(
        None, title="Checked on", description="The day somebody last made sure that it is the current one."
    )
    valid_to: Day | None = Field(None, title="Valid to", description="Its last day, where it has one.")
    storage: Text | None = Field(None, title="Kept at", description="Where the document itself is kept.")
    obligations: tuple[ObligationRef, ...] = Field(
        (), title="Compliance obligations", description="The obligations that it states."
    )


class Register(Controlled):
    """The head of a register; its rows stand beside it in the model."""

    model_config = ConfigDict(title="register's head")
