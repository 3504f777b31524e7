"""A page is a value: where it stands, what it is called, what it says. Nothing here writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from enum import StrEnum

from mkdocs_ems import dataclass


class PageForm(StrEnum):
    """How a page reaches the site."""

    MARKDOWN = "markdown"
    """A controlled document's Markdown, rendered by MkDocs, then sanitised."""
    HTML = "html"
    """Finished HTML from our own autoescaping templates, placed in a page of the theme."""
    ROW = "row"
    """Finished HTML placed in the shell, never through the theme by itself."""


class Permanent(StrEnum):
    """Where the pages are whose addresses stay: of each issue, and of each row that ever changed."""

    HERE = "here"
    ABOVE = "above"
    """In the folder above, where the manual in force beside this version keeps them."""
    NOWHERE = "nowhere"
    """Nobody made them; an issue is told of in its document's history."""


@dataclass(frozen=True, slots=True)
class TocEntry:
    """One entry of a page's table of contents."""

    level: int
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the manual."""

    path: str
    """Below the site: `registers/aspects/ASP-001/index.html`; always ends in `index.html` (or `404.html`)."""
    title: str
    """Plain text; whoever writes it escapes it."""
    form: PageForm
    body: str = ""
    """HTML for HTML and ROW; Markdown (front matter removed) for MARKDOWN."""
    draw: Callable[[], str] | None = field(default=None, compare=False, repr=False)
    """Makes the HTML of an HTML or ROW page when it is asked for: beside others, on two processors."""
    before: str = ""
    """HTML placed above a MARKDOWN body: the control block."""
    after: str = ""
    """HTML placed below a MARKDOWN body: issues, links, findings."""
    toc: tuple[TocEntry, ...] = ()
    search: str = ""
    """Plain text for the search index; empty keeps an HTML or ROW page's body out of it."""
    nav: tuple[str, ...] | None = None
    """Section titles down to the page's own in the navigation; None keeps it out."""
    order: int = 0
    """Rank within its navigation section."""
    source_path: str | None = None
    """The content file it shows, for MARKDOWN."""
    foot: str = ""
    """What stands at the foot of each sheet when it is printed; empty for the title alone."""
    shelf: str = ""
    """Of a ROW page the folder whose pages share one shell: `documents` for those two folders below it;
    empty for the folder that its own lies in."""

    @property
    def html(self) -> str:
        """The finished body of an HTML or ROW page; made anew each time where it is drawn."""
        return self.draw() if self.draw is not None else self.body


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is published beside the pages: a picture or attachment of an issue in force."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Since:
    """The version before, as the page of what changed since compares with it."""

    folder: str
    """Below the site."""
    renumbered: Mapping[str, str]
    """Rows that went by another id there: that id, and the one of today."""


@dataclass(frozen=True, slots=True)
class Manual:
    """All pages and published files of one state of the manual."""

    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
    title: str
    draft: bool
    """Shows the work tree, unapproved content included: every page says so."""
    since: Since | None = None
    """The version before, where one of its pages tells what changed."""
