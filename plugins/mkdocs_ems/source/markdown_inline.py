"""Links, images, mentions and raw HTML within one stretch of tagged Markdown.

Follows Python-Markdown's order: code first, then escapes, then references and
links, then what stands in angle brackets; the matching of brackets, targets and
titles is Python-Markdown's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

from markdown.inlinepatterns import (
    BACKTICK_RE,
    HTML_RE,
    BacktickInlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
)

from mkdocs_ems import dataclass
from mkdocs_ems.source.markdown_tags import BAR, ESCAPE, TAG, untag

_T = "[\U000f0001-\U000ffffc]"
_FIRST_PASS = re.compile(r"\\(?P<escaped>.)|(?P<ticks>`)|(?P<comment><!--)", re.DOTALL)
_SECOND_PASS = re.compile(r"!?\[|<")
_MENTION = re.compile(
    rf"\[{_T}\[{_T}(?P<id>[^\[\]|{BAR}{ESCAPE}]+)(?:{ESCAPE}?{BAR}(?P<label>[^\[\]]*))?\]\](?![(\[])"
)
_AUTO = re.compile(rf"<{_T}(?P<url>[A-Za-z][A-Za-z0-9+.-]*://[^<>]*|[^<> !]+@[^@<> ]+)>")
_HTML = re.compile(HTML_RE, re.DOTALL)
_SPACES = re.compile(r"\s+")
# Masked characters move by this much, so that every index still holds.
_MASK = 0xE000
_MASKED = re.compile("[\ue000-\ue07f]")
_SPECIAL = re.compile(r"""[\[\]()<>`"'\\!{}]""")
_SHOWN = frozenset(("src", "data", "poster", "srcset"))


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that was found, still in tagged text.

    `kind` is `link`, `image`, `mention` or `id`; `tag` says where it begins; `written`
    is the whole of it, tags removed; `definition` the tag of the definition it uses.
    """

    kind: str
    tag: str
    written: str
    target: str
    text: str = ""
    label: str | None = None
    definition: str | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """What `[name]: target` defines, and the tag at its bracket."""

    target: str
    tag: str


class _Tags(HTMLParser):
    """Collects what start tags of raw HTML link to and name."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[Piece] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        written = untag(self.get_starttag_text() or "")
        self.pieces.extend(attribute_pieces(tag, attrs, written))

    def parse_html_declaration(self, i: int) -> int:
        """Browsers take every declaration they do not know for a comment; Python's own parser may give up."""
        if self.rawdata.startswith("<![", i):
            return self.parse_bogus_comment(i)
        return super().parse_html_declaration(i)


def attribute_pieces(tag: str, attrs: list[tuple[str, str | None]], written: str) -> Iterator[Piece]:
    """What one HTML element links to, shows, and names."""
    mark = next((name for name, _ in attrs if TAG.fullmatch(name)), "")
    for tagged, value in attrs:
        if not value:
            continue
        # A line within an element may look like a heading, and then begins with a tag of its own.
        name, target = untag(tagged), untag(value)
        if name == "id" or (name == "name" and tag == "a"):
            yield Piece("id", mark, written, target)
        elif not mark:
            continue
        elif name in ("href", "xlink:href"):
            yield Piece("link", mark, written, target.strip())
        elif name == "srcset":
            for candidate in target.split(","):
                if candidate.strip():
                    yield Piece("image", mark, written, candidate.split()[0])
        elif name in _SHOWN:
            yield Piece("image", mark, written, target.strip())


def html_pieces(html: str) -> tuple[Piece, ...]:
    """What raw HTML links to, shows and names."""
    parser = _Tags()
    parser.feed(html)
    parser.close()
    return tuple(parser.pieces)


class _LinkReader(LinkInlineProcessor):
    """Python-Markdown's matching of brackets, without its stash."""

    def unescape(self, text: str) -> str:
        """Nothing was stashed here; what was escaped is masked."""
        return text


class InlineReader:
    """Reads stretches of one document's tagged text."""

    def __init__(self, *, definitions: Mapping[str, Definition], escaped: str) -> None:
        """Remember what holds for the whole document.

        Args:
            definitions: by name, lower case.
            escaped: the characters that a backslash escapes.
        """
        self._definitions = definitions
        self._escaped = frozenset(escaped)
        self._unescape = re.compile(r"\\([" + re.escape(escaped) + "])")
        self._link = _LinkReader("")
        self._ticks = BacktickInlineProcessor(BACKTICK_RE)
        self._ticks_pattern = self._ticks.getCompiledRegExp()

    def read(self, text: str) -> Iterator[Piece]:
        """Everything of interest in one paragraph, heading, cell or title."""
        if "[" in text or "<" in text:
            yield from self._read(self._mask(text))

    def _mask(self, text: str) -> str:
        """Hide code, comments and escaped characters, each character behind one other."""
        if "`" not in text and "\\" not in text and "<!--" not in text:
            return text
        pieces: list[str] = []
        done = at = 0
        while match := _FIRST_PASS.search(text, at):
            start, at = match.start(), match.end()
            if match["escaped"]:
                hidden = match["escaped"] in self._escaped
                at = at if hidden else at - 1
            elif match["comment"]:
                close = text.find("-->", at)
                hidden = close >= 0
                at = close + 3 if hidden else at
            else:
                hidden, start, at = self._code(text, start)
            if hidden:
                pieces += (text[done:start], _SPECIAL.sub(_hide, text[start:at]))
                done = at
        return "".join(pieces) + text[done:]

    def _code(self, text: str, start: int) -> tuple[bool, int, int]:
        """Whether backticks begin code, where it begins, and where to read on."""
        match = self._ticks_pattern.match(text, start)
        if match is None:
            return False, start, start + 1
        element, begin, end = self._ticks.handleMatch(match, text)
        if begin is None or end is None or end <= start:
            return False, start, match.end()
        return element is not None, begin, end

    def _show(self, text: str) -> str:
        """The text as it was written."""
        return untag(_MASKED.sub(_reveal, text))

    def _read(self, text: str) -> Iterator[Piece]:
        at = 0
        while match := _SECOND_PASS.search(text, at):
            if match[0] == "<":
                pieces, at = self._angle(text, match.start())
                inner = ""
            else:
                pieces, at, inner = self._bracket(text, match.start(), match.end())
            yield from pieces
            if inner:
                # Pictures, and at times links: Python-Markdown makes those there as well.
                yield from self._read(inner)

    def _angle(self, text: str, start: int) -> tuple[tuple[Piece, ...], int]:
        auto = _AUTO.match(text, start)
        if auto is not None:
            url = self._show(auto["url"])
            target = url if "://" in url else f"mailto:{url}"
            return (Piece("link", text[start + 1], f"<{url}>", target, url),), auto.end()
        html = _HTML.match(text, start)
        if html is None:
            return (), start + 1
        return html_pieces(_MASKED.sub(_reveal, html[0])) if TAG.search(html[0]) else (), html.end()

    def _bracket(self, text: str, start: int, inside: int) -> tuple[tuple[Piece, ...], int, str]:
        """What the bracket at `inside - 1` begins; where to read on; a link's text, to be read as well."""
        tag = text[inside : inside + 1]
        if not TAG.match(tag):
            return (), inside, ""
        mention = _MENTION.match(text, inside - 1)
        if mention is not None:
            label = _SPACES.sub(" ", self._show(mention["label"] or "")).strip()
            written = self._show(mention[0])
            piece = Piece("mention", tag, written, mention["id"].strip(), label=label or None)
            return (piece,), mention.end(), ""
        words, end, closed = self._link.getText(text, inside)
        if not closed:
            return (), inside, ""
        kind = "image" if text[start] == "!" else "link"
        target, definition, end = self._target(text, words, end)
        if target is None:
            return (), inside, ""
        shown = _SPACES.sub(" ", self._show(words)).strip()
        piece = Piece(kind, tag, self._show(text[start:end]), target, shown, definition=definition)
        return (piece,), end, words if kind == "link" else ""

    def _target(self, text: str, words: str, end: int) -> tuple[str | None, str | None, int]:
        """The target of a link whose text ends before `end`, its definition's tag, and the link's end."""
        found = ReferenceInlineProcessor.RE_LINK.match(text, end)
        if found is not None:
            definition = self._definition(untag(found[1]) or untag(words))
            if definition is not None:
                return definition.target, definition.tag, found.end()
        if text.startswith("(", end):
            target, _, after, closed = self._link.getLink(text, end)
            # With quotes left open Python-Markdown may take a link to end before it begins.
            if closed and after > end:
                return self._unescape.sub(r"\1", self._show(target)), None, after
        definition = self._definition(untag(words))
        if definition is not None:
            return definition.target, definition.tag, end
        return None, None, end

    def _definition(self, name: str) -> Definition | None:
        return self._definitions.get(_SPACES.sub(" ", name.lower())) if self._definitions else None


def _hide(match: re.Match[str]) -> str:
    return chr(_MASK + ord(match[0]))


def _reveal(match: re.Match[str]) -> str:
    return chr(ord(match[0]) - _MASK)
