"""Tables of contents in the form that themes draw: nested by level, everything escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import Any

from markupsafe import Markup, escape

from mkdocs_ems import dataclass
from mkdocs_ems.pages import TocEntry
from mkdocs_ems.site.sanitise import allowed_id, plain


@dataclass(slots=True)
class TocNode:
    """One entry with those below it, under the names that a theme's templates ask for."""

    title: str
    id: str
    level: int
    children: list[TocNode] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The link to the heading on its own page."""
        return f"#{self.id}"


def nested(entries: Iterable[TocEntry]) -> list[TocNode]:
    """Nest entries by their levels; one that skips a level hangs below the nearest above it."""
    top: list[TocNode] = []
    path: list[TocNode] = []
    for entry in entries:
        while path and path[-1].level >= entry.level:
            path.pop()
        node = TocNode(escape(entry.title), escape(entry.anchor), entry.level)
        (path[-1].children if path else top).append(node)
        path.append(node)
    return top


def flat(toc: Iterable[Any]) -> Iterator[TocEntry]:
    """The entries of a table of contents that Markdown made; their titles are HTML and become text."""
    for link in toc:
        if allowed_id(link.id):
            yield TocEntry(link.level, Markup(plain(link.title)), link.id)  # noqa: S704 - plain() escapes
        yield from flat(link.children)
