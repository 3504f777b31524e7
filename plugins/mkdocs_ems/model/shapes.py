"""What every entity carries: the base of all models, frozen pydantic.

The schema judges types, enumerations and unknown fields. A column that an auditor
needs but that is missing is the finding of the rule that asks for it, so nearly
every field is optional here. Computed values (issue, state, approvers, due dates)
have no field. Each field says in its `title` what a reader calls it and in its
`description` what it holds: pages, forms and messages take their words from here.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from mkdocs_ems.model.fields import (
    ClauseRef,
    Day,
    Every,
    Id,
    OwnerRef,
    ProcessRef,
    Text,
    Title,
)


class Shape(BaseModel):
    """Base of all models: frozen, and unknown fields are faults.

    A shape's `title` is its noun in messages. Validators are built on first use.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


class Entity(Shape):
    """The common block: what every document, register and row may carry."""

    id: Id | None = Field(
        None,
        title="Id",
        description="The identity, such as ASP-001: capitals, digits and hyphens. It never changes.",
    )
    title: Title | None = Field(None, title="Title", description="What people call it.")
    owner: OwnerRef | None = Field(
        None, title="Owner", description="The role or person who answers for it and keeps it up to date."
    )
    site: Text | None = Field(
        None, title="Site", description="The site it belongs to, by the site's id in ems.yml."
    )
    processes: tuple[ProcessRef, ...] = Field((), title="Processes", description="The processes it concerns.")
    clauses: tuple[ClauseRef, ...] = Field(
        (), title="Clauses", description="The clauses of ISO 14001 it answers, by number."
    )
    standards: tuple[Literal["iso14001", "iso9001", "iso45001"], ...] = Field(
        (), title="Standards", description="The standards it serves, where several systems share it."
    )
    tags: tuple[Text, ...] = Field((), title="Tags", description="Words to find it by.")
    last_reviewed: Day | None = Field(
        None, title="Last reviewed", description="The day somebody last looked at it as a whole."
    )
    review_every: Every | None = Field(
        None, title="Review every", description="How often it is reviewed, such as 12 months or 2 years."
    )
    links: tuple[Text, ...] = Field(
        (), title="Links", description="Addresses or files that belong to it: evidence, sources."
    )
    notes: Text | None = Field(None, title="Notes", description="Anything a reader should know besides.")

    @property
    def name(self) -> str:
        """What a reader sees as its title; the id where it has none."""
        return self.title or self.id or "(no title)"
