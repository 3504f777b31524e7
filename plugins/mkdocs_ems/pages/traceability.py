"""The traceability page: what each aspect leads to, and where the thread is cut.

One table for aspects (obligations, controls, procedures, objectives), one for
objectives, one for obligations. A gap is marked where the thread should go on: of a
significant aspect, an applicable obligation, an objective. The findings of the
rules say the same with reasons; this page shows the whole picture.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from mkdocs_ems.graph import Node
from mkdocs_ems.model import AspectRow, ControlRow, ObjectiveRow, ObligationRow
from mkdocs_ems.pages.addresses import START, TRACEABILITY
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.pieces import within
from mkdocs_ems.pages.significance import verdict
from mkdocs_ems.pages.values import Page, PageForm
from mkdocs_ems.pages.view import View, contents

PROCEDURES = ("procedure", "work-instruction")


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One row of a matrix: where it begins, what it leads to, whether the thread is whole."""

    id: Markup
    title: str
    state: str
    cells: tuple[Markup, ...]
    gaps: int

    @property
    def thread(self) -> str:
        """The thread in a word, to choose by."""
        return "gap" if self.gaps else "whole"


@dataclass(frozen=True, slots=True)
class Matrix:
    """One table of the page."""

    anchor: str
    title: str
    noun: str
    columns: tuple[str, ...]
    lines: tuple[TraceLine, ...]

    @property
    def gaps(self) -> int:
        """How many threads are cut."""
        return sum(1 for line in self.lines if line.gaps)


def traceability_page(view: View) -> Page:
    """The page with all matrices."""
    links = view.links(TRACEABILITY)
    thread = _Thread(view, links)
    matrices = tuple(
        matrix for matrix in (_aspects(thread), _objectives(thread), _obligations(thread)) if matrix.lines
    )
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
        search="Traceability: aspects, obligations, controls, procedures, objectives, gaps",
        nav=("Traceability",),
        order=50,
    )


_NOTHING, _SPACE = Markup(""), Markup(" ")
_NONE = Markup('<span class="ems-aside">none</span>')


@dataclass(frozen=True, slots=True)
class _Thread:
    """Follows references in either direction, and writes what it finds."""

    view: View
    links: Links

    def near(self, identity: str, *kinds: str) -> tuple[str, ...]:
        """Ids of these kinds that a node refers to or that refer to it, sorted."""
        graph = self.view.graph
        ends = {edge.target for edge in graph.outgoing.get(identity, ())}
        ends |= {edge.source for edge in graph.incoming.get(identity, ())}
        return tuple(sorted(end for end in ends if graph.nodes[end].kind in kinds))

    def live_controls(self, identity: str) -> tuple[str, ...]:
        """The operational controls beside a node, withdrawn ones left out."""
        nodes = self.view.graph.nodes
        near = self.near(identity, "control")
        return tuple(one for one in near if getattr(nodes[one].entity, "status", None) != "withdrawn")

    def procedures(self, controls: Iterable[str]) -> tuple[str, ...]:
        """The procedures that controls name, sorted."""
        nodes = self.view.graph.nodes
        named = set()
        for identity in controls:
            control = nodes[identity].entity
            if isinstance(control, ControlRow) and control.procedure in nodes:
                named.add(control.procedure)
        return tuple(sorted(one for one in named if one))

    def several(self, ids: Iterable[str]) -> Markup:
        """Ids as links, one beside the other."""
        return within(_NOTHING, [self.links.short(identity) for identity in ids], _SPACE, _NOTHING)

    def cell(self, ids: tuple[str, ...], *, missing: str, needed: bool) -> tuple[Markup, int]:
        """What a cell says and whether it is a gap."""
        if ids:
            return self.several(ids), 0
        if needed:
            return Markup('<span class="ems-gap">gap: %s</span>') % missing, 1
        return _NONE, 0

    def line(self, node: Node, state: str, cells: Iterable[tuple[Markup, int]]) -> TraceLine:
        """A row of a matrix."""
        made = tuple(cells)
        return TraceLine(
            self.links.bare(node.id),
            node.title,
            state,
            tuple(cell for cell, _ in made),
            sum(gap for _, gap in made),
        )


