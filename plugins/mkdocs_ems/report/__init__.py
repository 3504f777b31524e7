"""A report in the formats that people and machines read."""

from mkdocs_ems.report.baseline import Baseline, baseline_of, read_baseline, without_baseline, write_baseline
from mkdocs_ems.report.formats import render_concise, render_github, render_json
from mkdocs_ems.report.gitlab import render_gitlab
from mkdocs_ems.report.junit import render_junit
from mkdocs_ems.report.kept import freeze, thaw
from mkdocs_ems.report.sarif import render_sarif
from mkdocs_ems.report.values import CheckResult, Profile, check_result

__all__ = [
    "Baseline",
    "CheckResult",
    "Profile",
    "baseline_of",
    "check_result",
    "freeze",
    "read_baseline",
    "render_concise",
    "render_github",
    "render_gitlab",
    "render_json",
    "render_junit",
    "render_sarif",
    "thaw",
    "without_baseline",
    "write_baseline",
]
