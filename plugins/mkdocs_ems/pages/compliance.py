"""What the page of an obligation says beside its fields: each condition, who watches it, how it stands."""

from __future__ import annotations

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.graph import Node
from mkdocs_ems.model import MeasurementRow, ObligationRow
from mkdocs_ems.model.obligations import Condition, Evaluation
from mkdocs_ems.pages import words
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.limits import Judged, Stand, Watched, amount, watch
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.measurements import latest
from mkdocs_ems.pages.view import View


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One condition of the table."""

    ref: str
    text: Markup
    kind: str
    limit: str
    when: str
    by: Markup
    watched: Watched | None


def has_conditions(node: Node, view: View) -> bool:
    """Whether an obligation says how it is met: by conditions, measurements or evaluations."""
    row = node.entity
    if not isinstance(row, ObligationRow):
        return False
    return bool(row.conditions or row.evaluation or _measurements(node, view))


def conditions_section(node: Node, view: View, links: Links) -> Markup:
    """The conditions with their limits and readings, what else is measured for it, how it is evaluated."""
    row = node.entity
    assert isinstance(row, ObligationRow), "the table of sections names this kind"
    lines = [_line(one, view, links) for one in row.conditions]
    named = {one.parameter for one in row.conditions}
    model = view.shown.model
    others = [
        (links.named(other.id), latest(entity, model.series.get(other.id)))
        for other in _measurements(node, view)
        for entity in [other.entity]
        if other.id not in named and isinstance(entity, MeasurementRow)
    ]
    body = render(
        "conditions.html",
        lines=lines,
        measured=any(one.watched or one.by for one in lines),
        whens=any(one.when for one in lines),
        limits=any(one.limit for one in lines),
        others=others,
        evaluation=_evaluated(row.evaluation),
        said=_said(lines),
    )
    return Markup(body)  # noqa: S704 - an autoescaping template


def standing_of(row: ObligationRow, view: View) -> str:
    """How the limits of an obligation stand, in a few words; empty where it has none that is measured."""
    found = [one for one in (watch(condition, model=view.shown.model) for condition in row.conditions) if one]
    stands = [one.judged.stand for one in found]
    if not stands:
        return ""
    if Stand.OVER in stands:
        return "beyond a limit"
    if any(one.beyond for one in found):
        return "beyond a limit this year"
    return "no verdict" if Stand.UNKNOWN in stands else "within its limits"


def _measurements(node: Node, view: View) -> tuple[Node, ...]:
    return view.graph.referrers(node.id, "measurement")


def _line(one: Condition, view: View, links: Links) -> ConditionLine:
    limit = ""
    if one.limit is not None:
        limit = f"{'at most' if one.sense == 'at-most' else 'at least'} {amount(one.limit, one.unit)}"
        limit += f", {_STATISTICS[one.statistic]}" if one.statistic else ""
    return ConditionLine(
        one.ref or "",
        links.prose(one.text),
        words.words(one.kind) if one.kind else "",
        limit,
        ", ".join(said for said in (one.frequency, one.due) if said),
        links.named(one.parameter) if one.parameter else Markup(""),
        watch(one, model=view.shown.model),
    )


_STATISTICS = {
    "each": "each reading",
    "max": "the highest reading",
    "mean": "as a mean",
    "sum": "as a sum",
    "percentile-95": "as a 95th percentile",
}


def _evaluated(plan: Evaluation | None) -> str:
    """How compliance is evaluated, in a sentence."""
    if plan is None:
        return ""
    every = f" every {plan.frequency_months} months" if plan.frequency_months else ""
    how = f" by {words.words(plan.method)}" if plan.method else ""
    return f"Compliance is evaluated{every}{how}."


def _said(lines: list[ConditionLine]) -> Judged | None:
    """How the limits stand together; None where none is measured."""
    watched = [one.watched for one in lines if one.watched]
    if not watched:
        return None
    over = sum(one.judged.stand is Stand.OVER for one in watched)
    if over:
        return Judged(Stand.OVER, f"{over} of {len(watched)} limits {'is' if over == 1 else 'are'} not kept")
    within = sum(one.judged.stand is Stand.WITHIN for one in watched)
    if within < len(watched):
        said = (
            f"The latest readings are within {within} of {len(watched)} limits; of the others nobody can say"
        )
        return Judged(Stand.UNKNOWN, said)
    passed = sum(bool(one.beyond) for one in watched)
    said = "The latest reading is within the limit"
    if within > 1:
        said = f"The latest readings are within all {within} limits"
    if passed:
        many = f"{passed} of them {'was' if passed == 1 else 'were'}" if within > 1 else "it was"
        said += f", but {many} passed within the last year"
    return Judged(Stand.WITHIN, said)
