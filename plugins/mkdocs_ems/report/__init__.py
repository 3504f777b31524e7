"""A report in the formats that people and machines read."""

from mkdocs_ems.report.formats import render_concise, render_github, render_json
from mkdocs_ems.report.kept import freeze, thaw
from mkdocs_ems.report.values import CheckResult, Profile, check_result

__all__ = [
    "CheckResult",
    "Profile",
    "check_result",
    "freeze",
    "render_concise",
    "render_github",
    "render_json",
    "thaw",
]
