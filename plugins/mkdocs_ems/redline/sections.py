"""Which kind of text it is, and its parts: front matter and text, or the head and rows of YAML.

Rows and prose stay text here: of ten thousand rows only those that differ are read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field
from functools import lru_cache

from mkdocs_ems import dataclass
from mkdocs_ems.redline.trimming import common, common_end

_MARK = "---"
_ROWS = re.compile(r"(?:^|\n)rows:[ \t\r]*\n")
_BEHIND = re.compile(r"\n[^\s#]")
_BEHIND_DASHES = re.compile(r"\n[^\s#-]")
_FIRST = re.compile(r"(?:[ \t\r]*(?:#[^\n]*)?\n)*( *)-(?=[ \r\n]|$)")


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of a register as they are written."""

    text: str = ""
    """From the indentation of the first one on."""
    indent: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """A text taken apart, its parts not read yet."""

    head: tuple[str, ...] = ()
    """Lines of the front matter, or of what stands before the rows."""
    rows: Listed = field(default_factory=Listed)
    body: tuple[str, ...] = ()
    """Lines of the text below the front matter."""
    tail: tuple[str, ...] = ()
    """Lines of what follows the rows."""


@lru_cache(maxsize=3)  # in a history each text is the newer one, then the older one, or the other way round
def parts(text: str) -> Parts:
    """The parts of a Markdown or YAML text."""
    text = text.removeprefix("\ufeff")
    if text.startswith(_MARK):
        lines = text.split("\n")
        end = next((at for at, line in enumerate(lines) if at and line.rstrip() == _MARK), None)
        if end is not None and lines[0].rstrip() == _MARK:
            return Parts(head=tuple(lines[1:end]), body=tuple(lines[end + 1 :]))
    rows = _ROWS.search(text)
    head = text[: rows.end()] if rows else text
    if not _is_yaml(head.split("\n")):
        return Parts(body=tuple(text.split("\n")))
    return _register(head, text[rows.end() :]) if rows else Parts(head=tuple(text.split("\n")))


def _register(head: str, rest: str) -> Parts:
    first = _FIRST.match(rest)
    if first is None:
        return Parts(head=tuple((head + rest).split("\n")))
    indent = first[1]
    after = (_BEHIND if indent else _BEHIND_DASHES).search(rest, first.end())
    listed, tail = (rest[: after.start()], rest[after.start() + 1 :]) if after else (rest, "")
    return Parts(
        head=tuple((head + rest[: first.start(1)]).split("\n")),
        rows=Listed(listed[first.start(1) :], indent),
        tail=tuple(tail.split("\n")) if tail else (),
    )


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of two registers that may differ, and how many before and behind them are the same."""

    lead: int
    before: tuple[str, ...]
    after: tuple[str, ...]
    trail: int


def rows_of(before: Listed, after: Listed) -> Rows:
    """The rows of both, without those that are the same at their beginning and end."""
    mark = f"\n{before.indent}- "
    bare = f"\n{before.indent}-\n"
    one, other = before.text, after.text
    lead = trail = 0
    if before.indent == after.indent and bare not in one and bare not in other:
        cut = one.rfind(mark, 0, common(one, other) + 1)
        if cut > 0:
            lead = one.count(mark, 0, cut) + 1
            one, other = one[cut + 1 :], other[cut + 1 :]
        same = common_end(one, other)
        start = one.find(mark, len(one) - same)
        if start >= 0:
            trail = one.count(mark, start)
            other = other[: len(other) - (len(one) - start)]
            one = one[:start]
    return Rows(lead, _split(one, before.indent), _split(other, after.indent), trail)


def _split(text: str, indent: str) -> tuple[str, ...]:
    found = re.split(rf"\n(?= {{{len(indent)}}}-(?:[ \r\n]|$))", text)
    return tuple(stripped for one in found if (stripped := one.rstrip()))


def _is_yaml(lines: Sequence[str]) -> bool:
    """Whether every line that begins at the margin is a key, a list or a comment: YAML, not prose."""
    at_margin = [line for line in lines if line[:1].strip() and not line.startswith("#")]
    keyed = (line.startswith(("- ", "}", "]")) or ": " in f"{line.rstrip()} "[:90] for line in at_margin)
    return bool(at_margin) and not at_margin[0].startswith("-") and all(keyed)
