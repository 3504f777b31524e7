"""The traceability page: where each thread leads, and where it is cut.

One table for each place where an auditor begins: context issues, risks, aspects,
obligations, objectives, emergency scenarios. A gap is marked where the thread should go
on: of a relevant issue, a significant aspect, an applicable obligation, an objective. The
findings of the rules say the same with reasons; this page shows the whole picture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.graph import Node
from mkdocs_ems.model import (
    AspectRow,
    ContextIssueRow,
    EmergencyScenarioRow,
    Entity,
    ObjectiveRow,
    ObligationRow,
    RiskRow,
)
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import START, TRACEABILITY
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.significance import verdict
from mkdocs_ems.pages.threads import NONE, Cell, Matrix, Thread, TraceLine, aside, gap, said
from mkdocs_ems.pages.values import Page, PageForm
from mkdocs_ems.pages.view import View, contents
from mkdocs_ems.text import plural

Row = TypeVar("Row", bound=Entity)

_LIMITS = ("limit", "monitoring", None)
"""Conditions of these kinds have to be measured where they name a limit."""


@dataclass(frozen=True, slots=True)
class _Table:
    """One of the tables: what it is called, where its threads begin, and how one is followed."""

    anchor: str
    title: str
    noun: str
    columns: tuple[str, ...]
    kind: str
    lines: Callable[[Thread], Iterator[TraceLine]]


def traceability_page(view: View) -> Page:
    """The page with all matrices; the threads are followed when it is drawn."""
    listed = tuple(table for table in _TABLES if any(map(_in_use, view.graph.of_kind(table.kind))))
    return Page(
        path=TRACEABILITY,
        title="Traceability",
        form=PageForm.HTML,
        draw=partial(_draw, view, listed),
        toc=contents((table.title, table.anchor) for table in listed),
        search="Traceability: aspects, obligations, controls, measurements, objectives, risks, gaps",
        nav=("Traceability",),
        order=50,
    )


def _draw(view: View, listed: tuple[_Table, ...]) -> str:
    links = view.links(TRACEABILITY)
    thread = Thread(view, links)
    matrices = [
        Matrix(table.anchor, table.title, table.noun, table.columns, tuple(table.lines(thread)))
        for table in listed
    ]
    return render(
        "traceability.html",
        draft=view.draft,
        start=links.up + START,
        matrices=matrices,
        state=view.state_words,
    )


def _in_use(node: Node) -> bool:
    """Whether a thread begins at a row: not at one that was given up."""
    match node.entity:
        case AspectRow(status=status) | ObjectiveRow(status=status) | EmergencyScenarioRow(status=status):
            return status != "withdrawn"
        case ContextIssueRow(status=status):
            return status != "withdrawn"
        case ObligationRow(superseded=superseded):
            return not superseded
        case RiskRow(status=status):
            return status != "closed"
        case _:
            return False


def _rows(thread: Thread, kind: str, model: type[Row]) -> Iterator[tuple[Node, Row]]:
    """The rows of a kind that are in use, by id."""
    for node in thread.view.graph.of_kind(kind):
        if isinstance(node.entity, model) and _in_use(node):
            yield node, node.entity


def _in_hand(aspect: AspectRow) -> bool:
    """Whether a control is asked for: what can only be influenced needs none."""
    return aspect.control not in ("influence", "none")


def _reach(aspect: AspectRow, cell: Cell) -> Cell:
    if cell[0] is not NONE or _in_hand(aspect):
        return cell
    return aside("influence only" if aspect.control == "influence" else "beyond our reach"), 0


def _aspects(thread: Thread) -> Iterator[TraceLine]:
    for node, aspect in _rows(thread, "aspect", AspectRow):
        assessment = thread.view.assessments[node.id]
        needed = assessment.significant is not False
        controls = thread.near(node.id, "control")
        described = thread.described(controls)
        cells = (
            thread.cell(
                thread.near(node.id, "obligation"),
                missing="",
                needed=False,
                reason=aspect.no_obligation_reason,
            ),
            _reach(aspect, thread.cell(controls, missing="no control", needed=needed and _in_hand(aspect))),
            described if needed or not described[1] else (NONE, 0),
            _watched(thread, node, aspect, needed=needed),
            _emergency(thread, node, aspect),
            _decided(thread, node, aspect, needed=needed),
        )
        yield thread.line(node, verdict(assessment), cells)


def _watched(thread: Thread, node: Node, aspect: AspectRow, *, needed: bool) -> Cell:
    """What measures an aspect, directly or through what it is linked to."""
    direct = thread.near(node.id, "measurement", "indicator")
    through = () if direct else thread.watched_through(node.id)
    if through:
        return Markup("through {}").format(thread.several(through)), 0
    # What others do, and what may never happen, are no operations of the works.
    own = _in_hand(aspect) and aspect.condition != "emergency"
    return thread.cell(
        direct,
        missing="nothing watches it",
        needed=needed and own,
        reason=aspect.no_monitoring_reason,
    )


def _emergency(thread: Thread, node: Node, aspect: AspectRow) -> Cell:
    scenarios = thread.near(node.id, "emergency-scenario")
    if not scenarios and aspect.condition != "emergency":
        return Markup(""), 0
    return thread.cell(scenarios, missing="no scenario", needed=True)


def _decided(thread: Thread, node: Node, aspect: AspectRow, *, needed: bool) -> Cell:
    """The objectives of an aspect, or the decision not to set one."""
    objectives, decided = thread.near(node.id, "objective"), aspect.objective_decision
    if decided and not objectives:
        return said("decision", thread.links.prose(decided)), 0
    return thread.cell(objectives, missing="no objective and no decision", needed=needed)


def _objectives(thread: Thread) -> Iterator[TraceLine]:
    for node, objective in _rows(thread, "objective", ObjectiveRow):
        basis = thread.near(node.id, "aspect", "obligation", "risk")
        indicators = thread.near(node.id, "indicator")
        measurements = {other for one in indicators for other in thread.near(one, "measurement")}
        measurements |= set(thread.near(node.id, "measurement"))
        is_open = objective.status not in ("achieved", "not-achieved")
        cells = (
            thread.cell(basis, missing="rests on nothing", needed=True),
            thread.cell(thread.near(node.id, "action"), missing="nothing is planned for it", needed=is_open),
            thread.cell(
                indicators, missing="no indicator", needed=True, reason=objective.not_measurable_reason
            ),
            thread.cell(tuple(sorted(measurements)), missing="nothing is measured", needed=bool(indicators)),
        )
        yield thread.line(node, words.words(objective.status or "no status"), cells)


def _obligations(thread: Thread) -> Iterator[TraceLine]:
    for node, obligation in _rows(thread, "obligation", ObligationRow):
        applies = obligation.applies
        aspects = thread.near(node.id, "aspect")
        controls = thread.near(node.id, "control")
        through = {one for aspect in aspects for one in thread.near(aspect, "control")}
        # What is asked through aspects that can only be influenced asks for no control either.
        reached = [thread.view.graph.nodes[aspect].entity for aspect in aspects]
        in_hand = not reached or any(isinstance(one, AspectRow) and _in_hand(one) for one in reached)
        cells = (
            thread.cell(aspects, missing="", needed=False),
            thread.cell(controls, missing="no control", needed=applies and in_hand and not through),
            thread.cell(thread.procedures((*controls, *sorted(through))), missing="", needed=False),
            _measured(thread, node, obligation),
            _evaluated(obligation),
        )
        yield thread.line(node, "applies" if applies else "does not apply", cells)


def _measured(thread: Thread, node: Node, obligation: ObligationRow) -> Cell:
    """What measures an obligation; a gap where a limit has no measurement in use."""
    found = thread.near(node.id, "measurement")
    limits = [one for one in obligation.conditions if one.limit is not None and one.kind in _LIMITS]
    left = sum(1 for one in limits if one.parameter is None or one.parameter not in found)
    if not left or not obligation.applies:
        return thread.cell(found, missing="", needed=False)
    missing = gap(f"{plural(left, 'limit')} not measured")
    return (Markup("{} {}").format(thread.several(found), missing) if found else missing), 1


def _evaluated(obligation: ObligationRow) -> Cell:
    plan = obligation.evaluation
    if plan is not None and plan.frequency_months is not None:
        return Markup("every {} months").format(plan.frequency_months), 0
    asked = obligation.applies and obligation.status != "pending"
    return (gap("no plan"), 1) if asked else (NONE, 0)


def _scenarios(thread: Thread) -> Iterator[TraceLine]:
    for node, scenario in _rows(thread, "emergency-scenario", EmergencyScenarioRow):
        plans = tuple(sorted(one for one in set(scenario.response) if one in thread.view.graph.nodes))
        drill = words.day(scenario.last_drill) if scenario.last_drill else "none yet"
        cells = (
            thread.cell(thread.near(node.id, "aspect"), missing="", needed=False),
            thread.cell(plans, missing="no plan", needed=True),
            thread.cell(thread.near(node.id, "role", "person"), missing="", needed=False),
            (Markup('<span class="ems-keep">{}</span>').format(drill), 0),
        )
        yield thread.line(node, scenario.location or "", cells)


def _risks(thread: Thread) -> Iterator[TraceLine]:
    method = thread.view.settings.risk_method
    threshold = method.threshold if method else None
    for node, risk in _rows(thread, "risk", RiskRow):
        score = risk.likelihood * risk.consequence if risk.likelihood and risk.consequence else None
        high = threshold is not None and score is not None and score >= threshold
        answers = thread.near(node.id, "action", "control", "objective")
        accepted = risk.acceptance is not None and bool(risk.acceptance.by and risk.acceptance.reason)
        sources = ("context-issue", "interested-party", "aspect", "obligation", "emergency-scenario")
        answer = thread.cell(
            answers, missing="nothing answers it", needed=high and risk.kind != "opportunity"
        )
        cells = (
            thread.cell(thread.near(node.id, *sources), missing="no source", needed=True),
            (aside("accepted"), 0) if accepted and not answers else answer,
        )
        state = words.words(risk.kind or "risk")
        yield thread.line(node, f"{state}, {score}" if score else state, cells)


def _issues(thread: Thread) -> Iterator[TraceLine]:
    answers = ("risk", "aspect", "objective", "action", "obligation")
    for node, issue in _rows(thread, "context-issue", ContextIssueRow):
        cell = thread.cell(
            thread.near(node.id, *answers),
            missing="nothing follows",
            needed=issue.relevant is True,
            reason=issue.no_action_reason,
        )
        state = {True: "relevant", False: "not relevant", None: "not decided"}[issue.relevant]
        yield thread.line(node, state, (cell,))


_TABLES = (
    _Table(
        "aspects",
        "Aspects and what they lead to",
        "aspects",
        (
            "Significance",
            "Obligations",
            "Controls",
            "Procedures",
            "Watched by",
            "Scenarios",
            "Objectives",
        ),
        "aspect",
        _aspects,
    ),
    _Table(
        "obligations",
        "Obligations and how they are met",
        "obligations",
        ("Applies", "Aspects", "Controls", "Procedures", "Watched by", "Evaluated"),
        "obligation",
        _obligations,
    ),
    _Table(
        "objectives",
        "Objectives, their grounds and their means",
        "objectives",
        ("Status", "Rests on", "Actions", "Indicators", "Measurements"),
        "objective",
        _objectives,
    ),
    _Table(
        "emergencies",
        "Emergencies and how we are ready",
        "scenarios",
        ("Where", "Aspects", "Plans", "Roles", "Last drill"),
        "emergency-scenario",
        _scenarios,
    ),
    _Table(
        "risks",
        "Risks and opportunities",
        "risks and opportunities",
        ("Kind and score", "Comes from", "Answered by"),
        "risk",
        _risks,
    ),
    _Table(
        "context",
        "Context issues",
        "context issues",
        ("Relevant", "Carried forward to"),
        "context-issue",
        _issues,
    ),
)
