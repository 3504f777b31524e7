"""Row pages without the theme: a page that the theme rendered once, cut at its marks.

The theme takes milliseconds for a page and there are thousands of rows, so it renders
one shell for the rows of a folder, with marks where address, title, body and contents
go. `Shell` is that page as pieces; a row's page is the pieces joined with its own
values between them. Marks hold a token that no content can know.

Nothing here knows MkDocs: HTML in, bytes out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from urllib.parse import quote

from mkdocs_ems import dataclass
from mkdocs_ems.pages import Page, TocEntry
from mkdocs_ems.site.files import headed
from mkdocs_ems.site.frame import css_text


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
        """Stands for the title of an entry of the table of contents."""
        return f"{self.token}Entry"


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
class Shell:
    """A rendered page cut at its marks."""

    pieces: tuple[bytes, ...]
    """Text and slots in turn; the slots are empty."""
    slots: tuple[tuple[int, str], ...]
    """Index into the pieces and what goes there."""
    entry: tuple[str, ...]
    """Text and slots in turn of one entry of the table of contents."""

    def page(self, page: Page, body: str) -> bytes:
        """The HTML of one row's page around its body."""
        values = {
            "Address": quote(_address(page)).encode(),
            "Title": escape(page.title).encode("utf-8", "xmlcharrefreplace"),
            "Foot": css_text(page.foot or page.title).encode(),
            "Body": headed(body, page.title).encode("utf-8", "xmlcharrefreplace"),
        }
        if page.toc:
            values["Anchor"] = escape(page.toc[0].anchor).encode()
            values["Entry"] = "".join(map(self._listed, page.toc)).encode("utf-8", "xmlcharrefreplace")
        pieces = list(self.pieces)
        for index, slot in self.slots:
            pieces[index] = values.get(slot, b"")
        return b"".join(pieces)

    def _listed(self, entry: TocEntry) -> str:
        values = {"Anchor": escape(entry.anchor), "Entry": escape(entry.title)}
        return "".join(values[piece] if index % 2 else piece for index, piece in enumerate(self.entry))


def cut(html: str, marks: Marks) -> Shell:
    """Cut a rendered page at its marks."""
    slot = re.compile(re.escape(marks.token) + r"(Address|Title|Foot|Body|Anchor|Entry)")
    one = re.compile(rf"<li\b[^<>]*>(?:(?!<li\b).)*?{marks.entry}(?:(?!<li\b).)*?</li>\s*", re.DOTALL)
    entry = one.search(html)
    plain = html.replace(marks.content, marks.body).replace(marks.below, "")
    pieces = slot.split(one.sub(marks.entry, plain))
    return Shell(
        pieces=tuple(b"" if index % 2 else piece.encode() for index, piece in enumerate(pieces)),
        slots=tuple((index, pieces[index]) for index in range(1, len(pieces), 2)),
        entry=tuple(slot.split(entry[0])) if entry else ("",),
    )
