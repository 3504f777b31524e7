"""What the pages of measurements and instruments say beside their fields: readings, limits, calibrations.

The newest readings stand in a table, all of them in a chart; the files hold every line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import compress

from markupsafe import Markup, escape

from mkdocs_ems import dataclass
from mkdocs_ems.graph import Node
from mkdocs_ems.model import InstrumentRow, MeasurementRow, ObligationRow, Reading, Series
from mkdocs_ems.model.entities import Limits
from mkdocs_ems.model.periods import frequency_of
from mkdocs_ems.pages import words
from mkdocs_ems.pages.charts import Chart, Level, Spot, drawn, hidden_levels
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.limits import Judged, Stand, amount, in_unit, judge
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.view import View
from mkdocs_ems.text import plural

LATEST = 24
"""So many readings stand in the table."""

_FINEST = {"daily": "day", "weekly": "day", "yearly": "year"}


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One reading of the table."""

    period: str
    value: str
    judged: Judged
    count: str
    operator: Markup
    instrument: Markup
    comment: str


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One limit and whose it is."""

    name: Markup | str
    value: str


def finest(series: Sequence[Reading]) -> str:
    """What the labels of days may name in a chart of these readings: no closer than a period is long."""
    lengths = [frequency_of(one.period) for one in series[-LATEST:]]
    return _FINEST.get(lengths[-1], "month") if lengths else "month"


def latest(row: MeasurementRow, series: Series | None) -> tuple[str, str, Judged] | None:
    """The newest reading of a measurement: value, period, how it stands; None where there is none."""
    if series is None or not series.readings:
        return None
    last = series.readings[-1]
    value = amount(last.value, last.unit or row.unit, last.qualifier)
    return value, words.period(last.period), judge(last, row)


def readings_section(node: Node, view: View, links: Links) -> Markup:
    """Limits, chart, and the newest readings of a measurement."""
    row = node.entity
    assert isinstance(row, MeasurementRow), "the table of sections names this kind"
    series = view.shown.model.series.get(node.id)
    readings = series.readings if series else ()
    lines = [_line(one, row, links) for one in reversed(readings[-LATEST:])]
    # Half a million readings are judged once, for the sentence and the chart alike.
    beyond = [judge(one, row).stand is Stand.OVER for one in readings]
    said = _said(row, readings, beyond)
    chart = _chart(node.id, row, readings, beyond, said) if readings else None
    body = render(
        "readings.html",
        id=node.id,
        limits=_limits(node.id, row, view, links),
        said=said,
        chart=drawn(chart) if chart else "",
        far=[f"{one.name} {words.number(one.value)}" for one in hidden_levels(chart)] if chart else (),
        lines=lines,
        judged=any(one.judged.stand is not Stand.NO_LIMIT for one in lines),
        counts=any(one.count for one in lines),
        operators=any(one.operator for one in lines),
        instruments=any(one.instrument for one in lines),
        comments=any(one.comment for one in lines),
        earlier=len(readings) - len(lines),
        files=dict(Counter(one.path for one in readings)),
        elsewhere=row.no_readings,
    )
    return Markup(body)  # noqa: S704 - an autoescaping template


def _line(reading: Reading, row: MeasurementRow, links: Links) -> ReadingLine:
    return ReadingLine(
        words.period(reading.period),
        amount(reading.value, reading.unit or row.unit, reading.qualifier),
        judge(reading, row),
        "" if reading.count is None else str(reading.count),
        _named(reading.operator, links),
        _named(reading.instrument, links),
        reading.comment or "",
    )


def _named(text: str | None, links: Links) -> Markup:
    """An id as a link, where it is one; any other words as they stand."""
    if text and text in links.places:
        return Markup('<span class="ems-keep">%s</span>') % links.short(text)
    return escape(text or "")


def _limits(identity: str, row: MeasurementRow, view: View, links: Links) -> list[LimitLine]:
    """Every limit that readings have to keep to: the measurement's own, and those of obligations."""
    found = [LimitLine(name, value) for name, value in _own_limits(row.limits, row.unit)]
    for node in view.graph.referrers(identity, "obligation"):
        obligation = node.entity
        for one in obligation.conditions if isinstance(obligation, ObligationRow) else ():
            if one.parameter == identity and one.limit is not None:
                sense = "at most" if one.sense == "at-most" else "at least"
                value = f"{sense} {amount(one.limit, one.unit or row.unit)}"
                of = f" ({words.words(one.statistic)})" if one.statistic else ""
                name = links.named(node.id)
                name = Markup("{}, {}").format(name, one.ref) if one.ref else name
                found.append(LimitLine(name, f"{value}{of}"))
    return found


