"""The report as SARIF 2.1.0 (OASIS): what GitHub's code scanning and many editors read.

Columns count Unicode code points; a finding's fingerprint stays when its line moves.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from mkdocs_ems import __version__
from mkdocs_ems.diagnostics import Diagnostic, RuleDoc, Severity, Span, Waived
from mkdocs_ems.report.fingerprint import fingerprints
from mkdocs_ems.report.told import told
from mkdocs_ems.report.values import CheckResult
from mkdocs_ems.text import show

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render_sarif(result: CheckResult, *, rule_docs: Mapping[str, RuleDoc]) -> str:
    """Return the report as one SARIF log with one run; waived findings are suppressed results."""
    report = result.report
    found = (*report.diagnostics, *(one.diagnostic for one in report.waived))
    codes = sorted({one.code for one in found} | {one.code for one in report.not_evaluated})
    ranks = {code: rank for rank, code in enumerate(codes)}
    names = fingerprints(found)
    results = [_result(one, name, ranks) for one, name in zip(found, names, strict=True)]
    for entry, waived in zip(results[len(report.diagnostics) :], report.waived, strict=True):
        entry["suppressions"] = [_suppression(waived)]
    run: dict[str, object] = {
        "tool": {
            "driver": {
                "name": "mkdocs-ems",
                "semanticVersion": __version__,
                "rules": [_rule(rule_docs[code], report.edition) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": f"mkdocs-ems/{quote(report.ref)}"},
        "results": results,
        "invocations": [
            {
                "executionSuccessful": True,
                "toolConfigurationNotifications": [
                    {
                        "level": "note",
                        "message": {"text": show(f"{one.code} was not evaluated: {one.reason}")},
                        "associatedRule": {"id": one.code, "index": ranks[one.code]},
                    }
                    for one in report.not_evaluated
                ],
            }
        ],
        "properties": {"asOf": report.as_of.isoformat(), "commit": report.commit or ""},
    }
    return json.dumps({"version": "2.1.0", "runs": [run]}, ensure_ascii=True, indent=2) + "\n"


def _rule(doc: RuleDoc, edition: str) -> dict[str, object]:
    clauses = doc.clauses_2026 if edition == "2026" else doc.clauses_2015
    parts = (doc.what, f"Why an auditor asks: {doc.why}", f"How to fix: {doc.fix}")
    return {
        "id": doc.code,
        "name": "".join(word.capitalize() for word in doc.name.split("-")),
        "shortDescription": {"text": f"{doc.title}."},
        "fullDescription": {"text": " ".join(doc.what.split())},
        "help": {
            "text": "\n\n".join(" ".join(part.split()) for part in parts),
            "markdown": "\n\n".join(parts),
        },
        "defaultConfiguration": {"level": _LEVELS[doc.severity]},
        "properties": {"tags": [f"ISO 14001:{edition} {one}" for one in clauses], "basis": doc.basis.words},
    }


def _result(one: Diagnostic, fingerprint: str, ranks: Mapping[str, int]) -> dict[str, object]:
    made: dict[str, object] = {
        "ruleId": one.code,
        "ruleIndex": ranks[one.code],
        "level": _LEVELS[one.severity],
        "message": {"text": told(one)},
        "locations": [_location(one.span, one.id)],
        "partialFingerprints": {"subject/v1": fingerprint},
    }
    if one.related:
        made["relatedLocations"] = list(_related(one))
    return made


def _related(one: Diagnostic) -> Iterator[dict[str, object]]:
    for number, place in enumerate(one.related, start=1):
        yield {"id": number, "message": {"text": show(place.message)}, **_location(place.span, None)}


def _location(span: Span, identity: str | None) -> dict[str, object]:
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    uri = quote(span.path, errors="surrogatepass")
    made: dict[str, object] = {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}
    if identity:
        made["logicalLocations"] = [{"name": show(identity), "kind": "resource"}]
    return made


def _suppression(waived: Waived) -> dict[str, object]:
    by = f"; approved by {waived.approved_by}" if waived.approved_by else ""
    return {
        "kind": "external",
        "status": "accepted",
        "justification": show(f"{waived.reason} (until {waived.until.isoformat()}{by})"),
    }
