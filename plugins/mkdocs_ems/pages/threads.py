"""Threads of the traceability tables: who stands beside whom, what a cell says, and whether it is a gap.

Follows typed references and mentions alike, whichever side wrote them. What was withdrawn
or given up holds no thread together.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.graph import Node
from mkdocs_ems.model import ControlRow, ObjectiveRow, ObligationRow
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.pieces import filled, within
from mkdocs_ems.pages.view import View

Cell = tuple[Markup, int]
"""What a cell says, and 1 where the thread is cut there."""

_ENDED = frozenset({"withdrawn", "cancelled"})
_NOTHING, _SPACE = Markup(""), Markup(" ")
NONE = Markup('<span class="ems-aside">none</span>')
SEVERAL = 12
"""More ids than this in one cell are counted; the row's own page names them all."""


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One row of a matrix: where it begins, what it leads to, whether the thread is whole."""

    id: Markup
    title: str
    state: str
    cells: tuple[Markup, ...]
    gaps: int


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


@dataclass(frozen=True, slots=True)
class Thread:
    """Follows references in either direction, and writes what it finds."""

    view: View
    links: Links

    def near(self, identity: str, *kinds: str) -> tuple[str, ...]:
        """Ids of these kinds that a node refers to or that refer to it, in use, sorted."""
        graph = self.view.graph
        ends = {edge.target for edge in graph.outgoing.get(identity, ())}
        ends |= {edge.source for edge in graph.incoming.get(identity, ())}
        return tuple(sorted(end for end in ends if graph.nodes[end].kind in kinds and self._in_use(end)))

    def procedures(self, controls: Iterable[str]) -> tuple[str, ...]:
        """The documents that describe controls, sorted."""
        nodes = self.view.graph.nodes
        named = set()
        for identity in controls:
            control = nodes[identity].entity
            if isinstance(control, ControlRow) and control.procedure in nodes:
                named.add(control.procedure)
        return tuple(sorted(one for one in named if one))

    def described(self, controls: Iterable[str]) -> Cell:
        """The documents of controls; a gap where one of them has neither a document nor a reason."""
        held = tuple(controls)
        found = self.procedures(held)
        if found or not held:
            return self.cell(found, missing="", needed=False)
        entities = [self.view.graph.nodes[one].entity for one in held]
        reasons = [one for one in entities if isinstance(one, ControlRow) and one.no_procedure_reason]
        if len(reasons) == len(held):
            return aside("none needed"), 0
        return gap("no procedure"), 1

    def watched_through(self, identity: str) -> tuple[str, ...]:
        """What an aspect is linked to that is itself measured: obligations, controls, objectives."""
        nodes = self.view.graph.nodes
        found: list[str] = []
        for other in self.near(identity, "obligation", "control", "objective"):
            match nodes[other].entity:
                case ObligationRow(conditions=conditions):
                    watched = any(one.parameter for one in conditions)
                case ObjectiveRow(kpi=kpi):
                    watched = kpi is not None
                case _:
                    watched = bool(self.near(other, "measurement"))
            if watched:
                found.append(other)
        return tuple(found)

    def several(self, ids: Iterable[str]) -> Markup:
        """Ids as links, one beside the other."""
        held = tuple(ids)
        made = [self.links.short(identity) for identity in held[:SEVERAL]]
        if len(held) > SEVERAL:
            made.append(aside(f"and {len(held) - SEVERAL} more"))
        return within(_NOTHING, made, _SPACE, _NOTHING)

    def cell(self, ids: tuple[str, ...], *, missing: str, needed: bool, reason: str | None = None) -> Cell:
        """What a cell says and whether it is a gap.

        Args:
            ids: what was found.
            missing: what to call it where nothing was.
            needed: whether something is asked for.
            reason: why there is nothing, as somebody wrote it.
        """
        if ids:
            return self.several(ids), 0
        if reason:
            return aside("none, for a reason given"), 0
        return (gap(missing), 1) if needed else (NONE, 0)

    def line(self, node: Node, state: str, cells: Iterable[Cell]) -> TraceLine:
        """A row of a matrix."""
        made = tuple(cells)
        return TraceLine(
            self.links.bare(node.id),
            node.title,
            state,
            tuple(cell for cell, _ in made),
            sum(cut for _, cut in made),
        )

    def _in_use(self, identity: str) -> bool:
        return getattr(self.view.graph.nodes[identity].entity, "status", None) not in _ENDED


def gap(missing: str) -> Markup:
    """A cell in which the thread is cut."""
    return filled('<span class="ems-gap">gap: %s</span>', missing)


def aside(said: str) -> Markup:
    """A cell in which nothing is asked for."""
    return filled('<span class="ems-aside">%s</span>', said)


def said(what: str, why: Markup) -> Markup:
    """A decision with its reason, as somebody wrote it."""
    return filled('<div class="ems-said">%s: %s</div>', what, why)
