"""Row pages without the theme: a page that the theme rendered once, cut at its marks.

The theme takes milliseconds for a page and there are thousands of rows, so it renders
one shell for the rows of a folder, with marks where address, title, body and contents
go. `Shell` is that page as pieces; a row's page is the pieces joined with its own
values between them. Marks hold a token that no content can know.

Nothing here knows MkDocs: HTML in, bytes out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from html import escape
from urllib.parse import quote

import markupsafe
from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.pages import Page, TocEntry
from mkdocs_ems.site.contents import TocNode
from mkdocs_ems.site.files import headed
from mkdocs_ems.site.frame import css_text

_LISTED = r"<li\b[^<>]*>(?:(?!<li\b).)*?{}(?:(?!<li\b).)*?</li>"
"""An entry of a list that says something, and has no entry of another list in it."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands in a shell for the parts of a row's page. Letters and digits only: safe in any context."""

    token: str

    @classmethod
    def of(cls, words: Iterable[str]) -> Marks:
        """Marks that none of these words holds: a text cannot contain its own hash."""
        digest = sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()
        return cls(f"emsmark{digest[:24]}")

    @property
    def address(self) -> str:
        """Stands for what leads from the folder of the shell to the page, percent-encoded."""
        return f"{self.token}Address"

    @property
    def below(self) -> str:
        """Stands for each further folder that the page is deep: part of its address."""
        return f"/{self.token}Below"

    @property
    def title(self) -> str:
        """Stands for the title, escaped."""
        return f"{self.token}Title"

    @property
    def foot(self) -> str:
        """Stands for the foot of printed sheets, as `css_text` writes it."""
        return f"{self.token}Foot"

    @property
    def body(self) -> str:
        """Stands for the body."""
        return f"{self.token}Body"

    @property
    def content(self) -> str:
        """What the theme gets for a body: headed, so that it writes no heading of its own."""
        return f"<h1>{self.body}</h1>"

    @property
    def anchor(self) -> str:
        """Stands for the anchor of an entry of the table of contents."""
        return f"{self.token}Anchor"

    @property
    def entry(self) -> str:
        """Stands for the title of an entry of the table of contents; in what is cut out, for all entries."""
        return f"{self.token}Entry"

    @property
    def branch(self) -> str:
        """Stands for the title of an entry that has others below it."""
        return f"{self.token}Branch"

    @property
    def label(self) -> str:
        """Stands for that title where it names the list of those below: as plain text."""
        return f"{self.token}Label"

    @property
    def flat(self) -> tuple[TocEntry, ...]:
        """A table of contents whose entries have none below them, as those of rows."""
        return (TocEntry(2, self.entry, self.anchor),)

    @property
    def nested(self) -> tuple[TocEntry, ...]:
        """A table of contents with all that one can have: siblings, and entries below another."""
        below = TocEntry(3, self.entry, self.anchor)
        return (*self.flat, TocEntry(2, self.branch, self.anchor), below, below)


@dataclass(frozen=True, slots=True)
class ShellKey:
    """Rows that share a shell: same folder, as deep, and the theme draws the same around the body."""

    folder: str
    contents: bool
    """Has a table of contents."""
    deep: int = 1
    """How many folders lie between that folder and the page."""

    @classmethod
    def of(cls, page: Page) -> ShellKey:
        """The key of a row page."""
        folder = page.shelf or page.path.rpartition("/")[0].rpartition("/")[0]
        return cls(folder, bool(page.toc), _address(page).count("/") + 1)

    def path(self, marks: Marks) -> str:
        """Where the shell would stand: as deep as its rows, with the mark in place of the row's folder."""
        return f"{self._place(marks)}/index.html".lstrip("/")

    def source(self, marks: Marks) -> str:
        """The name under which MkDocs knows the shell."""
        return f"{self._place(marks)}/{'contents' if self.contents else 'plain'}.md".lstrip("/")

    def _place(self, marks: Marks) -> str:
        return f"{self.folder}/{marks.address}{marks.below * (self.deep - 1)}"


