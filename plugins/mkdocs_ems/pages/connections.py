"""The section on links of a row or document: a picture of its neighbourhood, and lists that say the same.

The lists name everything that refers or is referred to, mentions in prose included; the
picture shows the chains that an auditor follows.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from markupsafe import Markup

from mkdocs_ems.model import Kind
from mkdocs_ems.pages.drawing import Drawer
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.neighbourhood import Side
from mkdocs_ems.pages.pieces import joined, within
from mkdocs_ems.pages.suspects import changed_since
from mkdocs_ems.pages.view import View

MOST_BEYOND = 24
"""More things two steps away than this are counted, not named."""

_NOTHING = Markup("")
_CHANGED = Markup(' <span class="ems-mark">(changed since)</span>')
_ENDS, _NEXT, _LAST = Markup("<dd><ul><li>"), Markup("</li><li>"), Markup("</li></ul></dd>")
_PICTURE = Markup(
    '<div class="ems-scroll ems-picture" role="region" aria-label="Picture of the links" tabindex="0">'
)
_END = Markup("</div>\n")
_LIST, _END_LIST = Markup("<div><h3>%s</h3><dl>"), Markup("</dl></div>")
_MORE = Markup('<dd class="ems-aside">and %s more</dd>')


class Connections:
    """Makes the section for pages that stand equally deep."""

    def __init__(self, view: View, links: Links, *, anchor: str) -> None:
        """Prepare for a manual.

        Args:
            view: the state that is shown.
            links: links from the pages.
            anchor: the anchor of the section's lists.
        """
        self._view = view
        self._links = links
        self._anchor = Markup('<div class="ems-links" id="%s">') % anchor
        self._changed = changed_since(view.suspects)
        self._drawer = Drawer(view, links, listed=anchor)

    def any(self, identity: str) -> bool:
        """Whether there is anything to say."""
        graph = self._view.graph
        return identity in graph.outgoing or identity in graph.incoming

    def section(self, identity: str) -> Markup:
        """Picture and lists; empty for what has no link."""
        if not self.any(identity):
            return _NOTHING
        graph = self._view.graph
        found = self._drawer.neighbourhood(identity)
        pieces: list[Markup] = []
        if found is not None:
            pieces += (_PICTURE, self._drawer.draw(found), _END)
        pieces.append(self._anchor)
        outgoing, incoming = graph.outgoing.get(identity), graph.incoming.get(identity)
        if outgoing:
            pieces += self._list("Refers to", sorted({edge.target for edge in outgoing}), of=identity)
        if incoming:
            pieces += self._list("Referred to by", sorted({edge.source for edge in incoming}))
        if found is not None:
            pieces += self._beyond("Further back", found.back)
            pieces += self._beyond("Further on", found.on)
        pieces.append(_END)
        return joined(pieces)

    def _beyond(self, title: str, side: Side) -> Iterable[Markup]:
        if not side.beyond:
            return ()
        left = len(side.beyond) - MOST_BEYOND
        more = _MORE % left if left > 0 else _NOTHING
        return self._list(title, side.beyond[:MOST_BEYOND], more)

    def _list(
        self, title: str, ids: Iterable[str], more: Markup = _NOTHING, *, of: str = ""
    ) -> tuple[Markup, ...]:
        """Things grouped by kind, each by id and title; marked where it changed since `of` was looked at."""
        nodes = self._view.graph.nodes
        grouped: dict[str, list[Markup]] = {}
        for one in ids:
            named = self._links.named(one)
            if (of, one) in self._changed:
                named += _CHANGED
            grouped.setdefault(nodes[one].kind, []).append(named)
        pieces = [_LIST % title]
        for key, kind in self._view.kinds.items():
            ends = grouped.get(key)
            if ends:
                pieces += (_term(kind, many=len(ends) > 1), within(_ENDS, ends, _NEXT, _LAST))
        return (*pieces, more, _END_LIST)


@cache
def _term(kind: Kind, *, many: bool) -> Markup:
    return Markup("<dt>{}</dt>").format(kind.plural if many else kind.title)
