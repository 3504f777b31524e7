"""Evaluations of compliance: what was looked at, by whom, with which result (9.1.2).

One record speaks of one obligation, or of some of its conditions; or, with the scope
`overall`, of where the organisation stands with all of them together. When the next one is
due follows from the obligation and is worked out in `compliance_status`.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import ActionRef, Day, NonconformityRef, ObligationRef, ProviderRef, Text
from mkdocs_ems.model.records import WHEN, Essential, Record

Result = Literal["compliant", "partial", "non-compliant", "not-applicable", "unknown"]
"""What an evaluation may come to."""


class ComplianceEvaluationRecord(Record):
    """One evaluation of compliance (9.1.2)."""

    model_config = ConfigDict(title="compliance evaluation")

    essentials: ClassVar[tuple[Essential, ...]] = (
        WHEN,
        Essential("nobody who evaluated", ("by", "evaluator", "provider")),
        Essential("no obligation that it is about", ("obligation", "scope")),
        Essential("no result", ("result",)),
    )

    scope: Literal["obligation", "overall"] | None = Field(
        None,
        title="Scope",
        description="Whether it is about one obligation, or states where the organisation stands with all.",
    )
    obligation: ObligationRef | None = Field(
        None, title="Obligation", description="The obligation that was evaluated."
    )
    conditions: tuple[Text, ...] = Field(
        (),
        title="Conditions",
        description="The conditions that were looked at, by reference; all of them where none is named.",
    )
    method: Literal["inspection", "records", "sampling", "third-party"] | None = Field(
        None, title="Method", description="How compliance was found out."
    )
    evaluator: Text | None = Field(
        None, title="Evaluator from outside", description="The firm or person from outside who evaluated."
    )
    provider: ProviderRef | None = Field(
        None, title="Provider", description="The external provider who evaluated."
    )
    result: Result | None = Field(None, title="Result", description="What the evaluation came to.")
    comment: Text | None = Field(
        None, title="Comment", description="What was looked at and found, and why the result is what it is."
    )
    nonconformities: tuple[NonconformityRef, ...] = Field(
        (), title="Nonconformities", description="The nonconformities that take up what is not met."
    )
    actions: tuple[ActionRef, ...] = Field((), title="Actions", description="The actions that were decided.")
    next_due: Day | None = Field(
        None,
        title="Again by",
        description="The day by which it is evaluated again, where that is sooner than usual.",
    )

    @property
    def closed(self) -> bool:
        """Once there is a result and what shows it."""
        return self.result is not None and self.shown

    @property
    def shown(self) -> bool:
        """Whether anything shows what it says."""
        return bool(self.evidence or self.links)

    @property
    def breach(self) -> bool:
        """Whether something is not met."""
        return self.result in ("partial", "non-compliant")
