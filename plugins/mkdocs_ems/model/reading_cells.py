"""What a cell of a line of readings says: values, qualifiers, counts; or a fault at its line.

Values are taken as they are written and never guessed: which sign parts the decimals
follows from what parts the cells, and what could be read in two ways is refused.
"""

from __future__ import annotations

import re

from mkdocs_ems.model.fields import GREATEST
from mkdocs_ems.model.forms import number_words, whole_words
from mkdocs_ems.model.wording import quoted
from mkdocs_ems.source import Table

QUALIFIERS = ("", "<", ">", "est")
LOOKED_AT = 100
"""So much of a cell is enough to say what is wrong with it."""

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}(\.[0-9]{3})+")
_LEAST = 1 / GREATEST
"""What is nearer to nought than this cannot be divided by."""
_NOUGHT = re.compile(r"-?0([.,]0+)?([eE]|$)")
_COUNT = r"[1-9][0-9]{0,17}"


class Numbers:
    """Reads values: cell by cell, but with one sign for decimals in a file."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._sign = "." if table.separator == "," else None
        self.seen: dict[str, float] = {}
        """What cells said that can be said again: where points part the decimals, each says the same."""

    def __call__(self, line: int, cell: str) -> float | None:
        """The number in a cell; None, and a fault, where there is none that is beyond doubt."""
        text = cell.strip()
        if self._table.separator == "," and _NUMBER.fullmatch(text):
            value = self._sized(line, text, float(text))
            if value is not None:
                self.seen[cell] = value
            return value
        return self._read(line, text)

    def _read(self, line: int, text: str) -> float | None:
        if not text:
            return self._no(line, text, "is empty", "write the value; a line without one is no reading")
        own = self._table.separator == ","
        comma, point = "," in text, "." in text
        if own or (comma and point) or not _NUMBER.fullmatch(text.replace(",", ".", 1)):
            return self._no(line, text, *number_words(text[:LOOKED_AT]))
        if point and _THOUSANDS.fullmatch(text):
            plain = text.replace(".", "")
            fix = f"write {plain}, or the decimals after a comma: {text.replace('.', ',')}"
            return self._no(line, text, f"can be read as {plain} and as a value with decimals", fix)
        sign = "," if comma else "." if point else None
        if sign and self._sign and sign != self._sign:
            names = {",": "a comma", ".": "a point"}
            what = f"has {names[sign]}, where the lines before have {names[self._sign]}"
            return self._no(line, text, what, "write all decimals of a file with the same sign")
        self._sign = self._sign or sign
        return self._sized(line, text, float(text.replace(",", ".", 1)))

    def _sized(self, line: int, text: str, value: float) -> float | None:
        """A value that can be added up, converted and divided by without leaving the numbers."""
        if _LEAST <= abs(value) <= GREATEST or _NOUGHT.match(text):
            return value
        return self._no(line, text, *number_words(text.replace(",", ".", 1)))

    def _no(self, line: int, text: str, what: str, fix: str) -> float | None:
        self._table.fault(line, f"value: {quoted(text)} {what}" if text else f"the value {what}", fix)
        return None


def qualifier_of(table: Table, line: int, cell: str) -> str | None:
    """What is known of a value besides it: `<`, `>`, `est` or nothing; None where that cannot be read."""
    sign = cell.strip().casefold()
    if sign in QUALIFIERS:
        return sign
    message = f"qualifier: {quoted(cell.strip())} is not known"
    table.fault(line, message, "write < (less than), > (more than) or est (estimated), or nothing")
    return None


def count_of(table: Table, line: int, cell: str) -> int | None:
    """How many single readings; 0 where that cannot be read."""
    text = cell.strip()
    if not text:
        return None
    if re.fullmatch(_COUNT, text):
        return int(text)
    what, fix = whole_words(text[:LOOKED_AT])
    below = re.fullmatch(r"-?[0-9]+", text) is not None
    table.fault(line, f"n: {quoted(text)} {'is less than 1' if below else what}", fix)
    return 0
