"""The short way through a Markdown body: ordinary prose, read line by line.

Most documents hold headings, paragraphs, lists, tables, fenced code and simple
links. For those every line says by itself what it is. Anything else, and anything
whose meaning depends on the lines around it, is not guessed at here: `read_plain`
returns None and `markdown_exact` asks Python-Markdown itself. What this module
does return equals what that one would have found; a property test holds it.
"""

from __future__ import annotations

import re
import unicodedata

from mkdocs_ems import dataclass
from mkdocs_ems.source.faults import Text
from mkdocs_ems.source.values import Heading, Link, Mention

_FENCE = re.compile(r"^(`{3,})[\w+-]*[ ]*\n", re.MULTILINE)
_UNUSUAL = "<{\\\t\r"
"""HTML, attribute lists, escapes, and what shifts columns."""
_STAND_IN = re.compile("[\U000f0000-\U0010ffff]")
"""What the long way writes in the place of other text."""
# Each begins with a line feed, written as one: so it is searched for as fast as one.
_UNUSUAL_LINE = re.compile(
    r"""\n(?:
      [ ]{0,3}\[[^\]\n]*\]:                # definitions
    | [ ]*(?:~~~|!!!|\?\?\?|>)            # other fences, admonitions, quotes
    | [ \d.>*+:-]+\#                      # headings within lists
    | [ ]*(?:[*+:-]|\d+\.)[ ](?:[ ]{3}|[ ]*(?:[>!?~]|[*+:-][ ]|\d+\.[ ]))   # blocks within lists
    | [ ]{4}[^\n]*[\[`]                   # code, or the inside of a list
    | [^\n]+\n[ ]*(?:=+|-+)[ ]*(?:\n|\Z)   # headings that are underlined
    )""",
    re.VERBOSE,
)
_LOWEST = 6
"""Levels of headings."""
_HEADING = re.compile(r"\n(#+)([^\n]*)")
_HEADING_TEXT = re.compile(r"([^#*_`\[\]!&]|&(?=\s))*")
_NO_WORD = re.compile(r"[^\w\s-]")
_GAP = re.compile(r"[-\s]+")
_MENTION = re.compile(r"\[\[[^\[\]]*\]\]")
_CANDIDATE = re.compile(r"[\[`]")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_BRACKET = re.compile(
    r"""
      \[\[(?P<id>[^\[\]|]+)(?:\|(?P<label>[^\[\]]*))?\]\](?![(\[])
    | (?P<image>!?)\[(?P<text>[^\[\]|]*)\]\((?P<target>[^\s()"'\[\]|`]+)(?:[ ]+"[^"()|`]*")?\)
    | \[[^\[\]|]*\](?!\()
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in a body, in the order of its places."""

    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    mentions: tuple[Mention, ...]
    ids: frozenset[str] = frozenset()


def read_plain(text: Text) -> Found | None:
    """Read an ordinary body; None where it is not an ordinary one."""
    body = text.clean
    if "```" in body:
        fenceless = _without_fences(body)
        if fenceless is None:
            return None
        body = fenceless
    lines = f"\n{body}"
    if "[^" in body or any(char in body for char in _UNUSUAL) or _UNUSUAL_LINE.search(lines):
        return None
    if not body.isascii() and _STAND_IN.search(body):
        return None
    headings = _headings(text, lines) if "#" in body else ()
    if headings is None:
        return None
    links: list[Link] = []
    mentions: list[Mention] = []
    if "[" in body or "`" in body:
        end = 0
        while candidate := _CANDIDATE.search(body, end):
            start = body.rfind("\n", end, candidate.start()) + 1
            end = body.find("\n", candidate.end())
            end = end if end >= 0 else len(body)
            line = body[start:end]
            if _beyond_table(line, body, start) or not _read_line(text, line, start, links, mentions):
                return None
    return Found(headings, tuple(links), tuple(mentions))


def _beyond_table(line: str, body: str, start: int) -> bool:
    """Whether a line may have more cells than the first of its block, which then are not shown."""
    if "|" not in line:
        return False
    first = body.rfind("\n\n", 0, start)
    first = first + 2 if first >= 0 else 0
    head = _MENTION.sub("", body[first : body.find("\n", first)]).strip()
    row = _MENTION.sub("", line).strip()
    if len(head) > 1 and head[0] == head[-1] == "|":
        head, row = head[1:-1], row.removeprefix("|").removesuffix("|")
    return row.count("|") > head.count("|")


def _without_fences(body: str) -> str | None:
    """The body with spaces for fenced code; None where a fence is not closed, or is no plain one."""
    pieces: list[str] = []
    done = 0
    while (at := body.find("```", done)) >= 0:
        opening = _FENCE.match(body, at)
        # Sought from where it opens, and only until the first one that never closes.
        closing = opening and re.compile(rf"^{opening[1]}[ ]*$", re.MULTILINE).search(body, opening.end())
        if closing is None:
            return None
        pieces += (body[done:at], " " * (closing.end() - at))
        done = closing.end()
    return "".join(pieces) + body[done:]


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _headings(text: Text, lines: str) -> tuple[Heading, ...] | None:
    """The headings, or None where one holds more than words."""
    found: list[Heading] = []
    used: set[str] = set()
    for match in _HEADING.finditer(lines):
        words = match[2].rstrip("#").strip()
        if len(match[1]) > _LOWEST or not words or not _HEADING_TEXT.fullmatch(words):
            return None
        # After a row of a table it would be another row.
        before = lines.rfind("\n", 0, match.start())
        if "|" in lines[max(before, 0) : match.start()]:
            return None
        words = " ".join(words.split())
        anchor = _anchor(words)
        if not anchor or anchor in used:
            # Only a document with two headings of one name pays for the import of Python-Markdown.
            from markdown.extensions.toc import unique  # noqa: PLC0415 -- see above

            anchor = unique(anchor, used)
        used.add(anchor)
        start = match.start()
        place = text.span(start, start + len(match[0].rstrip()) - 1)
        found.append(Heading(len(match[1]), words, anchor, place))
    return tuple(found)


def _anchor(words: str) -> str:
    """The anchor that Python-Markdown makes of a heading, without importing it to do so."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii")
    return _GAP.sub("-", _NO_WORD.sub("", plain).strip().lower())


def _read_line(text: Text, line: str, at: int, links: list[Link], mentions: list[Mention]) -> bool:
    """Read one line; False where it does not say by itself what it is."""
    shown = line
    if "`" in line:
        line = _CODE.sub(_blank, line)
        # A bar within code may end a table's cell.
        if "`" in line or line.count("|") != shown.count("|"):
            return False
    done = 0
    while (bracket := line.find("[", done)) >= 0:
        # The exclamation mark of an image stands before its bracket.
        opening = bracket - 1 if bracket > done and line[bracket - 1] == "!" else bracket
        match = _BRACKET.match(line, opening) or _BRACKET.match(line, bracket)
        if match is None:
            return False
        done = match.end()
        place = text.span(at + match.start(), at + done)
        if match["id"] is not None:
            label = " ".join((match["label"] or "").split())
            mentions.append(Mention(match["id"].strip(), label or None, place))
        elif match["target"] is not None:
            words = " ".join(shown[match.start("text") : match.end("text")].split())
            written = text.span(at + match.start("target"), at + match.end("target"))
            links.append(Link(match["target"], words, bool(match["image"]), place, written))
    return True
