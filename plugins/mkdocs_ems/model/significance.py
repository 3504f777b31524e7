"""Significance of an aspect, computed by the organisation's own method, with its reasons.

Pure: an aspect and the method in, an `Assessment` out. Whatever is wrong with either is
data in `Assessment.problems`; rules turn those into findings. Nothing here raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from mkdocs_ems.diagnostics import Route
from mkdocs_ems.model.aspects import AspectRow
from mkdocs_ems.model.expressions import Value, as_flag, as_number, evaluate, needed
from mkdocs_ems.model.saying import number_words, reason, spelled
from mkdocs_ems.model.settings import Scale, Significance
from mkdocs_ems.model.syntax import Expression, ExpressionError, parse
from mkdocs_ems.model.wording import quoted, short
from mkdocs_ems.text import did_you_mean, fold

BOUND = ("condition", "obligations")
"""Names of the language that every aspect binds, beside its criteria."""

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")


class ProblemKind(StrEnum):
    """Why significance could not be computed as the method says."""

    NO_METHOD = "no-method"
    """`ems.yml` declares none."""
    BAD_METHOD = "bad-method"
    """Its formula or threshold is no expression: SCH001 in `ems.yml` says so already."""
    MISSING_CRITERION = "missing-criterion"
    """The aspect has no value for something that the method asks for."""
    UNKNOWN_CRITERION = "unknown-criterion"
    """The aspect has a value for something that the method does not know."""
    OUTSIDE_SCALE = "outside-scale"
    """A value that the criterion's scale does not have."""
    NOT_COMPUTABLE = "not-computable"
    """The formula divides by zero or grows too large for these values."""


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
class Assessment:
    """What the method says of one aspect."""

    score: float | None = None
    """None without a formula, or where it could not be computed."""
    significant: bool | None = None
    """The verdict that counts: the override's, else the threshold's, else (without one) the declared one."""
    by_method: bool | None = None
    """The threshold's verdict, before any override."""
    band: str | None = None
    overridden: bool = False
    score_differs: bool = False
    """A declared score is not the computed one, rounding aside."""
    significance_differs: bool = False
    """A declared verdict is not the one that counts."""
    computation: str = ""
    """In words: `likelihood 3 × severity 5 = 15; significant because score ≥ 12`."""  # noqa: RUF001 - the sign that readers know
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Result:
    """What the method gives for some values, whichever aspect they come from."""

    score: float | None = None
    by_method: bool | None = None
    words: tuple[str, ...] = ()
    fault: str = ""


@dataclass(slots=True)
class _Working:
    """What is known while one aspect is assessed."""

    values: dict[str, Value]
    problems: list[Problem] = field(default_factory=list)
    result: _Result = field(default_factory=_Result)


def assess(aspect: AspectRow, method: Significance | None) -> Assessment:
    """Compute an aspect's score and significance and say how.

    Args:
        aspect: its `criteria`, `condition`, `obligations`, `override` and declared results are read.
        method: as `ems.yml` declares it; None where it declares none.
    """
    if method is None:
        problem = Problem(ProblemKind.NO_METHOD, "ems.yml declares no method of significance", ("criteria",))
        return _result(aspect, None, _Working({}, [problem]))
    working = _bind(aspect, method)
    try:
        formula = parse(method.formula) if method.formula else None
        threshold = parse(method.threshold) if method.threshold else None
    except ExpressionError as error:
        working.problems = [Problem(ProblemKind.BAD_METHOD, f"the method cannot be read: {error}", ())]
        return _result(aspect, method, working)
    if _nothing_missing(method, working, (formula, threshold)):
        names = (formula.names if formula else frozenset()) | (threshold.names if threshold else frozenset())
        bound = tuple((name, working.values[name]) for name in sorted(names & working.values.keys()))
        working.result = _computed(method.formula, method.threshold, bound)
        if working.result.fault:
            message = f"the method cannot be computed for these criteria: {working.result.fault}"
            working.problems.append(Problem(ProblemKind.NOT_COMPUTABLE, message, ("criteria",)))
    return _result(aspect, method, working)


def scale_value(scale: Scale, text: str) -> tuple[str, Value] | None:
    """The scale's own spelling of a value and what it counts; None where the scale has no such value."""
    key: str | None = text
    if text not in scale.values:
        number, folded = _number(text), fold(text)
        same = (one for one in scale.values if fold(one) == folded or (number and _number(one) == number))
        key = next(same, None)
    if key is None:
        return None
    points = scale.points.get(key)
    if points is not None:
        return key, Fraction(str(points))
    number = _number(key)
    return key, key if number is None else number


