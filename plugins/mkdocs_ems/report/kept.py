"""A check's result as JSON and back, so that an unchanged state is not checked twice.

Plain JSON, never pickle: what lies in a cache folder is data. Anything that does not
read back as a whole result counts as not kept.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from mkdocs_ems.diagnostics import (
    Basis,
    Diagnostic,
    NotEvaluated,
    RelatedPlace,
    Report,
    Severity,
    Span,
    Waived,
)
from mkdocs_ems.report.formats import report_data
from mkdocs_ems.report.values import CheckResult

_KEPT = 1


def freeze(result: CheckResult) -> bytes:
    """Return the result as JSON bytes."""
    lines = [[path, line, text] for (path, line), text in sorted(result.lines.items())]
    data = {"kept": _KEPT, "report": report_data(result), "lines": lines, "why": dict(result.why)}
    return json.dumps(data).encode()


def thaw(data: bytes) -> CheckResult | None:
    """Return the result, or None where the bytes are no result of this version."""
    try:
        kept = json.loads(data)
        if kept["kept"] != _KEPT:
            return None
        report = kept["report"]
        return CheckResult(
            Report(
                diagnostics=tuple(_diagnostic(one) for one in report["diagnostics"]),
                not_evaluated=tuple(NotEvaluated(**one) for one in report["not_evaluated"]),
                waived=tuple(_waived(one) for one in report["waived"]),
                ref=report["ref"],
                commit=report["commit"],
                as_of=date.fromisoformat(report["as_of"]),
                edition=report["edition"],
                counts=report["counts"],
                evaluated=tuple(report["evaluated"]),
            ),
            lines={(path, line): text for path, line, text in kept["lines"]},
            why=kept["why"],
            pending=tuple(report["pending"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _diagnostic(data: dict[str, Any]) -> Diagnostic:
    values = dict(data)
    values.pop("waiver", None)
    related = tuple(RelatedPlace(str(one["message"]), _span(one)) for one in values.pop("related"))
    span = _span(values)
    for key in ("path", "line", "column", "end_line", "end_column"):
        del values[key]
    values["severity"] = Severity(values["severity"])
    values["basis"] = Basis(values["basis"])
    values["clauses"] = tuple(values["clauses"])
    return Diagnostic(**values, span=span, related=related)


def _waived(data: dict[str, Any]) -> Waived:
    waiver = data["waiver"]
    return Waived(
        _diagnostic(data),
        waiver["reason"],
        date.fromisoformat(waiver["until"]),
        waiver["approved_by"],
    )


def _span(data: dict[str, Any]) -> Span:
    return Span(*(data[key] for key in ("path", "line", "column", "end_line", "end_column")))
