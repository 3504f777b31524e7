"""Which things a comparison is about, and in which respect each differs: for who asks no more than that.

What document control says of a thing (approvals, states) is no change of the thing itself,
and is left out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from mkdocs_ems.changes.values import (
    Absent,
    Added,
    ApprovalChanged,
    Change,
    Comparison,
    FieldChanged,
    FieldPath,
    Moved,
    PartChanged,
    ReferencesChanged,
    Removed,
    StateChanged,
    TextChanged,
    Value,
    Where,
)
from mkdocs_ems.model.lasting import laid_down
from mkdocs_ems.model.values import Kind
from mkdocs_ems.source import Data

GONE = "gone"
_MOVES = {
    Where.ID: "under another id",
    Where.REGISTER: "in another register",
    Where.PATH: "in another file",
    Where.PLACE: "at another place",
    Where.KIND: "of another kind",
}


def of_content(changes: Iterable[Change]) -> Iterator[Change]:
    """The changes of what is written, without what document control makes of it."""
    return (one for one in changes if not isinstance(one, ApprovalChanged | StateChanged))


def changed(comparison: Comparison) -> Mapping[str, tuple[str, ...]]:
    """The ids of all that differs, in the comparison's order, each with words for what differs of it.

    A row that goes by another id now is told under both: by the old one it is gone.
    """
    found: dict[str, dict[str, None]] = {}
    for change in of_content(comparison.changes):
        for id_, words in _told(change):
            found.setdefault(id_, {}).setdefault(words)
    return {id_: tuple(words) for id_, words in found.items()}


def lays_down_otherwise(changes: Iterable[Change], kinds: Mapping[str, Kind]) -> tuple[str, ...]:
    """The ids of what says something else than it did to those who rely on it, each once.

    Args:
        changes: what differs.
        kinds: every kind of the later state by its key.
    """
    found = (one.of.id for one in changes if one.of.id is not None and _lays_down(one, kinds))
    return tuple(dict.fromkeys(found))


def _lays_down(change: Change, kinds: Mapping[str, Kind]) -> bool:
    match change:
        case TextChanged() | PartChanged():
            return True
        case Moved():
            return Where.KIND in change.what
        case FieldChanged():
            kind = kinds.get(change.of.kind)
            old, new = (_nested(change.route, value) for value in (change.old, change.new))
            return kind is None or laid_down(old, kind) != laid_down(new, kind)
        case _:
            return False


def _nested(route: FieldPath, value: Value) -> Mapping[str, Data]:
    """One field as it stands in its entity."""
    if isinstance(value, Absent):
        return {}
    made: Data = value
    for key in reversed(route[1:]):
        made = {key: made}
    return {route[0]: made}


def _told(change: Change) -> Iterator[tuple[str, str]]:
    if isinstance(change, Moved):
        if Where.ID in change.what and change.was.id is not None:
            yield change.was.id, GONE
        if change.of.id is not None:
            for where in Where:
                if where in change.what:
                    yield change.of.id, _MOVES[where]
    elif change.of.id is not None:
        yield change.of.id, _word(change)


def _word(change: Change) -> str:
    match change:
        case Added():
            return "new"
        case Removed():
            return GONE
        case FieldChanged() | ReferencesChanged():
            return "fields"
        case TextChanged():
            return "text"
        case PartChanged():
            return "a picture or attachment" if change.target else "its file"
        case _:
            raise AssertionError("moves are told elsewhere, and control is left out")
