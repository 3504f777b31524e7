"""The significance method judged as it is declared, before any aspect is assessed by it.

Names, scales, table, formula, threshold and ranking have to fit one another, and every
condition needs its method. Routes are below the method; who places them adds the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import get_args

from mkdocs_ems.diagnostics import Route
from mkdocs_ems.model.aspects import AspectRow
from mkdocs_ems.model.columns import columns
from mkdocs_ems.model.expressions import Domain, domain
from mkdocs_ems.model.lookup_faults import lookup_faults, own_name_fault
from mkdocs_ems.model.method import Condition, Part, Scale, Significance
from mkdocs_ems.model.nearest import Nearest
from mkdocs_ems.model.prepared import BOUND, Table, table
from mkdocs_ems.model.scales import scale_value
from mkdocs_ems.model.syntax import ExpressionError, parse
from mkdocs_ems.model.wording import Fault, quoted

_OF_A_PART = ("lookup", "formula", "threshold", "rank", "bands")
"""What belongs into the parts, where the method has parts by condition."""


def method_faults(method: Significance, near: Nearest) -> Iterator[Fault]:
    """What is wrong with a method; what rests on something faulty is not judged."""
    shared = [fault for name, scale in method.criteria.items() for fault in _criterion(name, scale, near)]
    yield from shared
    if method.by_condition:
        yield from _coverage(method)
    if shared:
        return
    if method.by_condition and method.always_significant:
        # What stands above the parts knows only the criteria that all of them have.
        yield from _always(Part((), (), method, method.criteria, method.always_significant))
    for part in method.parts:
        yield from _part(part, near)


def _coverage(method: Significance) -> Iterator[Fault]:
    """Parts by condition: each condition exactly once, and nothing beside them that would be ignored."""
    for key in _OF_A_PART:
        if getattr(method, key):
            message = f"{quoted(key)} stands beside by_condition, where no aspect is judged by it"
            yield Fault((key,), message, f"move {key} into the parts of by_condition", key=True)
    seen: set[str] = set()
    for number, part in enumerate(method.by_condition):
        for index, condition in enumerate(part.conditions):
            if condition in seen:
                route: Route = ("by_condition", number, "conditions", index)
                yield Fault(route, f"two parts are for {condition} conditions", "leave it to one of them")
            seen.add(condition)
        for name in part.criteria:
            if name in method.criteria:
                route = ("by_condition", number, "criteria", name)
                message = f"{quoted(name)} is a criterion of the whole method already"
                yield Fault(route, message, "delete it here, or give it another name", key=True)
    missing = [one for one in get_args(Condition) if one not in seen]
    if missing:
        message = f"no part is for {' or '.join(missing)} conditions, so such aspects cannot be judged"
        help_ = f"add {', '.join(missing)} to the conditions of a part, or add a part for them"
        yield Fault(("by_condition",), message, help_, key=True)


def _part(part: Part, near: Nearest) -> Iterator[Fault]:
    one, base = part.judgement, part.route
    faults: list[Fault] = []
    if base:
        faults += (fault for name, scale in one.criteria.items() for fault in _criterion(name, scale, near))
    if one.lookup is not None and not faults:
        faults += (_below(("lookup",), fault) for fault in lookup_faults(one.lookup, part, near))
    if not faults:
        faults += (*_always(part), *_expressions(part))
    yield from (_below(base, fault) for fault in faults)


def _expressions(part: Part) -> Iterator[Fault]:
    """Formula, threshold and ranking, each over what the one before it gives."""
    one, laid_out, names = part.judgement, table(part), _domains(part)
    if laid_out is not None:
        names[laid_out.name] = _results(laid_out)
    if one.formula is not None:
        broken = _broken(one.formula, names, wanted=Fraction)
        if broken is not None:
            yield Fault(("formula",), f"the formula cannot be used: {broken}", _help(part, laid_out))
            return
    if one.formula is not None or (laid_out is not None and laid_out.gives_numbers):
        names["score"] = Fraction
    if one.threshold is not None:
        broken = _broken(one.threshold, names, wanted=bool)
        if broken is not None:
            help_ = _help(part, laid_out) + (" and score" if "score" in names else "")
            yield Fault(("threshold",), f"the threshold cannot be used: {broken}", help_)
    yield from _scored(part, has_score="score" in names)


def _always(part: Part) -> Iterator[Fault]:
    """The conditions that count whatever the score: over criteria and links, not over the score."""
    names = _domains(part)
    for index, one in enumerate(part.judgement.always_significant):
        broken = _broken(one.when, names, wanted=bool)
        if broken is not None:
            route: Route = ("always_significant", index, "when")
            yield Fault(route, f"the condition cannot be used: {broken}", _help(part, None))


def _scored(part: Part, *, has_score: bool) -> Iterator[Fault]:
    """Ranking and bands, which both need a score."""
    one = part.judgement
    if one.rank is not None:
        route: Route = ("rank",)
        if (one.rank.top is None) == (one.rank.top_percent is None):
            help_ = "write top: with how many, or top_percent: with how many in a hundred"
            yield Fault(route, "the ranking needs one of top and top_percent", help_, key=True)
        if one.threshold is not None:
            message = "threshold and rank would both decide what is significant"
            help_ = "delete one; what counts besides a rank belongs under always_significant"
            yield Fault(route, message, help_, key=True)
        if not has_score:
            message = "there is no score to rank by"
            yield Fault(route, message, "add a formula, or a lookup table that gives numbers", key=True)
    if one.bands and not has_score:
        help_ = "delete the bands, or add a formula"
        if one.lookup is not None:
            help_ = "delete the bands: the words of the lookup table are shown in their place"
        yield Fault(("bands",), "there is no score that could fall into bands", help_, key=True)
    seen: set[float] = set()
    for index, band in enumerate(one.bands):
        if band.from_ in seen:
            message = f"two bands begin at {band.from_:g}"
            yield Fault(("bands", index, "from"), message, "let each begin at a score of its own")
        seen.add(band.from_)


def _criterion(name: str, scale: Scale, near: Nearest) -> Iterator[Fault]:
    route: Route = ("criteria", name)
    yield from own_name_fault(name, route, "the criterion", key=True)
    if not scale.values:
        yield Fault((*route, "values"), f"the scale of {name} has no values", "list what may be chosen")
    for word in scale.points:
        if word not in scale.values:
            meant = near(word, tuple(scale.values))
            message = f"{quoted(word)} is not a value of {name}" + (
                f'; did you mean "{meant}"?' if meant else ""
            )
            yield Fault(
                (*route, "points", word), message, f"write one of {', '.join(scale.values)}", key=True
            )
    words = [key for key in scale.values if isinstance(_counts(scale, key), str)]
    if words and len(words) < len(scale.values):
        message = f"{quoted(words[0])} of {name} is a word among numbers, and has no points"
        yield Fault((*route, "values", words[0]), message, f"give {words[0]} its points", key=True)


def _counts(scale: Scale, key: str) -> object:
    found = scale_value(scale, key)
    return None if found is None else found[1]


def _domains(part: Part) -> dict[str, Domain]:
    names: dict[str, Domain] = dict.fromkeys(BOUND, Fraction)
    names["condition"] = part.conditions or columns(AspectRow)["condition"].options
    for name, scale in part.criteria.items():
        words = tuple(key for key in scale.values if isinstance(_counts(scale, key), str))
        names[name] = words or Fraction
    return names


def _results(laid_out: Table) -> Domain:
    return Fraction if laid_out.gives_numbers else tuple(dict.fromkeys(map(str, laid_out.cells.values())))


def _broken(text: str, names: Mapping[str, Domain], *, wanted: Domain) -> str | None:
    try:
        found = domain(parse(text).node, names)
    except ExpressionError as error:
        return str(error)
    if found is wanted:
        return None
    return "it gives no number" if wanted is Fraction else "it is no comparison, such as score >= 12"


def _help(part: Part, laid_out: Table | None) -> str:
    result = (laid_out.name,) if laid_out is not None else ()
    return f"it may use the names {', '.join((*part.criteria, *result, *BOUND))}"


def _below(base: Route, fault: Fault) -> Fault:
    return Fault((*base, *fault.route), fault.message, fault.help, key=fault.key)