def _in_hand(aspect: AspectRow) -> bool:
    """Whether a control is asked for: what can only be influenced needs none."""
    return aspect.control not in ("influence", "none")


def _reach(aspect: AspectRow, cell: tuple[Markup, int]) -> tuple[Markup, int]:
    if cell[0] is not _NONE or _in_hand(aspect):
        return cell
    said = "influence only" if aspect.control == "influence" else "beyond our reach"
    return Markup('<span class="ems-aside">%s</span>') % said, 0


def _aspects(thread: _Thread) -> Matrix:
    lines: list[TraceLine] = []
    for node in thread.view.graph.of_kind("aspect"):
        aspect = node.entity
        if not isinstance(aspect, AspectRow) or aspect.status == "withdrawn":
            continue
        assessment = thread.view.assessments[node.id]
        needed = assessment.significant is not False
        obligations = thread.near(node.id, "obligation")
        controls = thread.live_controls(node.id)
        procedures = thread.procedures(controls)
        objectives = thread.near(node.id, "objective")
        decided = aspect.objective_decision
        objective = thread.cell(
            objectives, missing="no objective and no decision", needed=needed and not decided
        )
        if decided and not objectives:
            objective = Markup("decision: {}").format(thread.links.prose(decided)), 0
        cells = (
            thread.cell(obligations, missing="", needed=False),
            _reach(aspect, thread.cell(controls, missing="no control", needed=needed and _in_hand(aspect))),
            thread.cell(procedures, missing="no procedure", needed=needed and bool(controls)),
            objective,
        )
        lines.append(thread.line(node, verdict(assessment), cells))
    columns = ("Significance", "Obligations", "Controls", "Procedures", "Objectives")
    return Matrix("aspects", "Aspects and what they lead to", "aspects", columns, tuple(lines))


def _objectives(thread: _Thread) -> Matrix:
    lines: list[TraceLine] = []
    for node in thread.view.graph.of_kind("objective"):
        objective = node.entity
        if not isinstance(objective, ObjectiveRow) or objective.status == "withdrawn":
            continue
        aspects = thread.near(node.id, "aspect")
        obligations = thread.near(node.id, "obligation")
        controls = tuple(sorted({one for aspect in aspects for one in thread.near(aspect, "control")}))
        cells = (
            thread.cell(aspects, missing="rests on nothing", needed=not obligations),
            thread.cell(obligations, missing="", needed=False),
            thread.cell(controls, missing="", needed=False),
            thread.cell(thread.procedures(controls), missing="", needed=False),
        )
        lines.append(thread.line(node, (objective.status or "no status").replace("-", " "), cells))
    columns = ("Status", "Aspects", "Obligations", "Controls", "Procedures")
    return Matrix("objectives", "Objectives and what they rest on", "objectives", columns, tuple(lines))


def _obligations(thread: _Thread) -> Matrix:
    lines: list[TraceLine] = []
    for node in thread.view.graph.of_kind("obligation"):
        obligation = node.entity
        if not isinstance(obligation, ObligationRow) or obligation.status in ("repealed", "superseded"):
            continue
        applies = obligation.applicable in (None, "yes")
        aspects = thread.near(node.id, "aspect")
        controls = thread.live_controls(node.id)
        through = {one for aspect in aspects for one in thread.live_controls(aspect)}
        # What is asked through aspects that can only be influenced asks for no control either.
        reached = [thread.view.graph.nodes[aspect].entity for aspect in aspects]
        in_hand = not reached or any(isinstance(one, AspectRow) and _in_hand(one) for one in reached)
        procedures = thread.procedures((*controls, *through))
        cells = (
            thread.cell(aspects, missing="", needed=False),
            thread.cell(controls, missing="no control", needed=applies and in_hand and not through),
            thread.cell(procedures, missing="", needed=False),
        )
        lines.append(thread.line(node, "applies" if applies else "does not apply", cells))
    columns = ("Applies", "Aspects", "Controls", "Procedures")
    return Matrix("obligations", "Obligations and how they are met", "obligations", columns, tuple(lines))
