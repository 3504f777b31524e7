"""Gap analysis, and the certificate with what belongs to it.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import ActionRef, AuditRef, ClauseRef, Day, Number, Percent, PlanRef, Text, Whole
from mkdocs_ems.model.records import Evidence
from mkdocs_ems.model.shapes import Entity, Shape


class GapAssessmentRow(Entity):
    """How far one clause is met, and what is missing: a step on the way to a certificate."""

    model_config = ConfigDict(title="gap assessment")

    clause: ClauseRef | None = Field(None, title="Clause", description="The clause that was looked at.")
    requirement: Text | None = Field(
        None, title="Requirement", description="What it asks for, in your own words."
    )
    status: Literal["met", "partial", "not-met", "not-applicable"] | None = Field(
        None, title="Status", description="How far it is met."
    )
    current_practice: Text | None = Field(
        None, title="Practice", description="What is done today, also where nothing is written down."
    )
    evidence: tuple[Evidence, ...] = Field((), title="Evidence", description="What shows that it is met.")
    actions: tuple[ActionRef, ...] = Field((), title="Actions", description="What closes the gap.")
    due: Day | None = Field(None, title="Due", description="The day by which the gap shall be closed.")
    priority: Literal["legal", "significant", "quick-win", "other"] | None = Field(
        None, title="Priority", description="Why it comes before others."
    )
    progress: Percent | None = Field(None, title="Progress", description="How much is done, in per cent.")
    assessed_on: Day | None = Field(None, title="Assessed on", description="The day it was looked at.")


class CertificationEvent(Shape):
    """One audit of the certification body, planned or held."""

    model_config = ConfigDict(title="event of the certification")

    kind: Literal["stage-1", "stage-2", "surveillance", "recertification", "transition", "special"] | None = (
        Field(None, title="Kind", description="Which audit it is.")
    )
    planned: Day | None = Field(None, title="Planned for", description="The day it is booked for.")
    done: Day | None = Field(None, title="Held on", description="Its last day, once it was held.")
    days: Annotated[Number, Field(ge=0, le=1000)] | None = Field(
        None, title="Days", description="How many auditor days it takes."
    )
    audit: AuditRef | None = Field(None, title="Audit", description="Its record.")
    report: Text | None = Field(None, title="Report", description="Where its report is kept.")


class Transition(Shape):
    """The move to another edition."""

    model_config = ConfigDict(title="transition")

    edition: Literal["2026"] | None = Field(None, title="To", description="The edition that is moved to.")
    deadline: Day | None = Field(
        None,
        title="Deadline",
        description="The last day, as your certification body has confirmed it.",
    )
    plan: tuple[PlanRef, ...] = Field((), title="Plan", description="The plan for it.")
    actions: tuple[ActionRef, ...] = Field((), title="Actions", description="What is done for it.")


class CertificationRow(Entity):
    """A certificate, or the way to one (ISO/IEC 17021-1)."""

    model_config = ConfigDict(title="certification")

    status: Literal["planned", "valid", "suspended", "withdrawn", "expired"] | None = Field(
        None, title="Status", description="How it stands."
    )
    standard: Literal["iso14001", "iso9001", "iso45001"] = Field(
        "iso14001", title="Standard", description="The standard that is certified."
    )
    edition: Literal["2015", "2018", "2026"] | None = Field(
        None, title="Edition", description="The edition that is certified."
    )
    body: Text | None = Field(None, title="Body", description="The certification body.")
    accreditation_body: Text | None = Field(
        None, title="Accredited by", description="Who accredited the certification body."
    )
    accreditation_number: Text | None = Field(
        None, title="Accreditation", description="The number of its accreditation."
    )
    certificate: Text | None = Field(None, title="Certificate", description="The number of the certificate.")
    scope_text: Text | None = Field(None, title="Scope", description="The scope as the certificate has it.")
    decision_date: Day | None = Field(
        None, title="Decided on", description="The day of the decision to certify."
    )
    issued_on: Day | None = Field(None, title="Issued on", description="The day it was issued.")
    expires_on: Day | None = Field(None, title="Valid to", description="Its last day.")
    cycle_months: Annotated[Whole, Field(ge=1, le=120)] | None = Field(
        None,
        title="Months of a cycle",
        description="How long it holds, where not three years.",
    )
    events: tuple[CertificationEvent, ...] = Field(
        (), title="Audits", description="The audits of the certification body, planned and held."
    )
    transition: Transition | None = Field(
        None, title="Transition", description="The move to a newer edition, its deadline and plan."
    )
