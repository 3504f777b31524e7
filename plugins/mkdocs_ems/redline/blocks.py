"""A text as the blocks that a reader sees: headings, paragraphs, list items, rows of tables.

Reads Markdown line by line, as far as telling its blocks apart needs: a paragraph
that was wrapped anew is the same block. It knows no meaning, refuses nothing, and
every line of the text is in some block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field

from mkdocs_ems import dataclass
from mkdocs_ems.redline.values import Form


@dataclass(frozen=True, slots=True)
class Block:
    """One block. Equal blocks read the same; `raw` tells whether they are also written the same."""

    form: Form
    text: str
    label: str = ""
    depth: int = 0
    raw: str = field(default="", compare=False)


_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
_ITEM = re.compile(r"([ \t]*)([-*+]|\d{1,9}[.)])(?:[ \t]+(.*)|$)")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")


def markdown(lines: Sequence[str]) -> Iterator[Block]:
    """The blocks of a Markdown text without its front matter."""
    made = _Markdown()
    for line in lines:
        made.line(line)
    made.close()
    return iter(made.blocks)


class _Markdown:
    """The blocks of a text while its lines are read."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._fence = ""
        self._lines: list[str] = []
        """Those of the paragraph or list item that is being gathered."""
        self._item: re.Match[str] | None = None

    def close(self, form: Form = Form.TEXT, depth: int = 0) -> None:
        """End the paragraph or the list item, if one is open."""
        first, *others = self._lines or [""]
        if self._item:
            first, form = self._item[3] or "", Form.ITEM
            depth = len(self._item[1].expandtabs(4)) // 2
        if self._lines:
            raw = "\n".join(self._lines)
            self.blocks.append(Block(form, _spaced(" ".join((first, *others))), depth=depth, raw=raw))
        self._lines, self._item = [], None

    def line(self, line: str) -> None:
        """Read one line."""
        plain = line.strip(" \t\r")
        if self._fence:
            self.blocks.append(Block(Form.CODE, line.rstrip("\r"), raw=line))
            if plain.startswith(self._fence) and not plain.strip(self._fence[0]):
                self._fence = ""
        elif self._lines and not self._item and (depth := _underline(plain)):
            self._lines.append("")  # its underline says how deep it is, nothing else
            self.close(Form.HEADING, depth)
        elif not plain or not self._opens(line, plain):
            if plain:
                self._lines.append(line)
            else:
                self.close()

    def _opens(self, line: str, plain: str) -> bool:
        """Whether the line begins something new."""
        if opening := _FENCE.match(line):
            self.close()
            self._fence = opening[1]
            self.blocks.append(Block(Form.CODE, line.rstrip("\r"), raw=line))
        elif heading := _HEADING.fullmatch(plain):
            self.close()
            self.blocks.append(Block(Form.HEADING, _spaced(heading[2]), depth=len(heading[1]), raw=line))
        elif plain.startswith("|"):
            self.close()
            self.blocks.append(_cells(plain, line))
        elif item := _ITEM.match(line):
            self.close()
            self._item = item
            self._lines.append(line)
        else:
            return False
        return True


def _underline(plain: str) -> int:
    """The level of the heading that this line underlines; 0 where it underlines none."""
    return {"=": 1, "-": 2}.get(plain[:1], 0) if plain and not plain.strip(plain[0]) else 0


def plain_lines(lines: Sequence[str]) -> Iterator[Block]:
    """The lines of a text of no known kind, each a block."""
    return (Block(Form.TEXT, line.rstrip("\r"), raw=line) for line in lines if line.strip(" \t\r"))


def _cells(plain: str, line: str) -> Block:
    if not plain.strip("|:- \t") and "-" in plain:
        return Block(Form.CELLS, "|", raw=line)  # the rule below the head: how columns are aligned
    cells = [cell.strip(" \t") for cell in plain.strip("|").split("|")]
    return Block(Form.CELLS, " | ".join(_spaced(cell) for cell in cells), label=cells[0], raw=line)


def _spaced(text: str) -> str:
    """With single spaces; only real spaces, tabs and line ends count as such."""
    if "\t" in text or "\r" in text:
        text = text.replace("\t", " ").replace("\r", " ")
    return " ".join([word for word in text.split(" ") if word]) if "  " in text else text.strip(" ")
