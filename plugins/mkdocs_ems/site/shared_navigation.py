"""The navigation, drawn once for all pages that share it, whole or by its entries.

The theme draws the whole navigation into every page, entry by entry. For a page that is
no entry of it, nothing in it depends on the page but how deep the page stands and below
which entry it hangs: so what was drawn for one is what the others get. Pages that are
entries share every entry that none of them is in, where the links in it are written alike.
Knows nothing of MkDocs; of Material it knows two templates and how the one calls the
other, and where that is otherwise it shares less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import jinja2

_TEMPLATE = "partials/nav.html"
_ORIGINAL = "ems-original/nav.html"
_ENTRY = "partials/nav-item.html"
_SHARED = (
    "{% if page is ems_shares_navigation %}"
    "{% if ems_navigation.lacks(page) %}"
    '{% set drawn %}{% include "' + _ORIGINAL + '" %}{% endset %}'
    "{{ ems_navigation.keep(page, drawn) }}"
    "{% else %}{{ ems_navigation.kept(page) }}{% endif %}"
    '{% else %}{% include "' + _ORIGINAL + '" %}{% endif %}'
)
_CALLS = {
    _ORIGINAL: (
        "{{ item.render(nav_item, path, 1) }}",
        "{{ ems_entries(item.render, page, nav_item, path, 1) }}",
    ),
    _ENTRY: (
        '{{ render(item, path ~ "_" ~ loop.index, level + 1, nav_item) }}',
        '{{ ems_entries(render, page, item, path ~ "_" ~ loop.index, level + 1, nav_item) }}',
    ),
}
"""How the theme draws an entry, and how it asks here first."""


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


class SharedEntries:
    """Entries of the navigation as they were drawn, by how the links in them are written.

    A link is written as the steps up from the page's folder to where both ways part, and the rest of
    the way: so pages share what they draw where they stand equally deep and the ways part equally soon.
    """

    def __init__(self) -> None:
        self._drawn: dict[tuple[object, ...], str] = {}
        self._ways: dict[int, tuple[Sequence[str], ...]] = {}

    def __call__(  # noqa: PLR0913, PLR0917 - what the theme hands to its macro
        self,
        render: Callable[..., str],
        page: object,
        entry: object,
        path: str,
        level: int,
        parent: object = None,
    ) -> str:
        """The entry as the theme draws it into the page.

        Args:
            render: the theme's macro, which draws it.
            page: the page into which it is drawn.
            entry: a page, section or link of the navigation.
            path: the name that the theme gives to the entry's place.
            level: how deep the entry stands, from 1.
            parent: the section in which it stands.
        """
        url = getattr(page, "url", None)
        # Where the page is in the entry, or the entry lists pages of its own, the page has a say in it.
        if url is None or getattr(entry, "active", True) or hasattr(entry, "pages"):
            return render(entry, path, level, parent)
        folder = _steps(url)[:-1]
        if id(entry) not in self._ways:
            self._ways[id(entry)] = tuple(map(_steps, _addresses(entry)))
        parting = tuple([_in_common(folder, way) for way in self._ways[id(entry)]])
        key = (len(folder), parting, id(entry), path, level, bool(getattr(parent, "active", False)))
        if key not in self._drawn:
            self._drawn[key] = render(entry, path, level, parent)
        return self._drawn[key]


def share_navigation(env: jinja2.Environment) -> None:
    """Let a theme's templates draw the navigation once for all pages that share it, whole or by entries."""
    assert env.loader is not None, "MkDocs gives its environment a loader"
    # The folders of a theme do not change while a site is built.
    env.auto_reload = False
    own = {_TEMPLATE: _SHARED}
    for name, source in ((_ORIGINAL, _TEMPLATE), (_ENTRY, _ENTRY)):
        try:
            text, _, _ = env.loader.get_source(env, source)
        except jinja2.TemplateNotFound:
            if source == _TEMPLATE:
                return
            continue
        own[name] = text.replace(*_CALLS[name])
    env.loader = jinja2.ChoiceLoader([jinja2.DictLoader(own), env.loader])
    env.globals["ems_navigation"] = SharedNavigation()
    env.globals["ems_entries"] = SharedEntries()
    env.tests["ems_shares_navigation"] = _is_outside


def _is_outside(page: object) -> bool:
    """Whether a page is no entry of the navigation; where there is no page, as on 404.html, nobody knows."""
    file = getattr(page, "file", None)
    inclusion = getattr(file, "inclusion", None)
    return inclusion is not None and inclusion.is_not_in_nav()


def _key(page: object) -> tuple[int, int]:
    url = getattr(page, "url", "")
    return url.count("/"), id(getattr(page, "parent", None))


def _addresses(entry: object) -> Iterator[str]:
    """Where an entry leads, and all below it."""
    yield str(getattr(entry, "url", None) or "")
    for child in getattr(entry, "children", None) or ():
        yield from _addresses(child)


def _steps(address: str) -> Sequence[str]:
    """The folders of an address from the top, and its last part, which is empty where a folder is meant."""
    *folders, last = address.split("/")
    return [*filter(None, folders), last]


def _in_common(folder: Sequence[str], way: Sequence[str]) -> int:
    """How many steps both begin with."""
    for at, (one, other) in enumerate(zip(folder, way, strict=False)):
        if one != other:
            return at
    return min(len(folder), len(way))
