"""The head of a document: the few keys that say what it is and how it is controlled.

Only the front matter, or what stands beside `rows:`, is parsed: a register of five
hundred rows costs no more than a page. What cannot be read is simply not there; the
room that parses whole files says what is wrong with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from mkdocs_ems.control.places import RULES_ID, is_markdown
from mkdocs_ems.model.fields import ID_PATTERN, Every, Interval, Whole
from mkdocs_ems.source import Data, parse_file

_FRONT = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n.*?\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_ROWS = re.compile(rb"^rows[ \t]*:", re.MULTILINE)
_NEXT_KEY = re.compile(rb"\n(?=[^\s#-])")
_ID = re.compile(ID_PATTERN)
_LONGEST_ID = 64

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


EDITION = "1"
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
    source, _ = parse_file(path, data, content="")
    written = source.data
    if not source.readable:
        return Head()
    identity = _text(written.get("id"))
    # The rules have their id by their place; nothing else may claim it.
    usable = identity and identity != RULES_ID and len(identity) <= _LONGEST_ID and _ID.match(identity)
    return Head(
        id=identity if usable else None,
        type=_text(written.get("type")),
        control=_text(written.get("control")),
        offset=_typed(_WHOLE, written.get("issue_offset")),
        title=_text(written.get("title")),
        label=_text(written.get("issue_label")),
        owner=_text(written.get("owner")),
        number=_text(written.get("number")),
        review_every=_typed(_EVERY, written.get("review_every")),
        superseded_by=_text(written.get("superseded_by")),
        withdrawal_reason=_text(written.get("withdrawal_reason")),
    )


def _without_rows(data: bytes) -> bytes:
    rows = _ROWS.search(data)
    if rows is None:
        return data
    after = _NEXT_KEY.search(data, rows.end())
    return data[: rows.start()] + (data[after.end() :] if after else b"")


def _text(value: Data) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _typed(adapter: TypeAdapter[T], value: Data) -> T | None:
    try:
        return adapter.validate_python(value)
    except ValidationError:
        return None
