"""Where the rows of a register stand in its text, and the last character that belongs to each.

libyaml tells where a list without brackets ends only by where the next thing begins; what
stands between (comments, empty lines) belongs to nobody. Here the end is that of the last
value. Reads events; judges nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Any

from yaml.events import MappingEndEvent, MappingStartEvent, SequenceEndEvent, SequenceStartEvent

from mkdocs_ems import dataclass
from mkdocs_ems.source.libyaml import open_events

ROWS = "rows"
"""The field of a register that holds its rows."""

_BLOCK = ("|", ">")
_BEGIN = (MappingStartEvent, SequenceStartEvent)
_ENDS = (MappingEndEvent, SequenceEndEvent)


@dataclass(slots=True)
class RowPlace:
    """The value of `rows`: where it stands, and each row in it."""

    value: Any = None
    """The event that begins it."""
    in_flow: bool = False
    """The whole register is written in braces."""
    column: int = 0
    """Of the key."""
    end: int = 0
    """For a list in brackets: after the last of them; else where the next thing begins."""
    rows: list[tuple[Any, int]] = field(default_factory=list)
    """For each row the event that begins it, and the character after the last that belongs to it."""

    def reaches(self, end: int) -> None:
        """Note that the last row goes on up to a character."""
        if self.rows:
            self.rows[-1] = (self.rows[-1][0], end)


def find_rows(text: str) -> RowPlace | None:
    """Walk to the value of `rows`, and through it; None where it is not reached."""
    next_event: Callable[[], Any] = open_events(text)
    while (event := next_event()) is not None and type(event) is not MappingStartEvent:
        pass
    if event is None:
        return None
    place = RowPlace(in_flow=bool(event.flow_style))
    while (key := next_event()) is not None and type(key) is not MappingEndEvent:
        if type(key) in _BEGIN:
            _pass_over(next_event, key)
        value = next_event()
        if getattr(key, "value", None) == ROWS:
            place.value, place.column = value, key.start_mark.column
            place.end = value.end_mark.index
            if type(value) is SequenceStartEvent:
                _walk_rows(text, next_event, place)
            return place
        if type(value) in _BEGIN:
            _pass_over(next_event, value)
    return None


def _pass_over(next_event: Callable[[], Any], begun: Any) -> Any:  # noqa: ANN401 - any event
    """Read to the event that ends a list or mapping, and return it."""
    depth = 1
    event = begun
    while depth:
        event = next_event()
        depth += (type(event) in _BEGIN) - (type(event) in _ENDS)
    return event


def _walk_rows(text: str, next_event: Callable[[], Any], place: RowPlace) -> None:
    opened = [place.value]
    while opened:
        event = next_event()
        kind = type(event)
        if kind in _ENDS:
            # The end of what has no brackets is told where the next thing begins.
            if opened.pop().flow_style and opened:
                place.reaches(event.end_mark.index)
            place.end = event.end_mark.index
            continue
        if len(opened) == 1:
            place.rows.append((event, event.end_mark.index))
        if kind in _BEGIN:
            opened.append(event)
        else:
            place.reaches(_last(text, event))


def _last(text: str, event: Any) -> int:  # noqa: ANN401 - any event
    """The character after the last visible one of a scalar."""
    start, end = event.start_mark.index, event.end_mark.index
    if getattr(event, "style", None) in _BLOCK:
        return int(start + len(text[start:end].rstrip()))
    return int(end)
