"""Data as YAML in any of the ways in which people write it; all of them say the same.

PyYAML's emitter writes it, so that every spelling is one that YAML has, in the styles that chance
names: with quotes of either sort, in brackets, over several lines. Comments and blank lines come to it.
"""

from __future__ import annotations

from collections.abc import Iterator

import yaml
from hypothesis import strategies as st
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

_STYLES = st.sampled_from((None, None, "'", '"', "|", ">"))
_ASIDES = ("", "# an aside\n", "   # - id: none\n", "\n\n")


def plain(data: object) -> str:
    """Data as YAML in the plainest way."""
    written: str = yaml.emit(_events(data, _Plain()), allow_unicode=True)
    return written


@st.composite
def spelt(draw: st.DrawFn, data: object) -> str:
    """Data as YAML in any way."""
    written: str = yaml.emit(
        _events(data, _Chosen(draw)),
        indent=draw(st.sampled_from((2, 3, 4))),
        width=draw(st.sampled_from((20, 80, 10_000))),
        allow_unicode=draw(st.booleans()),
    )
    lines = written.splitlines(keepends=True)
    aside = draw(st.sampled_from(_ASIDES))
    at = draw(st.integers(0, len(lines)))
    # Within a text of several lines it would be a part of that.
    other = "".join((*lines[:at], aside, *lines[at:]))
    return other if _said(other) == _said(written) else written


def _said(text: str) -> object:
    try:
        return yaml.load(text, yaml.CBaseLoader)  # noqa: S506 - it makes texts of everything
    except yaml.YAMLError:
        return None


class _Plain:
    """The plainest style throughout."""

    def flow(self) -> bool:
        return False

    def style(self) -> str | None:
        return None


class _Chosen:
    """Styles as they are drawn."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def flow(self) -> bool:
        return self._draw(st.integers(0, 3)) == 0

    def style(self) -> str | None:
        return self._draw(_STYLES)


def _events(data: object, styles: _Plain | _Chosen) -> Iterator[Event]:
    yield StreamStartEvent()
    yield DocumentStartEvent(explicit=False)
    yield from _values(data, styles)
    yield DocumentEndEvent(explicit=False)
    yield StreamEndEvent()


def _values(data: object, styles: _Plain | _Chosen, *, name: bool = False) -> Iterator[Event]:
    match data:
        case dict():
            # An empty one has no other form.
            yield MappingStartEvent(None, None, implicit=True, flow_style=styles.flow() or not data)
            for key, value in data.items():
                yield from _values(key, styles, name=True)
                yield from _values(value, styles)
            yield MappingEndEvent()
        case list() | tuple():
            yield SequenceStartEvent(None, None, implicit=True, flow_style=styles.flow() or not data)
            for value in data:
                yield from _values(value, styles)
            yield SequenceEndEvent()
        case None:
            yield ScalarEvent(None, None, (True, True), "")
        case _:
            style = None if name else styles.style()
            yield ScalarEvent(None, None, (True, True), str(data), style=style)
