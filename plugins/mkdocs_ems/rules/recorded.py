"""What a record said when it was closed, and in what it says something else today.

Of states that events left behind; judges nothing by itself. What was added in `amendments` is no
change, as long as each that was there stays where it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mkdocs_ems import dataclass
from mkdocs_ems.control.record_states import RecordState
from mkdocs_ems.model import Model, Record
from mkdocs_ems.model.nearest import Nearest
from mkdocs_ems.model.reading import read
from mkdocs_ems.source import Data, parse_file

_AMENDMENTS = "amendments"
_OF_ITS_FILE = frozenset(("type", _AMENDMENTS))
"""What is no part of what a closed record says: its file may say its type, and amendments are apart."""
_TEXT = "its text"

Said = Mapping[str, Data]


@dataclass(frozen=True, slots=True)
class Frozen:
    """A record that was closed, and what became of it."""

    closed: RecordState
    """The first state in which it said what its kind has to say."""
    touched: RecordState
    """The last state of it."""
    changed: tuple[str, ...]
    """Fields that say something else in the last state; `amendments` where one is gone or another."""


def frozen(states: Sequence[RecordState], model: Model) -> Frozen | None:
    """What became of a record since it was closed; None where it never was, or nothing came after that.

    Args:
        states: what it said after each event, oldest first.
        model: knows the kinds of records.
    """
    stood = [state for state in states if state.text is not None]
    # Most records are closed by the last thing that is written down: what that was need not be read.
    read_so_far = ((at, state, said(state)) for at, state in enumerate(stood[:-1]))
    begun = next((one for one in read_so_far if is_closed(*one[1:], model)), None)
    if begun is None:
        return None
    at, closed, first = begun
    since = [said(state) for state in stood[at + 1 :]]
    touched, last = stood[-1], since[-1]
    names = dict.fromkeys(name for name in (*first, *last) if name not in _OF_ITS_FILE)
    changed = [name for name in names if first.get(name) != last.get(name)]
    if closed.kind != touched.kind:
        changed.append("type")
    amendments = _amended(first)
    for later in since:
        # Each further one is behind those that were there; what is not, was not added but changed.
        if _amended(later)[: len(amendments)] == amendments:
            amendments = _amended(later)
    if _amended(last)[: len(amendments)] != amendments:
        changed.append(_AMENDMENTS)
    return Frozen(closed, touched, tuple(changed))


def said(state: RecordState) -> Said:
    """What a record says in a state, as data; its Markdown under a name that no field has."""
    data = state.text or b""
    if not state.alone:
        source, _ = parse_file("rows.yml", b"rows:\n" + data + b"\n", content="")
        rows = source.data.get("rows")
        row = rows[0] if isinstance(rows, list) and rows else None
        return row if isinstance(row, dict) else {}
    source, _ = parse_file(state.path, data, content="")
    text = source.body.text.strip() if source.body is not None else ""
    return {**source.data, _TEXT: text} if text else source.data


def is_closed(state: RecordState, data: Said, model: Model) -> bool:
    """Whether a record said in a state what its kind has to say."""
    kind = model.kinds.get(state.kind)
    if kind is None or not issubclass(kind.model, Record):
        return False
    written = {name: value for name, value in data.items() if name != _TEXT}
    record = read(kind.model, written, near=Nearest()).value
    return record.closed


def _amended(data: Said) -> list[Data]:
    return list(_listed(data.get(_AMENDMENTS)))


def _listed(value: Data) -> Iterator[Data]:
    if isinstance(value, list):
        yield from value
