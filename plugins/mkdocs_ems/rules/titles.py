"""Titles of roles in prose: where a text names somebody by what they are, and which titles are the same.

A title is a phrase that ends in a word such as Manager or Operator and is written like a
name: its words in capitals, an acronym before it, alone in bold type, or alone in a cell
of a table under "Who" or "Responsible". Who knows which roles, the rule decides.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from mkdocs_ems.source import Body
from mkdocs_ems.text import fold

ENDINGS = (
    "Manager",
    "Supervisor",
    "Coordinator",
    "Co-ordinator",
    "Officer",
    "Director",
    "Leader",
    "Engineer",
    "Technician",
    "Operator",
    "Foreman",
    "Superintendent",
    "Administrator",
    "Representative",
    "Warden",
    "Chemist",
    "Analyst",
)

_BEFORE = frozenset(
    fold(word)
    for word in re.findall(
        r"\w+",
        """the a an each every any all our your their his her its this that these those no one two both other
        another new former acting deputy assistant responsible relevant appropriate competent named line if
        when where then and or by to as with from for of on at only tell call ask inform notify alert see
        contact get let meet warn phone fetch report""",
    )
)
"""Words that may be written with a capital before a title and are no part of it."""

_WHO = re.compile(r"(?i)\W*(?:who|roles?|responsible|responsibility|by whom|function|owner)\W*")
_OUT = re.compile(
    r"`[^`]*`|\[\[[^\]]*\]\]|!?\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])|<[^<>]*>"
    r"|\"[^\"]*\"|\u201c[^\u201d]*\u201d|\u201e[^\u201c\u201d]*[\u201c\u201d]"
)
"""What is somebody else's words, an address or code."""
_NOT_OWN = ("#", ">", "<!--")
"""What a heading, a quotation and a comment begin with."""
_LONGEST = 5
_LONGEST_LINE = 2_000


class Title(NamedTuple):
    """A title as it stands in a text: line of the body and characters in it, from 0."""

    text: str
    line: int
    start: int
    end: int


def may_name(raw: bytes, endings: Collection[str]) -> bool:
    """Whether a file may name a role at all: seen fastest in its bytes."""
    return b"Head of " in raw or any(_at_title(raw, tail) for tail in _tails(tuple(endings)))


def _at_title(raw: bytes, tail: bytes) -> bool:
    """Whether an ending, given without its first letter, stands anywhere where it may end a title."""
    at = raw.find(tail)
    while at > 0:
        space = raw.rfind(b" ", 0, max(at - 2, 0))
        before = raw[space + 1 : at - 2] if at > 1 else b""
        # Not small: a capital, or a letter of another alphabet.
        if raw[at - 1 : at].islower():
            line = raw.rfind(b"\n", 0, at) + 1
            if before.isupper() or raw.find(b"**", line, at) >= 0 or b"|" in raw[line : line + 4]:
                return True
        elif not before[:1].islower():
            return True
        at = raw.find(tail, at + 1)
    return False


def titles(body: Body, endings: Collection[str]) -> Iterator[Title]:
    """Each title that a text names, in its order; one line may hold several."""
    words = tuple(endings)
    lines = body.text.split("\n")
    quoted = _fenced(lines) if "```" in body.text or "~~~" in body.text else frozenset[int]()
    for number in _lines(body.text, words):
        line = lines[number]
        if number in quoted or line.lstrip().startswith(_NOT_OWN) or _is_head(lines, number):
            continue
        clean = _OUT.sub(lambda match: " " * len(match[0]), line[:_LONGEST_LINE])
        found = {one.start: one for one in _written(clean, number, words)}
        if clean.lstrip().startswith("|"):
            found |= {one.start: one for one in _in_cells(clean, lines, number, words)}
        yield from (found[start] for start in sorted(found))


def same(title: str) -> tuple[str, ...]:
    """The words by which titles are compared: folded, singular, without what only stands before them."""
    words = fold(title).replace("co-ordinator", "coordinator").replace("-", " ").split()
    while len(words) > 1 and words[0] in _BEFORE:
        words = words[1:]
    if words and len(words[-1]) > 2 and words[-1].endswith("s"):
        words[-1] = words[-1][:-1]
    return tuple(words)


