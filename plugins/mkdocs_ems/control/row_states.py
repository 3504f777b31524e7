"""What each row of the registers said after every event that changed it, from the registers that counted.

Of a register that is approved issue by issue its issues and interim approvals count; of one whose
rows apply as they land, everything that landed on the chain. What nobody approved of the former is
in none of it. Old registers are read one after another and cut into rows by their lines, not
parsed: two are held at a time, and of a row only what differs is kept. Rows are told apart by kind
and id, so that one that moved from one register to another has one history.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import zip_longest

from mkdocs_ems import dataclass
from mkdocs_ems.control.formerly import rows_begin, with_line_feeds
from mkdocs_ems.control.journal import Landed
from mkdocs_ems.control.states import ControlState, DocumentControl
from mkdocs_ems.control.values import Issue
from mkdocs_ems.git.values import Blobs, Event

_ID = re.compile(rb"(?:\A[ ]*-[ ]+|\n[ ]*)id[ ]*:[ ]*[\"']?([A-Z][A-Z0-9-]{1,63})")
_ID_IN_BRACES = re.compile(rb"[{,]\s*id\s*:\s*[\"']?([A-Z][A-Z0-9-]{1,63})")
_BEHIND = re.compile(rb"\n(?=[^\s#-])")
"""Where the rows end: a key of the register itself."""
_TRAIL = re.compile(rb"(?:\n[ \t]*(?:#[^\n]*)?)+\Z")
"""Empty lines and comments behind a row: they belong to what follows."""

RowKey = tuple[str, str]
"""The kind of a row, and its id."""


@dataclass(frozen=True, slots=True)
class RowState:
    """A row after one event."""

    event: Event
    register: str
    """The id of the register."""
    words: str
    """As what it counted: `issue 3`, `interim approval 1`, `as it landed`."""
    issue: int | None
    """The issue that it came with, or with which it was first approved; None where it was never in one."""
    text: str
    """The row as it is written, from its dash on; empty where it was taken out."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """One content of a register that counted."""

    event: Event
    blob: str
    words: str
    issue: int | None


def row_states(
    control: ControlState,
    *,
    blobs: Blobs,
    known: Mapping[str, bytes],
    only: Collection[str] | None = None,
    spans: Collection[tuple[date, date]] | None = None,
) -> Mapping[RowKey, tuple[RowState, ...]]:
    """The states of every row that an event changed, took out or brought in; each row's oldest first.

    A row that is as it was when its register first counted is not among them.

    Args:
        control: document control at the head.
        blobs: reads old registers, one after another.
        known: registers that are at hand already, by blob.
        only: the ids of the registers that are asked for; all without.
        spans: first and last days; every state of these days is told, and of others some. All without.
    """
    registers = [
        one
        for one in control.documents.values()
        if one.kind == "register" and (only is None or one.id in only)
    ]
    landed = _landed(control, {one.id for one in registers if one.control == "periodic"})
    counted = {one.id: _counted(one, landed.get(one.id, ())) for one in registers}
    if spans is not None:
        counted = {key: tuple(_of_spans(ones, spans)) for key, ones in counted.items()}
    texts = _Texts(counted.values(), blobs=blobs, known=known)
    found: dict[RowKey, list[RowState]] = defaultdict(list)
    for one in registers:
        for key, state in _states(one.id, counted[one.id], texts):
            found[one.type, key].append(state)
    return {key: tuple(_approved_as_written(sorted(states, key=_turn))) for key, states in found.items()}


def _turn(state: RowState) -> tuple[int, bool]:
    """Where a state comes: an event that moves a row takes it out first, then brings it elsewhere."""
    return state.event.index, bool(state.text)


def _approved_as_written(states: list[RowState]) -> Iterator[RowState]:
    """Without the issue of what was replaced before that was approved: it approves what was written last."""
    for state, later in zip_longest(states, states[1:]):
        outrun = later is not None and (later.register, later.issue) == (state.register, state.issue)
        yield replace(state, issue=None) if outrun else state


def _landed(control: ControlState, wanted: set[str]) -> Mapping[str, list[Landed]]:
    """What landed of these registers, in the order of the chain."""
    found: dict[str, list[Landed]] = defaultdict(list)
    for step in control.journal if wanted else ():
        if isinstance(step, Landed) and step.document in wanted and not step.event.proposed:
            found[step.document].append(step)
    return found


def _counted(register: DocumentControl, landed: Iterable[Landed]) -> tuple[_Counted, ...]:
    """Each content of a register that counted, in the order in which it landed."""
    if register.control == "periodic":
        told = [
            _Counted(step.event, step.content.blob, "as it landed", None)
            for step in landed
            if step.content is not None
        ]
        return tuple(_approved_later(told, register.issues))
    found = [
        _Counted(one.event, one.content.blob, f"issue {one.number}", one.number) for one in register.issues
    ]
    found += [
        _Counted(one.event, one.content.blob, f"interim approval {at}", None)
        for at, one in enumerate(register.interims, 1)
    ]
    return tuple(sorted(found, key=lambda one: one.event.index))


def _approved_later(told: list[_Counted], issues: Iterable[Issue]) -> Iterable[_Counted]:
    """Of what landed between two approvals the issue with which it was approved."""
    approved: dict[int, int] = {}
    for issue in issues:
        # A text that came back was approved when it stood here before; this time waits for the next.
        stood = (
            one.event.index
            for one in told
            if one.blob == issue.content.blob and one.event.index <= issue.event.index
        )
        approved.setdefault(max(stood, default=-1), issue.number)
    number: int | None = None
    found: list[_Counted] = []
    for one in reversed(told):
        number = approved.get(one.event.index, number)
        found.append(replace(one, issue=number))
    return reversed(found)


def _of_spans(counted: tuple[_Counted, ...], spans: Collection[tuple[date, date]]) -> Iterator[_Counted]:
    """What counted on one of these days, and what counted just before it: nothing else need be read."""
    days = [one.event.date.date() for one in counted]
    asked = [any(first <= day <= last for first, last in spans) for day in days]
    for one, now, then in zip(counted, asked, (*asked[1:], False), strict=True):
        if now or then:
            yield one


class _Texts:
    """The registers in their turn: each is read once, and held no longer than it is wanted."""

    def __init__(
        self, counted: Iterable[tuple[_Counted, ...]], *, blobs: Blobs, known: Mapping[str, bytes]
    ) -> None:
        asked = (content.blob for one in counted if len(one) > 1 for content in one)
        self._known = known
        self._left = Counter(blob for blob in asked if blob not in known)
        self._held: dict[str, bytes] = {}
        self._coming = blobs.coming(tuple(self._left)) if self._left else iter(())

    def take(self, blob: str) -> bytes:
        """A register; asked for as often as it was counted."""
        data = self._known.get(blob)
        if data is not None:
            return data
        while blob not in self._held:
            name, text = next(self._coming)
            self._held[name] = text
        self._left[blob] -= 1
        return self._held[blob] if self._left[blob] else self._held.pop(blob)


def _states(register: str, counted: tuple[_Counted, ...], texts: _Texts) -> Iterator[tuple[str, RowState]]:
    """The states of the rows of one register, in the order of the chain."""
    if len(counted) < 2:
        return
    told: set[bytes] = set()
    before = rows_of(texts.take(counted[0].blob))
    for content in counted[1:]:
        after = rows_of(texts.take(content.blob))
        for key, old, new in differing(before, after):
            if key not in told and old:
                yield key.decode(), _state(register, counted[0], old)
            told.add(key)
            yield key.decode(), _state(register, content, new)
        before = after


def rows_of(data: bytes) -> dict[bytes, None]:
    """The text of each row of a file, from its dash on, in their order; empty where it has none."""
    data = with_line_feeds(data)
    begin, between = rows_begin(data)
    if not between:
        return {}
    *rows, last = data[begin:].split(between)
    behind = _BEHIND.search(last)
    rows.append(last[: behind.start()] if behind else last)
    return dict.fromkeys([between[1:] + row for row in rows])


def differing(
    before: Mapping[bytes, None], after: Mapping[bytes, None]
) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Id, old and new text of rows that changed, came or went; an empty text for none."""
    old = _by_id(row for row in before if row not in after)
    new = _by_id(row for row in after if row not in before)
    for key in dict.fromkeys((*new, *old)):
        one, other = old.get(key, b""), new.get(key, b"")
        if one != other:
            yield key, one, other


def _by_id(rows: Iterable[bytes]) -> Mapping[bytes, bytes]:
    """Rows by their ids, the first of twins; without what belongs to the row that follows."""
    found: dict[bytes, bytes] = {}
    for row in rows:
        identity = _ID.search(row) or _ID_IN_BRACES.search(row)
        if identity is not None:
            found.setdefault(identity[1], _without_trail(row))
    return found


def _without_trail(row: bytes) -> bytes:
    last = row[row.rfind(b"\n") + 1 :].lstrip(b" \t")
    return row if last and not last.startswith(b"#") else _TRAIL.sub(b"", row)


def _state(register: str, content: _Counted, row: bytes) -> RowState:
    text = row.decode("utf-8", "backslashreplace")
    return RowState(content.event, register, content.words, content.issue, text)
