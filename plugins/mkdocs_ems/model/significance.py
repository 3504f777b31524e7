"""Significance of aspects, judged by the organisation's own method, with its reasons.

Pure: aspects and the method in, an `Assessment` for each out. Whatever is wrong with either
is data in `Assessment.problems`; rules turn those into findings. Nothing here raises. All
aspects are judged at once, since a method may rank them; equal ratings are judged once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mkdocs_ems.model.aspects import AspectRow
from mkdocs_ems.model.assessment import Assessment, Linked, Place, Problem, ProblemKind
from mkdocs_ems.model.method import Significance
from mkdocs_ems.model.prepared import Prepared, prepare
from mkdocs_ems.model.ranking import ranked
from mkdocs_ems.model.rating import Working, work
from mkdocs_ems.model.syntax import ExpressionError
from mkdocs_ems.model.verdict import concluded

__all__ = ["Assessment", "Linked", "ProblemKind", "assess", "assess_all"]


def assess(aspect: AspectRow, method: Significance | None, *, linked: Linked | None = None) -> Assessment:
    """Judge one aspect as if it were the only one in its register.

    Args:
        aspect: its `criteria`, `condition`, `override` and declared results are read.
        method: as `ems.yml` declares it; None where it declares none.
        linked: what bears on it; without, the obligations that it names itself.
    """
    return assess_all([(aspect, linked or Linked(len(aspect.obligations)))], method)[0]


def assess_all(
    aspects: Sequence[tuple[AspectRow, Linked]], method: Significance | None
) -> tuple[Assessment, ...]:
    """Judge the aspects of a register, each with what bears on it; withdrawn ones are not ranked."""
    prepared = _prepared(method)
    known: dict[object, Working] = {}
    workings: list[Working] = []
    for aspect, linked in aspects:
        rating = (*aspect.criteria.items(), aspect.condition, linked)
        working = known.get(rating)
        if working is None:
            working = known[rating] = work(aspect, linked, prepared)
        workings.append(working)
    places = _places(aspects, workings, prepared)
    concluding: dict[object, Assessment] = {}
    done: list[Assessment] = []
    for index, (aspect, _) in enumerate(aspects):
        working, place = workings[index], places.get(index)
        # This is all that a conclusion reads.
        declared = (aspect.override, aspect.score, aspect.significant, aspect.rationale is None)
        key = (id(working), place, aspect.status == "withdrawn", declared)
        assessment = concluding.get(key)
        if assessment is None:
            assessment = concluding[key] = concluded(aspect, working, place)
        done.append(assessment)
    return tuple(done)


def _prepared(method: Significance | None) -> Prepared | Problem:
    if method is None:
        return Problem(ProblemKind.NO_METHOD, "ems.yml declares no method of significance", ("criteria",))
    try:
        return prepare(method)
    except ExpressionError as error:
        return Problem(ProblemKind.BAD_METHOD, f"the method cannot be read: {error}", ())


def _places(
    aspects: Sequence[tuple[AspectRow, Linked]], workings: Sequence[Working], prepared: Prepared | Problem
) -> Mapping[int, Place]:
    """The place of each aspect that a way of judging ranks, by its position."""
    found: dict[int, Place] = {}
    for way in prepared.ways if isinstance(prepared, Prepared) else ():
        if way.rank is None:
            continue
        scores = {
            index: working.score
            for index, working in enumerate(workings)
            if working.way is way and working.score is not None and aspects[index][0].status != "withdrawn"
        }
        found |= ranked(scores, way.rank)
    return found
