"""Documents as they were rendered in the last build of a preview: what is the same is not rendered again.

Rendering Markdown and sanitising it takes a third of what a preview does between two changes, and a
change is mostly one of one document. Kept is what came of a text under one configuration, and only
where no plugin or hook of the operator's has a say in it: what those would say now nobody knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from mkdocs_ems import dataclass
from mkdocs_ems.pages import Page, TocEntry
from mkdocs_ems.site.contents import flat
from mkdocs_ems.site.index import sections
from mkdocs_ems.site.sanitise import sanitised


@dataclass(frozen=True, slots=True)
class RenderedText:
    """What came of one document's text."""

    text: str
    body: str
    """Sanitised."""
    toc: tuple[TocEntry, ...]
    sections: tuple[tuple[str, str, str], ...]
    """For the search index."""


class Rendered:
    """The documents of the last build, by the path of their page."""

    def __init__(self, *, keeps: bool = True) -> None:
        self._keeps = keeps
        self._under = ""
        self._last: Mapping[str, RenderedText] = {}
        self._now: dict[str, RenderedText] = {}
        self._used = False

    def begin(
        self, *, under: str, events: Mapping[str, Sequence[Callable[..., object]]], ours: object
    ) -> None:
        """A build begins.

        Args:
            under: everything in the configuration that decides how Markdown is rendered.
            events: who has a say in what, as MkDocs knows it.
            ours: whose say is known: it is the same for the same text.
        """
        said = [
            method
            for event in ("page_read_source", "page_markdown", "page_content")
            for method in events.get(event, ())
        ]
        self._used = self._keeps and all(getattr(method, "__self__", None) is ours for method in said)
        self._last = self._now if under == self._under and self._used else {}
        self._under, self._now = under, {}

    def find(self, path: str, text: str) -> RenderedText | None:
        """What came of a text in the last build; None where it is another one."""
        found = self._last.get(path)
        if found is None or found.text != text:
            return None
        self._now[path] = found
        return found

    def keep(self, path: str, made: RenderedText) -> None:
        """Keep what came of a text for the next build."""
        if self._used:
            self._now[path] = made

    def made(self, page: Page, html: str, toc: Iterable[Any]) -> RenderedText:
        """What comes of a document's text: what came of it last time, or of its HTML now.

        Args:
            page: the document.
            html: what Markdown made of the text.
            toc: and of its headings.
        """
        found = self.find(page.path, page.body)
        if found is None:
            body = sanitised(html)
            found = RenderedText(page.body, body, tuple(flat(toc)), sections(body))
            self.keep(page.path, found)
        return found
