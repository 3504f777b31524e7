"""Who and where: people, roles and processes (4.4, 5.3).

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import (
    CompetenceRef,
    Day,
    Flag,
    PersonRef,
    ProcessRef,
    ProviderRef,
    RoleRef,
    Text,
)
from mkdocs_ems.model.shapes import Entity, Shape

RowStatus = Literal["planned", "active", "withdrawn"]

Employer = Literal["own", "contractor", "agency"]
"""Whose staff somebody is."""

_STATUS = "Whether it is planned, active or withdrawn."


class HeldRole(Shape):
    """A role that a person holds, between two days."""

    model_config = ConfigDict(title="held role")

    role: RoleRef = Field(title="Role", description="The role.")
    from_: Annotated[
        Day | None, Field(alias="from", title="From", description="First day; open without.")
    ] = None
    to: Day | None = Field(None, title="To", description="Last day; open without.")


class PersonRow(Entity):
    """A person or a pseudonym (5.3)."""

    model_config = ConfigDict(title="person")

    status: RowStatus | None = Field(None, title="Status", description=_STATUS)
    roles: tuple[HeldRole, ...] = Field(
        (), title="Roles", description="The roles the person holds, each with its dates."
    )
    employer: Employer | None = Field(
        None, title="Employer", description="Own staff, a contractor's or an agency's."
    )
    provider: ProviderRef | None = Field(
        None, title="Works for", description="The contractor or agency, where it is an external provider."
    )
    git_identities: tuple[Text, ...] = Field(
        (),
        title="Mail addresses in git",
        description="The addresses under which the person commits: they tell authors from approvers.",
    )
    forge_accounts: tuple[Text, ...] = Field(
        (), title="Forge accounts", description="The person's accounts where changes are reviewed."
    )
    end_date: Day | None = Field(None, title="Left on", description="The person's last day here.")


class Deputy(Shape):
    """Who stands in for a role, between two days."""

    model_config = ConfigDict(title="deputy")

    person: PersonRef = Field(title="Person", description="Who stands in.")
    from_: Annotated[
        Day | None, Field(alias="from", title="From", description="First day; open without.")
    ] = None
    to: Day | None = Field(None, title="To", description="Last day; open without.")


class RoleRow(Entity):
    """A role with its responsibilities and authorities (5.3)."""

    model_config = ConfigDict(title="role")

    status: RowStatus | None = Field(None, title="Status", description=_STATUS)
    responsibilities: tuple[Text, ...] = Field(
        (), title="Responsibilities", description="What the role has to see to."
    )
    authorities: tuple[Text, ...] = Field(
        (), title="Authorities", description="What the role may decide or stop."
    )
    required_for: tuple[
        Literal[
            "ems-conformity",
            "performance-reporting",
            "emergency-coordinator",
            "compliance",
            "document-control",
            "auditor",
        ],
        ...,
    ] = Field((), title="Required for", description="The duties of the standard that this role carries.")
    competences: tuple[CompetenceRef, ...] = Field(
        (), title="Competences", description="What whoever holds the role has to know or be able to do."
    )
    reports_to: RoleRef | None = Field(None, title="Reports to", description="The role above.")
    top_management: Flag = Field(
        default=False, title="Top management", description="Whether the role directs the organisation."
    )
    critical: Flag = Field(
        default=False, title="Critical", description="Whether the role must never be without a holder."
    )
    deputies: tuple[Deputy, ...] = Field(
        (), title="Deputies", description="Who stands in for the role, each with dates."
    )


class NoCondition(Shape):
    """A declared absence of abnormal or emergency conditions in a process."""

    model_config = ConfigDict(title="statement that there is no such condition")

    condition: Literal["abnormal", "emergency"] = Field(
        title="Condition", description="The condition that does not arise."
    )
    reason: Text = Field(title="Reason", description="Why it does not arise here.")


class ProcessRow(Entity):
    """A process of the organisation (4.4)."""

    model_config = ConfigDict(title="process")

    status: RowStatus | None = Field(None, title="Status", description=_STATUS)
    kind: Literal["core", "support", "management", "external"] | None = Field(
        None, title="Kind", description="Core, support, management, or run by others."
    )
    activities: tuple[Text, ...] = Field((), title="Activities", description="What is done in it.")
    inputs: tuple[Text, ...] = Field((), title="Inputs", description="What goes in.")
    outputs: tuple[Text, ...] = Field((), title="Outputs", description="What comes out.")
    equipment: tuple[Text, ...] = Field((), title="Equipment", description="What it is done with.")
    materials: tuple[Text, ...] = Field((), title="Materials", description="What is used up.")
    upstream: tuple[ProcessRef, ...] = Field((), title="Upstream", description="The processes before it.")
    downstream: tuple[ProcessRef, ...] = Field((), title="Downstream", description="The processes after it.")
    no_conditions: tuple[NoCondition, ...] = Field(
        (),
        title="Conditions that do not arise",
        description="Abnormal or emergency conditions that were considered and ruled out, with the reason.",
    )
