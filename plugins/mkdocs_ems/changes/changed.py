"""Which things a comparison is about, and in which respect each differs: for who asks no more than that.

What document control says of a thing (approvals, states) is no change of the thing itself,
and is left out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from mkdocs_ems.changes.values import (
    Added,
    ApprovalChanged,
    Change,
    Comparison,
    FieldChanged,
    Moved,
    Named,
    PartChanged,
    ReferencesChanged,
    Removed,
    StateChanged,
    TextChanged,
    Where,
)

GONE = "gone"
_MOVES = {
    Where.ID: "under another id",
    Where.REGISTER: "in another register",
    Where.PATH: "in another file",
    Where.PLACE: "at another place",
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


def documents(comparison: Comparison) -> tuple[str, ...]:
    """The controlled documents and registers in which anything differs, on either side."""
    found: dict[str, None] = {}
    for change in of_content(comparison.changes):
        for named in _sides(change):
            if named.document is not None:
                found.setdefault(named.document)
    return tuple(found)


def _sides(change: Change) -> tuple[Named, ...]:
    return (change.was, change.of) if isinstance(change, Moved) else (change.of,)


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
