"""Takes a text apart into paragraphs, list items, rows, and their sentences, to compare two texts.

It knows as much of Markdown as the comparison needs, and where it is in doubt it takes a line
for something of its own: then less may change in it. It judges nothing: `wording` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkdocs_ems import dataclass

_LINE = re.compile(
    r"(?P<indent>[ \t]*)"
    r"(?P<marker>(?:(?:[-*+:]|\d{1,9}[.)]|\#{1,6})(?:[ \t]+|$)|>[ \t]*|\#{1,6}(?=\w))*)"
    r"(?P<text>.*)",
    re.DOTALL,
)
_ALONE = re.compile(r"!!!|\?\?\?|:::|-8<-|\[[^\]]{1,200}\]:|<|\$\$|\{|%%|\\|(?:[-=*_][ \t]*)+$")
"""A line that no other line continues: directives, abbreviations, targets of links, tags, rules."""
_ABBREVIATION = re.compile(r"\*\[[^\]\n]*\]:")
_FENCE = re.compile(r"`{3,}|~{3,}")
_END = re.compile(r"(?<![.!?…])[.!?…]++[^\w\s.!?…]*+\s++(?=[^a-z0-9])")
_WORD_BEFORE = re.compile(r"[^\s(\[]{0,12}\Z")
_SHORTENED = """
e.g i.e etc no nr ca max min abs art bzw vgl z.b d.h u.a s.o s.u approx incl excl resp inkl exkl mind evtl ggf
sog usw fig sec sect par al vs st dr mr mrs ms prof ing env cf p pp tab kap ziff abb núm p.ej p.ex
"""
"""What ends in a full stop and ends no sentence."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list item, a heading, a row of a table, or a line that stands by itself."""

    shape: tuple[int, str, bool, str]
    """Its indent, what marks it, whether an empty line precedes it, and its kind."""
    text: str

    @property
    def kind(self) -> str:
        """`prose`, `heading`, `row`, `line by itself`, or `shown as written`, to the letter."""
        return self.shape[3]


def blocks(text: str) -> tuple[Block, ...]:
    """What a text consists of, in order."""
    return tuple(_blocks(text.replace("\r\n", "\n").split("\n")))


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a paragraph; one too few rather than one too many."""
    shortened = _SHORTENED.split()
    found, begin = [], 0
    for end in _END.finditer(text):
        before = _WORD_BEFORE.search(text[max(begin, end.start() - 12) : end.start()])
        word = before[0].casefold() if before else ""
        if word in shortened or (len(word) == 1 and word.isalpha()):
            continue
        found.append(text[begin : end.end()].strip())
        begin = end.end()
    return (*found, text[begin:].strip()) if text[begin:].strip() else tuple(found)


def _blocks(lines: list[str]) -> Iterator[Block]:
    held: Block | None = None
    fence, blank = "", True
    for line in lines:
        block = _block(line, blank=blank, fenced=bool(fence))
        opens = held is None or bool(block.shape[1]) or block.kind != "prose" or not line.strip()
        if held is not None and opens:
            yield held
            held = None
        was, fence = fence, _fence_after(block.text, fence)
        blank = not line.strip() and not was
        if blank:
            continue
        if was or fence or block.kind != "prose":
            yield block
        else:
            held = block if held is None else Block(held.shape, f"{held.text}\n{block.text}")
    if held is not None:
        yield held


def _block(line: str, *, blank: bool, fenced: bool) -> Block:
    """What a line is by itself."""
    told = _LINE.fullmatch(line)
    indent, marker, text = told.group("indent", "marker", "text") if told else ("", "", line)
    as_written = fenced or _FENCE.match(text) is not None
    kind = "shown as written" if as_written else _kind(marker, text)
    return Block((len(indent.expandtabs(4)), marker, blank and not fenced, kind), text)


def _fence_after(text: str, fence: str) -> str:
    """The fence that is open after a line, given the one before it."""
    mark = _FENCE.match(text)
    if mark is None:
        return fence
    if not fence:
        return mark[0]
    return "" if mark[0].startswith(fence) and not text[mark.end() :].strip() else fence


def _kind(marker: str, text: str) -> str:
    if marker.startswith("#"):
        return "heading"
    if _ABBREVIATION.match(text):
        return "shown as written"
    if "|" in text:
        return "row"
    return "line by itself" if _ALONE.match(text) else "prose"
