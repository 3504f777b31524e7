"""Position tags: single characters that carry a place through Python-Markdown.

Python-Markdown alone knows what its block structure makes of a text, and it keeps
no positions. So each place where something of interest may begin gets a character
that means nothing to it (Unicode's last private planes). Whatever it decides, the
tag is still there and says where in the file the thing stands.
"""

from __future__ import annotations

import re

_FIRST = 0xF0001
_FIRST_HTML = 0x100000
# Each plane has room for 65,000: the guard lets no body pass that would need more.

BAR = "\U000f0000"
"""Stands for the bar within a mention, which would otherwise end a table's cell."""
ESCAPE = "\U000ffffd"
"""Stands for the backslash that may be written before that bar."""

TAG = re.compile("[\U000f0001-\U000ffffc\U00100000-\U0010ffff]")
# A tag within a tag of HTML is an attribute right behind its name, and a slash parts the two.
_WRITTEN = re.compile("[\U000f0001-\U000ffffc]|/?[\U00100000-\U0010ffff]")
_ANY = re.compile("[\U000f0000-\U0010ffff]")
# Possessive: a tag within a list's marker would undo the list.
_PREFIX = r"^(?:[ \t>]|[*+\-:][ \t]|\d+\.[ \t])*+"
# What begins a block of its own, and would begin none with a tag before it; HTML is left alone as well.
_BLOCK = r"""```|~~~|!!!|\?\?\?|===|\[[^\]\n]*+\]:|[-=_*][-=_* ]*+$"""
_PLACE = re.compile(
    rf"""
      (?P<heading>{_PREFIX}\#++[ \t]*+)(?=\S)
    | (?P<underlined>{_PREFIX})(?=[^\s#<>|{{])(?!{_BLOCK})(?=[^\n]*\n[ \t>]*[=-]+[ ]*$)
    | (?P<link>(?<!<!)(?<!<!\[CDATA)\[(?!\^))
    | (?P<auto><(?=[A-Za-z][A-Za-z0-9+.-]*://|[^<>\s!]+@))
    | (?P<html><[A-Za-z][^\s<>/`]*+)(?=[\s/])(?![ \t/]*>)
    """,
    re.MULTILINE | re.VERBOSE,
)
_MENTION_BAR = re.compile(r"(?<=\[\[)([^\[\]|\n\\]+)(\\?\|)(?=[^\[\]|]*\]\])")


class Tagged:
    """A text with its tags, and the place of each tag's thing.

    Attributes:
        text: what Python-Markdown is given.
    """

    def __init__(self, body: str) -> None:
        body = _ANY.sub("\ufffd", body)
        if "[[" in body:
            body = _MENTION_BAR.sub(_hide_bar, body)
        pieces: list[str] = []
        self._places: list[int] = []
        self._html: list[int] = []
        self._headings: set[int] = set()
        done = 0
        for match in _PLACE.finditer(body):
            kind = match.lastgroup
            tag = chr(_FIRST + len(self._places))
            if kind == "html":
                tag = "/" + chr(_FIRST_HTML + len(self._html))
                self._html.append(match.start())
            elif kind == "heading":
                # The place of a heading is where its line's hashes begin.
                self._headings.add(len(self._places))
                self._places.append(match.start() + match[0].index("#"))
            elif kind == "underlined":
                self._headings.add(len(self._places))
                self._places.append(match.end())
            else:
                self._places.append(match.start())
            pieces += (body[done : match.end()], tag)
            done = match.end()
        self.text = "".join(pieces) + body[done:]

    def place(self, tag: str) -> int:
        """Where the thing of a tag begins, in characters of the body."""
        number = ord(tag)
        return self._html[number - _FIRST_HTML] if number >= _FIRST_HTML else self._places[number - _FIRST]

    def heading(self, text: str) -> int | None:
        """Where the heading with this tagged text begins; None where it carries no tag of one."""
        for tag in TAG.findall(text):
            if ord(tag) - _FIRST in self._headings:
                return self.place(tag)
        return None


def untag(text: str) -> str:
    """The text as it was written."""
    return _WRITTEN.sub("", text).replace(ESCAPE, "\\").replace(BAR, "|")


def _hide_bar(match: re.Match[str]) -> str:
    return match[1] + (ESCAPE if len(match[2]) > 1 else "") + BAR