def _address(page: Page) -> str:
    """What leads from the folder of its shell to a page."""
    place = page.path.rpartition("/")[0]
    return place.removeprefix(f"{page.shelf}/") if page.shelf else place.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Listing:
    """How a theme writes a table of contents: text and slots in turn of each of its parts."""

    entry: tuple[str, ...] = ("",)
    """An entry with none below it."""
    branch: tuple[str, ...] = ("",)
    """An entry with others below it."""
    between: tuple[str, str] = ("", "")
    """What stands between two entries of the list, and between two below another."""

    def html(self, nodes: Iterable[TocNode], *, depth: int = 0) -> str:
        """The entries of a list."""
        return self.between[depth > 0].join(self._written(node, depth) for node in nodes)

    def _written(self, node: TocNode, depth: int) -> str:
        if not node.children:
            return _filled(self.entry, {"Anchor": node.id, "Entry": node.title})
        values = {"Anchor": node.id, "Branch": node.title, "Entry": self.html(node.children, depth=depth + 1)}
        # As templates do it that make text of a title: character references are resolved first.
        values["Label"] = markupsafe.escape(Markup(node.title).striptags())  # noqa: S704 - escaped again
        return _filled(self.branch, values)


@dataclass(frozen=True, slots=True)
class Shell:
    """A rendered page cut at its marks."""

    pieces: tuple[bytes, ...]
    """Text and slots in turn; the slots are empty."""
    slots: tuple[tuple[int, str], ...]
    """Index into the pieces and what goes there."""
    listing: Listing

    def page(self, page: Page, body: str) -> bytes:
        """The HTML of one row's page around its body."""
        toc = [TocNode(escape(entry.title), escape(entry.anchor), entry.level) for entry in page.toc]
        return self.around(page, headed(body, page.title), title=escape(page.title), toc=toc)

    def around(self, page: Page, body: str, *, title: str, toc: Sequence[TocNode]) -> bytes:
        """The HTML of a page.

        Args:
            page: says where it stands, and what its printed sheets have at their foot.
            body: with its heading.
            title: escaped.
            toc: what the theme would get; titles and anchors are escaped.
        """
        values = {
            "Address": quote(_address(page)),
            "Title": title,
            "Foot": css_text(page.foot or page.title),
            "Body": body,
            "Anchor": toc[0].id if toc else "",
            "Entry": self.listing.html(toc),
        }
        pieces = list(self.pieces)
        for index, slot in self.slots:
            pieces[index] = values[slot].encode("utf-8", "xmlcharrefreplace")
        return b"".join(pieces)


def _filled(pieces: Sequence[str], values: Mapping[str, str]) -> str:
    return "".join(values[piece] if index % 2 else piece for index, piece in enumerate(pieces))


def cut(html: str, marks: Marks) -> Shell:
    """Cut a rendered page at its marks."""
    plain = html.replace(marks.content, marks.body).replace(marks.below, "")
    slot = re.compile(re.escape(marks.token) + r"(Address|Title|Foot|Body|Anchor|Entry|Branch|Label)")
    outside, listing = _taken_out(plain, marks, slot)
    pieces = slot.split(outside)
    return Shell(
        pieces=tuple(b"" if index % 2 else piece.encode() for index, piece in enumerate(pieces)),
        slots=tuple((index, pieces[index]) for index in range(1, len(pieces), 2)),
        listing=listing,
    )


def _taken_out(html: str, marks: Marks, slot: re.Pattern[str]) -> tuple[str, Listing]:
    """A page with one mark in place of all entries of its table of contents, and how those are written."""
    first = html.find(marks.entry)
    if first < 0:
        return html, Listing()
    # In front of the first entry stands the whole navigation: nothing of it is looked through.
    begin = max(html.rfind("<li>", 0, first), html.rfind("<li ", 0, first), 0)
    rest, listing = _without_entries(html[begin:], marks, slot)
    return html[:begin] + rest, listing


def _without_entries(html: str, marks: Marks, slot: re.Pattern[str]) -> tuple[str, Listing]:
    """The same, for what begins with the first entry."""
    leaf = re.compile(_LISTED.format(re.escape(marks.entry)), re.DOTALL)
    entry = leaf.search(html)
    if entry is None:
        return html, Listing()
    html = leaf.sub(marks.entry, html)
    siblings = re.compile(rf"{marks.entry}(\s*){marks.entry}")
    below = siblings.search(html)
    html = siblings.sub(marks.entry, html)
    above = re.compile(rf"{marks.entry}(\s*)({_LISTED.format(re.escape(marks.branch))})", re.DOTALL)
    branch = above.search(html)
    if below is None or branch is None:
        # One was all that it was asked for: what stands behind it stands behind each.
        behind = re.match(r"\s*", html[html.index(marks.entry) + len(marks.entry) :])
        return html, Listing(tuple(slot.split(entry[0])), between=(behind[0] if behind else "",) * 2)
    text = branch[2].replace(f'aria-label="{marks.branch}"', f'aria-label="{marks.label}"')
    listing = Listing(tuple(slot.split(entry[0])), tuple(slot.split(text)), (branch[1], below[1]))
    return above.sub(marks.entry, html), listing
