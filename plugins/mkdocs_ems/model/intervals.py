"""The organisation's own intervals, grace and thresholds: `intervals:` of `ems.yml`.

No law and no standard fixes any of them. What has a value here without being written down is
what is usual, and a rule that goes by it says so.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Annotated

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import Every, Interval, Whole
from mkdocs_ems.model.shapes import Shape


class Intervals(Shape):
    """The organisation's own intervals."""

    model_config = ConfigDict(title="set of intervals")

    review_warning_days: Annotated[Whole, Field(ge=0, le=3660)] = Field(
        30, title="Review warning in days", description="How long before a review is due it is announced."
    )
    review_every: Every | None = Field(
        None, title="Review every", description="How often documents are reviewed that do not say so."
    )
    context: Every | None = Field(
        None, title="Context", description="How often context issues and interested parties are reviewed."
    )
    aspects: Every | None = Field(
        None, title="Aspects", description="How often each aspect is assessed again."
    )
    sources: Every | None = Field(
        None, title="Sources of obligations", description="How often the text of an obligation is checked."
    )
    risks: Every | None = Field(
        None, title="Risks", description="How often each risk or opportunity is reviewed."
    )
    renewal_warning_days: Annotated[Whole, Field(ge=0, le=3660)] = Field(
        90, title="Renewal warning in days", description="How long before its end a permit is announced."
    )
    record_grace_days: Annotated[Whole, Field(ge=0, le=3660)] = Field(
        30,
        title="Grace for records in days",
        description="How long after its day a record may be written down.",
    )
    promise_grace_days: Annotated[Whole, Field(ge=0, le=366)] = Field(
        7,
        title="Grace for promised records in days",
        description="How long after its period a promised record may come in.",
    )
    reading_grace_days: Annotated[Whole, Field(ge=0, le=366)] = Field(
        15, title="Grace for readings in days", description="How long after its period a reading may come in."
    )
    correction_days: Annotated[Whole, Field(ge=0, le=366)] = Field(
        7,
        title="Days for a correction",
        description="How soon what was done about a nonconformity is written.",
    )
    nonconformity: Every = Field(
        Interval(months=3, days=0),
        title="Nonconformities",
        description="How long after it was found a nonconformity is closed that names no day.",
    )
    recurrence: Every = Field(
        Interval(months=24, days=0),
        title="Recurrence",
        description="How long after one was closed the same nonconformity counts as a repetition.",
    )
    improvement: Every = Field(
        Interval(months=12, days=0),
        title="Improvement",
        description="Within which time something has to show that the system gets better.",
    )
    change_update_days: Annotated[Whole, Field(ge=0, le=366)] = Field(
        30,
        title="Days for what a change touches",
        description="How long after a change was in place what it affects has been brought up to date.",
    )
    change_review: Every = Field(
        Interval(months=6, days=0),
        title="Review of changes",
        description="How long after it was in place a change is reviewed.",
    )
    check_grace_days: Annotated[Whole, Field(ge=0, le=366)] = Field(
        3,
        title="Grace for checks in days",
        description="How long after it was due a check, an upkeep or a drill may be made.",
    )
    control_evidence: Every = Field(
        Interval(months=12, days=0),
        title="Evidence of controls",
        description="Within which time something shows that a control works that says no interval.",
    )
    providers: Every | None = Field(
        None, title="External providers", description="How often each external provider is evaluated again."
    )
    drills: Every = Field(
        Interval(months=12, days=0),
        title="Drills",
        description="How often a response is practised whose scenario says no interval.",
    )
    response_evaluation_days: Annotated[Whole, Field(ge=0, le=366)] = Field(
        30,
        title="Days to evaluate a response",
        description="How soon after a drill or an incident it is evaluated.",
    )
    plan_review_days: Annotated[Whole, Field(ge=0, le=366)] = Field(
        60,
        title="Days to review a plan",
        description="How soon after a drill or an incident the response plan is looked at again.",
    )
    emergency_contacts: Every = Field(
        Interval(months=12, days=0),
        title="Emergency contacts",
        description="How often the numbers that are called in an emergency are verified.",
    )
    emergency_information: Every = Field(
        Interval(months=24, days=0),
        title="Information on emergencies",
        description="How often parties who have to know of an emergency are told of it again.",
    )
    method_change_days: Annotated[Whole, Field(ge=0, le=3660)] = Field(
        90,
        title="Days to assess by a new method",
        description="How long after the significance method changed aspects may rest on the earlier one.",
    )
    management_review: Every = Field(
        Interval(months=12, days=0),
        title="Management review",
        description="How often top management reviews the system.",
    )
    audit_report_days: Annotated[Whole, Field(ge=0, le=366)] = Field(
        30,
        title="Days for an audit's report",
        description="How soon after an audit its result is reported to management.",
    )
    evaluations: Every | None = Field(
        None,
        title="Evaluations of compliance",
        description="How often compliance with each obligation is evaluated that does not say so itself.",
    )
    compliance_status: Every | None = Field(
        None,
        title="Compliance status",
        description="How often it is stated how far all obligations together are met; yearly without.",
    )
    analyses: Every | None = Field(
        None,
        title="Analyses",
        description="After how long readings have to be analysed; a year without.",
    )
    training_evaluation_days: Annotated[Whole, Field(ge=0, le=3660)] = Field(
        90,
        title="Days to evaluate a training",
        description="How soon after a training it is found out whether people do what they learned.",
    )
    reading_days: Annotated[Whole, Field(ge=0, le=366)] = Field(
        30,
        title="Days to read a new issue",
        description="How soon those who have to know a document have read an issue that is in force.",
    )
    response_days: Annotated[Whole, Field(ge=0, le=366)] = Field(
        28,
        title="Days to answer",
        description="How soon complaints and enquiries are answered that name no day.",
    )
    awareness: Every | None = Field(
        None, title="Awareness", description="How often people are told again, where the matrix says nothing."
    )
    internal_communication: Every = Field(
        Interval(months=12, days=0),
        title="Internal communication",
        description="Within which time something was communicated inside.",
    )
    leadership: Every = Field(
        Interval(months=12, days=0),
        title="Leadership",
        description="Within which time a record shows that top management acted.",
    )
