"""What stands in those cells of the registers' tables that are worked out, not written.

One function for each: from a row to what its cell says. What a field holds as it is
written needs none; `columns` says which cells stand in which table.
"""

from __future__ import annotations

from markupsafe import Markup, escape

from mkdocs_ems import dataclass
from mkdocs_ems.graph import Graph, Node
from mkdocs_ems.model import (
    AspectRow,
    Entity,
    IndicatorRow,
    InstrumentRow,
    InterestedPartyRow,
    MeasurementRow,
    ObjectiveRow,
    ObligationRow,
    RiskRow,
)
from mkdocs_ems.model.assessment import Assessment
from mkdocs_ems.model.progress import figure, indicator_points
from mkdocs_ems.pages import show, words
from mkdocs_ems.pages.compliance import standing_of
from mkdocs_ems.pages.limits import Judged, Stand
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.measurements import latest
from mkdocs_ems.pages.progress import calls_for_action, progress_of, value_words, verdict_words
from mkdocs_ems.pages.significance import verdict
from mkdocs_ems.pages.view import View


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What a cell may be made from."""

    entity: Entity
    assessment: Assessment | None
    view: View
    links: Links

    @property
    def graph(self) -> Graph:
        """References both ways."""
        return self.view.graph

    @property
    def node(self) -> Node | None:
        """The row in the graph; None for one whose id is missing or another's."""
        node = self.graph.nodes.get(self.entity.id or "")
        return node if node is not None and node.entity is self.entity else None


def name(row: RowFacts) -> Markup:
    """What people call it."""
    return escape(row.entity.name)


def score(row: RowFacts) -> str:
    """The computed score of an aspect."""
    score = row.assessment.score if row.assessment else None
    return "" if score is None else words.number(score)


def significance(row: RowFacts) -> Markup:
    """Whether an aspect is significant."""
    said = verdict(row.assessment)
    strong = row.assessment is not None and row.assessment.significant
    return _strong(said) if strong else escape(said)


def aspect_process(row: RowFacts) -> Markup:
    """The process of an aspect."""
    entity = row.entity
    process = entity.process if isinstance(entity, AspectRow) else None
    place = row.links.places.get(process) if process else None
    if process is None:
        return Markup("")
    return row.links.labelled(process, place.title) if place else row.links.short(process)


def holders(row: RowFacts) -> Markup:
    """The people who hold a role."""
    people = row.graph.referrers(row.entity.id, "person") if row.entity.id else ()
    return Markup(", ").join(row.links.labelled(node.id, node.title) for node in people)


def roles(row: RowFacts) -> Markup:
    """The roles that a person holds."""
    roles = row.graph.targets(row.entity.id, "role") if row.entity.id else ()
    return Markup(", ").join(row.links.labelled(node.id, node.title) for node in roles)


def aspect_count(row: RowFacts) -> str:
    """How many aspects a process has."""
    return str(len(row.graph.referrers(row.entity.id, "aspect"))) if row.entity.id else ""


def needs(row: RowFacts) -> str:
    """What an interested party needs."""
    needs = row.entity.needs if isinstance(row.entity, InterestedPartyRow) else ()
    return "; ".join(need.text for need in needs)


def obligations(row: RowFacts) -> Markup:
    """The obligations that a party's needs became."""
    nodes = row.graph.targets(row.entity.id, "obligation") if row.entity.id else ()
    return Markup(", ").join(row.links.labelled(node.id, node.title) for node in nodes)


def risk_score(row: RowFacts) -> str:
    """Likelihood times consequence."""
    risk = row.entity
    if not isinstance(risk, RiskRow) or risk.likelihood is None or risk.consequence is None:
        return ""
    return words.number(risk.likelihood * risk.consequence)


def last_calibrated(row: RowFacts) -> Markup | str:
    """The day of the last calibration."""
    done = row.entity.calibrations if isinstance(row.entity, InstrumentRow) else ()
    return show.day(max(one.date for one in done), row.links) if done else ""


def applies(row: RowFacts) -> str:
    """Whether an obligation binds today, and where it does not, why."""
    obligation = row.entity
    if not isinstance(obligation, ObligationRow):
        return ""
    if obligation.superseded or obligation.status == "pending":
        return words.words(obligation.status or "superseded")
    return words.words(obligation.applicable or "not said")


def condition_count(row: RowFacts) -> str:
    """How many conditions an obligation has; empty where it has none."""
    conditions = row.entity.conditions if isinstance(row.entity, ObligationRow) else ()
    return str(len(conditions)) if conditions else ""


def limits_kept(row: RowFacts) -> Markup:
    """How the limits of an obligation stand by their readings."""
    said = standing_of(row.entity, row.view) if isinstance(row.entity, ObligationRow) else ""
    return _strong(said) if said.startswith("beyond") else escape(said)


def evaluated_every(row: RowFacts) -> str:
    """How often compliance with an obligation is evaluated."""
    plan = row.entity.evaluation if isinstance(row.entity, ObligationRow) else None
    return f"{plan.frequency_months} months" if plan and plan.frequency_months else ""


def latest_reading(row: RowFacts) -> Markup:
    """The newest reading of a measurement with its period."""
    found = _latest(row)
    if found is None:
        return Markup("")
    return Markup('<span class="ems-keep">%s</span> <span class="ems-aside">%s</span>') % found[:2]


def latest_stand(row: RowFacts) -> Markup:
    """How the newest reading of a measurement stands against its limits, in a word."""
    found = _latest(row)
    if found is None or found[2].stand is Stand.NO_LIMIT:
        return Markup("")
    said = {Stand.OVER: "beyond a limit", Stand.ALERT: "beyond an alert", Stand.WITHIN: "within"}
    word = said.get(found[2].stand, "no verdict")
    return _strong(word) if found[2].stand is Stand.OVER else escape(word)


def latest_value(row: RowFacts) -> Markup:
    """The newest value of an indicator with its period."""
    indicator = row.entity
    points = (
        indicator_points(indicator, model=row.view.shown.model) if isinstance(indicator, IndicatorRow) else ()
    )
    if not points:
        return Markup("")
    last = points[-1]
    return Markup('%s <span class="ems-aside">%s</span>') % (figure(last.value), words.period(last.period))


def objective_value(row: RowFacts) -> str:
    """The value that decides about an objective."""
    node = row.node
    return value_words(progress_of(node, row.view)) if node and isinstance(row.entity, ObjectiveRow) else ""


def objective_verdict(row: RowFacts) -> Markup:
    """The verdict on an objective by its readings."""
    node = row.node
    if node is None or not isinstance(row.entity, ObjectiveRow):
        return Markup("")
    found = progress_of(node, row.view)
    said = verdict_words(found).lower()
    return _strong(said) if calls_for_action(found) else escape(said)


def _latest(row: RowFacts) -> tuple[str, str, Judged] | None:
    measurement = row.entity
    if not isinstance(measurement, MeasurementRow):
        return None
    return latest(measurement, row.view.shown.model.series.get(measurement.id or ""))


def _strong(said: str) -> Markup:
    return Markup("<strong>%s</strong>") % said
