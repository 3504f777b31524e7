"""Readings as values: what a measurement gave, period by period (9.1.1).

A series is what the CSV files under `records/readings/` hold of one measurement, in the
order of its periods. Nothing here reads text or judges; `readings` and the rules do.
"""

from __future__ import annotations

from datetime import date

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Span
from mkdocs_ems.source import line_span


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A day, week, month, quarter or year, first and last day included."""

    first: date
    last: date
    text: str
    """As it is written: `2026-06`."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One line of a series."""

    period: Period
    value: float
    unit: str | None
    qualifier: str
    """Empty, `<`, `>` or `est` (estimated)."""
    count: int | None
    """How many single readings it stands for."""
    operator: str | None
    instrument: str | None
    comment: str | None
    path: str
    """The file it stands in, from the repository's root."""
    line: int

    @property
    def span(self) -> Span:
        """Its line in its file."""
        return line_span(self.path, self.line)


@dataclass(frozen=True, slots=True)
class Series:
    """All readings of one measurement, by period, then as they are written."""

    measurement: str
    readings: tuple[Reading, ...]
    begins: tuple[Span, ...] = ()
    """The first line of it in each file."""
    dropped: tuple[Period, ...] = ()
    """Periods of lines that could not be used; each has its finding."""
    instruments: frozenset[str] = frozenset()
    """Whatever its lines name as the instrument."""
