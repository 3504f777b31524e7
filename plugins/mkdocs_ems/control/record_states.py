"""What each record said from the event on at which it landed, and at every one that touched it.

Records stand below `records/`, alone in a file or several in one, and are known by their ids, so
that one that moved from one file to another has one history. Of a file that never changed nothing
is read; files that grew are read one after another and cut into records, parsed only where they must.
Says nothing of whether a change was allowed: that is for rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from mkdocs_ems import dataclass
from mkdocs_ems.control.formerly import with_line_feeds
from mkdocs_ems.control.places import Places
from mkdocs_ems.control.readings import file_blob
from mkdocs_ems.control.record_texts import NOTHING, record_texts
from mkdocs_ems.control.row_states import differing
from mkdocs_ems.git.values import Blobs, Event, History

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
    last, kind = NOTHING, ""
    for event, blob in landed:
        now = record_texts(path, _text(blob, texts), before=last.rows)
        kind = now.kind or kind
        for key, _, text in differing(last.rows, now.rows):
            yield key.decode("ascii"), RecordState(event, path, kind, text or None, alone=False)
        if last.own is not None and (now.own is None or now.own[0] != last.own[0]):
            yield last.own[0], RecordState(event, path, kind, None, alone=True)
        if now.own is not None and now.own != last.own:
            yield now.own[0], RecordState(event, path, kind, now.own[1], alone=True)
        last = now


def _text(blob: str | None, texts: tuple[Mapping[str, bytes], Mapping[str, bytes]]) -> bytes:
    if blob is None:
        return b""
    read, known = texts
    return with_line_feeds(read[blob] if blob in read else known[blob])


def _in_order(states: list[RecordState]) -> Iterator[RecordState]:
    """By events; where it went from one file to another at one event, it was not gone."""
    states.sort(key=lambda one: (one.event.index, one.text is None))
    last: RecordState | None = None
    for one in states:
        if one.text is not None or last is None or last.event.index != one.event.index:
            yield one
            last = one
