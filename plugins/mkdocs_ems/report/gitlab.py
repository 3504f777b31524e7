"""The report as GitLab's code quality report: findings beside the lines of a merge request."""

from __future__ import annotations

import json

from mkdocs_ems.diagnostics import Diagnostic, Severity
from mkdocs_ems.report.fingerprint import fingerprints
from mkdocs_ems.report.told import told
from mkdocs_ems.report.values import CheckResult
from mkdocs_ems.text import show

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def render_gitlab(result: CheckResult) -> str:
    """Return the findings as a JSON array; data that cannot be read is a `blocker`."""
    found = result.report.diagnostics
    entries = [_entry(one, name) for one, name in zip(found, fingerprints(found), strict=True)]
    return json.dumps(entries, ensure_ascii=True, indent=2) + "\n"


def _entry(one: Diagnostic, fingerprint: str) -> dict[str, object]:
    return {
        "description": f"{one.code}: {told(one)}",
        "check_name": f"{one.code} {one.name}",
        "fingerprint": fingerprint,
        "severity": "blocker" if one.broken else _SEVERITIES[one.severity],
        "location": {
            "path": show(one.span.path),
            "lines": {"begin": one.span.line, "end": one.span.last_line},
        },
    }
