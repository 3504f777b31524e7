"""What a check came to, whole: enough to show it in any format without the content at hand.

A `CheckResult` is also what is kept between runs, so it holds the source lines that
its diagnostics point at and the reasons of the rules that fired, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Diagnostic, Report, RuleDoc, Severity


class Profile(StrEnum):
    """How strict a check is: what makes it fail."""

    DRAFT = "draft"
    """Data that cannot be read or connected."""
    REVIEW = "review"
    """Every error."""
    RELEASE = "release"
    """Every error, and anything that waits for approval."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A report with the source lines and the reasons that showing it needs."""

    report: Report
    lines: Mapping[tuple[str, int], str]
    """Source lines by path and line number, for every diagnostic."""
    why: Mapping[str, str]
    """Why an auditor asks, in one paragraph, by code of each rule that fired."""
    pending: tuple[str, ...]
    """Ids of documents with something that waits for approval."""

    def failing(self, profile: Profile) -> tuple[Diagnostic, ...]:
        """The diagnostics that make the check fail under a profile."""
        if profile is Profile.DRAFT:
            return tuple(one for one in self.report.diagnostics if one.broken)
        return tuple(one for one in self.report.diagnostics if one.severity is Severity.ERROR)

    def fails(self, profile: Profile) -> bool:
        """Whether the check fails under a profile."""
        return bool(self.failing(profile)) or (profile is Profile.RELEASE and bool(self.pending))


def check_result(
    report: Report,
    *,
    text_line: Callable[[str, int], str],
    rule_docs: Callable[[], Mapping[str, RuleDoc]],
    pending: tuple[str, ...],
) -> CheckResult:
    """Gather what showing a report needs; the rules' pages are read only if a rule fired."""
    spans = [one.span for one in report.diagnostics]
    spans += [place.span for one in report.diagnostics for place in one.related]
    places = dict.fromkeys((span.path, span.line) for span in spans)
    lines = {(path, line): text_line(path, line) for path, line in places}
    fired = sorted({one.code for one in report.diagnostics})
    docs = rule_docs() if fired else {}
    why = {code: docs[code].why.split("\n\n")[0].replace("\n", " ") for code in fired if code in docs}
    return CheckResult(report, lines, why, pending)
