"""What people have to be able to do and to know: competences and awareness (7.2, 7.3).

Who needs a competence follows from the roles that people hold, who has it from the records of
training; both are worked out in `competence`, never typed here.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import (
    AspectRef,
    Day,
    Every,
    ObligationRef,
    ProviderRef,
    RoleRef,
    TellingRef,
    Text,
    Whole,
)
from mkdocs_ems.model.organisation import Employer, RowStatus
from mkdocs_ems.model.shapes import Entity

AwarenessItem = Literal["policy", "significant-aspects", "contribution", "consequences", "emergency"]
"""What people have to be aware of."""

_STATUS = "Whether it is planned, active or withdrawn."


class CompetenceRow(Entity):
    """A competence that some roles need (7.2)."""

    model_config = ConfigDict(title="competence")

    status: RowStatus | None = Field(None, title="Status", description=_STATUS)
    requirement: Text | None = Field(
        None,
        title="Requirement",
        description="What somebody has to know or be able to do, and how that is shown.",
    )
    criteria: tuple[Literal["education", "training", "experience", "certificate"], ...] = Field(
        (), title="Criteria", description="By what it is acquired: any of these is enough."
    )
    required_by_roles: tuple[RoleRef, ...] = Field(
        (), title="Required by", description="The roles that need it; a role may name it as well."
    )
    validity_months: Annotated[Whole, Field(ge=1, le=1200)] | None = Field(
        None,
        title="Valid for so many months",
        description="How long it holds after it was shown; for good without.",
    )
    legal_basis: tuple[ObligationRef, ...] = Field(
        (),
        title="Legal basis",
        description="The obligations that ask for it, or that one has to know for it.",
    )


class AwarenessRow(Entity):
    """Who is made aware of what (7.3): a row of the awareness matrix."""

    model_config = ConfigDict(title="row of the awareness matrix")

    status: RowStatus | None = Field(None, title="Status", description=_STATUS)
    audience: Text | None = Field(None, title="Audience", description="Who is told, in words.")
    roles: tuple[RoleRef, ...] = Field(
        (), title="Roles", description="The roles that belong to the audience."
    )
    employers: tuple[Employer, ...] = Field(
        (),
        title="Employers",
        description="Everybody who is own staff, a contractor's or an agency's, whatever the role.",
    )
    providers: tuple[ProviderRef, ...] = Field(
        (), title="Providers", description="The firms whose people belong to the audience."
    )
    items: tuple[AwarenessItem, ...] = Field(
        (), title="Told about", description="What they are made aware of."
    )
    aspects: tuple[AspectRef, ...] = Field(
        (),
        title="Aspects",
        description="The significant aspects they are told about; without, those of its processes, else all.",
    )
    method: Text | None = Field(None, title="Method", description="How they are told, and whether it stuck.")
    date: Day | None = Field(None, title="Last told", description="The day they were last told.")
    repeat: Every | None = Field(None, title="Repeated every", description="How often they are told again.")
    records: tuple[TellingRef, ...] = Field(
        (), title="Records", description="The records of training and communication that show it."
    )
