"""What pages of a version say of the others, worked out once for all that say it alike.

Nearly every page has the same page beside it in every other version, and then selector and notice
differ in that page's address alone. There are thousands of them, at four or five depths.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from urllib.parse import quote

from mkdocs_ems.pages.successor import Edition
from mkdocs_ems.pages.superseded import Around, notice_html, selector_html

_ANY = "\ue000"
"""Stands for the page that is asked for: a character that no page's path has."""


class SaidAlike:
    """Selector and notice of each page of a version."""

    def __init__(self, around: Around, *, exceptions: Container[str]) -> None:
        """Begin with nothing said.

        Args:
            around: the version among its neighbours.
            exceptions: pages that may say something else than the others: `Around.special`, and any that
                no version has beside it.
        """
        self._around = around
        self._exceptions = exceptions
        others = (_with_any(one) if one else None for one in (around.previous, around.next, around.in_force))
        self._anywhere = Around(_with_any(around.this), *others)
        self._by_depth: dict[str, tuple[Sequence[str], ...]] = {}
        # A name that looks like the page we stand in for would be taken for it.
        names = (around.this.listed.name, *around.said())
        self._is_shared = not any(quote(_ANY) in name for name in names)

    def on(self, page: str, *, up: str) -> tuple[str, str]:
        """Selector and notice of a page.

        Args:
            page: path below the version's folder.
            up: what leads from the page to that folder.
        """
        if page in self._exceptions or not self._is_shared:
            return selector_html(page, self._around, up=up), notice_html(page, self._around, up=up)
        if up not in self._by_depth:
            said = (text(_ANY, self._anywhere, up=up) for text in (selector_html, notice_html))
            self._by_depth[up] = tuple(text.split(quote(_ANY)) for text in said)
        address = quote(page)
        selector, notice = (address.join(pieces) for pieces in self._by_depth[up])
        return selector, notice


def _with_any(edition: Edition) -> Edition:
    """A version that has the page, whichever it is; nothing is known of that but its address."""
    return replace(edition, pages=frozenset({_ANY}), ids={}, issues={}, became={})
