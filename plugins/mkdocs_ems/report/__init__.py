"""A report in the formats that people and machines read.

Here stands what every check needs; a format that is seldom asked for is imported from its module.
"""

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
