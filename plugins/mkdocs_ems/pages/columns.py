"""The columns of each register's table: the few that matter for that kind, in reading order.

A row's own page shows everything. A column says how it sorts and whether its values
are few enough to choose from; the script beside the pages reads both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any

from markupsafe import Markup, escape

from mkdocs_ems.graph import Graph
from mkdocs_ems.model import AspectRow, Entity, InstrumentRow, InterestedPartyRow, Kind, RiskRow
from mkdocs_ems.model.assessment import Assessment
from mkdocs_ems.model.own import OWN
from mkdocs_ems.pages import show, words
from mkdocs_ems.pages.fields import fields
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.show import Show
from mkdocs_ems.pages.significance import verdict

EMPTY = Markup("<td></td>")


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What a cell may be made from."""

    entity: Entity
    assessment: Assessment | None
    graph: Graph
    links: Links


Cell = Callable[[RowFacts], Markup]
"""From a row to a whole table cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a register's table."""

    label: str
    cell: Cell
    sort: str = "text"
    """`text` or `number`: how the script compares what the cells say."""
    choose: bool = False
    """The script offers the column's values to choose from."""


def _field(
    label: str, name: str, shown: Show = show.text, *, choose: bool = False, sort: str = "text"
) -> Column:
    value_of: Callable[[Entity], Any] = attrgetter(name)

    def cell(row: RowFacts) -> Markup:
        value = value_of(row.entity)
        if value is None or value == ():
            return EMPTY
        return Markup("<td>%s</td>") % shown(value, row.links)

    return Column(label, cell, sort=sort, choose=choose)


def _computed(
    label: str, shown: Callable[[RowFacts], Markup | str], *, choose: bool = False, sort: str = "text"
) -> Column:
    def cell(row: RowFacts) -> Markup:
        return Markup("<td>%s</td>") % shown(row)

    return Column(label, cell, sort=sort, choose=choose)


def _name(row: RowFacts) -> Markup:
    return escape(row.entity.name)


def _score(row: RowFacts) -> str:
    score = row.assessment.score if row.assessment else None
    return "" if score is None else words.number(score)


def _significance(row: RowFacts) -> Markup:
    said = verdict(row.assessment)
    strong = row.assessment is not None and row.assessment.significant
    return Markup("<strong>{}</strong>").format(said) if strong else escape(said)


def _aspect_process(row: RowFacts) -> Markup:
    entity = row.entity
    process = entity.process if isinstance(entity, AspectRow) else None
    place = row.links.places.get(process) if process else None
    if process is None:
        return Markup("")
    return row.links.labelled(process, place.title) if place else row.links.short(process)


def _holders(row: RowFacts) -> Markup:
    people = row.graph.referrers(row.entity.id, "person") if row.entity.id else ()
    return Markup(", ").join(row.links.labelled(node.id, node.title) for node in people)


def _roles(row: RowFacts) -> Markup:
    roles = row.graph.targets(row.entity.id, "role") if row.entity.id else ()
    return Markup(", ").join(row.links.labelled(node.id, node.title) for node in roles)


def _aspect_count(row: RowFacts) -> str:
    return str(len(row.graph.referrers(row.entity.id, "aspect"))) if row.entity.id else ""


def _needs(row: RowFacts) -> str:
    needs = row.entity.needs if isinstance(row.entity, InterestedPartyRow) else ()
    return "; ".join(need.text for need in needs)


def _obligations(row: RowFacts) -> Markup:
    nodes = row.graph.targets(row.entity.id, "obligation") if row.entity.id else ()
    return Markup(", ").join(row.links.labelled(node.id, node.title) for node in nodes)


def _risk_score(row: RowFacts) -> str:
    risk = row.entity
    if not isinstance(risk, RiskRow) or risk.likelihood is None or risk.consequence is None:
        return ""
    return words.number(risk.likelihood * risk.consequence)


def _last_calibrated(row: RowFacts) -> Markup | str:
    done = row.entity.calibrations if isinstance(row.entity, InstrumentRow) else ()
    return show.day(max(one.date for one in done), row.links) if done else ""


def _labelled(value: str, links: Links) -> Markup:
    place = links.places.get(value)
    return links.labelled(value, place.title) if place else links.short(value)


COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "aspect": (
        _computed("Aspect", _name),
        _computed("Process", _aspect_process, choose=True),
        _field("Condition", "condition", show.word, choose=True),
        _field("Topic", "topic", show.word, choose=True),
        _computed("Score", _score, sort="number"),
        _computed("Significance", _significance, choose=True),
    ),
    "obligation": (
        _computed("Obligation", _name),
        _field("Citation", "citation"),
        _field("Type", "type", show.word, choose=True),
        _field("Applicable", "applicable", show.word, choose=True),
        _field("Status", "status", show.word, choose=True),
        _field("Owner", "owner", _labelled, choose=True),
        _field("Source checked", "last_checked_source", show.day),
    ),
    "control": (
        _computed("Control", _name),
        _field("Hierarchy", "hierarchy", show.word, choose=True),
        _field("Type", "type", show.word, choose=True),
        _field("Where", "where"),
        _field("Procedure", "procedure", _labelled, choose=True),
        _field("Owner", "owner", _labelled, choose=True),
        _field("Status", "status", show.word, choose=True),
    ),
    "objective": (
        _computed("Objective", _name),
        _field("Indicator", "kpi", _labelled, choose=True),
        _field("Baseline", "baseline", show.baseline),
        _field("Target", "target", show.target),
        _field("Responsible", "responsible", _labelled, choose=True),
        _field("Status", "status", show.word, choose=True),
    ),
    "role": (
        _computed("Role", _name),
        _computed("Held by", _holders),
        _field("Reports to", "reports_to", _labelled, choose=True),
        _field("Top management", "top_management", show.flag, choose=True),
    ),
    "person": (
        _computed("Name", _name),
        _computed("Roles", _roles),
        _field("Status", "status", show.word, choose=True),
    ),
    "process": (
        _computed("Process", _name),
        _field("Kind", "kind", show.word, choose=True),
        _field("Owner", "owner", _labelled, choose=True),
        _computed("Aspects", _aspect_count, sort="number"),
    ),
    "context-issue": (
        _computed("Issue", _name),
        _field("Kind", "kind", show.word, choose=True),
        _field("Topic", "topic", show.word, choose=True),
        _field("Direction", "direction", show.word, choose=True),
        _field("Relevant", "relevant", show.flag, choose=True),
        _field("Last reviewed", "last_reviewed", show.day),
    ),
    "interested-party": (
        _computed("Party", _name),
        _field("Group", "group", show.word, choose=True),
        _computed("Needs", _needs),
        _computed("Obligations", _obligations),
    ),
    "risk": (
        _computed("Risk or opportunity", _name),
        _field("Kind", "kind", show.word, choose=True),
        _computed("Score", _risk_score, sort="number"),
        _field("Treatment", "treatment", show.word, choose=True),
        _field("Owner", "owner", _labelled, choose=True),
        _field("Status", "status", show.word, choose=True),
    ),
    "action": (
        _computed("Action", _name),
        _field("Owner", "owner", _labelled, choose=True),
        _field("Due", "due", show.day),
        _field("Priority", "priority", show.word, choose=True),
        _field("Status", "status", show.word, choose=True),
        _field("Done on", "done_on", show.day),
    ),
    "emergency-scenario": (
        _computed("Scenario", _name),
        _field("Where", "location"),
        _field("Response", "response", show.many(_labelled)),
        _field("Last drill", "last_drill", show.day),
    ),
    "measurement": (
        _computed("Measurement", _name),
        _field("Unit", "unit"),
        _field("Frequency", "frequency", show.word, choose=True),
        _field("Who", "who", _labelled, choose=True),
        _field("Instrument", "instrument", _labelled, choose=True),
    ),
    "indicator": (
        _computed("Indicator", _name),
        _field("Unit", "unit"),
        _field("Direction", "direction", show.word, choose=True),
        _field("Aggregation", "aggregation", show.word, choose=True),
        _field("Measured by", "source", show.many(_labelled)),
    ),
    "instrument": (
        _computed("Instrument", _name),
        _field("Kind", "kind", show.word, choose=True),
        _field("Where", "location"),
        _field("Calibrated every", "interval", show.interval),
        _computed("Last calibrated", _last_calibrated),
    ),
    "nonconformity": (
        _computed("Nonconformity", _name),
        _field("Source", "source", show.word, choose=True),
        _field("Detected on", "detected_on", show.day),
        _field("Grade", "grade", show.word, choose=True),
        _field("Owner", "owner", _labelled, choose=True),
        _field("Status", "status", show.word, choose=True),
    ),
}
"""The columns of each kind, after the id."""

_MOST_OWN = 6
"""More fields of the organisation's own than these stand on the rows' pages alone."""


@cache
def columns_of(kind: Kind) -> tuple[Column, ...]:
    """The columns of a kind: ours, then the organisation's own fields."""
    own = [one for one in fields(kind) if one.name.startswith(OWN)][:_MOST_OWN]
    added = tuple(_field(one.label, one.name, one.show) for one in own)
    return (*COLUMNS.get(kind.key, (_computed(kind.title, _name),)), *added)
