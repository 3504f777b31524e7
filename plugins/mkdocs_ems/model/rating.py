"""What a method gives for one rating of an aspect: the steps from criteria to score and threshold.

Before ranks, overrides and judgements, which depend on more than the rating. Whatever is
wrong is kept as a problem; nothing here raises.
"""

from __future__ import annotations

from dataclasses import field
from fractions import Fraction

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Route
from mkdocs_ems.model.aspects import AspectRow
from mkdocs_ems.model.assessment import Linked, Problem, ProblemKind
from mkdocs_ems.model.expressions import Value, as_flag, as_number, evaluate, needed
from mkdocs_ems.model.prepared import BOUND, Prepared, Way
from mkdocs_ems.model.saying import number_words, reason, spelled, value_words
from mkdocs_ems.model.scales import scale_value
from mkdocs_ems.model.syntax import Expression, ExpressionError
from mkdocs_ems.model.wording import quoted, short
from mkdocs_ems.text import did_you_mean


@dataclass(slots=True)
class Working:
    """What is known of a rating."""

    way: Way | None = None
    values: dict[str, Value] = field(default_factory=dict)
    words_of: dict[str, str] = field(default_factory=dict)
    """Each criterion's value in its scale's own spelling."""
    score: Fraction | None = None
    rating: Value | None = None
    by_threshold: bool | None = None
    always: tuple[tuple[str, str], ...] = ()
    """Title and reason of each condition that holds."""
    words: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)


def work(aspect: AspectRow, linked: Linked, prepared: Prepared | Problem) -> Working:
    """Work out what a prepared method (or, for want of one, the problem with it) gives for an aspect."""
    working = Working()
    if isinstance(prepared, Problem):
        working.problems.append(prepared)
        return working
    working.way = way = prepared.way(aspect.condition)
    if way is None:
        working.problems.append(_no_way(aspect))
        return working
    _bind(aspect, linked, way, working)
    try:
        _always(way, working)
        if _look_up(way, working) and _score(way, working):
            _decide(way, working)
        elif way.threshold is not None:
            _ready(way.threshold, working)
    except ExpressionError as error:
        message = f"the method cannot be computed for these criteria: {error}"
        working.problems.append(Problem(ProblemKind.NOT_COMPUTABLE, message, ("criteria",)))
    _tell_missing(way, working)
    return working


def _no_way(aspect: AspectRow) -> Problem:
    if aspect.condition is None:
        message = "condition is missing: the method asks for it"
        help_ = "give condition a value"
        return Problem(ProblemKind.MISSING_CRITERION, message, ("condition",), help_, criteria=("condition",))
    return Problem(ProblemKind.BAD_METHOD, f"the method has no part for {aspect.condition} conditions", ())


def _bind(aspect: AspectRow, linked: Linked, way: Way, working: Working) -> None:
    values = working.values
    values["obligations"] = Fraction(linked.obligations)
    values["permits"], values["limits"] = Fraction(linked.permits), Fraction(linked.limits)
    if aspect.condition is not None:
        values["condition"] = aspect.condition
    for name, text in aspect.criteria.items():
        scale = way.criteria.get(name)
        if scale is None:
            working.problems.append(_unknown(name, way, aspect))
            continue
        found = scale_value(scale, text)
        if found is None:
            allowed = ", ".join(scale.values)
            message = f"{short(name)} {short(text)} is outside its scale ({allowed})"
            route = ("criteria", name)
            problem = Problem(ProblemKind.OUTSIDE_SCALE, message, route, f"write one of {allowed}", (name,))
            working.problems.append(problem)
        else:
            working.words_of[name], values[name] = found


def _unknown(name: str, way: Way, aspect: AspectRow) -> Problem:
    near = did_you_mean(name[:80], [one for one in way.criteria if one not in aspect.criteria])
    message = f"{quoted(name)} is not a criterion of the method"
    return Problem(
        ProblemKind.UNKNOWN_CRITERION,
        message + (f'; did you mean "{near}"?' if near else ""),
        ("criteria", name),
        f"the method in ems.yml knows {', '.join(way.criteria) or 'no criteria'}",
        (name, near) if near else (name,),
        key=True,
    )


# --- What the method gives, step by step: each takes what the step before it gave -------


def _ready(expression: Expression, working: Working) -> bool:
    """Whether all that an expression needs has a value; what has none is noted."""
    if expression.names <= working.values.keys():
        return True
    missing = needed(expression.node, working.values) - working.values.keys()
    working.missing |= missing
    return not missing


def _always(way: Way, working: Working) -> None:
    held: list[tuple[str, str]] = []
    for title, condition in way.always:
        if _ready(condition, working) and as_flag(evaluate(condition.node, working.values)):
            held.append((title, reason(condition.node, working.values)))
    working.always = tuple(held)


def _look_up(way: Way, working: Working) -> bool:
    table = way.table
    if table is None:
        return True
    missing = [name for name in table.criteria if name not in working.words_of]
    working.missing.update(missing)
    rating = table.cells.get(tuple(working.words_of.get(name, "") for name in table.criteria))
    if missing or rating is None:
        if not missing:
            message = "the lookup table of the method has no cell for these criteria"
            working.problems.append(Problem(ProblemKind.BAD_METHOD, message, ()))
        if way.formula is not None:
            _ready(way.formula, working)
        return False
    working.rating = working.values[table.name] = rating
    given = " and ".join(f"{name.replace('_', ' ')} {working.words_of[name]}" for name in table.criteria)
    verb = "gives" if len(table.criteria) == 1 else "give"
    working.words.append(f"{given} {verb} {table.name.replace('_', ' ')} {value_words(rating)}")
    return True


def _score(way: Way, working: Working) -> bool:
    if way.formula is None:
        if isinstance(working.rating, Fraction):
            working.score = working.values["score"] = working.rating
        return True
    if not _ready(way.formula, working):
        return False
    score = as_number(evaluate(way.formula.node, working.values))
    working.words.append(f"{spelled(way.formula.node, working.values)} = {number_words(score)}")
    working.score = working.values["score"] = score
    return True


def _decide(way: Way, working: Working) -> None:
    if way.threshold is not None and _ready(way.threshold, working):
        working.by_threshold = as_flag(evaluate(way.threshold.node, working.values))
        said = "significant" if working.by_threshold else "not significant"
        if working.by_threshold or not working.always:
            working.words.append(f"{said} because {reason(way.threshold.node, working.values)}")


def _tell_missing(way: Way, working: Working) -> None:
    """What is missing is one problem, unless a problem has told of it already."""
    missing = working.missing - {"score", way.table.name if way.table else "score"}
    if not missing:
        return
    told = {name for problem in working.problems for name in problem.criteria}
    untold = [name for name in (*way.criteria, *BOUND) if name in missing - told]
    if untold:
        names = " and ".join(untold)
        verb = "is" if len(untold) == 1 else "are"
        route: Route = ("condition",) if untold == ["condition"] else ("criteria",)
        help_ = f"give {names} a value" + (" under `criteria`" if route == ("criteria",) else "")
        missed = f"{names} {verb} missing: the method asks for {'it' if verb == 'is' else 'them'}"
        problem = Problem(ProblemKind.MISSING_CRITERION, missed, route, help_, tuple(untold))
        working.problems.append(problem)
    elif not told:
        message = "the method names what it does not declare"
        working.problems.append(Problem(ProblemKind.BAD_METHOD, message, ()))
