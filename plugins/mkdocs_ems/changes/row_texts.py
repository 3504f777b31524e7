"""Rows of an earlier register, taken out of its bytes: as they are written, and parsed one by one.

A register of a thousand rows is asked for three of them, and parsing it would take longer
than all else. So rows are told apart by their lines, and only a row that is written
otherwise than another is parsed. Whether a difference matters is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate

from mkdocs_ems.control.formerly import rows_begin, with_line_feeds, written_rows
from mkdocs_ems.source import Data, parse_file

_ID = re.compile(rb"(?:\A|\n[ ]*|[{,]\s*)id[ ]*:[ ]*[\"']?([A-Z][A-Z0-9-]{1,63})")

_AFTER_ROWS = re.compile(rb"\n[^\s#-]")
"""What is set in nowhere and is no row, so that the rows end before it."""

_NEAR = 1_000
"""So many bytes around the place where a row is likely to stand are searched first."""


def rows_but(data: bytes, known: Collection[bytes]) -> Iterator[tuple[str, bytes]]:
    """Id and text of each row of a register that is not written as one of those that are known."""
    for written in written_rows(data):
        row = written.strip()
        # Nearly every row is what it was: no id is looked for in those.
        if row not in known:
            identity = _id(row)
            if identity is not None:
                yield identity, row


def row_data(text: bytes) -> Mapping[str, Data]:
    """What one row says, from its text alone; nothing where that cannot be read."""
    first, _, rest = text.partition(b"\n")
    lines = rest.split(b"\n")
    said = [line for line in lines if line.strip() and not line.lstrip().startswith(b"#")]
    margin = min((_set_in(line) for line in said), default=0)
    # A comment that is set in less than the row stands behind it and is none of its lines.
    whole = b"\n".join(
        [first, *(line[margin:] for line in lines if not line.strip() or _set_in(line) >= margin)]
    )
    source, _ = parse_file("row.yml", whole + b"\n", content="")
    return source.data


def _set_in(line: bytes) -> int:
    return len(line) - len(line.lstrip())


def parsed_rows(path: str, data: bytes) -> Mapping[str, Data]:
    """Every row of an earlier register, by its id."""
    rows = parse_file(path, data, content="")[0].data.get("rows")
    found = (row for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()
    return {str(row.get("id")): row for row in found}


class RowTexts:
    """The rows of one register as they are written; looks where a row is likely to stand first.

    Nearly every row of an earlier register is written as it is today, and near to where it
    stands today: so the whole is taken apart only for one that is not.
    """

    def __init__(self, data: bytes) -> None:
        self._written = data
        self._moved = 0

    @cached_property
    def _data(self) -> bytes:
        return with_line_feeds(self._written)

    @cached_property
    def _bounds(self) -> tuple[int, bytes]:
        return rows_begin(self._data)

    @cached_property
    def _end(self) -> int:
        """Where the rows have surely ended: a text that stands behind them may look like one."""
        found = _AFTER_ROWS.search(self._data, self._bounds[0])
        return found.end() if found is not None else len(self._data)

    @cached_property
    def _rows(self) -> list[bytes]:
        begin, between = self._bounds
        return self._data[begin:].split(between) if between else []

    @cached_property
    def _places(self) -> list[int]:
        """Where each row begins."""
        begin, between = self._bounds
        return list(accumulate((len(row) + len(between) for row in self._rows), initial=begin))

    @cached_property
    def _by_id(self) -> Mapping[str, bytes]:
        named = [(_id(row), row.strip()) for row in self._rows]
        return {one: row for one, row in reversed(named) if one is not None}

    def of(self, identity: str, near: int) -> bytes | None:
        """The text of a row, which may be a certain one of them; None where there is none."""
        if near < len(self._rows):
            row = self._rows[near].strip()
            if _id(row) == identity:
                return row
        return self._by_id.get(identity)

    def tells(self, ids: Sequence[object]) -> bool:
        """Whether the rows that were told apart are those that the parsed file has, by their ids in order.

        YAML can be written in ways that lines do not show: a name in quotes, rows in brackets, a text
        that looks like a row.
        """
        return [_id(row) for row in self._rows] == list(ids)

    def place(self, near: int) -> int:
        """Where a certain one of the rows begins."""
        return self._places[near] if near < len(self._places) else 0

    def holds(self, text: bytes, near: int) -> bool:
        """Whether a row is surely written in just these words.

        Comments or spaces beside it may hide that: then only a closer look tells.

        Args:
            text: the row.
            near: where it may begin.
        """
        begin, between = self._bounds
        # A text above the rows may hold what looks like one.
        first = begin - len(between)
        # Short, so that it is found quickly; hardly another row begins with the same line.
        begins = between + text[: text.find(b"\n") + 1 or len(text)]
        # What was changed before it has moved it by as much as the row that was asked for last.
        guess = near + self._moved
        at = self._data.find(begins, max(guess - _NEAR, first), max(guess + _NEAR, first))
        if at < 0:
            at = self._data.find(begins, first)
        while between and 0 <= at < self._end:
            place = at + len(between)
            if self._data.startswith(text, place) and self._ends(place + len(text)):
                self._moved = place - near
                return True
            at = self._data.find(begins, place)
        return False

    def _ends(self, end: int) -> bool:
        """Whether a row ends here: it may begin as another does that goes on."""
        _, between = self._bounds
        return (
            self._data.startswith((between, b"\n" + between), end)
            or not self._data[end : end + _NEAR].strip()
        )


def _id(row: bytes) -> str | None:
    found = _ID.search(row)
    return found[1].decode("ascii") if found is not None else None
