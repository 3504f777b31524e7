"""What an assessment of significance says, as values: the verdict, how it follows, what is wrong.

Made in `significance`; read by rules, pages and exports. Nothing here computes.
"""

from __future__ import annotations

from enum import StrEnum

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Route


class ProblemKind(StrEnum):
    """Why significance could not be judged as the method says."""

    NO_METHOD = "no-method"
    """`ems.yml` declares none."""
    BAD_METHOD = "bad-method"
    """Its expressions or tables cannot be used: SCH001 in `ems.yml` says so already."""
    MISSING_CRITERION = "missing-criterion"
    """The aspect has no value for something that the method asks for."""
    UNKNOWN_CRITERION = "unknown-criterion"
    """The aspect has a value for something that the method does not know."""
    OUTSIDE_SCALE = "outside-scale"
    """A value that the criterion's scale does not have."""
    NOT_COMPUTABLE = "not-computable"
    """The formula divides by zero or grows too large for these values."""
    MISSING_JUDGEMENT = "missing-judgement"
    """The method leaves the verdict to people, and nobody gave it."""
    MISSING_RATIONALE = "missing-rationale"
    """People judged, and nobody wrote down why."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, with a plain message and its route below the aspect's row."""

    kind: ProblemKind
    message: str
    route: Route
    help: str | None = None
    criteria: tuple[str, ...] = ()
    """The names that it is about."""
    key: bool = False
    """The name is at fault rather than its value."""


@dataclass(frozen=True, slots=True)
class Linked:
    """How much bears on an aspect, through links in either direction."""

    obligations: int = 0
    permits: int = 0
    """Permits, licences, consents and registrations among them."""
    limits: int = 0
    """Limits among the conditions of all of them."""


@dataclass(frozen=True, slots=True)
class Place:
    """An aspect's place among those that the same method ranks, the highest score first."""

    rank: int
    """1 for the highest; aspects of equal score share a place."""
    of: int
    """How many have a score."""
    sharing: int
    """How many others share the place."""
    first: int
    """How many places are significant."""
    among: bool
    """Whether this one is."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the method says of one aspect."""

    score: float | None = None
    """None where the method gives none, or where it could not be computed."""
    rating: str | None = None
    """What the lookup table gives: a word, or a number as text."""
    place: Place | None = None
    """For a method that ranks."""
    significant: bool | None = None
    """The verdict that counts: the override's, else the method's, else (without one) the judgement's."""
    by_method: bool | None = None
    """The method's verdict, before any override."""
    always: tuple[str, ...] = ()
    """The conditions that hold and make it significant whatever the score, in the method's words."""
    judged: bool = False
    """The method leaves the verdict to people, and this is theirs."""
    band: str | None = None
    overridden: bool = False
    score_differs: bool = False
    """A declared score is not the computed one, rounding aside."""
    significance_differs: bool = False
    """A declared verdict is not the one that counts."""
    computation: str = ""
    """In words: `likelihood 3 × severity 5 = 15; significant because score ≥ 12`."""  # noqa: RUF001 - the sign that readers know
    problems: tuple[Problem, ...] = ()
