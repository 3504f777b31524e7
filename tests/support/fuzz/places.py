"""Whether what is said of a file points into that file: for tests that make the file up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mkdocs_ems.diagnostics import Finding, Span
from mkdocs_ems.source import Source


class Lines:
    """The lines of one file, against which places are held."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self._widths = [len(line) for line in data.decode("utf-8", "replace").split("\n")]

    def fault(self, span: Span) -> str:
        """How a place lies outside of the file; empty where it lies within."""
        widths = self._widths
        if span.path != self.path:
            return f"it lies in {span.path}"
        if not 1 <= span.line <= len(widths):
            return f"line {span.line} of {len(widths)}"
        if not 1 <= span.column <= widths[span.line - 1] + 1:
            return f"column {span.column} of line {span.line}, which has {widths[span.line - 1]}"
        end = span.end_line, span.end_column
        # A whole line ends where the next one would begin.
        within = end == (len(widths) + 1, 1) or (
            end[0] <= len(widths) and 1 <= end[1] <= widths[end[0] - 1] + 1
        )
        return (
            "" if within and (span.line, span.column) <= end else f"an end at {end}, of {len(widths)} lines"
        )

    def faults(self, findings: Iterable[Finding]) -> Iterator[str]:
        """What is wrong with the places of what reading this file found."""
        for finding in findings:
            for at in (finding.at, *(one.at for one in finding.related)):
                fault = self.fault(at) if isinstance(at, Span) else ""
                if fault or at.path != self.path:
                    yield f"{finding.message}: {fault or at.path}"

    def value_faults(self, source: Source) -> Iterator[str]:
        """What is wrong with the places of this file's values."""
        for route in routes(source.data):
            if fault := self.fault(source.spans.span(route)):
                yield f"{route}: {fault}"


def routes(value: object, route: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The routes of everything in some data, itself first."""
    yield route
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from routes(inner, (*route, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from routes(inner, (*route, at))


def filled(data: object) -> object:
    """Data with an empty text wherever there is nothing, as YAML's plainest loader gives it."""
    if isinstance(data, dict):
        return {key: filled(value) for key, value in data.items()}
    if isinstance(data, list):
        return [filled(value) for value in data]
    return "" if data is None else data
