"""The id of a file from its head alone: no rows, no body, no findings."""

from __future__ import annotations

import re

from mkdocs_ems.source.parse import MARKDOWN, parse_file

_FRONT = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n.*?\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_ROWS = re.compile(rb"^rows[ \t]*:", re.MULTILINE)
_NEXT_KEY = re.compile(rb"\n(?=[^\s#-])")


def head_bytes(path: str, data: bytes) -> bytes:
    """The bytes that a file's head stands in: its front matter, or all but its rows; empty where none is."""
    if path.lower().endswith(MARKDOWN):
        front = _FRONT.match(data)
        return front[0] if front else b""
    rows = _ROWS.search(data)
    if rows is None:
        return data
    after = _NEXT_KEY.search(data, rows.end())
    return data[: rows.start()] + (data[after.end() :] if after else b"")


def read_identity(path: str, data: bytes) -> str | None:
    """The `id` of a document or register as written; None where none can be read."""
    head = head_bytes(path, data)
    if not head:
        return None
    source, _ = parse_file(path, head, content="")
    identity = source.data.get("id")
    return identity.strip() or None if isinstance(identity, str) else None
