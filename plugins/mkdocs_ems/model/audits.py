"""Internal audit: the programme of a cycle, each audit, and what it found (9.2).

The programme is a plan under issue control; audits and findings are evidence. A planned audit
names the id that its record will have, and the record names its programme: so the programme
stays as it was approved when an audit of it has been made.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import (
    ActionRef,
    AnyRef,
    AuditRef,
    ChecklistRef,
    ClauseRef,
    Day,
    FindingRef,
    FollowedUpRef,
    Id,
    ImprovementRef,
    NonconformityRef,
    OwnerRef,
    PeriodText,
    ProcessRef,
    ProgrammeRef,
    Text,
)
from mkdocs_ems.model.organisation import RowStatus
from mkdocs_ems.model.records import WHEN, Essential, Record
from mkdocs_ems.model.risks import Acceptance
from mkdocs_ems.model.shapes import Entity, Shape

StandardKey = Literal["iso14001", "iso9001", "iso45001"]

NONCONFORMING = frozenset({"major", "minor"})
"""Grades of findings that say that a requirement was not met."""


class PlannedAudit(Shape):
    """One audit of a programme: when, and what it will look at."""

    model_config = ConfigDict(title="planned audit")

    audit: Id | None = Field(
        None, title="Audit", description="The id that the record of the audit has, or will have."
    )
    title: Text | None = Field(None, title="Title", description="What the audit is called.")
    month: PeriodText | None = Field(
        None, title="Month", description="When it is made: a month such as 2026-03, a quarter or a day."
    )
    processes: tuple[ProcessRef, ...] = Field((), title="Processes", description="The processes it looks at.")
    clauses: tuple[ClauseRef, ...] = Field(
        (), title="Clauses", description="The clauses it looks at, by number; one with parts stands for them."
    )
    sites: tuple[Text, ...] = Field(
        (), title="Sites", description="The sites it looks at; where there is only one, that one without."
    )
    shifts: tuple[Text, ...] = Field(
        (), title="Shifts", description="The shifts it looks at, as ems.yml has them."
    )
    standards: tuple[StandardKey, ...] = Field(
        (), title="Standards", description="The standards it audits against; ISO 14001 without."
    )
    auditors: tuple[OwnerRef, ...] = Field(
        (), title="Auditors", description="Who makes it: people, or roles where that is not settled yet."
    )
    moved_from: PeriodText | None = Field(
        None, title="Moved from", description="When it was planned before, where it was put off."
    )
    reason: Text | None = Field(
        None, title="Reason", description="Why it was put off or given up, or why it is made at all."
    )
    cancelled: Day | None = Field(None, title="Given up on", description="The day it was given up.")


class AuditProgrammeRow(Entity):
    """An audit programme for one cycle (9.2.2)."""

    model_config = ConfigDict(title="audit programme")

    status: RowStatus | None = Field(
        None, title="Status", description="Whether it is planned, active or withdrawn."
    )
    cycle_from: Day | None = Field(None, title="Cycle from", description="The first day of the cycle.")
    cycle_to: Day | None = Field(None, title="Cycle to", description="The last day of the cycle.")
    frequency: Text | None = Field(
        None, title="Frequency", description="How often what is audited, in a sentence."
    )
    methods: Text | None = Field(
        None, title="Methods", description="How audits are made: on site, by interview, by samples."
    )
    responsibilities: Text | None = Field(
        None, title="Responsibilities", description="Who plans, makes, follows up and answers for audits."
    )
    planning: Text | None = Field(
        None, title="Planning", description="What each audit needs before it begins, and who agrees to it."
    )
    reporting: Text | None = Field(
        None, title="Reporting", description="To whom results are reported, in what form and by when."
    )
    risk_basis: Text | None = Field(
        None,
        title="Risk basis",
        description="Why what is audited more or less often: importance, changes, earlier results.",
    )
    planned: tuple[PlannedAudit, ...] = Field(
        (), title="Planned audits", description="Each audit of the cycle, planned or made."
    )


class AuditTeam(Shape):
    """Who makes an audit."""

    model_config = ConfigDict(title="audit team")

    lead: OwnerRef | None = Field(None, title="Lead", description="Who leads the audit.")
    auditors: tuple[OwnerRef, ...] = Field((), title="Auditors", description="Who audits beside the lead.")
    external: tuple[Text, ...] = Field(
        (), title="From outside", description="Auditors from outside, by name or by their firm."
    )

    @property
    def own(self) -> tuple[str, ...]:
        """Everybody in it who is one of the organisation's people or roles."""
        return (*((self.lead,) if self.lead else ()), *self.auditors)


