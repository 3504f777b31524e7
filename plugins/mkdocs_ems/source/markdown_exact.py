"""The long way through a Markdown body: Python-Markdown itself decides what everything is.

Its block parser runs over the body with position tags (`markdown_tags`); inline
markup is read from the blocks it made; headings get their ids from its own inline
patterns, attribute lists and table of contents. The extensions are those of the
site. Nothing is rendered: code is not highlighted, no HTML is written.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import AtomicString

from mkdocs_ems.source.faults import Text
from mkdocs_ems.source.markdown_inline import Definition, InlineReader, Piece, attribute_pieces, html_pieces
from mkdocs_ems.source.markdown_plain import Found
from mkdocs_ems.source.markdown_tags import TAG, Tagged, untag
from mkdocs_ems.source.values import Heading, Link, Mention

if TYPE_CHECKING:
    from collections.abc import Mapping

_EXTENSIONS = (
    "toc",
    "attr_list",
    "tables",
    "admonition",
    "def_list",
    "footnotes",
    "md_in_html",
    "pymdownx.details",
    "pymdownx.superfences",
)
_HEADING = re.compile(r"h[1-6]")


def read_exact(text: Text) -> Found:
    """Read any body, as Python-Markdown understands it."""
    tagged = Tagged(text.clean)
    markdown = _markdown()
    markdown.reset()
    root = _blocks(markdown, tagged.text)
    reader = InlineReader(definitions=_definitions(markdown), escaped="".join(markdown.ESCAPED_CHARS))
    places = _Places(text, tagged)
    headings: list[tuple[Element, int | None]] = []
    pieces: list[Piece] = []
    attributes = False
    for element in _prose(root):
        attributes = attributes or _has_braces(element)
        if _HEADING.fullmatch(element.tag):
            headings.append((element, tagged.heading(element.text or "")))
        for stretch in (element.text, element.tail):
            if stretch and not isinstance(stretch, AtomicString):
                pieces += reader.read(stretch)
        if any(TAG.fullmatch(name) for name in element.attrib):
            pieces += attribute_pieces(element.tag, list(element.attrib.items()), "")
    for raw in markdown.htmlStash.rawHtmlBlocks:
        if isinstance(raw, str) and ("<" in raw):
            pieces += html_pieces(raw)
    named = _headings(markdown, root if attributes else None, [element for element, _ in headings])
    return Found(
        headings=tuple(
            places.heading(level, words, anchor, at)
            for (level, words, anchor), (_, at) in zip(named, headings, strict=True)
        ),
        links=tuple(
            sorted(
                (places.link(piece) for piece in pieces if piece.kind in ("link", "image")),
                key=lambda link: (link.span, link.target_span),
            ),
        ),
        mentions=tuple(
            sorted(
                (places.mention(piece) for piece in pieces if piece.kind == "mention"),
                key=lambda mention: mention.span,
            ),
        ),
        ids=_ids(root, attributes=attributes).union(piece.target for piece in pieces if piece.kind == "id"),
    )


@lru_cache(maxsize=1)
def _markdown() -> Markdown:
    def no_code(*_: object, **__: object) -> str:
        return ""

    fences = [{"name": "*", "class": "", "format": no_code}]
    return Markdown(
        extensions=list(_EXTENSIONS),
        extension_configs={"pymdownx.superfences": {"custom_fences": fences}},
    )


def _blocks(markdown: Markdown, text: str) -> Element:
    """The tree of blocks; the text in it is still Markdown."""
    lines = text.split("\n")
    for preprocessor in markdown.preprocessors:
        lines = preprocessor.run(lines)
    root = markdown.parser.parseDocument(lines).getroot()
    assert root is not None, "Python-Markdown always makes a root"
    if any(True for _ in _footnotes(markdown)):
        # Footnotes stand at the end of the page, and their headings after the others.
        markdown.treeprocessors["footnote"].run(root)
    return root


def _footnotes(markdown: Markdown) -> Iterator[str]:
    for extension in markdown.registeredExtensions:
        yield from getattr(extension, "footnotes", ())


def _definitions(markdown: Markdown) -> Mapping[str, Definition]:
    found: dict[str, Definition] = {}
    references: Mapping[str, tuple[str, str | None]] = markdown.references
    for name, (target, _) in references.items():
        tag = TAG.match(name)
        # Defined twice, the last one counts, as in Python-Markdown.
        found[untag(name).strip()] = Definition(untag(target), tag[0] if tag else "")
    return found


def _prose(element: Element) -> Iterator[Element]:
    """Every element whose text is Markdown, in the order of the page."""
    if element.tag in ("pre", "code"):
        return
    yield element
    for child in element:
        yield from _prose(child)


def _has_braces(element: Element) -> bool:
    """Whether an attribute list may stand in an element that is no heading."""
    if _HEADING.fullmatch(element.tag):
        return "{" in (element.tail or "")
    return "{" in (element.text or "") or "{" in (element.tail or "")


def _headings(
    markdown: Markdown, root: Element | None, headings: list[Element]
) -> list[tuple[int, str, str]]:
    """Level, words and id of each heading, made by Python-Markdown.

    Ids given by attribute lists elsewhere have a say in them; only then the whole
    page (`root`) is worked on, otherwise the headings alone.
    """
    if not headings:
        return []
    levels = [int(heading.tag[1]) for heading in headings]
    page = root
    if page is None:
        page = Element("div")
        page.extend(headings)
    references = markdown.references
    # A heading may be a link by reference: its words are found under the name without tags alone.
    references.update({untag(name).strip(): found for name, found in references.items()})
    for element in page.iter():
        element.text = _untagged(element.text)
        element.tail = _untagged(element.tail)
    for name in ("inline", "attr_list", "toc"):
        # Each of them works on the tree that it is given.
        markdown.treeprocessors[name].run(page)
    tokens = list(_flat(markdown.toc_tokens))  # type: ignore[attr-defined]
    return [
        (level, html.unescape(token["name"]), token["id"])
        for level, token in zip(levels, tokens, strict=True)
    ]


def _untagged(text: str | None) -> str | None:
    if not text:
        return text
    plain = untag(text)
    return AtomicString(plain) if isinstance(text, AtomicString) else plain


def _flat(tokens: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for token in tokens:
        yield token
        yield from _flat(token["children"])


def _ids(root: Element, *, attributes: bool) -> frozenset[str]:
    if not attributes:
        return frozenset()
    return frozenset(
        element.attrib["id"]
        for element in root.iter()
        if "id" in element.attrib and not _HEADING.fullmatch(element.tag)
    )


class _Places:
    """Turns what carries tags into values with spans."""

    def __init__(self, text: Text, tagged: Tagged) -> None:
        self._text = text
        self._body = text.clean
        self._tagged = tagged
        self._last_heading = 0

    def heading(self, level: int, words: str, anchor: str, at: int | None) -> Heading:
        if at is None:
            # No tag can stand in some odd places (a heading in a footnote): look for the words.
            at = max(self._body.find(words, self._last_heading), self._last_heading)
        end = self._body.find("\n", at)
        end = at + len(self._body[at : end if end >= 0 else None].rstrip())
        self._last_heading = end
        return Heading(level, words, anchor, self._text.span(at, end))

    def link(self, piece: Piece) -> Link:
        start, end = self._stretch(piece)
        place = start, end
        if piece.definition:
            at = self._tagged.place(piece.definition)
            line = self._body.find("\n", self._body.find("]:", at))
            place = at, line if line >= 0 else len(self._body)
        return Link(
            piece.target,
            piece.text,
            piece.kind == "image",
            self._text.span(start, end),
            self._text.span(*self._target(piece, place)),
        )

    def mention(self, piece: Piece) -> Mention:
        return Mention(piece.target, piece.label, self._text.span(*self._stretch(piece)))

    def _stretch(self, piece: Piece) -> tuple[int, int]:
        """Where a piece stands in the body; its lines may have lost their quote marks and indents."""
        at = self._tagged.place(piece.tag)
        if piece.written.startswith("!"):
            at -= 1
        if self._body.startswith(piece.written, at) and piece.written:
            return at, at + len(piece.written)
        parts = [re.escape(part) for part in piece.written.split()]
        match = re.compile(r"[\s>]+".join(parts)).match(self._body, at) if parts else None
        if match is not None:
            return match.span()
        if piece.written == "" and (tag := re.compile(r"<[^<>]*>").match(self._body, at)):
            return tag.span()
        line = self._body.find("\n", at)
        return at, line if line >= 0 else len(self._body)

    def _target(self, piece: Piece, place: tuple[int, int]) -> tuple[int, int]:
        """Where the target is written within a link or a definition."""
        start, end = place
        after = self._body.find("](", start, end) if not piece.definition else self._body.find("]:", start)
        # The text may hold the same words as the target, and links of its own.
        at = self._body.rfind(piece.target, max(after, start), end) if piece.target else -1
        return (at, at + len(piece.target)) if at >= 0 else place
