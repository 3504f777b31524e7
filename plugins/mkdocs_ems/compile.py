"""The composition: from a place and a state to everything that is known about it.

One pure pipeline: snapshot and history to sources, model, graph and control. Rules,
pages, reports and exports read the `Compilation` and add nothing to it. This module
parses nothing and judges nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mkdocs_ems.control import ControlState
from mkdocs_ems.diagnostics import Finding
from mkdocs_ems.git import History, Snapshot
from mkdocs_ems.graph import Graph
from mkdocs_ems.model import Model, Settings
from mkdocs_ems.source import Sources


@dataclass(frozen=True, slots=True)
class Compilation:
    """Everything that is known of one state of the content on one date."""

    snapshot: Snapshot
    sources: Sources
    model: Model
    graph: Graph
    as_of: date
    control: ControlState | None
    """None where there is no history to judge by (rule cases in memory, an unborn branch)."""
    control_reason: str = ""
    """Why there is no control, in words."""
    history: History | None = None

    @property
    def settings(self) -> Settings:
        """What the organisation decided, as this state has it."""
        return self.model.settings

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the stages themselves found, each with its code."""
        control = self.control.findings if self.control else ()
        return (*self.sources.findings, *self.model.findings, *control)
