"""What became of one document or one row: issues with their approvals, changes with their authors.

A row's history is read from the register's own landed states, one event after another,
so it tells of renamed registers too. Nothing is kept beside git.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time

from mkdocs_ems import dataclass
from mkdocs_ems.control import Act, DocumentControl, Interim, Issue, Pending, Person
from mkdocs_ems.control.periods import state_words
from mkdocs_ems.exports.periods import interim_period, issue_period
from mkdocs_ems.git import Blobs, Event, History
from mkdocs_ems.redline import Line, redline
from mkdocs_ems.source import Data, parse_file


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of a document's history."""

    number: int | None
    """The issue's, or the one that the draft would get; None for a withdrawal."""
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
    period: str = ""
    """Since when it is or was in force, and its last day; or that it never was."""
    given: str = ""
    """For what waits: how many of the approvals that it needs are there."""


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
    title: str = ""
    """What the row was called after the event, or before it was removed."""


def document_history(document: DocumentControl) -> tuple[HistoryEntry, ...]:
    """A document's issues and interim approvals as they landed, then what waits for approval."""
    told = [(issue.event.index, 1, _entry(issue, document)) for issue in document.issues]
    told += [(interim.event.index, 0, _interim(interim)) for interim in document.interims]
    entries = [entry for *_, entry in sorted(told, key=lambda one: one[:2])]
    if document.pending:
        entries.append(_pending(document, document.pending))
    return tuple(entries)


def _entry(issue: Issue, document: DocumentControl) -> HistoryEntry:
    label = f" ({issue.label})" if issue.label else ""
    return HistoryEntry(
        number=issue.number,
        issue=f"issue {issue.number}{label}",
        state=state_words(issue, document),
        date=issue.event.date,
        event=issue.event.commit.id,
        authors=issue.authors,
        approvals=issue.approvals,
        level=issue.level.word,
        summary=issue.summary + (" (editorial)" if issue.editorial else ""),
        period=issue_period(issue, document),
    )


def _interim(interim: Interim) -> HistoryEntry:
    return HistoryEntry(
        number=None,
        issue="interim approval, no number",
        state=interim.state.value,
        date=interim.event.date,
        event=interim.event.commit.id,
        authors=interim.authors,
        approvals=(interim.act,),
        level=interim.act.level.word,
        summary=interim.summary or interim.event.commit.subject,
        period=interim_period(interim),
    )


def _pending(document: DocumentControl, pending: Pending) -> HistoryEntry:
    return HistoryEntry(
        number=document.next_issue if pending.content else None,
        issue=f"draft of issue {document.next_issue}" if pending.content else "withdrawal pending",
        state=f"it {pending.missing}" if pending.content else pending.missing,
        date=_begun(pending),
        event=pending.event.commit.id,
        authors=pending.authors,
        approvals=pending.acts,
        level="draft",
        summary=pending.event.commit.subject,
        given=_given(pending),
    )


def _begun(pending: Pending) -> datetime:
    """When it began to wait."""
    landed = pending.event.date
    return datetime.combine(pending.since, time(), landed.tzinfo) if pending.since else landed


def _given(pending: Pending) -> str:
    """How much of its approval is there: `1 of 2`; `none` where nobody has approved it."""
    approved = [one for one in pending.waits_for if one.given]
    if approved:
        return " and ".join(f"{one.given} of {one.given + one.persons}" for one in approved)
    return "not enough yet" if pending.acts else "none"


@dataclass(frozen=True, slots=True)
class PartChange:
    """A picture or attachment that came, went or changed: its blobs before and after."""

    target: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class IssueChanges:
    """What one issue changed."""

    issue: int
    against: int | None
    """The issue that it is compared with; None for a first one."""
    lines: tuple[Line, ...]
    parts: tuple[PartChange, ...]


def issue_changes(document: DocumentControl, number: int, *, blobs: Blobs) -> IssueChanges | None:
    """What an issue changed against the one before it; for the next number, what the draft changes.

    Args:
        document: the document.
        number: the issue.
        blobs: where both texts are read.

    Returns:
        None where there is no such issue and no such draft.
    """
    contents = {issue.number: issue.content for issue in document.issues}
    if document.pending and document.pending.content:
        contents[document.next_issue] = document.pending.content
    after = contents.get(number)
    if after is None:
        return None
    against = number - 1 if number - 1 in contents else None
    before = contents[against] if against is not None else None
    wanted = {one.blob for one in (before, after) if one}
    read = {blob: data.decode("utf-8", "backslashreplace") for blob, data in blobs.read(wanted).items()}
    old = {part.target: part.blob for part in before.parts} if before else {}
    new = {part.target: part.blob for part in after.parts}
    return IssueChanges(
        number,
        against,
        redline(read[before.blob] if before else "", read[after.blob]),
        tuple(
            PartChange(target, old.get(target), new.get(target))
            for target in sorted({*old, *new})
            if old.get(target) != new.get(target)
        ),
    )


def row_history(row: str, *, history: History, blobs: Blobs, content: str) -> tuple[RowChange, ...]:
    """Every event that changed a row of a register, or a record, oldest first.

    Args:
        row: its id.
        history: the chain of events.
        blobs: where old files are read.
        content: the content folder.
    """
    changes: list[RowChange] = []
    where, current = "", None
    for event in history.events:
        touched = _holders(event, content)
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


def _holders(event: Event, content: str) -> Mapping[str, str | None]:
    """The registers and files of records that an event touched."""
    start = f"{content}/" if content else ""
    return {
        change.path: change.new_blob
        for change in event.changes
        if change.path.startswith(start) and _holds(change.path[len(start) :])
    }


def _holds(path: str) -> bool:
    if path.startswith("records/"):
        return path.endswith((".yml", ".yaml", ".md")) and not path.startswith("records/approvals/")
    return path.startswith("registers/") and path.endswith((".yml", ".yaml"))


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
    if source.data.get("id") == row and source.rel.startswith("records/"):
        text: Mapping[str, Data] = {"text": source.body.text} if source.body is not None else {}
        return {**source.data, **text}
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
    title = _written((new or before).get("title"))
    return RowChange(
        kind, event.date, commit.id, commit.author.name, commit.subject, path, fields, title or ""
    )


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
