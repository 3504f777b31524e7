"""libyaml's events to text, lists and mappings, in one walk.

Every scalar stays the text that was written. What YAML can do beyond plain data
(tags, anchors, aliases, merge keys, several documents) and what it would silently
drop (the second of two equal keys) are faults with their places; after each of
them the walk goes on wherever what follows can still be understood. Positions of
values are not kept here: `yaml_spans` finds them when somebody asks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from mkdocs_ems.source.libyaml import QUOTE
from mkdocs_ems.text import has_bidi, unseen

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml.events import Event

    from mkdocs_ems.source.faults import Faults, Text
    from mkdocs_ems.source.values import Data

DEEPEST = 40
LONGEST = 20_000
"""Entries of one list: the rows of a register file."""

_ENOUGH = 2_000
"""Faults after which a file is read no further."""

_NONE = object()
"""Stands for the key that is not yet known."""
_PROPERTY = re.compile(r"[!&*][^\s,\[\]{}]*")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


class EnoughError(Exception):
    """So many faults that nobody reads on; ends the walk; whoever began it goes on with what was found."""


class _Unusable:
    """A key that cannot be kept; what stands under it is read and left out."""

    def __init__(self, *, merge: bool = False) -> None:
        self.merge = merge


class Walk:
    """One walk over the events of one document."""

    def __init__(self, text: Text, faults: Faults, base: int, what: str) -> None:
        self.text = text
        self.faults = faults
        self.base = base
        self.what = what
        self.duplicates = False
        self.odd = 0
        self.kept = True
        """Whether everything that is written came into the values."""
        self.anchors: dict[str, str | None] = {}
        self.unusable: list[tuple[dict[Any, Any], _Unusable]] = []

    def run(self, get_event: Callable[[], Event | None], *, marked: bool) -> dict[str, Data] | None:
        """The top mapping; `marked`: tags, anchors or escapes may occur in it."""
        get_event()
        opening = get_event()
        if not isinstance(opening, DocumentStartEvent):
            at = self.base
            self.faults.add(
                f"the {self.what} is empty",
                at=(at, at),
                fix="write its fields: `id: …`, `type: …`, `title: …`",
            )
            return None
        if opening.version or opening.tags:
            self._fault("a line cannot begin with % (it is a YAML directive)", opening, fix="delete the line")
        root = self._values(get_event, marked=marked)
        for mapping, key in self.unusable:
            mapping.pop(key, None)
        if root is not None:
            get_event()
            following = get_event()
            if isinstance(following, DocumentStartEvent):
                self._fault(
                    f"a second YAML document begins in this {self.what}",
                    following,
                    fix="delete the line --- and what does not belong here, or use a file for each",
                )
        return root

    def _values(  # noqa: C901, PLR0912, PLR0915 -- the hot loop: a call for each event costs half its time
        self,
        get_event: Callable[[], Event | None],
        *,
        marked: bool,
    ) -> dict[str, Data] | None:
        event: Any = get_event()
        if type(event) is not MappingStartEvent:
            self._no_mapping(event)
            return None
        if event.tag or event.anchor:
            self._property(event, None)
        root: dict[Any, Any] = {}
        current: Any = root
        key: Any = _NONE
        is_mapping = True
        # What surrounds `current`: the outer value, whether it is a mapping, the key that
        # holds there afterwards, and the event that began `current`.
        stack: list[tuple[Any, bool, Any, Any]] = []
        while True:
            event = get_event()
            kind = type(event)
            if is_mapping and key is _NONE:
                if kind is ScalarEvent:
                    key = event.value
                    if marked or key in current or not key or key == "<<":
                        key = self._key(event, current)
                elif kind is AliasEvent:
                    self._alias(event, _NONE)
                    key = self._drop(current)
                elif kind is not MappingEndEvent:
                    after = self._key(event, current)
                    stack.append((current, True, after, event))
                    is_mapping = kind is MappingStartEvent
                    current = {} if is_mapping else []
                    if len(stack) >= DEEPEST:
                        self._too_deep(event)
                        return None
                    continue
                if kind is not MappingEndEvent:
                    event = get_event()
                    kind = type(event)
            if kind is ScalarEvent:
                value = event.value
                if not value and event.implicit[0]:
                    value = None
                if marked and (event.tag or event.anchor or event.style == '"'):
                    value = self._property(event, value)
                if is_mapping:
                    current[key] = value
                    key = _NONE
                else:
                    current.append(value)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if event.tag or event.anchor:
                    self._property(event, None)
                inner: Any = {} if kind is MappingStartEvent else []
                if is_mapping:
                    current[key] = inner
                else:
                    current.append(inner)
                stack.append((current, is_mapping, _NONE, event))
                if len(stack) >= DEEPEST:
                    self._too_deep(event)
                    return None
                current, key, is_mapping = inner, _NONE, kind is MappingStartEvent
            elif kind is AliasEvent:
                value = self._alias(event, key)
                if is_mapping:
                    current[key] = value
                    key = _NONE
                else:
                    current.append(value)
            else:
                if not stack:
                    return root
                ended = current
                current, is_mapping, key, event = stack.pop()
                if len(ended) > LONGEST:
                    self._too_long(event, ended)

    def _no_mapping(self, event: Event) -> None:
        is_list = isinstance(event, SequenceStartEvent)
        self._fault(
            f"the {self.what} holds {'a list' if is_list else 'text'}, not fields",
            event,
            fix="begin with `id: …`, `type: …`, `title: …`"
            + ("; the list stands under `rows:`" if is_list else ""),
            width=1,
        )

    def _key(self, event: Any, current: dict[Any, Any]) -> _Unusable | str:  # noqa: ANN401 -- any event
        """Judge a name that may be none; returns the key under which to read on."""
        if event.tag or event.anchor:
            self._property(event, None)
        if not isinstance(event, ScalarEvent):
            if not self.faults.in_line(self.base + event.start_mark.index):
                self._fault(
                    "a list or a group of fields where a field's name is expected",
                    event,
                    fix="write `name: value`; what is in brackets or braces goes after the colon",
                )
            return self._drop(current)
        name: str = self._visible(event, event.value) if event.style == '"' else event.value
        if not name and event.implicit[0]:
            self._fault("a colon with no field's name before it", event, fix="write `name: value`", width=1)
        elif name == "<<" and event.implicit[0]:
            self._fault("a merge key (<<)", event, fix="write the fields out in each place where they hold")
            return self._drop(current, merge=True)
        elif name in current:
            # `locate` finds both places, in a second walk that nobody else pays for.
            self.duplicates = True
        else:
            return name
        return self._drop(current)

    def _drop(self, current: dict[Any, Any], *, merge: bool = False) -> _Unusable:
        self._count()
        key = _Unusable(merge=merge)
        self.unusable.append((current, key))
        return key

    def _alias(self, event: AliasEvent, key: object) -> str | None:
        """The text that an alias repeats; nothing for a list or mapping, which could grow without end."""
        if not (isinstance(key, _Unusable) and key.merge):
            self._fault(
                "a value cannot begin with * (it is a YAML alias)",
                event,
                fix=f"write the value out; if the asterisk belongs to it, {QUOTE}",
            )
        return self.anchors.get(event.anchor or "")

    def _property(self, event: Any, value: str | None) -> str | None:  # noqa: ANN401 -- any event that begins a value
        """Note a tag and an anchor, and what an escape brought in; returns the value without that."""
        value = self._visible(event, value) if value and event.style == '"' else value
        if event.anchor:
            self.anchors[event.anchor] = value
        at = self.base + event.start_mark.index
        for present, what in ((event.tag, "!"), (event.anchor, "&")):
            if present:
                self._count()
                start = max(at, self.text.clean.find(what, at))
                match = _PROPERTY.match(self.text.clean, start)
                self.faults.add(
                    "a value cannot begin with an exclamation mark (it is a YAML tag)"
                    if what == "!"
                    else "a value cannot begin with & (it is a YAML anchor)",
                    at=(start, match.end() if match else start + 1),
                    fix=f"delete it; if it belongs to the value, {QUOTE}",
                )
        return value

    def _visible(self, event: Any, value: str) -> str:  # noqa: ANN401 -- any event
        """A text without what escapes in double quotes wrote and nobody sees; that is noted."""
        hidden = {at for start, end in unseen(value) for at in range(start, end)}
        controls = bool(_CONTROL.search(value)) or has_bidi(value)
        if not controls and not hidden:
            return value
        if controls:
            self._fault(
                "an escape writes a control character into this value",
                event,
                fix="write the visible text only",
                loses=False,
            )
        else:
            self._count(loses=False)
            start, end = self.base + event.start_mark.index, self.base + event.end_mark.index
            self.faults.unseen("an escape writes a character of no width into this value", at=(start, end))
        return "".join(
            "\ufffd" if at in hidden or _CONTROL.match(char) or has_bidi(char) else char
            for at, char in enumerate(value)
        )

    def _too_deep(self, event: Event) -> None:
        self._fault(
            f"nested deeper than {DEEPEST} levels",
            event,
            fix="no field nests so deep: look for brackets that are never closed",
            width=1,
        )

    def _too_long(self, event: Event, ended: dict[Any, Any] | list[Any]) -> None:
        self._fault(
            f"{len(ended):,} entries; one file may have {LONGEST:,}, and the others are left out",
            event,
            fix="split the register into several files",
            width=1,
        )
        # Each would be judged, and each could be at fault: a million in five megabytes.
        if isinstance(ended, list):
            del ended[LONGEST:]
        else:
            for name in list(ended)[LONGEST:]:
                del ended[name]

    def _fault(
        self,
        message: str,
        event: Any,  # noqa: ANN401 -- any event
        *,
        fix: str,
        width: int | None = None,
        loses: bool = True,
    ) -> None:
        self._count(loses=loses)
        start = self.base + event.start_mark.index
        end = start + width if width is not None else max(start + 1, self.base + event.end_mark.index)
        end = min(end, len(self.text.written))
        newline = self.text.written.find("\n", start, end)
        self.faults.add(message, at=(start, end if newline < 0 else newline), fix=fix)

    def _count(self, *, loses: bool = True) -> None:
        """Give up where there is no end of faults: a hostile file must not take all day."""
        self.kept = self.kept and not loses
        self.odd += 1
        if self.odd > _ENOUGH:
            raise EnoughError
