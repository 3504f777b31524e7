"""What became of one document or one row: issues with their approvals, changes with their authors.

A row's history is read from the register's own landed states, one event after another,
so it tells of renamed registers too. Nothing is kept beside git.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from mkdocs_ems.control import Act, DocumentControl, Issue, Pending, Person
from mkdocs_ems.git import Blobs, Event, History
from mkdocs_ems.source import Data, parse_file


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of a document's history."""

    issue: str
    """`issue 3 (Rev C)`, or `draft of issue 4`."""
    state: str
    date: datetime
    event: str
    """The commit that landed it."""
    authors: tuple[Person, ...]
    approvals: tuple[Act, ...]
    level: str
    summary: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a row: before and after, as written; None where it was not there."""

    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class RowChange:
    """What one event did to one row."""

    kind: str
    """`added`, `changed` or `removed`."""
    date: datetime
    event: str
    author: str
    summary: str
    path: str
    fields: tuple[FieldChange, ...]


def document_history(document: DocumentControl) -> tuple[HistoryEntry, ...]:
    """A document's issues in order, then what waits for approval."""
    entries = [_entry(issue) for issue in document.issues]
    if document.pending:
        entries.append(_pending(document, document.pending))
    return tuple(entries)


def _entry(issue: Issue) -> HistoryEntry:
    label = f" ({issue.label})" if issue.label else ""
    return HistoryEntry(
        issue=f"issue {issue.number}{label}",
        state=issue.state.value,
        date=issue.event.date,
        event=issue.event.commit.id,
        authors=issue.authors,
        approvals=issue.approvals,
        level=issue.level.word,
        summary=issue.summary,
    )


def _pending(document: DocumentControl, pending: Pending) -> HistoryEntry:
    return HistoryEntry(
        issue=f"draft of issue {document.next_issue}" if pending.content else "withdrawal pending",
        state=f"it {pending.missing}" if pending.content else pending.missing,
        date=pending.event.date,
        event=pending.event.commit.id,
        authors=pending.authors,
        approvals=pending.acts,
        level="draft",
        summary=pending.event.commit.subject,
    )


def row_history(row: str, *, history: History, blobs: Blobs, content: str) -> tuple[RowChange, ...]:
    """Every event that changed a row, oldest first.

    Args:
        row: the row's id.
        history: the chain of events.
        blobs: where old registers are read.
        content: the content folder.
    """
    changes: list[RowChange] = []
    where, current = "", None
    for event in history.events:
        touched = _registers(event, content)
        found = dict(_rows_in(touched, row, blobs, content))
        if not found and where not in touched:
            continue
        old, path = current, where
        where = where if where in found else next(iter(found), "")
        current = found.get(where)
        change = _row_change(event, where or path, old, current)
        if change:
            changes.append(change)
    return tuple(changes)


def _registers(event: Event, content: str) -> Mapping[str, str | None]:
    folder = f"{content}/registers/" if content else "registers/"
    return {
        change.path: change.new_blob
        for change in event.changes
        if change.path.startswith(folder) and change.path.endswith((".yml", ".yaml"))
    }


def _rows_in(
    touched: Mapping[str, str | None], row: str, blobs: Blobs, content: str
) -> Iterator[tuple[str, Mapping[str, Data]]]:
    for path, blob in touched.items():
        found = _row_in(path, blobs.read([blob])[blob], row, content) if blob else None
        if found is not None:
            yield path, found


def _row_in(path: str, data: bytes, row: str, content: str) -> Mapping[str, Data] | None:
    if row.encode() not in data:
        return None
    source, _ = parse_file(path, data, content=content)
    rows = source.data.get("rows")
    if not isinstance(rows, list):
        return None
    return next((one for one in rows if isinstance(one, dict) and one.get("id") == row), None)


def _row_change(
    event: Event, path: str, old: Mapping[str, Data] | None, new: Mapping[str, Data] | None
) -> RowChange | None:
    if old == new:
        return None
    kind = "added" if old is None else "removed" if new is None else "changed"
    before, after = old or {}, new or {}
    fields = tuple(
        FieldChange(field, _written(before.get(field)), _written(after.get(field)))
        for field in dict.fromkeys([*before, *after])
        if before.get(field) != after.get(field)
    )
    commit = event.commit
    return RowChange(kind, event.date, commit.id, commit.author.name, commit.subject, path, fields)


def _written(value: Data) -> str | None:
    match value:
        case None:
            return None
        case str():
            return value
        case list():
            return ", ".join(_written(one) or "" for one in value)
        case dict():
            return "; ".join(f"{key}: {_written(one) or ''}" for key, one in value.items())
