"""The scope of the system (4.3): a document whose front matter says what is in and what is out.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.aspects import LifeCycleStage
from mkdocs_ems.model.documents import Document
from mkdocs_ems.model.fields import AspectRef, ProcessRef, Text
from mkdocs_ems.model.shapes import Shape


class ScopePart(Shape):
    """An activity, product or service in scope, and where its aspects are."""

    model_config = ConfigDict(title="part of the scope")

    text: Text = Field(title="Activity, product or service", description="What is in scope.")
    processes: tuple[ProcessRef, ...] = Field(
        (), title="Processes", description="The processes it is done in; their aspects are its aspects."
    )
    aspects: tuple[AspectRef, ...] = Field(
        (), title="Aspects", description="Its aspects, where they belong to no process of their own."
    )
    no_aspects_reason: Text | None = Field(
        None, title="Why it has no aspects", description="The reason, where it was considered and has none."
    )


class StageDecision(Shape):
    """What is required at some stages of the life cycle, or why nothing is."""

    model_config = ConfigDict(title="decision on a stage of the life cycle")

    stages: tuple[LifeCycleStage, ...] = Field(title="Stages", description="The stages it is about.")
    decision: Text = Field(
        title="Decision", description="What is required or done there, or why nothing can be."
    )


class Exclusion(Shape):
    """Something that is left out of the scope."""

    model_config = ConfigDict(title="exclusion")

    what: Text = Field(title="What", description="What is left out.")
    why: Text | None = Field(None, title="Why", description="Why it is left out.")
    processes: tuple[ProcessRef, ...] = Field(
        (), title="Processes", description="The processes that are out of scope with it."
    )
    sites: tuple[Text, ...] = Field(
        (), title="Sites", description="The sites that are out of scope with it, by their ids in ems.yml."
    )


class Scope(Document):
    """The scope of the system (4.3)."""

    model_config = ConfigDict(title="scope")

    statement: Text | None = Field(
        None, title="Statement", description="The scope as it stands on the certificate."
    )
    sites: tuple[Text, ...] = Field(
        (), title="Sites", description="The sites in scope, by their ids in ems.yml."
    )
    activities: tuple[ScopePart, ...] = Field((), title="Activities", description="The activities in scope.")
    products_services: tuple[ScopePart, ...] = Field(
        (), title="Products and services", description="The products and services in scope."
    )
    organisational_units: tuple[Text, ...] = Field(
        (), title="Organisational units", description="The functions and units in scope."
    )
    physical_boundary: Text | None = Field(
        None, title="Physical boundary", description="Where the site ends."
    )
    control_and_influence: Text | None = Field(
        None,
        title="Control and influence",
        description="How far the organisation can decide, and how far only influence.",
    )
    lifecycle_considered: Text | None = Field(
        None, title="Life cycle", description="How the life cycle was considered when the scope was set."
    )
    lifecycle_decisions: tuple[StageDecision, ...] = Field(
        (),
        title="Decisions on stages",
        description="What is required at stages that no control stands for, or why nothing is.",
    )
    exclusions: tuple[Exclusion, ...] = Field(
        (), title="Exclusions", description="What is left out, and why."
    )
    available_at: Text | None = Field(
        None, title="Available at", description="Where interested parties find it."
    )
    standard_edition: Literal["2015", "2026"] | None = Field(
        None, title="Edition", description="The edition of ISO 14001 it was set by."
    )
    nace_or_iaf_code: Text | None = Field(
        None, title="Sector code", description="The NACE or IAF code of the certificate."
    )
