"""The navigation, built from the places that pages ask for.

Only section pages stand in it: it is rendered into every page, so each entry costs
all of them. Documents and rows are kept out and find their place by address: the
nearest page above them that is in the navigation is the one that is shown as active.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any

from markupsafe import escape

from mkdocs_ems import dataclass
from mkdocs_ems.pages import Page


@dataclass(slots=True)
class _Node:
    """One entry: a page, a section, or a section with a page of its own."""

    title: str
    page: Page | None = None
    children: dict[str, _Node] = field(default_factory=dict)

    @property
    def rank(self) -> tuple[int, str]:
        """Where it stands among its siblings: as its own page asks, else as its first child does."""
        if self.page:
            return (self.page.order, self.title)
        return (min(child.rank for child in self.children.values())[0], self.title)

    @property
    def ranked(self) -> list[_Node]:
        """Its children in their order."""
        return sorted(self.children.values(), key=lambda node: node.rank)


def sources(pages: Iterable[Page]) -> Mapping[str, Page]:
    """The name under which MkDocs is to know each page: beside its target, so that links resolve as written.

    Only the start page, and a page that is a section's own, is called index: themes treat
    these specially.
    """
    pages = tuple(pages)
    sections = {page.nav[:depth] for page in pages if page.nav for depth in range(1, len(page.nav))}
    named: dict[str, Page] = {}
    for page in pages:
        folder = page.path.rpartition("/")[0]
        stem = "index" if not folder or page.nav in sections else "page"
        named[f"{folder}/{stem}.md" if folder else f"{stem}.md"] = page
    return named


def nav_config(named: Mapping[str, Page]) -> Sequence[Mapping[str, Any]]:
    """The navigation as MkDocs' configuration has it, titles escaped, in the order that the pages ask for."""
    source_of = {page.path: source for source, page in named.items()}
    top = _Node("")
    for page in named.values():
        node = top
        for title in page.nav or ():
            node = node.children.setdefault(title, _Node(title))
        if page.nav:
            node.page = page

    def entry(node: _Node) -> Mapping[str, Any]:
        own = source_of[node.page.path] if node.page else None
        if not node.children:
            return {escape(node.title): own}
        first = [{escape(node.title): own}] if own else []
        return {escape(node.title): [*first, *map(entry, node.ranked)]}

    return [entry(node) for node in top.ranked]


def nearest_above(path: str, in_nav: Mapping[str, Page]) -> Page | None:
    """The page of the navigation that a page belongs to by its address; the start page is nobody's."""
    folder = path.rpartition("/")[0]
    while folder:
        folder = folder.rpartition("/")[0]
        above = in_nav.get(f"{folder}/index.html") if folder else None
        if above:
            return above
    return None


def hang(files: Mapping[str, Any], named: Mapping[str, Page], *, others: str) -> None:
    """Name the pages outside the navigation, and hang each below the page it belongs to.

    Args:
        files: what MkDocs made of each source that it was given; changed here.
        named: our pages by source.
        others: title of what is no page of ours.
    """
    in_nav = {page.path: page for page in named.values() if page.nav}
    placed = {file.dest_uri: file.page for file in files.values()}
    for source, file in files.items():
        page = named.get(source)
        if page and page.nav:
            continue
        file.page.title = escape(page.title if page else others)
        above = nearest_above(file.dest_uri, in_nav)
        # MkDocs thinks of sections here; a page above does for it what a section would.
        file.page.parent = placed[above.path] if above else None
