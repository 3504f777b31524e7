"""The head of a document: the few keys that say what it is and how it is controlled.

Only the front matter, or what stands before `rows:`, is parsed: a register of five
hundred rows costs no more than a page. That holds only where the line is sure to be the
field `rows` and no field follows; everywhere else the whole file is read, so that nobody
can have a register judged by another head than the one it is published with. What cannot
be read is simply not there; the room that parses whole files says what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from mkdocs_ems import dataclass
from mkdocs_ems.control.places import RULES_ID, is_markdown
from mkdocs_ems.model.fields import ID_PATTERN, TITLE_LENGTH, Every, Interval, Whole
from mkdocs_ems.source import Data, parse_file

_FRONT = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n.*?\r?\n(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)", re.DOTALL)
_ROWS = re.compile(rb"^rows[ \t]*:", re.MULTILINE)
_FIELD = re.compile(rb"\n(?=[^\s#-]|---)")
"""Where a line begins that is no row: a field, or something that only a parser can tell."""
_LONE_RETURN = re.compile(rb"\r(?!\n)")
_ODD_ENDS = (b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xa9")
"""What else ends a line in YAML."""
_ID = re.compile(ID_PATTERN)
_LONGEST_ID = 64
_LARGEST_KEPT = 20_000
"""Bytes of a head. A longer one is rare enough for the whole file to be read each time."""

_EVERY: TypeAdapter[Interval] = TypeAdapter(Every)
_WHOLE: TypeAdapter[int] = TypeAdapter(Whole)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Head:
    """What a main file says of itself. All None where it cannot be read."""

    id: str | None = None
    type: str | None = None
    control: str | None = None
    offset: int | None = None
    title: str | None = None
    label: str | None = None
    owner: str | None = None
    number: str | None = None
    review_every: Interval | None = None
    superseded_by: str | None = None
    withdrawal_reason: str | None = None

    @property
    def decisive(self) -> tuple[str | None, str | None, str | None, int | None]:
        """What the derivation of issues depends on; the rest is for display."""
        return self.id, self.type, self.control, self.offset


EDITION = "3"
"""Of how heads are read: what was kept of them under another one is not believed."""

RULES_HEAD = Head(id=RULES_ID, type="rules", title="Rules of the system")


def head_of(path: str, data: bytes) -> bytes:
    """The bytes of a main file that its head stands in; empty where there are none."""
    if not is_markdown(path):
        return _without_rows(data)
    front = _FRONT.match(data)
    return front[0] if front else b""


def read_head(path: str, data: bytes) -> Head:
    """Read the head of a main file from what `head_of` made of it."""
    if not data:
        return Head()
    written = _fields(path, data) if is_markdown(path) or len(data) > _LARGEST_KEPT else _kept(data)
    if written is None:
        return Head()
    identity = _text(written.get("id"))
    title = _text(written.get("title"))
    # The rules have their id by their place; nothing else may claim it.
    usable = identity and identity != RULES_ID and len(identity) <= _LONGEST_ID and _ID.match(identity)
    return Head(
        id=identity if usable else None,
        type=_text(written.get("type")),
        control=_text(written.get("control")),
        offset=_typed(_WHOLE, written.get("issue_offset")),
        # As the model reads it: what is too long is no title.
        title=title if title and len(title) <= TITLE_LENGTH else None,
        label=_text(written.get("issue_label")),
        owner=_text(written.get("owner")),
        number=_text(written.get("number")),
        review_every=_typed(_EVERY, written.get("review_every")),
        superseded_by=_text(written.get("superseded_by")),
        withdrawal_reason=_text(written.get("withdrawal_reason")),
    )


def _without_rows(data: bytes) -> bytes:
    """What stands before the rows of a register; the whole of it where that could say something else."""
    rows = _ROWS.search(data)
    if rows is None or _FIELD.search(data, rows.end()) or (b"\r" in data and _LONE_RETURN.search(data)):
        return data
    head = data[: rows.start()]
    odd = not data.isascii() and any(end in data for end in _ODD_ENDS)
    return data if odd or not _is_complete(head) else head


def _is_complete(head: bytes) -> bool:
    """Whether a text is a mapping that has come to its end: no quotation mark or bracket is open.

    A line at the margin behind it is then the next field of that mapping, or the file is at fault.
    """
    return len(head) <= _LARGEST_KEPT and _kept(head) is not None


@lru_cache(maxsize=1024)  # most states of a register have the head of the one before
def _kept(data: bytes) -> Mapping[str, Data] | None:
    return _fields("", data)


def _fields(path: str, data: bytes) -> Mapping[str, Data] | None:
    source, _ = parse_file(path, data, content="")
    return source.data if source.readable else None


def _text(value: Data) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _typed(adapter: TypeAdapter[T], value: Data) -> T | None:
    try:
        return adapter.validate_python(value)
    except ValidationError:
        return None
