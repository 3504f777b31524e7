"""Drills and real events: how the response to an emergency was put to the test (8.2).

Both are evidence of the same thing, so they share their columns: who did what when, how well it
went, what was learnt, and whether the plan was looked at again. A small incident that no scenario
foresaw is recorded too; it has no scenario.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.aspects import Quantity
from mkdocs_ems.model.fields import (
    ActionRef,
    AspectRef,
    Day,
    Flag,
    NonconformityRef,
    OwnerRef,
    PartyRef,
    ProviderRef,
    ResponderRef,
    ScenarioRef,
    Text,
)
from mkdocs_ems.model.records import WHEN, WHO, Essential, Record
from mkdocs_ems.model.shapes import Shape


class Step(Shape):
    """What happened at one moment."""

    model_config = ConfigDict(title="step")

    at: Text = Field(title="At", description="The time, such as 14:05, or minutes from the start: +12 min.")
    what: Text = Field(title="What", description="What happened or was done.")


class ResponseRecord(Record):
    """A response to an emergency, practised or real (8.2)."""

    model_config = ConfigDict(title="record of a response")

    scenarios: tuple[ScenarioRef, ...] = Field(
        (), title="Scenarios", description="The emergency scenarios that it put to the test."
    )
    participants: tuple[ResponderRef, ...] = Field(
        (), title="Took part", description="The people or roles that took part."
    )
    parties: tuple[PartyRef, ...] = Field(
        (), title="Parties", description="Interested parties that took part or were told: fire service, …."
    )
    providers: tuple[ProviderRef, ...] = Field(
        (), title="Providers", description="Contractors and other providers that took part."
    )
    timeline: tuple[Step, ...] = Field((), title="Timeline", description="What happened when, in order.")
    result: Literal["effective", "partly-effective", "not-effective"] | None = Field(
        None, title="Result", description="Whether the response worked as planned."
    )
    evaluated_on: Day | None = Field(
        None, title="Evaluated on", description="The day it was evaluated together."
    )
    evaluated_by: tuple[OwnerRef, ...] = Field((), title="Evaluated by", description="Who evaluated it.")
    lessons: Text | None = Field(
        None, title="Lessons", description="What was learnt; also that nothing has to change, and why."
    )
    actions: tuple[ActionRef, ...] = Field((), title="Actions", description="What is done about it.")
    plan_reviewed_on: Day | None = Field(
        None,
        title="Plan reviewed on",
        description="The day the plan was looked at again in its light, while this was still open.",
    )

    @property
    def evaluated(self) -> bool:
        """Whether it says how well the response went and what was learnt."""
        return self.result is not None and self.lessons is not None


class DrillRecord(ResponseRecord):
    """A drill or another test of a planned response (8.2)."""

    model_config = ConfigDict(title="drill")
    essentials: ClassVar[tuple[Essential, ...]] = (
        WHEN,
        WHO,
        Essential("no scenario that was practised", ("scenarios",)),
        Essential("nobody who took part", ("participants", "parties", "providers")),
    )

    kind: Literal["tabletop", "practical", "full", "call-out"] | None = Field(
        None, title="Kind", description="At the table, in practice, with everything, or calling people out."
    )

    @property
    def closed(self) -> bool:
        """Once it is evaluated."""
        return self.evaluated


class Told(Shape):
    """Somebody who was told of an incident."""

    model_config = ConfigDict(title="report to somebody")

    to: Text = Field(title="To", description="Who was told: an authority, the undertaker, a neighbour.")
    party: PartyRef | None = Field(None, title="Party", description="The same in the register of parties.")
    on: Day | None = Field(None, title="On", description="The day they were told.")
    at: Text | None = Field(None, title="At", description="The time, where an hour counts.")
    reference: Text | None = Field(
        None, title="Reference", description="The number or letter under which they have it."
    )


class IncidentRecord(ResponseRecord):
    """An incident or near miss (8.2, 10.2)."""

    model_config = ConfigDict(title="incident")
    essentials: ClassVar[tuple[Essential, ...]] = (
        WHEN,
        WHO,
        Essential("nothing of what happened", ("description", "timeline")),
    )

    kind: (
        Literal["spill", "release", "exceedance", "fire", "flood", "breakdown", "near-miss", "other"] | None
    ) = Field(None, title="Kind", description="What sort of incident it was.")
    description: Text | None = Field(
        None, title="Description", description="What happened, where, and what was done at once."
    )
    location: Text | None = Field(None, title="Location", description="Where it happened.")
    aspects: tuple[AspectRef, ...] = Field((), title="Aspects", description="The aspects it belongs to.")
    substance: Text | None = Field(None, title="Substance", description="What got out.")
    quantity: Quantity | None = Field(None, title="Quantity", description="How much of it got out.")
    medium: Literal["air", "surface-water", "sewer", "groundwater", "soil", "contained", "none"] | None = (
        Field(
            None,
            title="Medium",
            description="Where it went; `contained` where it stayed in bund or building.",
        )
    )
    notifiable: Flag | None = Field(
        None, title="To be reported", description="Whether somebody outside has to be told of it."
    )
    reported_to: tuple[Told, ...] = Field(
        (), title="Reported to", description="Who outside was told, when, and under which number."
    )
    cause: Text | None = Field(None, title="Cause", description="Why it happened, as far as was found.")
    investigated_on: Day | None = Field(
        None, title="Investigated on", description="The day the investigation was done."
    )
    nonconformity: NonconformityRef | None = Field(
        None, title="Nonconformity", description="The nonconformity that was raised."
    )
    no_action_reason: Text | None = Field(
        None, title="Why nothing more is done", description="The reason, where no action follows from it."
    )

    @property
    def closed(self) -> bool:
        """Once it is investigated, and actions follow or it says why not."""
        follows = bool(self.actions or self.nonconformity or self.no_action_reason)
        return self.investigated_on is not None and follows
