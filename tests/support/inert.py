"""What may not stand in anything that is put out, whatever content says: looked for from the outside.

A page is read as a browser reads it, not searched for what somebody thought of. Nothing
here asserts anything: each function says what is wrong, and an empty answer is a good one.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

from mkdocs_ems.text import has_bidi

HOOK = "hook("
"""What every payload of the corpus would call."""
FOREIGN = "evil.example"
"""The host that every payload of the corpus would ask."""
SECRET = "root:x:0:0"
"""What a file of the machine would show."""

_RUNS = """
applet base embed frame frameset iframe math noembed noframes object plaintext xmp portal
foreignobject animate animatemotion animatetransform set handler listener
""".split()  # noqa: SIM905 - read as words
_ADDRESSES = """
action background cite classid codebase data dynsrc formaction href icon longdesc lowsrc manifest
ping poster profile src usemap xlink:href
""".split()  # noqa: SIM905 - read as words
_AROUND = "".join(map(chr, range(0x21)))
_HARMLESS = ("http://", "https://", "mailto:")
_WORKFLOW = re.compile(r"::(error|warning|notice) file=[^,]+(,[a-zA-Z]+=[^,]*)*::")


class _Page(HTMLParser):
    """Reads a page and keeps what acts, asks another host, or hides."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.words: list[str] = []
        self._script: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._script = given.get("type", "script") if tag == "script" else None
        if tag in _RUNS or (tag == "meta" and given.get("http-equiv", "").lower() == "refresh"):
            self.wrong.append(f"<{tag}>")
        for name, value in given.items():
            if name.startswith("on") or name in ("srcdoc", "autofocus"):
                self.wrong.append(f"<{tag} {name}>")
            if name in _ADDRESSES and (fault := _address(tag, value)):
                self.wrong.append(f"<{tag} {name}={value!r}>: {fault}")
            if name in ("style", "srcset") and ("//" in value or "url(" in value.lower()):
                self.wrong.append(f"<{tag} {name}={value!r}>")
            if FOREIGN in value and tag != "a" and name not in ("title", "alt", "content", "aria-label"):
                self.wrong.append(f"<{tag} {name}={value!r}>")
            self.wrong += hidden(value, f"<{tag} {name}>")

    def handle_endtag(self, _tag: str) -> None:
        self._script = None

    def handle_data(self, data: str) -> None:
        if self._script is None:
            self.words.append(data)
            self.wrong += hidden(data, "text")
        elif self._script != "application/json" and (HOOK in data or FOREIGN in data):
            self.wrong.append(f"script: {data[:80]!r}")

    @property
    def between(self) -> bool:
        """Whether nothing is begun that what follows could belong to."""
        return not self.rawdata and self.cdata_elem is None and self._script is None


def _address(tag: str, value: str) -> str:
    """Why an address may not stand there: as browsers read it."""
    # As the URL standard reads it: a blank within a word parts it, so that no scheme is left.
    plain = re.sub(r"[\t\n\r]", "", value.strip(_AROUND)).lower().replace("\\", "/")
    if plain.startswith("//"):
        return "another host"
    scheme = re.match(r"[a-z][a-z0-9+.-]*:", plain)
    if scheme is None:
        return ""
    if not plain.startswith(_HARMLESS):
        return "no harmless scheme"
    return "" if tag == "a" else "another host"


def hidden(text: str, where: str) -> Iterator[str]:
    """Characters that control a reader or turn its lines around."""
    if text.isascii() and text.isprintable():
        return
    for char in sorted(set(text)):
        if has_bidi(char) or (
            char not in "\n\r\t" and unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")
        ):
            yield f"{where}: U+{ord(char):04X}"


def acting(html: str) -> tuple[list[str], str]:
    """What is wrong with a page, and the words on it."""
    wrong: list[str] = []
    words: list[str] = []
    page: _Page | None = None
    # Pages have most of their pieces in common, and each is read once.
    for piece in _PIECE.findall(html):
        if page is None and (read := _read(piece)) is not None:
            wrong += read[0]
            words += read[1]
            continue
        page = page or _Page()
        page.feed(piece)
        if page.between:
            wrong += page.wrong
            words += page.words
            page = None
    if page is not None:
        page.close()
        wrong += page.wrong
        words += page.words
    return wrong, " ".join("".join(words).split())


