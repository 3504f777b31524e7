"""Findings and diagnostics: what every stage may say about what a user wrote.

A `Finding` is symbolic: it points at a place by path and route and knows nothing
of lines. A `Diagnostic` is concrete: rule, severity and position filled in,
totally ordered, ready for any output format. Only the rules' engine turns the
one into the other. Nothing here reads, parses or prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from functools import total_ordering

from mkdocs_ems import dataclass

Route = tuple[str | int, ...]
"""Keys and indices from the top of a document to a value in it."""


class Severity(StrEnum):
    """How bad a finding is; an error is what an auditor would write up."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return ("error", "warning", "info").index(self.value)


class Basis(StrEnum):
    """Who asks for it. Only `STANDARD` may be printed as a demand of ISO 14001."""

    STANDARD = "S"
    LAW = "L"
    CERTIFICATION = "C"
    OWN_RULE = "O"
    PRACTICE = "P"

    @property
    def words(self) -> str:
        """The basis in a reader's words."""
        return {
            "S": "the standard asks",
            "L": "the law asks",
            "C": "the certification rules ask",
            "O": "your own rule asks",
            "P": "good practice",
        }[self.value]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file. Lines and columns count from 1 in characters; the end is exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def last_line(self) -> int:
        """The last line that it has a character of: a whole line ends where the next one begins."""
        return self.end_line - 1 if self.end_column == 1 and self.end_line > self.line else self.end_line


@dataclass(frozen=True, slots=True)
class Anchor:
    """A symbolic place: a path, a route into its data, and whether the key or the value is meant."""

    path: str
    route: Route = ()
    key: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that helps to understand a finding."""

    message: str
    at: Anchor | Span


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault in what a user wrote, not yet placed.

    `code` is filled in by the engine for findings that rules yield; the stages
    before the rules (reading, model, graph, control) name it themselves.
    """

    message: str
    at: Anchor | Span
    id: str | None = None
    help: str | None = None
    related: tuple[Related, ...] = ()
    code: str = ""
    basis: Basis | None = None
    """Who asks for just this, where it is somebody else than who asks for the rest of the rule."""
    severity: Severity | None = None
    """How bad just this is, where it is less or more than the rest of the rule."""


@dataclass(frozen=True, slots=True)
class RelatedPlace:
    """A placed `Related`."""

    message: str
    span: Span


@total_ordering
@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding with its rule and its place; ordered by place, then code, then message."""

    code: str
    name: str
    severity: Severity
    basis: Basis
    message: str
    help: str
    url: str | None
    clauses: tuple[str, ...]
    span: Span
    id: str | None = None
    related: tuple[RelatedPlace, ...] = ()
    broken: bool = False

    @property
    def sort_key(self) -> tuple[object, ...]:
        """The total order of diagnostics."""
        return (self.span, self.code, self.message, self.id or "", self.related)

    def __lt__(self, other: Diagnostic) -> bool:
        return self.sort_key < other.sort_key


@dataclass(frozen=True, slots=True)
class NotEvaluated:
    """A rule that could not be judged, and why: never to be read as passed."""

    code: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Waived:
    """A diagnostic that a waiver in ems.yml accepts until a date, and the waiver's words."""

    diagnostic: Diagnostic
    reason: str
    until: date
    approved_by: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found at one commit on one date."""

    diagnostics: tuple[Diagnostic, ...]
    not_evaluated: tuple[NotEvaluated, ...]
    waived: tuple[Waived, ...]
    ref: str
    commit: str | None
    as_of: date
    edition: str
    counts: Mapping[str, int]
    """`error`, `warning`, `info`, `waived`, `rules` (evaluated), `files` (read).

    Where a baseline was taken off, also `known` and `cured`.
    """
    evaluated: tuple[str, ...] = ()
    """Codes of the rules that were evaluated, in their order."""


@dataclass(frozen=True, slots=True)
class RuleCase:
    """One example from a rule's page: files by path, with the line a finding is expected on."""

    title: str
    files: Mapping[str, str]
    expected: tuple[tuple[str, int], ...]
    """`(path, line)` of each expected finding of this rule; empty for a case that passes."""
    history: str | None = None
    """YAML: the commits by which the files came to be, where that matters."""
    others: tuple[tuple[str, str, int], ...] = ()
    """`(code, path, line)` of findings of other rules that the case has as well."""


@dataclass(frozen=True, slots=True)
class RuleDoc:
    """What a reader sees of a rule: the parsed sections of its module's docstring and its metadata."""

    code: str
    name: str
    title: str
    severity: Severity
    basis: Basis
    clauses_2015: tuple[str, ...]
    clauses_2026: tuple[str, ...]
    since: str
    requires: tuple[str, ...]
    broken: bool
    what: str
    """Markdown: what it checks."""
    why: str
    """Markdown: why an auditor asks."""
    fix: str
    """Markdown: how to mend it."""
    fails: tuple[RuleCase, ...] = ()
    passes: tuple[RuleCase, ...] = field(default=())
