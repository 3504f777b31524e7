"""Which due dates the rows of registers had, one after the other, as the events of the chain set them.

Asked of living logs, of which no issue is kept: every landed state of such a register counts. Rows are found
by their lines, not parsed, and only so many bytes are read; where that is not all, it is said, so that nobody
takes what was not read for a date that was kept. Whether a date was moved too often, a rule decides.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from mkdocs_ems.control.blob_reader import BlobReader
from mkdocs_ems.control.formerly import written_rows
from mkdocs_ems.control.heads import head_of, read_head
from mkdocs_ems.control.places import Place, Places, is_markdown
from mkdocs_ems.control.readings import file_blob
from mkdocs_ems.control.states import DueDates
from mkdocs_ems.git.values import History

MOST_BYTES = 1_500_000
"""Of former states. A batch that has been begun is read to its end."""
_BATCH = 20

_ID = re.compile(rb"(?:\A|\n[ ]*|[{,]\s*)id[ ]*:[ ]*[\"']?([A-Z][A-Z0-9-]{1,63})")
_DUE = re.compile(rb"(?:\A|\n[ ]*|[{,]\s*)due[ ]*:[ ]*[\"']?([0-9]{4}-[0-9]{2}-[0-9]{2})\b")


def due_dates(
    history: History, paths: Collection[str], *, kind: str, reader: BlobReader, places: Places
) -> DueDates:
    """Every due date of each row, by its id, in the order in which they landed.

    Args:
        history: the chain.
        paths: where the registers of the kind stand at the head; where they stood before is followed.
        kind: the type of register.
        reader: reads their former states, in batches, newest first.
        places: which paths are registers.
    """
    states = list(_states(history, set(paths), places))
    wanted = list(dict.fromkeys(states))
    read: dict[str, Mapping[str, date]] = {}
    size = 0
    for start in range(0, len(wanted), _BATCH):
        if size > MOST_BYTES:
            break
        for blob, data in reader.each(wanted[start : start + _BATCH]):
            size += len(data)
            read[blob] = dict(_dues(data)) if read_head("", head_of("", data)).type == kind else {}
    found: dict[str, list[date]] = {}
    for blob in reversed(states):
        for identity, due in read.get(blob, {}).items():
            dates = found.setdefault(identity, [])
            if not dates or dates[-1] != due:
                dates.append(due)
    return DueDates({one: tuple(dates) for one, dates in found.items()}, whole=len(read) == len(wanted))


def _states(history: History, paths: set[str], places: Places) -> Iterator[str]:
    """The blobs that registers at these paths had, newest first; a path that came is followed back."""
    for event in reversed(history.events[1:]):
        came = False
        for change in event.changes:
            if change.path in paths:
                blob = file_blob(change)
                came = came or change.old_blob is None
                if blob is not None:
                    yield blob
        if came:
            gone = (change.path for change in event.changes if file_blob(change) is None)
            paths |= {path for path in gone if not is_markdown(path) and places.of(path) is Place.MAIN}
    yield from (blob for path, blob in history.root.items() if path in paths)


def _dues(data: bytes) -> Iterator[tuple[str, date]]:
    for row in written_rows(data):
        identity, due = _ID.search(row), _DUE.search(row)
        if identity is not None and due is not None:
            try:
                yield identity[1].decode("ascii"), date.fromisoformat(due[1].decode("ascii"))
            except ValueError:
                continue  # no day of any calendar: that has a finding of its own