_PIECE = re.compile(r".+?(?:>(?=\n)|\Z)", re.DOTALL)


@lru_cache(maxsize=1 << 16)
def _read(piece: str) -> tuple[Sequence[str], Sequence[str]] | None:
    """What is wrong with a piece of a page, and its words; None where it cannot be read by itself."""
    page = _Page()
    page.feed(piece)
    return (tuple(page.wrong), tuple(page.words)) if page.between else None


def site_faults(site: Path) -> tuple[list[str], dict[str, str]]:
    """What is wrong with a site, and the words of each page by its path."""
    wrong: list[str] = []
    words: dict[str, str] = {}
    for file in sorted(site.rglob("*")):
        path = file.relative_to(site).as_posix()
        wrong += hidden(path, "name of a file")
        if file.is_symlink() or not (file.is_dir() or file.is_file()):
            wrong.append(f"{path}: no regular file")
        elif file.suffix in (".html", ".svg", ".xml"):
            found, words[path] = acting(file.read_text("utf-8"))
            wrong += [f"{path}: {one}" for one in found]
            if SECRET in words[path]:
                wrong.append(f"{path}: a file of the machine")
        elif file.name == "search_index.json":
            for entry in json.loads(file.read_text("utf-8"))["docs"]:
                # The theme puts both into the page as HTML.
                for part in ("title", "text"):
                    wrong += [f"{path}: {entry['location']}: {one}" for one in acting(entry[part])[0]]
    return wrong, words


def printed_faults(text: str) -> list[str]:
    """What a terminal would act on."""
    return [*hidden(text.replace("\n", ""), "printed")] if text else []


def told_faults(form: str, text: str) -> list[str]:
    """What is wrong with a report in one of the formats of `ems check`."""
    wrong = printed_faults(text)
    match form:
        case "json" | "sarif" | "gitlab":
            json.loads(text)
        case "junit":
            ET.fromstring(text)  # noqa: S314 - what we wrote
        case "github":
            lines = text.split("\n")
            wrong += [line[:80] for line in lines if line and not _WORKFLOW.match(line)]
        case _:
            wrong += [line[:80] for line in text.split("\n") if line.startswith("::")]
    return wrong


def table_faults(written: str) -> list[str]:
    """Cells of a CSV file that a spreadsheet would compute."""
    cells = (cell for row in csv.reader(io.StringIO(written, newline="")) for cell in row)
    starts = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
    number = re.compile(r"[+-]?\d+([.]\d+)?\Z")
    return [cell[:80] for cell in cells if cell.startswith(starts) and not number.match(cell)]


def spreadsheet_faults(data: bytes) -> list[str]:
    """Formulas and links in an xlsx file."""
    wrong: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for name in book.namelist():
            text = book.read(name).decode("utf-8")
            ET.fromstring(text)  # noqa: S314 - what we wrote
            if re.search(r"<f[ >]|<hyperlink|ddeLink|externalLink", text):
                wrong.append(name)
    return wrong


_VOID = frozenset(
    """
    area base br col embed hr img input link meta param source track wbr circle line path polyline rect
    """.split()  # noqa: SIM905 - read as words
)


class _Form(HTMLParser):
    """Whether elements close one another in order, and each id is one element's."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.open: list[str] = []
        self._ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self.open.append(tag)
        self._identify(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._identify(tag, attrs)

    def _identify(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        self.wrong += [f"<{tag} {name}> twice" for name in set(names) if names.count(name) > 1]
        identity = dict(attrs).get("id")
        if identity in self._ids:
            self.wrong.append(f"the id {identity!r} twice")
        if identity is not None:
            self._ids.add(identity)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes something else")


def well_formed(*pieces: str) -> list[str]:
    """What is wrong with the form of a page that is made of pieces."""
    form = _Form()
    for piece in pieces:
        form.feed(piece)
    form.close()
    return [*form.wrong, *(f"<{tag}> is left open" for tag in form.open)]
