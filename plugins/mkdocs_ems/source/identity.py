"""The id of a document or register, read from its head alone.

Asked of every old state of every file, so it does as little as it can: in nearly
all files the id is one plain line, found by one search. Where it is not, the events
of the head are walked, up to the field in question and no further.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from mkdocs_ems.source.libyaml import open_events

if TYPE_CHECKING:
    from collections.abc import Callable

_LARGEST_HEAD = 100_000
_DEEPEST = 100
"""What libyaml does for each bracket grows with the number of those that are open."""
_BOM = b"\xef\xbb\xbf"
_HEAD = re.compile(rb"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)
# A line that can mean one thing only: nothing after the value that could belong to it.
_PLAIN = re.compile(
    rb"""\nid:[ ]+([A-Za-z0-9][\w.-]*|'[\w.-]+'|"[\w.-]+")
    (?:[ ]+\#[^\n]*)?[ ]*\r?(?:\n(?![ \t\r\n])|\n?\Z)""",
    re.VERBOSE,
)
_MAY_STAY_OPEN = re.compile(rb"""["'{[]""")
_NAMED = re.compile(rb"""\n(?:[ ]*\{|---[ ]|[ ]*["']?id\b|\?)""")


def read_identity(path: str, data: bytes) -> str | None:
    """The id that a file's front matter or register head claims; None where there is none to be read.

    It is the text that a full parse would give the field `id`; what stands after it
    may be broken.
    """
    head = data.removeprefix(_BOM)
    if path.lower().endswith(".md"):
        match = _HEAD.match(head)
        if match is None:
            return None
        head = match[1]
    # Both patterns begin with a line feed, which is searched for at once.
    lines = b"\n" + head[:_LARGEST_HEAD]
    plain = _PLAIN.search(lines)
    if plain is not None:
        found = plain[1].strip(b"\"'").decode("ascii", "replace")
        return _unless_quoted(head, found) if _MAY_STAY_OPEN.search(lines, 0, plain.start()) else found
    if _NAMED.search(lines) is None:
        return None
    return read_field(head, "id")


def read_field(data: bytes, name: str) -> str | None:
    """The text of one field of the top mapping; None where YAML breaks before it."""
    text = data[: 10 * _LARGEST_HEAD].removeprefix(_BOM).decode("utf-8", "replace")
    try:
        return _walk(open_events(text), name)
    except YAMLError:
        return None


def _unless_quoted(head: bytes, found: str) -> str | None:
    """The id of a head in which the line that names one may be a part of another field's text."""
    try:
        return _walk(open_events(head[: 10 * _LARGEST_HEAD].decode("utf-8", "replace")), "id")
    except YAMLError:
        return found


def _walk(get_event: Callable[[], Any], name: str) -> str | None:
    depth = 0
    key: str | None = None
    at_key = True
    while (event := get_event()) is not None:
        kind = type(event)
        if kind is MappingStartEvent or kind is SequenceStartEvent:
            found = depth == 1 and not at_key and key == name
            if found or depth >= _DEEPEST or (depth == 0 and kind is SequenceStartEvent):
                return None
            depth += 1
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            depth -= 1
            if depth == 0:
                return None
            if depth == 1:
                key, at_key = None, not at_key
        elif depth == 1 and (kind is ScalarEvent or kind is AliasEvent):
            value = event.value if kind is ScalarEvent else None
            if at_key:
                key = value
            elif key == name:
                return None if value is None or (not value and event.implicit[0]) else str(value)
            at_key = not at_key
    return None
