"""Rows of an earlier register, taken out of its bytes: as they are written, and parsed one by one.

A register of a thousand rows is asked for three of them, and parsing it would take longer
than all else. So rows are told apart by their lines, and only a row that is written
otherwise than another is parsed. Whether a difference matters is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from mkdocs_ems.control.formerly import written_rows
from mkdocs_ems.source import Data, parse_file

_ID = re.compile(rb"(?:\A|\n[ ]*|[{,]\s*)id[ ]*:[ ]*[\"']?([A-Z][A-Z0-9-]{1,63})")


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
    """The rows of one register as they are written; looks where a row is likely to stand first."""

    def __init__(self, data: bytes) -> None:
        self._rows = tuple(written_rows(data))
        self._whole: frozenset[bytes] | None = None
        self._by_id: Mapping[str, bytes] | None = None

    def of(self, identity: str, near: int) -> bytes | None:
        """The text of a row, which may stand at a certain place; None where there is none."""
        if near < len(self._rows):
            row = self._rows[near].strip()
            if _id(row) == identity:
                return row
        if self._by_id is None:
            named = ((_id(row), row) for row in map(bytes.strip, self._rows))
            self._by_id = {one: row for one, row in reversed(list(named)) if one is not None}
        return self._by_id.get(identity)

    def holds(self, text: bytes, near: int) -> bool:
        """Whether a row is written in just these words, spaces at its margins apart."""
        if near < len(self._rows) and self._rows[near].strip() == text:
            return True
        if self._whole is None:
            self._whole = frozenset(map(bytes.strip, self._rows))
        return text in self._whole


def _id(row: bytes) -> str | None:
    found = _ID.search(row)
    return found[1].decode("ascii") if found is not None else None
