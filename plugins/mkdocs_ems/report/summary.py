"""The last two sentences of a report: what was found, and whether that passes."""

from __future__ import annotations

from mkdocs_ems.diagnostics import Severity
from mkdocs_ems.report.values import CheckResult, Profile
from mkdocs_ems.text import plural, show


def summary(result: CheckResult) -> str:
    """What was found, over what, at which date: one sentence."""
    report = result.report
    found = {severity: report.counts.get(severity.value, 0) for severity in Severity}
    words = (
        f"{plural(found[Severity.ERROR], 'error')}, {plural(found[Severity.WARNING], 'warning')}, "
        f"{plural(found[Severity.INFO], 'note')}"
    )
    extra = [f"{len(report.waived)} waived"] if report.waived else []
    extra += [f"{plural(len(report.not_evaluated), 'rule')} not evaluated"] if report.not_evaluated else []
    extra += [f"{report.counts['known']} known from the baseline"] if report.counts.get("known") else []
    extra += [f"{report.counts['cured']} of the baseline cured"] if report.counts.get("cured") else []
    extra += [f"{plural(len(result.pending), 'document')} waiting for approval"] if result.pending else []
    more = f" ({', '.join(extra)})" if extra else ""
    state = f"{report.ref} at {report.commit[:12]}" if report.commit else report.ref
    return (
        f"{words}{more}: {plural(report.counts.get('rules', 0), 'rule')} over "
        f"{plural(report.counts.get('files', 0), 'file')}, {show(state)}, as of {report.as_of.isoformat()}, "
        f"ISO 14001:{report.edition}."
    )


def verdict(result: CheckResult, profile: Profile) -> str:
    """Whether the check passes, by which profile, and what to do next."""
    if not result.fails(profile):
        if result.fails(Profile.REVIEW):
            return (
                f"Passes the {profile.value} check: all can be read and connected. `--profile review` fails "
                "on every error. `ems explain CODE` tells more about a finding."
            )
        if result.report.diagnostics:
            return f"Passes the {profile.value} check. `ems explain CODE` tells more about a finding."
        return f"Passes the {profile.value} check. Nothing found."
    failing = result.failing(profile)
    if failing:
        return (
            f"Fails the {profile.value} check: {plural(len(failing), 'finding')} must be mended. "
            f"`ems explain {failing[0].code}` tells more."
        )
    return f"Fails the {profile.value} check: {', '.join(result.pending[:5])} must be approved first."
