"""The significance method judged as it is declared, before any aspect is assessed by it.

Names, scales, formula and threshold have to fit one another. Routes are below the
method; who places them adds the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from mkdocs_ems.diagnostics import Route
from mkdocs_ems.model.aspects import AspectRow
from mkdocs_ems.model.columns import columns
from mkdocs_ems.model.expressions import Domain, domain
from mkdocs_ems.model.nearest import Nearest
from mkdocs_ems.model.settings import Scale, Significance
from mkdocs_ems.model.significance import BOUND, scale_value
from mkdocs_ems.model.syntax import NAME, RESERVED, ExpressionError, parse
from mkdocs_ems.model.wording import Fault, quoted


def method_faults(method: Significance, near: Nearest) -> Iterator[Fault]:
    """What is wrong with a method; formula and threshold are judged only where the criteria are sound."""
    faults = [fault for name, scale in method.criteria.items() for fault in _criterion(name, scale, near)]
    yield from faults
    if faults:
        return
    names = _domains(method)
    if method.formula is not None:
        broken = _broken(method.formula, names, wanted=Fraction)
        if broken is not None:
            yield Fault(("formula",), f"the formula cannot be used: {broken}", _names_help(method))
            return
        names["score"] = Fraction
    if method.threshold is not None:
        broken = _broken(method.threshold, names, wanted=bool)
        if broken is not None:
            help_ = _names_help(method) + (" and score" if "score" in names else "")
            yield Fault(("threshold",), f"the threshold cannot be used: {broken}", help_)


def _criterion(name: str, scale: Scale, near: Nearest) -> Iterator[Fault]:
    route: Route = ("criteria", name)
    if not NAME.fullmatch(name):
        help_ = "write letters, digits and _ only, beginning with a letter"
        yield Fault(route, f"{quoted(name)} cannot be used in a formula", help_, key=True)
    elif name in RESERVED or name in BOUND or name == "score":
        message = f"{quoted(name)} has a meaning of its own in a formula"
        yield Fault(route, message, "give the criterion another name", key=True)
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


def _domains(method: Significance) -> dict[str, Domain]:
    names: dict[str, Domain] = {
        "condition": columns(AspectRow)["condition"].options,
        "obligations": Fraction,
    }
    for name, scale in method.criteria.items():
        words = tuple(key for key in scale.values if isinstance(_counts(scale, key), str))
        names[name] = words or Fraction
    return names


def _broken(text: str, names: Mapping[str, Domain], *, wanted: Domain) -> str | None:
    try:
        found = domain(parse(text).node, names)
    except ExpressionError as error:
        return str(error)
    if found is wanted:
        return None
    return "it gives no number" if wanted is Fraction else "it is no comparison, such as score >= 12"


def _names_help(method: Significance) -> str:
    return f"it may use the names {', '.join((*method.criteria, *BOUND))}"
