"""CSV to rows of text with their lines; knows no column.

Rows are handed out one by one: a series of measurements may hold half a million. What
Excel writes is read as it stands (a byte order mark, semicolons, `sep=;`, quoted cells
of several lines); nothing is guessed that could change a value. A row that cannot be
read is a fault at its line, and reading goes on with the next.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import field

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Finding, Span
from mkdocs_ems.source.decoding import decode, find_conflicts
from mkdocs_ems.source.faults import Faults, Text
from mkdocs_ems.text import plural

LARGEST_SERIES = 50_000_000
"""Bytes of one .csv file."""

MOST_ROWS = 500_000
"""Rows of one .csv file."""

_MARK = b"\xef\xbb\xbf"
_SEPARATORS = {";": "semicolons", ",": "commas", "\t": "tabs"}
_NAMED = "sep="
_PIECE = 1_000_000
"""So many characters are split into lines at once: a whole file would fill the memory."""
_MOST_BROKEN = 1_000
"""After so many rows whose quotes do not close, the rest of a file is no table."""

Row = tuple[int, list[str]]
"""The line in which a row begins, and its cells."""


def line_span(path: str, line: int) -> Span:
    """The whole of one line of a file."""
    return Span(path, line, 1, line + 1, 1)


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file: the names of its columns, and its rows."""

    path: str
    separator: str
    """What stands between two cells: a comma, a semicolon or a tab."""
    header: tuple[str, ...]
    """The names of the columns as they are written, without spaces around them."""
    header_line: int
    _begin: int
    _text: Text
    _faults: Faults
    lost: list[int] = field(default_factory=list)
    """Lines passed so far of which no row could be made: whatever they say is unknown."""

    @property
    def separated_by(self) -> str:
        """The separator in words."""
        return _SEPARATORS.get(self.separator, self.separator)

    def rows(self) -> Iterator[Row]:
        """Every row that has as many cells as the header, in the order of the file.

        Empty lines are no rows. What is wrong with a row is in `findings` once it was passed:
        one whose quotes go astray costs that line alone.
        """
        width, left = len(self.header), MOST_ROWS
        before, at = self.header_line, self._begin
        for _ in range(_MOST_BROKEN):
            reader = csv.reader(
                _lines(self._text, at), delimiter=self.separator, strict=True, skipinitialspace=True
            )
            line = before + 1
            try:
                for cells in reader:
                    if len(cells) == width:
                        if not left:
                            message = f"the file has more than {MOST_ROWS:,} rows, and the rest is not used"
                            self._lose(line, message, "put part of the rows into another file")
                            return
                        left -= 1
                        yield line, cells
                    elif any(map(str.strip, cells)):
                        self._uneven(line, len(cells))
                    line = before + reader.line_num + 1
            except csv.Error as error:
                self._lose(line, *_broken(error))
                before, at = (
                    line,
                    self._text.line_start(line + 1) if line < self._text.lines else len(self._text.written),
                )
            else:
                return
        self._lose(
            before,
            "so many lines cannot be read that those below are not used",
            "save the table again as CSV",
        )

    def _uneven(self, line: int, count: int) -> None:
        width = len(self.header)
        self.lost.append(line)
        if not self._faults.in_line(self._text.line_start(line)):
            more = "more" if count > width else "fewer"
            self.fault(
                line,
                f"the line has {plural(count, 'cell')}, {more} than the header has columns ({width})",
                "give it one cell for each column, empty where there is nothing to say; "
                "put a text that holds the separator in quotes",
            )

    def _lose(self, line: int, message: str, fix: str) -> None:
        self.lost.append(line)
        self.fault(line, message, fix)

    def fault(self, line: int, message: str, fix: str) -> None:
        """Note what is wrong with a line."""
        start = self._text.line_start(line)
        self._faults.add(message, at=(start, self._text.line_end(start)), fix=fix)

    def findings(self) -> tuple[Finding, ...]:
        """What was found so far, in the order of the lines."""
        return self._faults.findings()


def read_table(path: str, data: bytes) -> tuple[Table | None, tuple[Finding, ...]]:
    """Open a CSV file.

    Returns:
        The table, whose findings come with its rows; or None and what makes it unreadable.
    """
    text, faults = decode(path, data.removeprefix(_MARK), largest=LARGEST_SERIES)
    if text is None:
        return None, faults.findings()
    find_conflicts(text, faults)
    named, begin = None, 0
    for line, first in enumerate(_lines(text, 0), start=1):
        begin += len(first)
        written = first.strip()
        if line == 1 and written.lower().startswith(_NAMED) and len(written) == len(_NAMED) + 1:
            named = written[-1]
        elif written.strip(",;"):
            break
    else:
        at = (0, text.line_end(0))
        faults.add("the file has no header", at=at, fix="begin it with a line that names the columns")
        return None, faults.findings()
    separator = named if named in _SEPARATORS else max(_SEPARATORS, key=first.count)
    try:
        (header,) = csv.reader([first], delimiter=separator, strict=True, skipinitialspace=True)
    except (csv.Error, ValueError):
        start = text.line_start(line)
        message, fix = "the header cannot be read", "name the columns in the first line, without quotes"
        faults.add(message, at=(start, text.line_end(start)), fix=fix)
        return None, faults.findings()
    return Table(path, separator, tuple(name.strip() for name in header), line, begin, text, faults), ()


def _broken(error: csv.Error) -> tuple[str, str]:
    """What is wrong with a row, and what to do about it."""
    if "limit" in str(error):
        return "the line has a cell that is too long", "keep long texts in a document and name it here"
    return (
        "the quotes in this line do not close",
        'write a quote inside quotes twice: "the ""old"" sampler"',
    )


def _lines(text: Text, at: int) -> Iterator[str]:
    """The lines from a character on, each with its end."""
    written, clean, size = text.written, text.clean, len(text.written)
    while at < size:
        # What is written decides where a line ends: a replaced character must move no line.
        end = written.find("\n", at + (_PIECE if clean is written else 0)) + 1 or size
        if clean is written:
            yield from io.StringIO(written[at:end], newline="\n")
        else:
            yield clean[at:end]
        at = end
