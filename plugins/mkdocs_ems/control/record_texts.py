"""The records of one file, each by its own text: read off the lines, or parsed where these do not tell.

Thousands of texts are read for one question, so what is written plainly is not parsed: an `id` at
the beginning of its line or right behind its brace, once for each record. Whatever else the same
data may be written as (quoted keys, braces around everything, escapes) is parsed, so that nobody
keeps a record out of its history by the way it is written. Knows nothing of what records mean.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from mkdocs_ems import dataclass
from mkdocs_ems.control.formerly import rows_begin
from mkdocs_ems.control.places import is_markdown
from mkdocs_ems.control.row_states import rows_of
from mkdocs_ems.source import Data, parse_file

_ID = re.compile(rb"^id[ ]*:[ ]*[\"']?([A-Z][A-Z0-9-]{1,63})", re.MULTILINE)
_TYPE = re.compile(rb"^type[ ]*:[ ]*[\"']?([a-z][a-z-]{1,63})", re.MULTILINE)
_ROW_ID = re.compile(rb"(?:\A[ ]*-[ ]+|\n[ ]*|\A[ ]*-[ ]+\{\s*)id[ ]*:[ ]*[\"']?[A-Z]")
_ANY_ID = re.compile(rb"\bid[\"']?\s*:")
"""Whatever may be the key of an id."""
_ANY_TYPE = re.compile(rb"^[\"']?type\b", re.MULTILINE)
_ESCAPED_KEY = re.compile(rb'"[^"\n]{0,60}\\[^\n]{0,60}?"\s*:')
_WRITTEN_ID = re.compile(r"[A-Z][A-Z0-9-]{1,63}")
_FRONT_ENDS = re.compile(rb"\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class RecordTexts:
    """What a file of records says."""

    kind: str
    """The type that it names; empty where it names none."""
    rows: Mapping[bytes, None]
    """The text of each of several records, from its dash on."""
    own: tuple[str, bytes] | None
    """Id and text of the one record that has the file to itself."""


NOTHING = RecordTexts("", {}, None)


def record_texts(path: str, data: bytes, *, before: Mapping[bytes, None]) -> RecordTexts:
    """The records of a file.

    Args:
        path: of the file.
        data: its bytes, with line feeds alone.
        before: texts of rows that are known from an earlier state of it.
    """
    if not data:
        return NOTHING
    head = _head(path, data)
    rows = rows_of(head)
    lead = head[: rows_begin(head)[0]] if rows else head
    types, named = _ANY_TYPE.findall(lead), _TYPE.search(lead)
    if len(types) == 1 and named is not None and not _escapes(lead):
        kind = named[1].decode("ascii")
        read = _read(rows, before) if rows else None
        if read is not None:
            return RecordTexts(kind, read, None)
        identity = _ID.search(head)
        if not rows and identity is not None and len(_ANY_ID.findall(head)) == 1:
            return RecordTexts(kind, {}, (identity[1].decode("ascii"), data))
    return _parsed(path, data)


def _read(rows: Mapping[bytes, None], before: Mapping[bytes, None]) -> Mapping[bytes, None] | None:
    """The rows of a file, those that are oddly written put plainly; None where the lines do not tell."""
    odd = {row: _put_plainly(row) for row in rows.keys() - before.keys() if not _is_plain(row)}
    if not odd:
        return rows
    if None in odd.values():
        return None
    return dict.fromkeys(odd.get(row) or row for row in rows)


def _put_plainly(row: bytes) -> bytes | None:
    source, findings = parse_file("rows.yml", b"rows:\n" + row + b"\n", content="")
    rows = source.data.get("rows")
    one = rows[0] if isinstance(rows, list) and len(rows) == 1 and not findings else None
    return _written(one) if isinstance(one, dict) and _identity(one) else None


def _head(path: str, data: bytes) -> bytes:
    """The fields of a file: of Markdown what stands before its text."""
    if not is_markdown(path):
        return data
    ends = _FRONT_ENDS.search(data, 3)
    return data[: ends.start()] if ends else data


def _is_plain(row: bytes) -> bool:
    """Whether its id is to be seen, and no quotation marks hold what looks like the row behind it."""
    open_ = row.count(b'"') % 2 or row.count(b"'") % 2
    seen = not open_ and len(_ANY_ID.findall(row)) == 1 and _ROW_ID.search(row) is not None
    return seen and not _escapes(row)


def _escapes(text: bytes) -> bool:
    """Whether a key may be written with escapes, so that nothing shows which it is."""
    return _ESCAPED_KEY.search(text) is not None


def _parsed(path: str, data: bytes) -> RecordTexts:
    source, _ = parse_file(path, data, content="")
    said, rows = source.data, source.data.get("rows")
    kind = said.get("type")
    kind = kind if isinstance(kind, str) else ""
    if isinstance(rows, list):
        found = [row for row in rows if isinstance(row, dict) and _identity(row)]
        return RecordTexts(kind, dict.fromkeys(map(_written, found)), None)
    identity = _identity(said)
    return RecordTexts(kind, {}, (identity, data) if identity else None)


def _identity(said: Mapping[str, Data]) -> str | None:
    identity = said.get("id")
    return identity if isinstance(identity, str) and _WRITTEN_ID.fullmatch(identity) else None


def _written(row: Mapping[str, Data]) -> bytes:
    """A row as it could have been written on one line, its id first."""
    fields = {"id": row["id"], **row}
    text = ", ".join(
        f"{name if name == 'id' else _quoted(name)}: {_flow(said)}" for name, said in fields.items()
    )
    return f"- {{{text}}}".encode()


def _flow(value: Data) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(name)}: {_flow(said)}" for name, said in value.items()) + "}"
    return _quoted(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
