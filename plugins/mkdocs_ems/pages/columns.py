"""The columns of each register's table: the few that matter for that kind, in reading order.

A row's own page shows everything. A column says how it sorts and whether its values
are few enough to choose from; the script beside the pages reads both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from typing import Any

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.model import Entity, Kind
from mkdocs_ems.model.own import OWN
from mkdocs_ems.pages import cells, show
from mkdocs_ems.pages.cells import RowFacts
from mkdocs_ems.pages.fields import fields
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.pieces import filled
from mkdocs_ems.pages.show import Show
from mkdocs_ems.pages.shown import SHOWN

EMPTY = Markup("<td></td>")


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
        return filled("<td>%s</td>", shown(value, row.links))

    return Column(label, cell, sort=sort, choose=choose)


def _computed(
    label: str, shown: Callable[[RowFacts], Markup | str], *, choose: bool = False, sort: str = "text"
) -> Column:
    def cell(row: RowFacts) -> Markup:
        return filled("<td>%s</td>", shown(row))

    return Column(label, cell, sort=sort, choose=choose)


def _labelled(value: str, links: Links) -> Markup:
    place = links.places.get(value)
    return links.labelled(value, place.title) if place else links.short(value)


COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "aspect": (
        _computed("Aspect", cells.name),
        _computed("Process", cells.aspect_process, choose=True),
        _field("Condition", "condition", show.word, choose=True),
        _field("Topic", "topic", show.word, choose=True),
        _computed("Score", cells.score, sort="number"),
        _computed("Significance", cells.significance, choose=True),
    ),
    "obligation": (
        _computed("Obligation", cells.name),
        _field("Citation", "citation"),
        _field("Type", "type", show.word, choose=True),
        _computed("Applies", cells.applies, choose=True),
        _computed("Conditions", cells.condition_count, sort="number"),
        _computed("Limits", cells.limits_kept, choose=True),
        _computed("Evaluated every", cells.evaluated_every, sort="number"),
        _field("Owner", "owner", _labelled, choose=True),
        _field("Source checked", "last_checked_source", show.day),
    ),
    "control": (
        _computed("Control", cells.name),
        _field("Hierarchy", "hierarchy", show.word, choose=True),
        _field("Type", "type", show.word, choose=True),
        _field("Where", "where"),
        _field("Procedure", "procedure", _labelled, choose=True),
        _field("Owner", "owner", _labelled, choose=True),
        _field("Status", "status", show.word, choose=True),
    ),
    "objective": (
        _computed("Objective", cells.name),
        _field("Indicator", "kpi", _labelled, choose=True),
        _computed("Value", cells.objective_value, sort="number"),
        _field("Target", "target", show.target),
        _computed("Verdict", cells.objective_verdict, choose=True),
        _field("Responsible", "responsible", _labelled, choose=True),
        _field("Status", "status", show.word, choose=True),
    ),
    "role": (
        _computed("Role", cells.name),
        _computed("Held by", cells.holders),
        _field("Reports to", "reports_to", _labelled, choose=True),
        _field("Top management", "top_management", show.flag, choose=True),
    ),
    "person": (
        _computed("Name", cells.name),
        _computed("Roles", cells.roles),
        _field("Status", "status", show.word, choose=True),
    ),
    "process": (
        _computed("Process", cells.name),
        _field("Kind", "kind", show.word, choose=True),
        _field("Owner", "owner", _labelled, choose=True),
        _computed("Aspects", cells.aspect_count, sort="number"),
    ),
    "context-issue": (
        _computed("Issue", cells.name),
        _field("Kind", "kind", show.word, choose=True),
        _field("Topic", "topic", show.word, choose=True),
        _field("Direction", "direction", show.word, choose=True),
        _field("Relevant", "relevant", show.flag, choose=True),
        _field("Last reviewed", "last_reviewed", show.day),
    ),
    "interested-party": (
        _computed("Party", cells.name),
        _field("Group", "group", show.word, choose=True),
        _computed("Needs", cells.needs),
        _computed("Obligations", cells.obligations),
    ),
    "risk": (
        _computed("Risk or opportunity", cells.name),
        _field("Kind", "kind", show.word, choose=True),
        _computed("Score", cells.risk_score, sort="number"),
        _field("Treatment", "treatment", show.word, choose=True),
        _field("Owner", "owner", _labelled, choose=True),
        _field("Status", "status", show.word, choose=True),
    ),
    "action": (
        _computed("Action", cells.name),
        _field("Owner", "owner", _labelled, choose=True),
        _field("Due", "due", show.day),
        _field("Priority", "priority", show.word, choose=True),
        _field("Status", "status", show.word, choose=True),
        _field("Done on", "done_on", show.day),
    ),
    "emergency-scenario": (
        _computed("Scenario", cells.name),
        _field("Where", "location"),
        _field("Response", "response", show.many(_labelled)),
        _field("Last drill", "last_drill", show.day),
    ),
    "measurement": (
        _computed("Measurement", cells.name),
        _computed("Latest reading", cells.latest_reading),
        _computed("Limits", cells.latest_stand, choose=True),
        _field("Frequency", "frequency", show.word, choose=True),
        _field("Who", "who", _labelled, choose=True),
        _field("Instrument", "instrument", _labelled, choose=True),
    ),
    "indicator": (
        _computed("Indicator", cells.name),
        _computed("Latest value", cells.latest_value),
        _field("Unit", "unit"),
        _field("Direction", "direction", show.word, choose=True),
        _field("Aggregation", "aggregation", show.word, choose=True),
        _field("Measured by", "source", show.many(_labelled)),
    ),
    "instrument": (
        _computed("Instrument", cells.name),
        _field("Kind", "kind", show.word, choose=True),
        _field("Where", "location"),
        _field("Calibrated every", "interval", show.interval),
        _computed("Last calibrated", cells.last_calibrated),
    ),
    "nonconformity": (
        _computed("Nonconformity", cells.name),
        _field("Source", "source", show.word, choose=True),
        _field("Detected on", "detected_on", show.day),
        _field("Grade", "grade", show.word, choose=True),
        _field("Owner", "owner", _labelled, choose=True),
        _field("Status", "status", show.word, choose=True),
    ),
    "posted-copy": (
        _field("Document", "document", _labelled, choose=True),
        _field("Place", "place"),
        _field("Issue", "issue", show.number, sort="number"),
        _field("Posted on", "posted_on", show.day),
        _field("Removed on", "removed_on", show.day),
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
    if kind.key in SHOWN:
        return (*(_plain(kind, name) for name in SHOWN[kind.key]), *added)
    return (*COLUMNS.get(kind.key, (_computed(kind.title, cells.name),)), *added)


def _plain(kind: Kind, name: str) -> Column:
    """A column that shows a field in its own words; few words and owners can be chosen from."""
    if name == "title":
        return _computed(kind.title, cells.name)
    one = next(one for one in fields(kind) if one.name == name)
    if name == "owner":
        return _field(one.label, name, _labelled, choose=True)
    return _field(
        one.label,
        name,
        one.show,
        choose=one.show is show.word,
        sort="number" if one.show is show.number else "text",
    )
