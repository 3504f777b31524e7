"""Periods as whole statements, for lines that stand alone: `in force from 2026-01-01 on`."""

from __future__ import annotations

from mkdocs_ems.control import DocumentControl, Interim, Issue, periods


def issue_period(issue: Issue, document: DocumentControl) -> str:
    """`in force from 2026-01-01 to 2026-03-09, replaced by issue 3`."""
    stated = _stated(periods.issue_period(issue, document))
    return stated if issue.effective_to is not None else f"{stated} on"


def interim_period(interim: Interim) -> str:
    """The same of an interim approval."""
    return _stated(periods.interim_period(interim))


def _stated(period: str) -> str:
    return period if period.startswith("never") else f"in force {period}"
