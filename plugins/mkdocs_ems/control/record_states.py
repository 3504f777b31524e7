"""What each record said from the event on at which it landed, and at every one that touched it.

Records stand below `records/`, alone in a file or several in one, and are known by their ids, so
that one that moved from one file to another has one history. Of a file that never changed nothing
is read; files that grew are read one after another and cut into rows by their lines, not parsed.
Says nothing of whether a change was allowed: that is for rules.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from mkdocs_ems import dataclass
from mkdocs_ems.control.formerly import with_line_feeds
from mkdocs_ems.control.places import Places
from mkdocs_ems.control.readings import file_blob
from mkdocs_ems.control.row_states import differing, rows_of
from mkdocs_ems.git.values import Blobs, Event, History

_ID = re.compile(rb"^id[ ]*:[ ]*[\"']?([A-Z][A-Z0-9-]{1,63})", re.MULTILINE)
_TYPE = re.compile(rb"^type[ ]*:[ ]*[\"']?([a-z][a-z-]{1,63})", re.MULTILINE)
_HEAD = 4096
"""Type and id of a record stand within so many bytes of its file."""
_TEXTS = (".yml", ".yaml", ".md")


@dataclass(frozen=True, slots=True)
class RecordState:
    """A record after one event."""

    event: Event
    path: str
    """The file it stands in; the one it stood in, where it is gone."""
    kind: str
    """As its file says; empty where it does not."""
    text: bytes | None
    """As it is written: its whole file, or its row from the dash on. None where it is gone."""
    alone: bool
    """It has a file of its own."""


_Landed = tuple[Event, str | None]
"""An event, and the blob of a file after it."""


def record_states(
    history: History, *, blobs: Blobs, content: str, known: Mapping[str, bytes]
) -> Mapping[str, tuple[RecordState, ...]]:
    """The states of every record there ever was, by its id, each one's oldest first.

    Args:
        history: the chain of events.
        blobs: reads earlier contents, file after file.
        content: the content folder.
        known: contents that are at hand already, by blob.
    """
    found: defaultdict[str, list[RecordState]] = defaultdict(list)
    for path, landed in _files(history, Places(content)).items():
        wanted = dict.fromkeys(blob for _, blob in landed if blob is not None and blob not in known)
        texts = dict(blobs.coming(tuple(wanted))) if wanted else {}
        for key, state in _in_file(path, landed, (texts, known)):
            found[key].append(state)
    return {key: tuple(_in_order(states)) for key, states in found.items()}


def _files(history: History, places: Places) -> Mapping[str, list[_Landed]]:
    """Every file of records with what landed of it."""
    start = f"{places.prefix}records/"
    found: defaultdict[str, list[_Landed]] = defaultdict(list)
    for event in history.events:
        for change in event.changes:
            path = change.path
            if path.startswith(start) and path.endswith(_TEXTS) and not path.startswith(places.approvals):
                found[path].append((event, file_blob(change)))
    return found


def _in_file(
    path: str, landed: Iterable[_Landed], texts: tuple[Mapping[str, bytes], Mapping[str, bytes]]
) -> Iterator[tuple[str, RecordState]]:
    rows: Mapping[bytes, None] = {}
    own: tuple[str, bytes] | None = None
    kind = ""
    for event, blob in landed:
        data = _text(blob, texts)
        now = rows_of(data)
        alone = _alone(data) if not now else None
        said = _TYPE.search(data, 0, _HEAD)
        kind = said[1].decode("ascii") if said is not None else kind
        for key, _, text in differing(rows, now):
            yield key.decode("ascii"), RecordState(event, path, kind, text or None, alone=False)
        if own is not None and (alone is None or alone[0] != own[0]):
            yield own[0], RecordState(event, path, kind, None, alone=True)
        if alone is not None and alone != own:
            yield alone[0], RecordState(event, path, kind, alone[1], alone=True)
        rows, own = now, alone


def _text(blob: str | None, texts: tuple[Mapping[str, bytes], Mapping[str, bytes]]) -> bytes:
    if blob is None:
        return b""
    read, known = texts
    return with_line_feeds(read[blob] if blob in read else known[blob])


def _alone(data: bytes) -> tuple[str, bytes] | None:
    """The id and text of a record that has its file to itself."""
    identity = _ID.search(data, 0, _HEAD)
    return (identity[1].decode("ascii"), data) if identity is not None else None


def _in_order(states: list[RecordState]) -> Iterator[RecordState]:
    """By events; where it went from one file to another at one event, it was not gone."""
    states.sort(key=lambda one: (one.event.index, one.text is None))
    last: RecordState | None = None
    for one in states:
        if one.text is not None or last is None or last.event.index != one.event.index:
            yield one
            last = one
