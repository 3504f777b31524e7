"""Pages to a finished site: drives MkDocs, writes the output.

Only the module `builder` imports MkDocs, and nothing here imports `builder` before a site
is built: whoever builds one asks for `mkdocs_ems.site.building.build_site`, and everybody
else gets by with mkdocs not importable.
"""

from mkdocs_ems.site.values import SiteResult, Stamp

__all__ = ["SiteResult", "Stamp"]
