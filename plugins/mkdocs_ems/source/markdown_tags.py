"""Position tags: single characters that carry a place through Python-Markdown.

Python-Markdown alone knows what its block structure makes of a text, and it keeps
no positions. So each place where something of interest may begin gets a character
that means nothing to it (Unicode's last private planes). Whatever it decides, the
tag is still there and says where in the file the thing stands.
"""

from __future__ import annotations

import re

_FIRST = 0xF0001
MOST = 0x10FFFD - _FIRST
"""Tags in one text; a guard refuses a body that would need more."""

BAR = "\U000f0000"
"""Stands for the bar within a mention, which would otherwise end a table's cell."""

TAG = re.compile("[\U000f0001-\U0010ffff]")
_ANY = re.compile("[\U000f0000-\U0010ffff]")
# Possessive: a tag within a list's marker would undo the list.
_PREFIX = r"^(?:[ \t>]|[*+\-:][ \t]|\d+\.[ \t])*+"
_PLACE = re.compile(
    rf"""
      (?P<heading>{_PREFIX}\#++[ \t]*+)(?=\S)
    | (?P<underlined>{_PREFIX})(?=[^\W_]|[*_"'(\[])(?=[^\n]*\n[ \t>]*[=-]+[ ]*$)
    | (?P<link>\[(?!\^))
    | (?P<auto><(?=[A-Za-z][A-Za-z0-9+.-]*://|[^<>\s!]+@))
    | (?P<html><[A-Za-z][^\s<>/`]*\s+)(?=[^\s>])
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
            body = _MENTION_BAR.sub(lambda match: match[1] + BAR * len(match[2]), body)
        pieces: list[str] = []
        self._places: list[int] = []
        self._headings: set[int] = set()
        done = 0
        for match in _PLACE.finditer(body):
            kind = match.lastgroup
            tag = chr(_FIRST + len(self._places))
            if kind == "heading":
                # The place of a heading is where its line's hashes begin.
                self._headings.add(len(self._places))
                self._places.append(match.start() + match[0].index("#"))
            elif kind == "underlined":
                self._headings.add(len(self._places))
                self._places.append(match.end())
            else:
                self._places.append(match.start())
            pieces += (body[done : match.end()], tag, " " if kind == "html" else "")
            done = match.end()
        self.text = "".join(pieces) + body[done:]

    def place(self, tag: str) -> int:
        """Where the thing of a tag begins, in characters of the body."""
        return self._places[ord(tag) - _FIRST]

    def heading(self, text: str) -> int | None:
        """Where the heading with this tagged text begins; None where it carries no tag of one."""
        for tag in TAG.findall(text):
            if ord(tag) - _FIRST in self._headings:
                return self.place(tag)
        return None


def untag(text: str) -> str:
    """The text as it was written."""
    return TAG.sub("", text).replace(BAR, "|")
