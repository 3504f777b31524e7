"""The traceability page: where each thread leads, and where it is cut.

One table for each place where an auditor begins: context issues, risks, aspects,
obligations, objectives, emergency scenarios. A gap is marked where the thread should go
on: of a relevant issue, a significant aspect, an applicable obligation, an objective. The
findings of the rules say the same with reasons; this page shows the whole picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from markupsafe import Markup

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


def traceability_page(view: View) -> Page:
    """The page with all matrices."""
    links = view.links(TRACEABILITY)
    thread = Thread(view, links)
    made = (
        _aspects(thread),
        _obligations(thread),
        _objectives(thread),
        _scenarios(thread),
        _risks(thread),
        _issues(thread),
    )
    matrices = tuple(matrix for matrix in made if matrix.lines)
    body = render(
        "traceability.html",
        draft=view.draft,
        start=links.up + START,
        matrices=matrices,
        state=view.state_words,
    )
    return Page(
        path=TRACEABILITY,
        title="Traceability",
        form=PageForm.HTML,
        body=body,
        toc=contents((matrix.title, matrix.anchor) for matrix in matrices),
        search="Traceability: aspects, obligations, controls, measurements, objectives, risks, gaps",
        nav=("Traceability",),
        order=50,
    )


def _rows(thread: Thread, kind: str, model: type[Row]) -> Iterator[tuple[Node, Row]]:
    """The rows of a kind, by id."""
    for node in thread.view.graph.of_kind(kind):
        if isinstance(node.entity, model):
            yield node, node.entity


def _in_hand(aspect: AspectRow) -> bool:
    """Whether a control is asked for: what can only be influenced needs none."""
    return aspect.control not in ("influence", "none")


def _reach(aspect: AspectRow, cell: Cell) -> Cell:
    if cell[0] is not NONE or _in_hand(aspect):
        return cell
    return aside("influence only" if aspect.control == "influence" else "beyond our reach"), 0


def _aspects(thread: Thread) -> Matrix:
    lines: list[TraceLine] = []
    for node, aspect in _rows(thread, "aspect", AspectRow):
        if aspect.status == "withdrawn":
            continue
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
        lines.append(thread.line(node, verdict(assessment), cells))
    columns = (
        "Significance",
        "Obligations",
        "Controls",
        "Procedures",
        "Watched by",
        "Scenarios",
        "Objectives",
    )
    return Matrix("aspects", "Aspects and what they lead to", "aspects", columns, tuple(lines))


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


def _objectives(thread: Thread) -> Matrix:
    lines: list[TraceLine] = []
    for node, objective in _rows(thread, "objective", ObjectiveRow):
        if objective.status == "withdrawn":
            continue
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
        lines.append(thread.line(node, words.words(objective.status or "no status"), cells))
    columns = ("Status", "Rests on", "Actions", "Indicators", "Measurements")
    return Matrix(
        "objectives", "Objectives, their grounds and their means", "objectives", columns, tuple(lines)
    )


def _obligations(thread: Thread) -> Matrix:
    lines: list[TraceLine] = []
    for node, obligation in _rows(thread, "obligation", ObligationRow):
        if obligation.superseded:
            continue
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
        lines.append(thread.line(node, "applies" if applies else "does not apply", cells))
    columns = ("Applies", "Aspects", "Controls", "Procedures", "Watched by", "Evaluated")
    return Matrix("obligations", "Obligations and how they are met", "obligations", columns, tuple(lines))


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


def _scenarios(thread: Thread) -> Matrix:
    lines: list[TraceLine] = []
    for node, scenario in _rows(thread, "emergency-scenario", EmergencyScenarioRow):
        if scenario.status == "withdrawn":
            continue
        plans = tuple(sorted(one for one in set(scenario.response) if one in thread.view.graph.nodes))
        drill = words.day(scenario.last_drill) if scenario.last_drill else "none yet"
        cells = (
            thread.cell(thread.near(node.id, "aspect"), missing="", needed=False),
            thread.cell(plans, missing="no plan", needed=True),
            thread.cell(thread.near(node.id, "role", "person"), missing="", needed=False),
            (Markup('<span class="ems-keep">{}</span>').format(drill), 0),
        )
        lines.append(thread.line(node, scenario.location or "", cells))
    columns = ("Where", "Aspects", "Plans", "Roles", "Last drill")
    return Matrix("emergencies", "Emergencies and how we are ready", "scenarios", columns, tuple(lines))


def _risks(thread: Thread) -> Matrix:
    method = thread.view.settings.risk_method
    threshold = method.threshold if method else None
    lines: list[TraceLine] = []
    for node, risk in _rows(thread, "risk", RiskRow):
        if risk.status == "closed":
            continue
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
        lines.append(thread.line(node, f"{state}, {score}" if score else state, cells))
    columns = ("Kind and score", "Comes from", "Answered by")
    return Matrix("risks", "Risks and opportunities", "risks and opportunities", columns, tuple(lines))


def _issues(thread: Thread) -> Matrix:
    lines: list[TraceLine] = []
    answers = ("risk", "aspect", "objective", "action", "obligation")
    for node, issue in _rows(thread, "context-issue", ContextIssueRow):
        if issue.status == "withdrawn":
            continue
        cell = thread.cell(
            thread.near(node.id, *answers),
            missing="nothing follows",
            needed=issue.relevant is True,
            reason=issue.no_action_reason,
        )
        state = {True: "relevant", False: "not relevant", None: "not decided"}[issue.relevant]
        lines.append(thread.line(node, state, (cell,)))
    return Matrix(
        "context", "Context issues", "context issues", ("Relevant", "Carried forward to"), tuple(lines)
    )
