"""The body of a Markdown file: headings, links, pictures and mentions, each with its place.

Guards first: some texts hold Python-Markdown for minutes or exhaust its stack. A
body that a guard refuses is handed on empty, so that nobody renders it either.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from operator import itemgetter

from mkdocs_ems.diagnostics import Finding
from mkdocs_ems.source.faults import Faults, Text
from mkdocs_ems.source.markdown_guard import guard
from mkdocs_ems.source.markdown_plain import Found, read_plain
from mkdocs_ems.source.values import Body

_TURNS = re.compile(
    r"&(?:#0{0,20}(?:1564|820[67]|823[4-8]|829[4-7])(?![0-9])"
    r"|#[xX]0{0,20}(?:61[cC]|200[eEfF]|202[a-eA-E]|206[6-9])(?![0-9a-fA-F])|lrm|rlm)\b;?"
)
_ALONE = re.compile(r"\r(?!\n)")
_CODE = re.compile(
    r"^[ ]{0,3}(```+|~~~+)[^\n]*\n.*?(?:^[ ]{0,3}\1|\Z)|(?<!`)(`++)[^\n]*?(?<!`)\2(?!`)",
    re.MULTILINE | re.DOTALL,
)


def read_body(text: Text, *, start: int) -> tuple[Body, tuple[Finding, ...]]:
    """Read the Markdown from the beginning of a line of a file to the file's end."""
    first_line = text.line(start)
    body = Text(text.path, _words(text, start), first_line=first_line)
    faults = Faults(body)
    if not guard(body, faults):
        return Body("", first_line, (), (), ()), faults.findings()
    _find_turned(body, faults)
    found = find(body)
    return (
        Body(body.clean, first_line, found.headings, found.links, found.mentions, found.ids),
        faults.findings(),
    )


def _words(text: Text, start: int) -> str:
    """The body's characters, in the lines and columns in which they stand in the file."""
    words = text.clean[start:]
    if "\r" not in text.written:
        return words
    # A carriage return alone ends no line of the file, so that it must end none here.
    pieces = (words[first - start : last - start] for first, last in _between(text, start))
    return " ".join(pieces).replace("\r\n", "\n")


def _between(text: Text, start: int) -> Iterator[tuple[int, int]]:
    """The stretches between carriage returns that stand alone."""
    for match in _ALONE.finditer(text.written, start):
        yield start, match.start()
        start = match.end()
    yield start, len(text.written)


def _find_turned(body: Text, faults: Faults) -> None:
    """Note and blot out references to bidirectional control characters; code shows them as written."""
    if "&" not in body.clean or not _TURNS.search(body.clean):
        return
    code = [match.span() for match in _CODE.finditer(body.clean)]

    def blotted(match: re.Match[str]) -> str:
        before = bisect(code, match.start(), key=itemgetter(0))
        if before and match.start() < code[before - 1][1]:
            return match[0]
        faults.add(
            f"{match[0]} writes a bidirectional control character: what is shown is not what is written",
            at=match.span(),
            fix="delete it; right-to-left words need no control characters",
        )
        return "\ufffd" * len(match[0])

    body.clean = _TURNS.sub(blotted, body.clean)


def find(body: Text) -> Found:
    """What stands in a body that the guards let pass."""
    found = read_plain(body)
    if found is None:
        # Imports Python-Markdown and its extensions; who needs neither does not pay for them.
        from mkdocs_ems.source.markdown_exact import read_exact  # noqa: PLC0415 -- see above

        found = read_exact(body)
    return found