class AuditRecord(Record):
    """One audit: internal, or by somebody from outside (9.2)."""

    model_config = ConfigDict(title="audit")
    essentials: ClassVar[tuple[Essential, ...]] = (
        WHEN,
        Essential("nobody who made it", ("team", "by", "body")),
    )

    kind: Literal["internal", "external"] = Field(
        "internal",
        title="Kind",
        description="Internal, or external: by a certification body, a customer or an authority.",
    )
    body: Text | None = Field(None, title="Body", description="Whose audit it is, where it is not your own.")
    programme: ProgrammeRef | None = Field(
        None, title="Programme", description="The audit programme to which it belongs."
    )
    objectives: tuple[Text, ...] = Field(
        (), title="Objectives", description="What the audit shall find out (asked for by the 2026 edition)."
    )
    scope: Text | None = Field(None, title="Scope", description="What is looked at, and what is not.")
    criteria: tuple[Text, ...] = Field(
        (), title="Criteria", description="What it is judged by: standards, procedures, permits."
    )
    audited_clauses: tuple[ClauseRef, ...] = Field(
        (),
        title="Clauses audited",
        description="The clauses that were looked at, by number; one with parts stands for them.",
    )
    sites: tuple[Text, ...] = Field(
        (),
        title="Sites",
        description="The sites that were looked at; where there is only one, that one without.",
    )
    shifts: tuple[Text, ...] = Field(
        (), title="Shifts", description="The shifts that were looked at, as ems.yml has them."
    )
    documents: tuple[AnyRef, ...] = Field(
        (), title="Documents audited", description="The documents that were looked at."
    )
    team: AuditTeam | None = Field(None, title="Team", description="Who made it.")
    auditees: tuple[OwnerRef, ...] = Field((), title="Auditees", description="Who was audited.")
    plan: Text | None = Field(
        None, title="Plan", description="The day's plan, or the file in which it stands."
    )
    checklist: ChecklistRef | None = Field(
        None, title="Checklist", description="The form or procedure whose questions were asked."
    )
    method: Literal["on-site", "remote", "both"] | None = Field(
        None, title="Method", description="Whether the auditors came, or looked from elsewhere."
    )
    follows_up: tuple[FollowedUpRef, ...] = Field(
        (),
        title="Follows up",
        description="Earlier findings and nonconformities whose answer was looked at again.",
    )
    summary: Text | None = Field(None, title="Summary", description="What was seen, in a few sentences.")
    conclusion: Text | None = Field(
        None, title="Conclusion", description="Whether what was audited conforms, and is kept up and works."
    )
    no_findings_reason: Text | None = Field(
        None, title="Why no findings", description="What was sampled, where nothing at all was found."
    )
    reported_to: tuple[OwnerRef, ...] = Field(
        (), title="Reported to", description="The managers to whom the result was reported."
    )
    reported_on: Day | None = Field(None, title="Reported on", description="The day it was reported.")
    report: AnyRef | None = Field(
        None, title="Report", description="The report, where it is a document; a file stands under evidence."
    )

    @property
    def ended(self) -> Day | None:
        """The last day on which it was made; None before it was."""
        return self.period_end or self.date or self.period_start

    @property
    def closed(self) -> bool:
        """Once it is reported."""
        return self.reported_on is not None


class AuditFindingRecord(Record):
    """What an audit found: good, to be improved, or not as required (9.2, 10.2)."""

    model_config = ConfigDict(title="audit finding")
    essentials: ClassVar[tuple[Essential, ...]] = (
        Essential("no audit that found it", ("audit",)),
        Essential("nothing that was found", ("statement", "title")),
    )

    audit: AuditRef | None = Field(None, title="Audit", description="The audit that found it.")
    grade: Literal["major", "minor", "observation", "ofi", "good-practice"] | None = Field(
        None,
        title="Grade",
        description="A major or minor nonconformity, an observation, a chance to improve, or good practice.",
    )
    criterion: Text | None = Field(
        None, title="Criterion", description="The requirement it is judged by, in your own words."
    )
    criterion_clauses: tuple[ClauseRef, ...] = Field(
        (), title="Clauses of the criterion", description="The clauses it is judged by, by number."
    )
    statement: Text | None = Field(None, title="Statement", description="What was found.")
    evidence_types: tuple[Literal["interview", "observation", "document", "record"], ...] = Field(
        (), title="Kinds of evidence", description="Whether it was told, seen, or read."
    )
    area: Text | None = Field(None, title="Area", description="Where it was found.")
    auditee: OwnerRef | None = Field(None, title="Auditee", description="Who answers for what was audited.")
    nonconformity: NonconformityRef | None = Field(
        None, title="Nonconformity", description="The nonconformity that was raised for it."
    )
    improvement: ImprovementRef | None = Field(
        None, title="Improvement idea", description="The improvement idea that was made of it."
    )
    actions: tuple[ActionRef, ...] = Field((), title="Actions", description="What is done about it.")
    accepted: Acceptance | None = Field(
        None, title="Accepted", description="Who decided to leave it at that, when and why."
    )
    repeat_of: FindingRef | None = Field(
        None, title="Repeat of", description="The finding of an earlier audit that it repeats."
    )

    @property
    def closed(self) -> bool:
        """Once a nonconformity, an action or an idea answers it, or it is accepted; good practice at once."""
        answered = self.nonconformity or self.improvement or self.actions or self.accepted
        return bool(answered) or self.grade == "good-practice"
