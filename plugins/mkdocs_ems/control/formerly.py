"""What ids stood for in earlier states of the registers: which rows there were, and what they were called.

Twenty thousand old registers are not read. Those are that count: what was taken over
when the system was begun, what the annotated tags show, and what was approved since, newest
first, as far as a fixed number of bytes goes. Rows are found by their lines, not parsed; whether
an id stands for something else today, a rule decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from mkdocs_ems import dataclass
from mkdocs_ems.control.blob_reader import BlobReader
from mkdocs_ems.control.dossier import Dossier
from mkdocs_ems.control.heads import head_of, read_head
from mkdocs_ems.control.places import Place, Places, is_markdown
from mkdocs_ems.control.readings import file_blob
from mkdocs_ems.control.states import FormerRegister
from mkdocs_ems.git.values import History, Snapshot

MOST_BYTES = 1_500_000
"""Of old registers. A batch that has been begun is read to its end."""

_ROWS = re.compile(rb"^rows[ \t]*:[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\n)*([ ]*)- ", re.MULTILINE)
_ID = re.compile(rb"(?:\A|\n[ ]*)id[ ]*:[ ]*[\"']?([A-Z][A-Z0-9-]{1,63})")
_TITLE = re.compile(rb"(?:\A|\n[ ]*)title[ ]*:[ ]*([^\n]*)")
_ID_IN_BRACES = re.compile(rb"[{,]\s*id\s*:\s*[\"']?([A-Z][A-Z0-9-]{1,63})")
_TITLE_IN_BRACES = re.compile(rb"[{,]\s*title\s*:\s*(\"[^\"\n]*\"|'[^'\n]*'|[^,}\n]*)")
_COMMENT = re.compile(rb"\s+#.*")
_NOT_ON_THE_LINE = (b">", b"|", b"&", b"*", b"!", b"{", b"[")


@dataclass(frozen=True, slots=True)
class _State:
    """One state that counts: how it is called, and the blob of each register in it."""

    words: str
    at: int
    """The event that made it, by its place on the chain."""
    blobs: Mapping[str, str]


def former_registers(
    history: History,
    snapshot: Snapshot,
    dossiers: Iterable[Dossier],
    *,
    reader: BlobReader,
    places: Places,
) -> tuple[FormerRegister, ...]:
    """Earlier contents of the registers, in the order in which they are looked at.

    Args:
        history: the chain; its trust root and the annotated tags on it are states that count.
        snapshot: the content at the head; what is still the same today is left out.
        dossiers: every document, with its approved issues.
        reader: reads the old registers, in batches.
        places: which paths are registers.
    """
    today = {path: entry.blob for path, entry in snapshot.entries.items()}
    seen: set[tuple[str, str]] = set(today.items())
    found: list[FormerRegister] = []
    size = 0
    for state in _states(history, tuple(dossiers), places):
        wanted = {path: blob for path, blob in state.blobs.items() if (path, blob) not in seen}
        if size > MOST_BYTES:
            break
        seen.update(wanted.items())
        contents = dict(reader.each(wanted.values()))
        for path, blob in wanted.items():
            size += len(contents[blob])
            found.append(_register(path, blob, contents[blob], state))
    return tuple(found)


def _states(history: History, dossiers: tuple[Dossier, ...], places: Places) -> Iterator[_State]:
    """The states that count, in the order of their weight."""
    began = {path: blob for path, blob in history.root.items() if _is_register(path, places)}
    yield _State("when the system was begun", 0, began)
    yield from reversed(list(_tagged(history, began, places)))
    registers = [dossier for dossier in dossiers if dossier.issues and dossier.is_register]
    for back in range(1, max((len(one.issues) for one in registers), default=0) + 1):
        for dossier in registers:
            if back <= len(dossier.issues):
                issue = dossier.issues[-back]
                words = f"in issue {issue.number} of {dossier.id}"
                yield _State(words, issue.event.index, {issue.content.path: issue.content.blob})


def _tagged(history: History, began: Mapping[str, str], places: Places) -> Iterator[_State]:
    """The registers at each annotated tag of the chain, oldest first."""
    names: dict[str, list[str]] = {}
    for tag in history.tags:
        if tag.annotated and tag.target:
            names.setdefault(tag.target, []).append(tag.name)
    if not any(event.commit.id in names for event in history.events):
        return
    blobs = dict(began)
    for event in history.events:
        for change in event.changes if event.index else ():
            if not _is_register(change.path, places):
                continue
            blob = file_blob(change)
            if blob is None:
                blobs.pop(change.path, None)
            else:
                blobs[change.path] = blob
        for name in names.get(event.commit.id, ()):
            yield _State(f"in {name}", event.index, dict(blobs))


def _is_register(path: str, places: Places) -> bool:
    return not is_markdown(path) and places.of(path) is Place.MAIN


def _register(path: str, blob: str, data: bytes, state: _State) -> FormerRegister:
    return FormerRegister(
        path=path,
        kind=read_head(path, head_of(path, data)).type or "",
        words=state.words,
        at=state.at,
        rows=dict(_rows(data)),
        data=data,
        blob=blob,
    )


def written_rows(data: bytes) -> Iterator[bytes]:
    """The text of each row of a register, as it is written, without its dash."""
    data = with_line_feeds(data)
    begin, between = rows_begin(data)
    if between:
        yield from data[begin:].split(between)


def with_line_feeds(data: bytes) -> bytes:
    """A text whose lines end as all of ours do."""
    # One character is looked for in a tenth of the time of two.
    return data.replace(b"\r\n", b"\n") if b"\r" in data else data


def rows_begin(data: bytes) -> tuple[int, bytes]:
    """Where the first row's text begins, and what stands between two of them; nothing without rows."""
    rows = _ROWS.search(data)
    return (rows.end(), b"\n" + rows[1] + b"- ") if rows is not None else (0, b"")


def _rows(data: bytes) -> Iterator[tuple[str, str]]:
    """Id and title of each row of a list; no title where it is not on one line."""
    for row in written_rows(data):
        braces = row.startswith(b"{")
        identity = (_ID_IN_BRACES if braces else _ID).search(row)
        title = (_TITLE_IN_BRACES if braces else _TITLE).search(row)
        if identity is not None:
            yield identity[1].decode("ascii"), _text(title[1]) if title else ""


def _text(written: bytes) -> str:
    """What a scalar of one line says; empty where it goes on elsewhere."""
    text = written.strip()
    if text.startswith(_NOT_ON_THE_LINE):
        return ""
    quote = text[:1]
    if quote in (b'"', b"'"):
        end = text.find(quote, 1)
        return text[1:end].decode("utf-8", "replace") if end > 0 else ""
    return _COMMENT.sub(b"", text).decode("utf-8", "replace")
