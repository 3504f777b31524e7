"""Where every key and value of a YAML text stands, found when somebody asks.

Most values are never pointed at. So the first walk keeps no positions, and the
first question about a file walks its events once more, of a register as far as
the row that is asked for; that costs as much as the events themselves, and for a
file without findings nothing at all.
"""

from __future__ import annotations

import re
from array import array
from contextlib import suppress
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

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Route, Span
from mkdocs_ems.source.decoding import decode
from mkdocs_ems.source.faults import Text
from mkdocs_ems.source.libyaml import open_events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Place = tuple[int, int]
"""First character and the one after the last."""

Key = tuple[str | None, Place]
"""A key's text, None where it is none, and its place."""

_DEEPEST = 41
_LEAVES = frozenset((ScalarEvent, AliasEvent))
_OPENINGS = frozenset((MappingStartEvent, SequenceStartEvent))
_ENDINGS = frozenset((MappingEndEvent, SequenceEndEvent))
_BLOCK = ("|", ">")
_ROWS = re.compile(r"^rows[ ]*:", re.MULTILINE)


class Node:
    """The place of a list or mapping, and of what stands in it, packed.

    Attributes:
        start: its first character.
        end: the character after its last.
        index: of a mapping, the number of each key; equal ones are shared. None for a list.
        places: start and end of each key (mappings only) and value, one after the other.
        inner: the lists and mappings among the values, by number.
    """

    __slots__ = ("end", "index", "inner", "places", "start")

    def __init__(self, start: int, end: int, *, mapping: bool) -> None:
        self.start = start
        self.end = end
        self.index: dict[str, int] | None = {} if mapping else None
        self.places = array("I")
        self.inner: dict[int, Node] = {}

    def number(self, step: str | int) -> int | None:
        """The number of a key or of an entry; None where it is not there."""
        if self.index is not None:
            return self.index.get(step) if isinstance(step, str) else None
        if isinstance(step, str) or not 0 <= step < len(self.places) // 2:
            return None
        return step

    def key(self, number: int) -> Place:
        """Where the key of that number stands; for a list, the entry."""
        at = number * (2 if self.index is None else 4)
        return self.places[at], self.places[at + 1]

    def value(self, number: int) -> Place:
        """Where the value of that number stands."""
        at = number * 2 if self.index is None else number * 4 + 2
        return self.places[at], self.places[at + 1]


@dataclass(frozen=True, slots=True)
class Places:
    """The places in one document, and of keys that stand twice in one mapping."""

    root: Node | None
    duplicates: tuple[tuple[str, Place, Place], ...]


class Spans:
    """A SpanMap over one stretch of YAML in a file, filled when it is first asked."""

    __slots__ = ("_data", "_head", "_part", "_path", "_rest", "_roots", "_stretch", "_text")

    def __init__(self, path: str, data: bytes, *, stretch: Place | None, part: str | None = None) -> None:
        """Remember where to look.

        Args:
            path: the file, from the repository's root.
            data: its bytes, shared with the snapshot.
            stretch: first and last character of its YAML; None where there is none to be read.
            part: the YAML as it was understood, where that is not what the bytes say.
        """
        self._path = path
        self._data = data
        self._stretch = stretch
        self._part = part
        self._text: Text | None = None
        self._head: Node | None = None
        self._roots: list[Node] = []
        """What was walked through so far."""
        self._rest: Iterator[None] | None = None
        """The walk, where it waits behind a row."""

    def span(self, route: Route, *, key: bool = False) -> Span:
        """Where the value (or with `key` the key) at a route stands, or its nearest parent."""
        if self._stretch is None:
            return Span(self._path, 1, 1, 1, 1)
        start, _ = self._stretch
        if self._text is None:
            self._text = decode(self._path, self._data)[0] or Text(self._path, "")
        node = self._node(route)
        if node is None:
            return self._text.span(start, start)
        place = node.start, node.end
        for depth, step in enumerate(route, 1):
            number = node.number(step) if node is not None else None
            if node is None or number is None:
                break
            place = node.key(number) if key and depth == len(route) else node.value(number)
            node = node.inner.get(number)
        return self._text.span(start + place[0], start + place[1])

    def _node(self, route: Route) -> Node | None:
        """The top of the places that a route needs: those of the head alone where that is enough."""
        if self._roots and self._rest is None:
            return self._roots[0]
        assert self._text is not None, "read before"
        start, end = self._stretch or (0, 0)
        written = self._text.written[start:end] if self._part is None else self._part
        rows = _ROWS.search(written)
        if rows is not None and route and route[0] != "rows":
            # What stands before the rows of a register is found without walking through them.
            self._head = self._head or locate(written[: rows.start()]).root
            if self._head is not None and self._head.number(route[0]) is not None:
                return self._head
        self._rest = self._rest or _walk(written, self._roots, [])
        while self._rest is not None and not self._behind(route):
            try:
                next(self._rest)
            except (StopIteration, YAMLError):
                self._rest = None
        return self._roots[0] if self._roots else None

    def _behind(self, route: Route) -> bool:
        """Whether the row of a route was walked through; false of what is in no row."""
        if not self._roots or len(route) < 2 or route[0] != "rows":
            return False
        root, row = self._roots[0], route[1]
        number = root.number("rows")
        rows = root.inner.get(number) if number is not None else None
        # The walk waits where a row has ended, so each that has a number is whole.
        return rows is not None and rows.number(row) is not None


