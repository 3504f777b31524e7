"""Changes of processes, products, equipment and the organisation (6.3 of 2026; 6.1.2 and 8.1 of 2015).

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import ActionRef, AnyRef, Day, Flag, OwnerRef, Text
from mkdocs_ems.model.shapes import Entity, Shape


class Screened(Shape):
    """One question of the screening, answered."""

    model_config = ConfigDict(title="answer of the screening")

    affected: Flag | None = Field(None, title="Affected", description="Whether the change touches it.")
    note: Text | None = Field(None, title="Note", description="In what way, or why not.")


class Screening(Shape):
    """What a change may touch, asked before it is approved: yes or no, and in what way."""

    model_config = ConfigDict(title="screening")

    aspects: Screened | None = Field(None, title="Aspects", description="New or changed aspects.")
    obligations: Screened | None = Field(
        None, title="Obligations", description="New or changed compliance obligations."
    )
    risks: Screened | None = Field(None, title="Risks", description="New or changed risks and opportunities.")
    controls: Screened | None = Field(
        None, title="Controls", description="Controls, criteria and procedures."
    )
    competence: Screened | None = Field(
        None, title="Competence", description="Who has to be able to do something new."
    )
    communication: Screened | None = Field(None, title="Communication", description="Who has to be told.")
    emergency: Screened | None = Field(None, title="Emergencies", description="Scenarios, plans, equipment.")
    monitoring: Screened | None = Field(None, title="Monitoring", description="What is measured, and how.")
    permits: Screened | None = Field(
        None, title="Permits", description="Permits and consents to be varied or applied for."
    )


class ChangeReview(Shape):
    """What was found when the change had been in place for a while."""

    model_config = ConfigDict(title="review of the change")

    date: Day | None = Field(None, title="Date", description="The day of the review.")
    by: OwnerRef | None = Field(None, title="By", description="Who reviewed it.")
    result: Text | None = Field(None, title="Result", description="Whether it did what it should.")


class ChangeRow(Entity):
    """A planned or temporary change, from the request to its review (6.3)."""

    model_config = ConfigDict(title="change")

    status: (
        Literal["requested", "approved", "implemented", "reviewed", "reverted", "rejected", "withdrawn"]
        | None
    ) = Field(None, title="Status", description="How far it is.")
    kind: (
        Literal[
            "process",
            "product",
            "equipment",
            "chemical",
            "site",
            "organisation",
            "supplier",
            "legal",
            "document",
            "temporary",
        ]
        | None
    ) = Field(None, title="Kind", description="What is changed.")
    description: Text | None = Field(None, title="Description", description="What will be different.")
    reason: Text | None = Field(None, title="Reason", description="Why it is wanted.")
    requested_by: OwnerRef | None = Field(None, title="Requested by", description="Who asked for it.")
    requested_on: Day | None = Field(None, title="Requested on", description="The day it was asked for.")
    screening: Screening | None = Field(
        None, title="Screening", description="What it may touch: yes or no for each, with a note."
    )
    consequences: Text | None = Field(
        None, title="Consequences", description="What it does to the environment, intended or not."
    )
    affected: tuple[AnyRef, ...] = Field(
        (), title="Affected", description="The rows and documents that have to change with it."
    )
    actions: tuple[ActionRef, ...] = Field((), title="Actions", description="What has to be done for it.")
    approved_by: OwnerRef | None = Field(None, title="Approved by", description="Who agreed to it.")
    approved_on: Day | None = Field(None, title="Approved on", description="The day it was agreed to.")
    planned_on: Day | None = Field(None, title="Planned for", description="The day it is meant to happen.")
    implemented_on: Day | None = Field(None, title="Implemented on", description="The day it was in place.")
    temporary_until: Day | None = Field(
        None, title="Temporary until", description="The last day of a temporary change."
    )
    reverted_on: Day | None = Field(
        None, title="Reverted on", description="The day all was as before, where it was temporary."
    )
    review: ChangeReview | None = Field(
        None, title="Review", description="What was found when it had been in place for a while."
    )
