"""A rule is a value: what it is called, who asks for it, what it needs, and how it checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from mkdocs_ems.compile import Compilation
from mkdocs_ems.control import ControlState
from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.graph import Graph
from mkdocs_ems.model import Model, Settings
from mkdocs_ems.source import Sources


@dataclass(frozen=True, slots=True)
class AuditContext:
    """What a rule may look at. Frozen; a rule keeps nothing."""

    compilation: Compilation

    @property
    def model(self) -> Model:
        """Everything written, typed."""
        return self.compilation.model

    @property
    def graph(self) -> Graph:
        """References both ways."""
        return self.compilation.graph

    @property
    def sources(self) -> Sources:
        """The parsed files."""
        return self.compilation.sources

    @property
    def control(self) -> ControlState:
        """Issues and approvals. Only rules that say `needs_history` may ask."""
        control = self.compilation.control
        assert control is not None, "a rule that reads control must say needs_history"
        return control

    @property
    def settings(self) -> Settings:
        """What the organisation decided."""
        return self.compilation.settings

    @property
    def as_of(self) -> date:
        """The date everything is judged at."""
        return self.compilation.as_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. Its page, explanation and first tests are the docstring of its module."""

    code: str
    name: str
    """The fault, in kebab-case; reads well after "allow"."""
    severity: Severity
    basis: Basis
    clauses_2015: tuple[str, ...]
    clauses_2026: tuple[str, ...]
    since: str
    check: Callable[[AuditContext], Iterable[Finding]]
    requires: tuple[str, ...] = ()
    """Codes that must not have fired on the same id; otherwise this rule is silent there."""
    needs_history: bool = False
    """Without history the rule is reported as not evaluated."""
    broken: bool = False
    """The data cannot be read or connected: fails even a draft."""