def locate(text: str) -> Places:
    """Find the places in a YAML text, as far as it can be read; never raises for what it says."""
    roots: list[Node] = []
    duplicates: list[tuple[str, Place, Place]] = []
    # Whoever read the values says what is wrong; the places before the fault still hold.
    with suppress(YAMLError):
        for _ in _walk(text, roots, duplicates):
            pass
    return Places(roots[0] if roots else None, tuple(duplicates))


def scalars(text: str) -> Iterator[Place]:
    """Where each scalar stands, names of fields too, in their order, as far as the text can be read."""
    get_event: Callable[[], Any] = open_events(text)
    with suppress(YAMLError):
        while (event := get_event()) is not None:
            if hasattr(event, "value"):
                yield event.start_mark.index, event.end_mark.index


def _walk(  # noqa: C901, PLR0912 -- one loop over events; split, it costs half its time again
    text: str,
    roots: list[Node],
    duplicates: list[tuple[str, Place, Place]],
) -> Iterator[None]:
    """Note the places, and wait wherever a row has ended."""
    get_event: Callable[[], Any] = open_events(text)
    shapes: dict[tuple[str, ...], dict[str, int]] = {}
    stack: list[tuple[Node, Key | None]] = []
    node: Node | None = None
    key: Key | None = None
    while (event := get_event()) is not None and len(stack) < _DEEPEST:
        kind = type(event)
        place = event.start_mark.index, event.end_mark.index
        if kind in _LEAVES:
            if node is None:
                return
            if kind is ScalarEvent and event.style in _BLOCK:
                place = place[0], place[0] + len(text[place[0] : place[1]].rstrip())
            if node.index is not None and key is None:
                key = (event.value if kind is ScalarEvent else None), place
            else:
                _place(node, key, place, duplicates)
                key = None
        elif kind in _OPENINGS:
            child = Node(*place, mapping=kind is MappingStartEvent)
            if node is None:
                roots.append(child)
            elif node.index is not None and key is None:
                stack.append((node, (None, place)))
            else:
                _place(node, key, place, duplicates, child=child)
                stack.append((node, None))
            node, key = child, None
        elif kind in _ENDINGS and node is not None:
            _close(node, place, shapes)
            if not stack:
                return
            ended = node
            node, key = stack.pop()
            _widen(node, ended)
            if len(stack) == 1 and node.index is None:
                yield


def _place(
    node: Node,
    key: Key | None,
    value: Place,
    duplicates: list[tuple[str, Place, Place]],
    *,
    child: Node | None = None,
) -> None:
    node.end = max(node.end, value[1])
    if node.index is None:
        number = len(node.places) // 2
    else:
        assert key is not None
        name, place = key
        if name is None:
            return
        if name in node.index:
            duplicates.append((name, node.key(node.index[name]), place))
            return
        number = node.index[name] = len(node.index)
        node.places.extend(place)
    node.places.extend(value)
    if child is not None:
        node.inner[number] = child


def _close(node: Node, ending: Place, shapes: dict[tuple[str, ...], dict[str, int]]) -> None:
    """End a node: block values with their last part, those in brackets with the bracket."""
    if ending[1] > ending[0]:
        node.end = ending[1]
    if node.index is not None:
        node.index = shapes.setdefault(tuple(node.index), node.index)


def _widen(node: Node, ended: Node) -> None:
    """Tell the outer value where its last part has ended."""
    node.end = max(node.end, ended.end)
    if node.inner and next(reversed(node.inner.values())) is ended:
        node.places[-1] = ended.end