def _own_limits(limits: Limits | None, unit: str | None) -> list[tuple[str, str]]:
    if limits is None:
        return []
    return [
        (said, value)
        for said, low, high in (
            ("By law or permit", limits.legal_min, limits.legal_max),
            ("Alert", limits.alert_min, limits.alert_max),
            ("Plausible", limits.plausible_min, limits.plausible_max),
        )
        for value in [_between(low, high, unit)]
        if value
    ]


def _between(low: float | None, high: float | None, unit: str | None) -> str:
    if low is not None and high is not None:
        return f"{words.number(low)} to {amount(high, unit)}"
    if high is not None:
        return f"at most {amount(high, unit)}"
    return f"at least {amount(low, unit)}" if low is not None else ""


def _said(row: MeasurementRow, readings: Sequence[Reading], beyond: Sequence[bool]) -> str:
    """What the readings come to, in sentences."""
    if not readings:
        return ""
    first, last = readings[0], readings[-1]
    said = [plural(len(readings), "reading")]
    if first.period != last.period:
        said[0] += f" from {words.period(first.period)} to {words.period(last.period)}"
    judged = judge(last, row)
    latest = f"the latest is {amount(last.value, last.unit or row.unit, last.qualifier)}"
    said.append(f"{latest}, {judged.words}" if judged.words else latest)
    over = list(compress(readings, beyond))
    if over:
        named = words.listed([words.period(one.period) for one in over[-3:]])
        more = f"{len(over)} were beyond a limit, the last in" if len(over) > 3 else "beyond a limit:"
        said.append(f"{more} {named}")
    return f"{words.sentence('; '.join(said))}."


def _chart(
    identity: str, row: MeasurementRow, readings: Sequence[Reading], beyond: Sequence[bool], said: str
) -> Chart:
    limits = row.limits
    levels = (
        [
            Level(value, name, kind)
            for value, name, kind in (
                (limits.legal_max, "limit", "limit"),
                (limits.legal_min, "limit", "limit"),
                (limits.alert_max, "alert", "alert"),
                (limits.alert_min, "alert", "alert"),
            )
            if value is not None
        ]
        if limits
        else []
    )
    spots = tuple(
        Spot(one.period.last, value, over)
        for one, over in zip(readings, beyond, strict=True)
        for value in [in_unit(one, row.unit)]
        if value is not None
    )
    return Chart(
        anchor=f"chart-{identity}",
        title=f"Readings of {identity}",
        said=f"{said} The table below holds the numbers.",
        unit=row.unit or "",
        line=spots,
        levels=tuple(levels),
        finest=finest(readings),
    )


def measured_with(node: Node, view: View, links: Links) -> Markup:
    """What is measured with an instrument: the newest reading of each measurement."""
    lines = []
    for other in view.graph.referrers(node.id, "measurement"):
        row = other.entity
        if isinstance(row, MeasurementRow):
            lines.append((links.named(other.id), latest(row, view.shown.model.series.get(other.id))))
    return Markup(render("measured-with.html", lines=lines))  # noqa: S704 - an autoescaping template


def is_used(node: Node, view: View) -> bool:
    """Whether anything is measured with an instrument."""
    return bool(view.graph.referrers(node.id, "measurement"))


def calibrations(node: Node, view: View, links: Links) -> Markup:
    """Each calibration, the newest first, and when the next one is due."""
    row = node.entity
    assert isinstance(row, InstrumentRow), "the table of sections names this kind"
    done = sorted(row.calibrations, key=lambda one: one.date, reverse=True)
    due = row.due_after(done[0]) if done else None
    body = render(
        "calibrations.html",
        done=[(words.day(one.date), one, links.prose(one.impact_assessment or "")) for one in done],
        due=words.day(due) if due else "",
        late=due is not None and due < view.shown.as_of,
    )
    return Markup(body)  # noqa: S704 - an autoescaping template


def is_calibrated(node: Node, _view: View) -> bool:
    """Whether an instrument has a calibration."""
    return isinstance(node.entity, InstrumentRow) and bool(node.entity.calibrations)
