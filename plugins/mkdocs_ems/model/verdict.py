"""From what the method gives to the verdict that counts, with all its words.

The order of precedence: an override, then what is always significant, then the threshold or
the rank, then (where the method has neither) the judgement that the row declares.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.model.aspects import AspectRow
from mkdocs_ems.model.assessment import Assessment, Place, Problem, ProblemKind
from mkdocs_ems.model.rating import Working
from mkdocs_ems.model.saying import value_words
from mkdocs_ems.text import plural

_NO_METHOD = ProblemKind.NO_METHOD


def concluded(aspect: AspectRow, worked: Working, place: Place | None) -> Assessment:
    """The assessment of one aspect.

    Args:
        aspect: its override and what it declares are read.
        worked: what the method gives for its rating.
        place: its place, where the method ranks.
    """
    by_method = worked.by_threshold if place is None else place.among
    by_method = True if worked.always else by_method
    significant = by_method
    none = _NO_METHOD in (one.kind for one in worked.problems)
    left = none or (worked.way is not None and worked.way.left_to_people)
    judged = left and by_method is None and aspect.significant is not None
    if aspect.override is not None:
        significant, judged = aspect.override.value, False
    elif judged:
        significant = aspect.significant
    problems = list(worked.problems)
    if left and not none and aspect.override is None and by_method is None:
        problems += _unjudged(aspect)
    declared = aspect.significant
    return Assessment(
        score=None if worked.score is None else float(worked.score),
        rating=None if worked.rating is None else value_words(worked.rating),
        place=place,
        significant=significant,
        by_method=by_method,
        always=tuple(title for title, _ in worked.always),
        judged=judged,
        band=_band(worked),
        overridden=aspect.override is not None,
        score_differs=aspect.score is not None
        and worked.score is not None
        and not _same(aspect.score, float(worked.score)),
        significance_differs=declared is not None and significant is not None and declared != significant,
        computation="; ".join(_words(aspect, worked, place, judged=judged)),
        problems=tuple(problems),
    )


def _words(aspect: AspectRow, worked: Working, place: Place | None, *, judged: bool) -> Iterator[str]:
    yield from worked.words
    if place is not None:
        yield _place_words(place, ties=worked.way.rank.ties if worked.way and worked.way.rank else "in")
    elif worked.way is not None and worked.way.rank is not None and aspect.status == "withdrawn":
        yield "withdrawn, so not ranked"
    for title, why in worked.always:
        yield f"significant whatever the score: {title} ({why})"
    if worked.problems and not worked.words:
        none = worked.problems[0].kind is _NO_METHOD
        yield "no method is declared" if none else f"not computed: {worked.problems[0].message}"
    if aspect.override is not None:
        yield f"overridden: {_verdict(significant=aspect.override.value)}"
    elif judged:
        yield f"{_verdict(significant=aspect.significant is True)} by judgement"
    elif worked.way is not None and worked.way.left_to_people and not worked.always:
        yield "left to judgement, and not judged yet"


def _verdict(*, significant: bool) -> str:
    return "significant" if significant else "not significant"


def _place_words(place: Place, *, ties: str) -> str:
    shared = f", shared with {plural(place.sharing, 'other')}" if place.sharing else ""
    one = place.first == 1
    rule = "the first is significant" if one else f"the first {place.first} are significant"
    # Said only where it decides: the place that is shared lies across the line.
    if place.rank <= place.first < place.rank + place.sharing:
        tied = f", and all that tie with {'it' if one else 'the last of them'}"
        rule += tied if ties == "in" else ", but none that tie across that line"
    return f"ranked {place.rank} of {place.of}{shared}, {rule}"


def _unjudged(aspect: AspectRow) -> Iterator[Problem]:
    if aspect.significant is None:
        yield Problem(
            ProblemKind.MISSING_JUDGEMENT,
            "the method leaves the verdict to judgement, and none is written down",
            ("significant",),
            "add `significant: true` or `significant: false`, and `rationale: …` with the reasons",
        )
    elif aspect.rationale is None:
        yield Problem(
            ProblemKind.MISSING_RATIONALE,
            f"it is judged {_verdict(significant=aspect.significant)}, and no rationale says why",
            ("significant",),
            "add `rationale: …` with the reasons for the judgement",
        )


def _band(worked: Working) -> str | None:
    way = worked.way
    if way is None or worked.score is None:
        # A word from a table is the name of its own band.
        return worked.rating if isinstance(worked.rating, str) else None
    reached = [label for lowest, label in way.bands if lowest <= worked.score]
    if reached:
        return reached[-1]
    return worked.rating if isinstance(worked.rating, str) else None


def _same(declared: float, computed: float) -> bool:
    """Whether a declared score is the computed one, rounded to the decimals that were written."""
    decimals = len(repr(declared).partition(".")[2]) if declared != int(declared) else 0
    return abs(declared - computed) <= (0.5 * 10**-decimals if decimals else 0) + 1e-9
