"""Rows of an earlier register, taken out of its bytes: as they are written, and parsed one by one.

A register of a thousand rows is asked for three of them, and parsing it would take longer
than all else. So rows are told apart by their lines, and only a row that is written
otherwise than another is parsed. Whether a difference matters is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from itertools import accumulate

from mkdocs_ems.control.formerly import rows_begin, with_line_feeds, written_rows
from mkdocs_ems.source import Data, parse_file

_ID = re.compile(rb"(?:\A|\n[ ]*|[{,]\s*)id[ ]*:[ ]*[\"']?([A-Z][A-Z0-9-]{1,63})")

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
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    whole = b"\n".join([first, *(line[margin:] for line in lines)])
    source, _ = parse_file("row.yml", whole + b"\n", content="")
    return source.data


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

    @cached_property
    def _whole(self) -> frozenset[bytes]:
        return frozenset(map(bytes.strip, self._rows))

    def of(self, identity: str, near: int) -> bytes | None:
        """The text of a row, which may be a certain one of them; None where there is none."""
        if near < len(self._rows):
            row = self._rows[near].strip()
            if _id(row) == identity:
                return row
        return self._by_id.get(identity)

    def place(self, near: int) -> int:
        """Where a certain one of the rows begins."""
        return self._places[near] if near < len(self._places) else 0

    def holds(self, text: bytes, near: int) -> bool:
        """Whether a row is written in just these words, spaces at its margins apart.

        Args:
            text: the row.
            near: where it may begin.
        """
        # What was changed before it has moved it by as much as the row that was asked for last.
        guess = max(near + self._moved, 0)
        at = self._data.find(text, max(guess - _NEAR, 0), guess + len(text) + _NEAR)
        if at < 0:
            at = self._data.find(text)
        if at < 0:
            return False
        if self._is_row(at, at + len(text)):
            self._moved = at - near
            return True
        return text in self._whole

    def _is_row(self, begin: int, end: int) -> bool:
        """Whether a row begins and ends here: it may begin as another does that goes on."""
        data, (_, between) = self._data, self._bounds
        if not between or not data.endswith(between, 0, begin):
            return False
        return data.startswith((between, b"\n" + between), end) or not data[end : end + _NEAR].strip()


def _id(row: bytes) -> str | None:
    found = _ID.search(row)
    return found[1].decode("ascii") if found is not None else None