def _bind(aspect: AspectRow, method: Significance) -> _Working:
    values: dict[str, Value] = {"obligations": Fraction(len(aspect.obligations))}
    if aspect.condition is not None:
        values["condition"] = aspect.condition
    working = _Working(values)
    for name, text in aspect.criteria.items():
        scale = method.criteria.get(name)
        if scale is None:
            working.problems.append(_unknown(name, method, aspect))
            continue
        found = scale_value(scale, text)
        if found is None:
            allowed = ", ".join(scale.values)
            message = f"{short(name)} {short(text)} is outside its scale ({allowed})"
            route = ("criteria", name)
            problem = Problem(ProblemKind.OUTSIDE_SCALE, message, route, f"write one of {allowed}", (name,))
            working.problems.append(problem)
        else:
            values[name] = found[1]
    return working


def _unknown(name: str, method: Significance, aspect: AspectRow) -> Problem:
    near = did_you_mean(name[:80], [one for one in method.criteria if one not in aspect.criteria])
    message = f"{quoted(name)} is not a criterion of the method"
    return Problem(
        ProblemKind.UNKNOWN_CRITERION,
        message + (f'; did you mean "{near}"?' if near else ""),
        ("criteria", name),
        f"the method in ems.yml knows {', '.join(method.criteria) or 'no criteria'}",
        (name, near) if near else (name,),
        key=True,
    )


def _nothing_missing(
    method: Significance, working: _Working, expressions: tuple[Expression | None, ...]
) -> bool:
    """Whether all that the method needs has a value; what has none is one problem, unless already told."""
    values: dict[str, Value] = {**working.values, "score": Fraction(0)}
    missing: set[str] = set()
    for one in expressions:
        if one is not None and not one.names <= values.keys():
            missing |= needed(one.node, values) - values.keys()
    if not missing:
        return True
    told = {name for problem in working.problems for name in problem.criteria}
    untold = [name for name in (*method.criteria, *BOUND) if name in missing - told]
    if untold:
        names = " and ".join(untold)
        verb = "is" if len(untold) == 1 else "are"
        route: Route = ("condition",) if untold == ["condition"] else ("criteria",)
        help_ = f"give {names} a value" + (" under `criteria`" if route == ("criteria",) else "")
        missed = f"{names} {verb} missing: the method asks for {'it' if verb == 'is' else 'them'}"
        problem = Problem(ProblemKind.MISSING_CRITERION, missed, route, help_, tuple(untold))
        working.problems.append(problem)
    elif not told:
        working.problems.append(
            Problem(ProblemKind.BAD_METHOD, "the method names what it does not declare", ())
        )
    return False


@lru_cache(maxsize=4096)
def _computed(formula: str | None, threshold: str | None, bound: tuple[tuple[str, Value], ...]) -> _Result:
    """Score, verdict and words. Kept, since thousands of aspects share a few dozen sets of values."""
    values, words = dict(bound), []
    score: Fraction | None = None
    verdict: bool | None = None
    try:
        if formula is not None:
            node = parse(formula).node
            score = as_number(evaluate(node, values))
            words.append(f"{spelled(node, values)} = {number_words(score)}")
            values["score"] = score
        if threshold is not None:
            node = parse(threshold).node
            verdict = as_flag(evaluate(node, values))
            words.append(f"{'' if verdict else 'not '}significant because {reason(node, values)}")
    except ExpressionError as error:
        return _Result(fault=str(error))
    return _Result(None if score is None else float(score), verdict, tuple(words))


def _result(aspect: AspectRow, method: Significance | None, working: _Working) -> Assessment:
    score, significant, overridden = working.result.score, working.result.by_method, False
    words = list(working.result.words)
    if method is None:
        words.append("no method is declared")
    elif working.problems and not words:
        words.append(f"not computed: {working.problems[0].message}")
    if aspect.override is not None:
        significant, overridden = aspect.override.value, True
        words.append(f"overridden: {_verdict(significant)}")
    elif aspect.significant is not None and (method is None or method.threshold is None):
        significant = aspect.significant
        words.append(f"{_verdict(significant)} by decision")
    declared = aspect.significant
    return Assessment(
        score=score,
        significant=significant,
        by_method=working.result.by_method,
        band=_band(score, method),
        overridden=overridden,
        score_differs=aspect.score is not None and score is not None and not _same(aspect.score, score),
        significance_differs=declared is not None and significant is not None and declared != significant,
        computation="; ".join(words),
        problems=tuple(working.problems),
    )


def _verdict(significant: bool) -> str:  # noqa: FBT001 - the verdict is the whole point
    return "significant" if significant else "not significant"


def _band(score: float | None, method: Significance | None) -> str | None:
    if score is None or method is None:
        return None
    reached = [band for band in method.bands if band.from_ <= score]
    return max(reached, key=lambda band: band.from_).label if reached else None


def _same(declared: float, computed: float) -> bool:
    """Whether a declared score is the computed one, rounded to the decimals that were written."""
    decimals = len(repr(declared).partition(".")[2]) if declared != int(declared) else 0
    return abs(declared - computed) <= (0.5 * 10**-decimals if decimals else 0) + 1e-9


@lru_cache(maxsize=1024)
def _number(text: str) -> Fraction | None:
    return Fraction(text) if _NUMBER.fullmatch(text) else None
