"""The report for machines and for narrow places: concise lines, JSON, GitHub annotations."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from mkdocs_ems.diagnostics import Diagnostic, RelatedPlace, Severity, Span
from mkdocs_ems.report.summary import summary
from mkdocs_ems.report.told import told
from mkdocs_ems.report.values import CheckResult
from mkdocs_ems.text import show

JSON_VERSION = 1


def render_concise(result: CheckResult) -> str:
    """One line a finding, then the summary."""
    lines = [
        f"{show(one.span.path)}:{one.span.line}:{one.span.column}: "
        f"{one.severity.value}[{one.code}] {show(one.message)}"
        for one in result.report.diagnostics
    ]
    return "\n".join([*lines, summary(result)]) + "\n"


_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render_github(result: CheckResult) -> str:
    """Workflow commands: one annotation a finding, at its lines."""
    return "".join(f"{_annotation(one)}\n" for one in result.report.diagnostics)


def _annotation(one: Diagnostic) -> str:
    span = one.span
    fields = {
        "file": span.path,
        "line": str(span.line),
        "endLine": str(span.last_line),
        "title": f"{one.code} {one.name}",
    }
    if span.line == span.end_line:
        fields |= {"col": str(span.column), "endColumn": str(max(span.column, span.end_column - 1))}
    written = ",".join(f"{key}={_property(value)}" for key, value in fields.items())
    return f"::{_GITHUB[one.severity]} {written}::{_message(told(one))}"


def _message(text: str) -> str:
    return show(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def render_json(result: CheckResult) -> str:
    """The whole report, in the form of `docs/schemas/check.schema.json`."""
    return json.dumps(report_data(result), ensure_ascii=True, indent=2) + "\n"


def report_data(result: CheckResult) -> Mapping[str, object]:
    """The report as JSON values."""
    report = result.report
    return {
        "version": JSON_VERSION,
        "ref": report.ref,
        "commit": report.commit,
        "as_of": report.as_of.isoformat(),
        "edition": report.edition,
        "counts": dict(report.counts),
        "pending": list(result.pending),
        "evaluated": list(report.evaluated),
        "diagnostics": [_diagnostic(one) for one in report.diagnostics],
        "waived": [
            {
                **_diagnostic(waived.diagnostic),
                "waiver": {
                    "reason": waived.reason,
                    "until": waived.until.isoformat(),
                    "approved_by": waived.approved_by,
                },
            }
            for waived in report.waived
        ],
        "not_evaluated": [
            {"code": one.code, "name": one.name, "reason": one.reason} for one in report.not_evaluated
        ],
    }


def _diagnostic(one: Diagnostic) -> dict[str, object]:
    return {
        "code": one.code,
        "name": one.name,
        "severity": one.severity.value,
        "basis": one.basis.value,
        "message": one.message,
        "help": one.help,
        "url": one.url,
        "clauses": list(one.clauses),
        **_span(one.span),
        "id": one.id,
        "broken": one.broken,
        "related": list(_related(one.related)),
    }


def _related(places: tuple[RelatedPlace, ...]) -> Iterator[dict[str, object]]:
    for place in places:
        yield {"message": place.message, **_span(place.span)}


def _span(span: Span) -> dict[str, object]:
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
