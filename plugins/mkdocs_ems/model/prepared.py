"""A significance method made ready to judge by: expressions read, tables laid out, ranks counted.

Made once for a register. Nothing here looks at an aspect.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

from mkdocs_ems import dataclass
from mkdocs_ems.model.expressions import Value
from mkdocs_ems.model.method import Part, Rank, Scale, Significance
from mkdocs_ems.model.scales import cells, number_of
from mkdocs_ems.model.syntax import Expression, parse

BOUND = ("condition", "obligations", "permits", "limits")
"""Names of the language that every aspect binds, beside its criteria."""


@dataclass(frozen=True, slots=True)
class Table:
    """A lookup table: the result for the values of its criteria."""

    name: str
    criteria: tuple[str, ...]
    cells: Mapping[tuple[str, ...], Value]

    @property
    def gives_numbers(self) -> bool:
        """Whether its results are numbers, and so a score where there is no formula."""
        return all(isinstance(one, Fraction) for one in self.cells.values())


@dataclass(frozen=True, slots=True)
class Way:
    """One way of judging, ready."""

    number: int
    criteria: Mapping[str, Scale]
    table: Table | None
    formula: Expression | None
    threshold: Expression | None
    rank: Rank | None
    bands: tuple[tuple[Fraction, str], ...]
    """From the lowest score upward."""
    always: tuple[tuple[str, Expression], ...]
    """Title and condition."""

    @property
    def left_to_people(self) -> bool:
        """Nothing computes the verdict."""
        return self.threshold is None and self.rank is None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A whole method, ready."""

    ways: tuple[Way, ...]
    by_condition: Mapping[str, Way]
    """Empty where one way is for all aspects."""

    def way(self, condition: str | None) -> Way | None:
        """How aspects in a condition are judged; None where no way is for it."""
        return self.by_condition.get(condition or "") if self.by_condition else self.ways[0]


def prepare(method: Significance) -> Prepared:
    """Make a method ready.

    Raises:
        ExpressionError: An expression of it cannot be read.
    """
    ways = tuple(_way(number, part) for number, part in enumerate(method.parts))
    found: dict[str, Way] = {}
    for part, way in zip(method.parts, ways, strict=True):
        for condition in part.conditions:
            found.setdefault(condition, way)
    return Prepared(ways, found)


def _way(number: int, part: Part) -> Way:
    one = part.judgement
    return Way(
        number=number,
        criteria=part.criteria,
        table=table(part),
        formula=parse(one.formula) if one.formula else None,
        threshold=parse(one.threshold) if one.threshold else None,
        rank=one.rank,
        bands=tuple(sorted((Fraction(str(band.from_)), band.label) for band in one.bands)),
        always=tuple((always.title, parse(always.when)) for always in part.always),
    )


def table(part: Part) -> Table | None:
    """The lookup table of one way of judging, as far as it is sound."""
    lookup = part.judgement.lookup
    if lookup is None:
        return None
    found: dict[tuple[str, ...], Value] = {}
    for words, result in cells(lookup, part.criteria):
        number = number_of(result)
        found.setdefault(words, result if number is None else number)
    return Table(lookup.name, lookup.criteria, found)


def places(rank: Rank, of: int) -> int:
    """How many places are significant among so many aspects."""
    if rank.top_percent is None:
        return min(rank.top or 0, of)
    return math.ceil(Fraction(str(rank.top_percent)) * of / 100)
