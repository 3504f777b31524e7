"""The navigation of pages outside it, drawn once for all that share it.

The theme draws the whole navigation into every page, entry by entry. For a page that is
no entry of it, nothing in it depends on the page but how deep the page stands and below
which entry it hangs: so what was drawn for one is what the others get. Knows nothing of MkDocs.
"""

from __future__ import annotations

import jinja2

_TEMPLATE = "partials/nav.html"
_ORIGINAL = "ems-original/nav.html"
_SHARED = (
    "{% if page is ems_shares_navigation %}"
    "{% if ems_navigation.lacks(page) %}"
    '{% set drawn %}{% include "' + _ORIGINAL + '" %}{% endset %}'
    "{{ ems_navigation.keep(page, drawn) }}"
    "{% else %}{{ ems_navigation.kept(page) }}{% endif %}"
    '{% else %}{% include "' + _ORIGINAL + '" %}{% endif %}'
)


class SharedNavigation:
    """What was drawn, by depth of the page and the entry that it hangs below."""

    def __init__(self) -> None:
        self._drawn: dict[tuple[int, int], str] = {}

    def lacks(self, page: object) -> bool:
        """Whether nothing was drawn yet for pages as this one."""
        return _key(page) not in self._drawn

    def kept(self, page: object) -> str:
        """What was drawn for pages as this one."""
        return self._drawn[_key(page)]

    def keep(self, page: object, drawn: str) -> str:
        """Keep what was drawn, and return it."""
        return self._drawn.setdefault(_key(page), drawn)


def share_navigation(env: jinja2.Environment) -> None:
    """Let a theme's templates draw the navigation of pages outside it once; others stay as they are."""
    assert env.loader is not None, "MkDocs gives its environment a loader"
    # The folders of a theme do not change while a site is built.
    env.auto_reload = False
    try:
        original, _, _ = env.loader.get_source(env, _TEMPLATE)
    except jinja2.TemplateNotFound:
        return
    own = jinja2.DictLoader({_TEMPLATE: _SHARED, _ORIGINAL: original})
    env.loader = jinja2.ChoiceLoader([own, env.loader])
    env.globals["ems_navigation"] = SharedNavigation()
    env.tests["ems_shares_navigation"] = _is_outside


def _is_outside(page: object) -> bool:
    """Whether a page is no entry of the navigation; where there is no page, as on 404.html, nobody knows."""
    file = getattr(page, "file", None)
    inclusion = getattr(file, "inclusion", None)
    return inclusion is not None and inclusion.is_not_in_nav()


def _key(page: object) -> tuple[int, int]:
    url = getattr(page, "url", "")
    return url.count("/"), id(getattr(page, "parent", None))
