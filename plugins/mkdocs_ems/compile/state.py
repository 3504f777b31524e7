"""What a compilation is: values that the stages fill and everything above reads; nothing is computed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING

from mkdocs_ems import dataclass
from mkdocs_ems.control import ControlState
from mkdocs_ems.control.broken import Earlier
from mkdocs_ems.diagnostics import Finding
from mkdocs_ems.git import Blobs, History, Snapshot
from mkdocs_ems.graph import Graph
from mkdocs_ems.model import Model, Settings
from mkdocs_ems.model.stores import Store
from mkdocs_ems.source import Sources

if TYPE_CHECKING:
    from mkdocs_ems.model.publication import Audience


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
    earlier: Earlier | None = None
    """The ledger of an earlier day, where one was given to check against."""
    stores: Mapping[str, Store] = field(default_factory=dict, repr=False, compare=False)
    """Stores of evidence within reach, by name."""
    blobs: Blobs | None = field(default=None, repr=False, compare=False)
    """Reads earlier contents while the repository is open; None where there are none."""

    @property
    def settings(self) -> Settings:
        """What the organisation decided, as this state has it."""
        return self.model.settings

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the stages themselves found, each with its code."""
        control = self.control.findings if self.control else ()
        return (*self.sources.findings, *self.model.findings, *control)


@dataclass(frozen=True, slots=True)
class Controlled:
    """Document control of one state alone: all that a register of documents needs."""

    snapshot: Snapshot
    as_of: date
    control: ControlState
    history: History
    time_zone: str
    """The zone in which its day was decided."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A compilation as an audience sees it: nothing is in it that stays in, and of history nothing at all."""

    state: Compilation
    audience: Audience
    carriers: frozenset[str]
    """Ids of measurements that were made up to carry readings: nobody is to be shown these."""
