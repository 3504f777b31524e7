"""Records of training and competence (7.2): who learned or showed what, when, and whether it worked.

Until when somebody holds a competence is derived in `competence`; `valid_to` is written only
where a certificate says it.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import (
    AnyRef,
    CompetenceRef,
    Day,
    KnownRef,
    OwnerRef,
    PersonRef,
    ProviderRef,
    Text,
    Whole,
)
from mkdocs_ems.model.records import Essential, Record
from mkdocs_ems.model.shapes import Shape

# Each of the people is held against each of the competences.
_MOST_PEOPLE = 5_000
_MOST_COMPETENCES = 50


class TrainingEffectiveness(Shape):
    """Whether what was learned is done (7.2)."""

    model_config = ConfigDict(title="evaluation of a training")

    method: Literal["test", "observation", "interview"] | None = Field(
        None, title="Method", description="How it was found out."
    )
    result: Literal["effective", "partly", "not-effective"] | None = Field(
        None, title="Result", description="Whether people now do what they learned."
    )
    date: Day | None = Field(None, title="Date", description="The day it was found out.")
    by: OwnerRef | None = Field(None, title="By", description="Who found it out.")
    note: Text | None = Field(None, title="Note", description="What was seen, and what follows.")


class TrainingRecord(Record):
    """A training, an instruction or another proof of competence; several people may have attended (7.2)."""

    model_config = ConfigDict(title="training record")
    essentials: ClassVar[tuple[Essential, ...]] = (
        Essential("no date", ("date", "period_end", "planned_on")),
        Essential("nobody who held it", ("by", "trainer", "planned_on")),
        Essential("nobody who attended", ("people", "providers", "others")),
        Essential("nothing that it was about", ("subject", "competences", "document", "about")),
    )

    subject: Text | None = Field(None, title="Subject", description="What it was about, in words.")
    kind: (
        Literal["course", "on-the-job", "toolbox", "drill", "read-understood", "induction", "assessment"]
        | None
    ) = Field(
        None,
        title="Way",
        description="How it was learned; an assessment finds education or experience to be enough.",
    )
    people: tuple[PersonRef, ...] = Field(
        (), title="People", description="Who attended.", max_length=_MOST_PEOPLE
    )
    providers: tuple[ProviderRef, ...] = Field(
        (), title="Providers", description="The firms whose people attended."
    )
    others: Text | None = Field(
        None,
        title="Others",
        description="Who else attended, where they stand in no register: a shift, a firm.",
    )
    competences: tuple[CompetenceRef, ...] = Field(
        (),
        title="Competences",
        description="The competences that it gives or shows.",
        max_length=_MOST_COMPETENCES,
    )
    about: tuple[AnyRef, ...] = Field(
        (), title="About", description="The aspects, obligations, objectives or scenarios it dealt with."
    )
    document: KnownRef | None = Field(
        None, title="Document", description="The document that was read and understood."
    )
    issue: Annotated[Whole, Field(ge=1)] | None = Field(
        None, title="Issue", description="The number of the issue that was read."
    )
    trainer: Text | None = Field(
        None, title="Trainer", description="Who taught it, where that is nobody of the register."
    )
    planned_on: Day | None = Field(
        None, title="Planned for", description="The day it is planned for, while it has not taken place."
    )
    result: Literal["passed", "failed", "attended"] | None = Field(
        None, title="Result", description="Whether those who attended showed that they can do it."
    )
    failed: tuple[PersonRef, ...] = Field(
        (), title="Did not pass", description="Those who attended and did not pass, where the others did."
    )
    valid_to: Day | None = Field(
        None, title="Valid to", description="The last day it holds, where the certificate says one."
    )
    effectiveness: TrainingEffectiveness | None = Field(
        None, title="Effectiveness", description="Whether people now do what they learned."
    )

    @property
    def name(self) -> str:
        """Its title, else what it was about."""
        return self.title or self.subject or self.id or "(no title)"

    @property
    def evaluated(self) -> bool:
        """Whether it was found out that it worked, or not."""
        return self.effectiveness is not None and self.effectiveness.result is not None

    @property
    def to_evaluate(self) -> bool:
        """Whether something was done to acquire a competence: whether that worked has to be found out."""
        return bool(self.competences) and self.kind != "assessment"

    @property
    def closed(self) -> bool:
        """Once it has taken place and, where it was to give a competence, its effect is evaluated."""
        return self.day is not None and (self.evaluated or not self.to_evaluate)