def known_titles(written: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """What titles may be called: whole, without brackets, each side of a stroke, and their last words."""
    found: set[tuple[str, ...]] = set()
    for title in written:
        for one in (title, *re.split(r"[/,;()]", title)):
            words = same(one)
            found |= {words[at:] for at in range(len(words)) if at == 0 or len(words) - at > 1}
    return frozenset(found)


def is_known(title: str, known: Collection[tuple[str, ...]]) -> bool:
    """Whether a title is one of those that are known, or ends with it; one word alone is nobody's title."""
    words = same(title)
    return len(words) < 2 or any(words[at:] in known for at in range(len(words) - 1))


# --- Looking for them -------------------------------------------------------------------


@cache
def _tails(endings: tuple[str, ...]) -> tuple[bytes, ...]:
    """Endings without their first letter, which may be a capital or not; those that hold another left out."""
    tails = {ending[1:].encode() for ending in endings if len(ending) > 1}
    return tuple(sorted(tail for tail in tails if not any(one != tail and one in tail for one in tails)))


@cache
def _pattern(endings: tuple[str, ...]) -> re.Pattern[str]:
    one = "|".join(map(re.escape, endings))
    low = "|".join(re.escape(ending.lower()) for ending in endings)
    name = r"[^\W\d_a-z][\w&/.-]*"
    after = r"s?(?![\w-])(?!\s+[^\W\d_a-z][a-z])"
    return re.compile(
        rf"(?<![\w-])(?:(?:{name}[ ]+){{1,4}}(?:{one}){after}|[A-Z]{{2,6}}[ ]+(?:{low}){after}"
        rf"|Head of {name}(?:[ ]+{name})?)"
    )


@cache
def _ends(endings: tuple[str, ...]) -> frozenset[str]:
    return frozenset(form for ending in endings for form in (fold(ending), f"{fold(ending)}s"))


def _lines(text: str, endings: tuple[str, ...]) -> list[int]:
    """Numbers of the lines in which an ending stands, whatever stands before it."""
    found: set[int] = set()
    for tail in ("Head of ", *(tail.decode() for tail in _tails(endings))):
        at = text.find(tail)
        number = before = 0
        while at >= 0:
            number += text.count("\n", before, at)
            found.add(number)
            before = at
            at = text.find(tail, at + 1)
    return sorted(found)


def _fenced(lines: list[str]) -> frozenset[int]:
    """Numbers of the lines that are code."""
    fence, found = "", set[int]()
    for number, line in enumerate(lines):
        mark = line.lstrip(" >")[:3]
        if mark in ("```", "~~~") and fence in ("", mark):
            fence = "" if fence else mark
        elif fence:
            found.add(number)
    return frozenset(found)


def _is_head(lines: list[str], number: int) -> bool:
    """Whether a line is the head of a table: words for its columns, nobody's title."""
    following = lines[number + 1] if number + 1 < len(lines) else ""
    return "|" in lines[number] and "-" in following and not following.strip("|-: \t\r")


def _in_cells(line: str, lines: list[str], number: int, endings: tuple[str, ...]) -> Iterator[Title]:
    """Titles that stand alone in a cell of a column that says who."""
    head = number
    while head > 0 and lines[head - 1].lstrip().startswith("|"):
        head -= 1
    names = [cell for cell, _ in _cells(lines[head])]
    for name, (cell, start) in zip(names, _cells(line), strict=False):
        alone = _alone(cell.strip(" *_"), endings) if _WHO.fullmatch(name) else None
        if alone:
            begin = line.index(alone, start)
            yield Title(alone, number, begin, begin + len(alone))


def _cells(line: str) -> Iterator[tuple[str, int]]:
    """The cells of a table's line, each with where it begins."""
    start = len(line) - len(line.lstrip().removeprefix("|"))
    for cell in line[start:].split("|"):
        yield cell.strip(), start
        start += len(cell) + 1


def _written(line: str, number: int, endings: tuple[str, ...]) -> Iterator[Title]:
    """Titles that their capitals or bold type show."""
    for match in _pattern(endings).finditer(line):
        text = match[0].rstrip(".")
        while (first := text.partition(" "))[2] and fold(first[0]) in _BEFORE:
            text = first[2].lstrip()
        start = match.start() + match[0].rindex(text)
        yield Title(text, number, start, start + len(text))
    for match in re.finditer(r"\*\*([^*\n]{3,60})\*\*", line) if "**" in line else ():
        alone = _alone(match[1].strip(" :."), endings)
        if alone:
            begin = line.index(alone, match.start())
            yield Title(alone, number, begin, begin + len(alone))


def _alone(text: str, endings: tuple[str, ...]) -> str | None:
    """A text that is a title and nothing else, written with a capital."""
    words = text.split()
    if not 1 < len(words) <= _LONGEST or not text[:1].isupper():
        return None
    return text if fold(words[-1]) in _ends(endings) else None
