"""What is said to whom (7.4): the plan of communication, and the log of what was said and heard.

Whether something is still to be answered, and which report answers which duty, is worked out
from what stands here; see `reporting`.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import (
    AnyRef,
    Day,
    Flag,
    NonconformityRef,
    ObligationRef,
    OwnerRef,
    PartyRef,
    PeriodText,
    PlannedCommunicationRef,
    RoleRef,
    Text,
)
from mkdocs_ems.model.figures import Figure
from mkdocs_ems.model.organisation import RowStatus
from mkdocs_ems.model.records import WHEN, WHO, Essential, Record
from mkdocs_ems.model.shapes import Entity

ASKING = frozenset({"complaint", "enquiry"})
"""What comes in and wants an answer, whether or not a day is written by which."""


class PlannedCommunicationRow(Entity):
    """Something that is communicated as a matter of course (7.4.1): a row of the communication plan."""

    model_config = ConfigDict(title="planned communication")

    status: RowStatus | None = Field(
        None, title="Status", description="Whether it is planned, active or withdrawn."
    )
    what: Text | None = Field(None, title="What", description="What is communicated.")
    direction: Literal["internal", "external"] | None = Field(
        None, title="Internal or external", description="Whether it stays inside or goes outside."
    )
    audience: Text | None = Field(None, title="Audience", description="With whom, in words.")
    parties: tuple[PartyRef, ...] = Field(
        (), title="Interested parties", description="The interested parties it goes to."
    )
    roles: tuple[RoleRef, ...] = Field((), title="Roles", description="The roles it goes to.")
    when: Text | None = Field(None, title="When", description="When, or how often.")
    how: Text | None = Field(None, title="How", description="By what means.")
    who: OwnerRef | None = Field(None, title="Who", description="Who communicates it.")
    obligations: tuple[ObligationRef, ...] = Field(
        (), title="Compliance obligations", description="The obligations that ask for it."
    )
    policy_commitments: tuple[Text, ...] = Field(
        (), title="Policy commitments", description="The commitments of the policy that it serves."
    )

    @property
    def name(self) -> str:
        """The title, else what is communicated."""
        return self.title or self.what or self.id or "(no title)"


class CommunicationRecord(Record):
    """Something that was said or heard (7.4): an entry of the communication log."""

    model_config = ConfigDict(title="communication")
    essentials: ClassVar[tuple[Essential, ...]] = (
        WHEN,
        WHO,
        Essential("nothing that it was about", ("subject", "title")),
        Essential("not whether it came in, went out or stayed inside", ("direction",)),
    )

    direction: Literal["in", "out", "internal"] | None = Field(
        None, title="Direction", description="Whether it came in, went out, or stayed inside."
    )
    kind: (
        Literal[
            "complaint",
            "enquiry",
            "report",
            "notice",
            "permit-correspondence",
            "campaign",
            "briefing",
            "suggestion",
        ]
        | None
    ) = Field(None, title="Kind", description="What sort of communication it is.")
    parties: tuple[PartyRef, ...] = Field(
        (), title="Interested parties", description="Who it came from or went to."
    )
    roles: tuple[RoleRef, ...] = Field((), title="Roles", description="The roles that were told.")
    others: Text | None = Field(
        None, title="With whom", description="Who else it was with, where they stand in no register."
    )
    subject: Text | None = Field(None, title="Subject", description="What it was about.")
    about: tuple[AnyRef, ...] = Field(
        (),
        title="About",
        description="The policy, aspects, obligations, objectives or documents it dealt with.",
    )
    plan: PlannedCommunicationRef | None = Field(
        None, title="Planned as", description="The row of the communication plan that it carries out."
    )
    obligation: ObligationRef | None = Field(
        None, title="Compliance obligation", description="The obligation that it meets, such as a report."
    )
    condition: Text | None = Field(
        None, title="Condition", description="The reference of the obligation's condition that it meets."
    )
    period: PeriodText | None = Field(
        None,
        title="Period",
        description="The period that a report is on, such as 2025 or 2026-Q2; half a year by From and To.",
    )
    figures: tuple[Figure, ...] = Field(
        (), title="Figures", description="The figures it gave, each by its indicator."
    )
    response_due: Day | None = Field(
        None, title="Answer due", description="The day by which it has to be answered."
    )
    responded_on: Day | None = Field(None, title="Answered on", description="The day it was answered.")
    response: Text | None = Field(None, title="Answer", description="What was answered.")
    decision: Text | None = Field(
        None,
        title="Decision",
        description="What is disclosed, of significant aspects too; or why no answer is given.",
    )
    nonconformity_needed: Flag | None = Field(
        None, title="Is it a nonconformity?", description="What was decided about a complaint: yes or no."
    )
    nonconformity: NonconformityRef | None = Field(
        None, title="Nonconformity", description="The nonconformity that was raised."
    )

    @property
    def name(self) -> str:
        """Its title, else what it was about."""
        return self.title or self.subject or self.id or "(no title)"

    @property
    def asks(self) -> bool:
        """Whether it came in and wants an answer."""
        return self.direction == "in" and (self.kind in ASKING or self.response_due is not None)

    @property
    def answered(self) -> bool:
        """Whether nothing is left to answer: it never asked, was answered, or a decision says why not."""
        return not self.asks or self.responded_on is not None or self.decision is not None

    @property
    def decided(self) -> bool:
        """Whether it is known if it is a nonconformity; only complaints have to say so."""
        return (
            self.kind != "complaint"
            or self.nonconformity is not None
            or self.nonconformity_needed is not None
        )

    @property
    def closed(self) -> bool:
        """Once it is answered and, for a complaint, decided whether it is a nonconformity."""
        return self.day is not None and self.answered and self.decided
