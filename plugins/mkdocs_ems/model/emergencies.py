"""Emergency preparedness (8.2): scenarios, their equipment and contacts.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Annotated

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import (
    AspectRef,
    CompetenceRef,
    Day,
    Every,
    PartyRef,
    PlanRef,
    ProviderRef,
    ResponderRef,
    Text,
    Whole,
)
from mkdocs_ems.model.organisation import RowStatus
from mkdocs_ems.model.risks import Degree
from mkdocs_ems.model.shapes import Entity, Shape


class EmergencyEquipment(Shape):
    """Something kept ready for an emergency."""

    model_config = ConfigDict(title="piece of equipment")

    name: Text = Field(title="Equipment", description="What it is.")
    place: Text | None = Field(None, title="Place", description="Where it is kept.")
    check_interval: Every | None = Field(None, title="Checked every", description="How often it is checked.")
    last_checked: Day | None = Field(None, title="Last checked", description="The day it was last checked.")


class ExternalContact(Shape):
    """Somebody outside who is called in an emergency."""

    model_config = ConfigDict(title="contact")

    who: Text = Field(title="Who", description="Whom to call: a service or office rather than a person.")
    number: Text | None = Field(None, title="Number", description="The telephone number.")
    verified_on: Day | None = Field(
        None, title="Verified on", description="The day somebody last made sure that it is right."
    )


class EmergencyScenarioRow(Entity):
    """A potential emergency situation (8.2)."""

    model_config = ConfigDict(title="emergency scenario")

    status: RowStatus | None = Field(
        None, title="Status", description="Whether it is planned, active or withdrawn."
    )
    scenario: Text | None = Field(None, title="Scenario", description="What happens, in a sentence or two.")
    aspects: tuple[AspectRef, ...] = Field(
        (), title="Aspects", description="The aspects that come about in it."
    )
    location: Text | None = Field(None, title="Location", description="Where it would happen.")
    likelihood: Degree | None = Field(None, title="Likelihood", description="How likely it is, from 1 to 5.")
    consequence: Degree | None = Field(
        None, title="Consequence", description="How much it would do, from 1 to 5."
    )
    prevention: Text | None = Field(None, title="Prevention", description="What keeps it from happening.")
    response: tuple[PlanRef, ...] = Field(
        (), title="Response plan", description="The plan, procedure or instruction that is followed."
    )
    roles: tuple[ResponderRef, ...] = Field(
        (), title="Roles", description="The roles that have a part in the response."
    )
    competences: tuple[CompetenceRef, ...] = Field(
        (), title="Competences", description="What those who respond have to be able to do."
    )
    equipment: tuple[EmergencyEquipment, ...] = Field(
        (), title="Equipment", description="What is kept ready for it, and where."
    )
    external_contacts: tuple[ExternalContact, ...] = Field(
        (), title="Contacts", description="Who is called, and when the number was last verified."
    )
    notification: Text | None = Field(
        None, title="Notification", description="Who has to be told, by when, under which rule."
    )
    drill_interval_months: Annotated[Whole, Field(ge=1, le=120)] | None = Field(
        None, title="Drill every so many months", description="Months between two drills."
    )
    last_drill: Day | None = Field(
        None, title="Last drill", description="The day of the last drill, where none is kept as a record."
    )
    no_drill_reason: Text | None = Field(
        None, title="Why it is not practised", description="Why the response cannot be practised."
    )
    informs: tuple[PartyRef, ...] = Field(
        (),
        title="Who is informed",
        description="The interested parties that have to know of it before it happens.",
    )
    providers: tuple[ProviderRef, ...] = Field(
        (), title="Providers", description="The contractors that have a part in it or have to know of it."
    )
    no_informing_reason: Text | None = Field(
        None, title="Why nobody is informed", description="Why nobody outside has to know of it."
    )
