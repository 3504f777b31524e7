"""A baseline: the findings that an EMS starts with, so that a check fails on new ones only.

It names rules and what they are about, with how many findings there are, never lines or
messages, which change by themselves. It is JSON that a reviewer can read.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Diagnostic, Severity
from mkdocs_ems.errors import UsageError
from mkdocs_ems.report.fingerprint import Subject, subject
from mkdocs_ems.report.values import CheckResult

VERSION = 1
_MOST = 1_000_000
"""Findings of one rule about one thing; a larger number is nobody's baseline."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """Known findings by rule and subject, and the day they were written down."""

    as_of: date
    known: Mapping[Subject, int]


def baseline_of(result: CheckResult) -> Baseline:
    """What a check found, as a baseline."""
    return Baseline(result.report.as_of, Counter(map(subject, result.report.diagnostics)))


def write_baseline(baseline: Baseline) -> str:
    """Return the baseline as JSON, one finding a line, in a stable order."""
    findings = [
        json.dumps({"code": code, "about": about, "count": count})
        for (code, about), count in sorted(baseline.known.items())
    ]
    body = ",\n    ".join(findings)
    listed = f"[\n    {body}\n  ]" if findings else "[]"
    return f'{{\n  "version": {VERSION},\n  "as_of": "{baseline.as_of}",\n  "findings": {listed}\n}}\n'


def read_baseline(data: bytes, *, name: str) -> Baseline:
    """Read a baseline.

    Args:
        data: the file's bytes.
        name: how a message calls the file.

    Raises:
        UsageError: it is none.
    """
    none = UsageError(f"{name} is no baseline; `ems check --write-baseline {name}` writes one")
    try:
        held = json.loads(data)
        version, as_of, findings = held["version"], held["as_of"], held["findings"]
        known = [((one["code"], one["about"]), one["count"]) for one in findings]
        day = date.fromisoformat(as_of)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise none from None
    if version != VERSION:
        raise UsageError(f"{name} is a baseline of version {version!r}; this program reads {VERSION}")
    counted: Counter[Subject] = Counter()
    for (code, about), count in known:
        if not (isinstance(code, str) and isinstance(about, str) and type(count) is int):
            raise none
        counted[code, about] += min(max(count, 0), _MOST)
    return Baseline(day, counted)


def without_baseline(result: CheckResult, baseline: Baseline) -> CheckResult:
    """The check with what is new alone, and how much was known and how much of that is cured.

    Of several findings of one rule about one thing the first are the known ones.
    """
    left = Counter(baseline.known)
    new: list[Diagnostic] = []
    for one in result.report.diagnostics:
        if left[subject(one)] > 0:
            left[subject(one)] -= 1
        else:
            new.append(one)
    severities = Counter(one.severity for one in new)
    counts = {
        **result.report.counts,
        **{severity.value: severities[severity] for severity in Severity},
        "known": len(result.report.diagnostics) - len(new),
        "cured": left.total(),
    }
    return replace(result, report=replace(result.report, diagnostics=tuple(new), counts=counts))
