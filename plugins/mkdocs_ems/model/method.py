"""How an aspect's significance is judged: the shape of `significance:` in `ems.yml`.

Everything here is declared data. Formulas and conditions are expressions of the small
language of `syntax`; whether they fit one another is judged in `method_faults`.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, PlainValidator
from pydantic_core import PydanticCustomError

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Route
from mkdocs_ems.model.fields import Form, MethodRef, Number, Text, Whole
from mkdocs_ems.model.shapes import Shape


def _cells(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise PydanticCustomError("cells", "cells")
    return value


Cells = Annotated[dict[str, Any], Form("cells"), PlainValidator(_cells)]
"""A table of words: nested by the values of one criterion after the other. Its inside is judged later."""


class Scale(Shape):
    """One criterion of the significance method: its allowed values, with words for each.

    A value is a number, or a word. Words count in a formula by their `points`; without
    points they can only be compared, as in `legal == "yes"`.
    """

    model_config = ConfigDict(title="scale")

    title: Text | None = Field(None, title="Title", description="What the criterion is called.")
    values: dict[str, Text] = Field(title="Values", description="Each allowed value and what it means.")
    points: dict[str, Number] = Field(
        default_factory=dict, title="Points", description="What a word counts in the formula."
    )


class Band(Shape):
    """A named band of scores: from this score upward."""

    model_config = ConfigDict(title="band")

    label: Text = Field(title="Label", description="What scores in the band are called.")
    from_: Annotated[Number, Field(alias="from", title="From", description="The lowest score in the band.")]


class Lookup(Shape):
    """A table that is looked up with the values of some criteria and gives a word or a number."""

    model_config = ConfigDict(title="lookup table")

    title: Text | None = Field(None, title="Title", description="What the table is called.")
    name: Text = Field(
        "rating", title="Name", description="What its result is called in formula and threshold."
    )
    criteria: tuple[Text, ...] = Field(
        title="Criteria", description="The criteria it is looked up with, in the order of its levels."
    )
    table: Cells = Field(
        title="Table",
        description="For each value of the first criterion the values of the next, down to the result.",
    )


class Rank(Shape):
    """The highest scores of the register are significant, however high they are."""

    model_config = ConfigDict(title="ranking")

    top: Annotated[Whole, Field(ge=1, le=100_000)] | None = Field(
        None, title="Top", description="How many of the highest scores are significant."
    )
    top_percent: Annotated[Number, Field(gt=0, le=100)] | None = Field(
        None,
        title="Top percent",
        description="How many of the highest scores are significant, in percent of all, rounded up.",
    )
    ties: Literal["in", "out"] = Field(
        "in",
        title="Ties",
        description="Whether all that share the last place are significant (in), or none of them (out).",
    )


class Always(Shape):
    """A condition that makes an aspect significant whatever its score."""

    model_config = ConfigDict(title="condition that always makes significant")

    when: Text = Field(title="When", description="The condition, such as limits > 0.")
    title: Text = Field(title="Title", description="The reason in words, such as A legal limit applies.")


class Judgement(Shape):
    """One way of judging: criteria, what is computed from them, and when that is significant."""

    model_config = ConfigDict(title="method")

    title: Text | None = Field(None, title="Title", description="What the method is called.")
    criteria: dict[str, Scale] = Field(
        default_factory=dict, title="Criteria", description="Each criterion by its name, with its scale."
    )
    lookup: Lookup | None = Field(
        None, title="Lookup", description="A table that is looked up with some of the criteria."
    )
    formula: Text | None = Field(
        None, title="Formula", description="The score, such as likelihood * severity."
    )
    threshold: Text | None = Field(
        None, title="Threshold", description="When an aspect is significant, such as score >= 12."
    )
    rank: Rank | None = Field(
        None, title="Rank", description="Instead of a threshold: the highest scores of the register."
    )
    bands: tuple[Band, ...] = Field((), title="Bands", description="Names for ranges of scores.")
    always_significant: tuple[Always, ...] = Field(
        (),
        title="Always significant",
        description="Conditions that make an aspect significant whatever its score.",
    )


Condition = Literal["normal", "abnormal", "emergency"]


class ConditionJudgement(Judgement):
    """The way of judging aspects in some conditions; it has the criteria of the whole method besides."""

    model_config = ConfigDict(title="method by condition")

    conditions: tuple[Condition, ...] = Field(
        title="Conditions", description="The conditions whose aspects are judged so."
    )


@dataclass(frozen=True, slots=True)
class Part:
    """One way of judging with what it has from the whole method."""

    route: Route
    """Where it stands below the method."""
    conditions: tuple[str, ...]
    """The conditions it is for; none: every aspect."""
    judgement: Judgement
    criteria: Mapping[str, Scale]
    always: tuple[Always, ...]


class Significance(Judgement):
    """How an aspect's significance is judged from its criteria.

    `formula` gives the score, `threshold` says when it is significant; both are expressions
    over the names of the criteria and what every aspect has: `condition` (a word),
    `obligations`, `permits` and `limits` (how many of these bear on it). `threshold` may use
    `score` and the result of `lookup`. With neither `threshold` nor `rank` people decide, row
    by row. `by_condition` declares separate methods, each for some of the conditions.
    """

    model_config = ConfigDict(title="significance method")

    document: MethodRef | None = Field(
        None, title="Document", description="The document that explains the method."
    )
    scored: Literal["before-controls", "after-controls"] = Field(
        "before-controls", title="Scored", description="Whether criteria are judged before or after controls."
    )
    by_condition: tuple[ConditionJudgement, ...] = Field(
        (), title="By condition", description="Separate methods, each for some of the conditions."
    )

    @property
    def parts(self) -> tuple[Part, ...]:
        """The ways of judging: one for all aspects, or one for each group of conditions."""
        if not self.by_condition:
            return (Part((), (), self, self.criteria, self.always_significant),)
        return tuple(
            Part(
                ("by_condition", number),
                one.conditions,
                one,
                {**self.criteria, **one.criteria},
                (*self.always_significant, *one.always_significant),
            )
            for number, one in enumerate(self.by_condition)
        )
