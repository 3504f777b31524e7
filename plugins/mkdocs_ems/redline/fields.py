"""YAML as the fields that a reader sees, one row of a register or a whole file.

Reads lines and their indentation, not YAML: a file that YAML refuses still has a
redline. It never fails; where it takes a line for what it is not, the line is shown
all the same, under another name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mkdocs_ems import dataclass
from mkdocs_ems.redline.blocks import Block
from mkdocs_ems.redline.values import Form

_KEY = re.compile(r"([\w.-]{1,80}(?: [\w.-]{1,80}){0,5})[ ]*:(?:[ \t]+(.*)|$)")
_OPEN = re.compile(r"[|>][-+0-9]{0,3}(?:[ \t]+#.*)?")
_ID = re.compile(r"[\s{,]id:[ \t]*[\"']?([^\s\"',}]+)")
_TITLE = re.compile(r"[\s{,](?:title|name):[ \t]*(.*)")
BETWEEN = " / "
_DASHES = re.compile(r"(?:- +)*")
_NAMES = 4
"""A field is named by so many keys at most; those nearest to it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a register."""

    blocks: tuple[Block, ...]
    id: str
    title: str


def row(text: str) -> Row:
    """A row as it stands in its file, from its dash on."""
    blocks = tuple(fields(text.split("\n")))
    by_label = {block.label: block.text for block in reversed(blocks)}
    identity, title = by_label.get("id", ""), by_label.get("title") or by_label.get("name") or ""
    if not identity and blocks and not blocks[0].label:  # a row in braces, on one line
        found, named = _ID.search(blocks[0].text), _TITLE.search(blocks[0].text)
        identity = found[1] if found else ""
        title = named[1].split(",")[0].rstrip("} ") if named else ""
    return Row(blocks, identity.strip("\"'"), title.strip("\"'"))


def fields(lines: Sequence[str]) -> Iterator[Block]:
    """Every line of YAML with a value as a field, named by the keys that it stands under."""
    made = _Fields()
    for line in lines:
        if line.strip(" \t\r"):
            made.line(line)
    made.close()
    return iter(made.blocks)


class _Fields:
    """The fields of a text while its lines are read."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._around: list[tuple[int, str]] = []
        """The keys that the next line stands under, each with how far it is set in."""
        self._said: list[str] = []
        self._raw: list[str] = []
        """The words and the lines of the field that is being read."""
        self._scalar: int | None = None
        """How far the key of an open block of text is set in."""

    def close(self) -> None:
        """End the field that is being read."""
        if self._raw:
            names = [name for _, name in self._around]
            shown = names if len(names) <= _NAMES else ["…", *names[-_NAMES:]]
            text = " ".join(one for one in self._said if one)
            label, raw = BETWEEN.join(shown), "\n".join(self._raw)
            self.blocks.append(Block(Form.FIELD, text, label, min(len(names), _NAMES), raw))
        self._said, self._raw, self._scalar = [], [], None

    def line(self, line: str) -> None:
        """Read one line that is not empty."""
        bare = line.strip(" \t\r")
        inset = len(line) - len(line.lstrip(" "))
        if self._scalar is not None and inset > self._scalar:
            self._goes_on(bare, line)
            return
        if bare.startswith("#"):
            self.close()
            self.blocks.append(Block(Form.COMMENT, bare, raw=line))
            return
        dashes = _DASHES.match(bare)
        rest = bare[dashes.end() :] if dashes else bare
        rest = "" if rest == "-" else rest
        key = _KEY.fullmatch(rest)
        if key is None and rest == bare and self._raw and self._around:
            self._goes_on(bare, line)
            return
        self.close()
        at = inset + len(bare) - len(rest)
        while self._around and self._around[-1][0] >= (at if key else inset + 1):
            self._around.pop()
        value = rest
        if key:
            self._around.append((at, key[1]))
            value = key[2] or ""
        if _OPEN.fullmatch(value):
            self._scalar, value = at, ""
        self._goes_on(value.rstrip(), line)

    def _goes_on(self, words: str, line: str) -> None:
        self._said.append(words)
        self._raw.append(line)
