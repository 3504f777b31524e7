"""Histories of documents and rows as text for a terminal. Lays out and colours; decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from mkdocs_ems.cli.redlines import LEGEND, redline_terminal
from mkdocs_ems.control import Act, DocumentControl, Fault, Meaning
from mkdocs_ems.control.periods import in_force_words, interim_last, leaves_on
from mkdocs_ems.exports.history import HistoryEntry, IssueChanges, PartChange, RowChange
from mkdocs_ems.exports.register import person_name
from mkdocs_ems.git import WORK_TREE
from mkdocs_ems.text import show


def changes_text(changes: IssueChanges) -> str:
    """What one issue changed, as a redline."""
    against = "nothing before it" if changes.against is None else f"issue {changes.against}"
    title = click.style(f"what changed, compared with {against}", bold=True)
    lines = [f"\n{title}\n", redline_terminal(changes.lines, indent="  ") or "  the text is the same\n"]
    lines += [f"  {show(_part(part))}\n" for part in changes.parts]
    return "".join((*lines, f"\n{LEGEND}\n"))


def _part(part: PartChange) -> str:
    if part.old is None:
        return f"+ picture or attachment {part.target} ({(part.new or '')[:10]})"
    if part.new is None:
        return f"- picture or attachment {part.target} ({part.old[:10]})"
    return f"~ picture or attachment {part.target}: {part.old[:10]} before, {part.new[:10]} now"


def history_text(
    document: DocumentControl, entries: Iterable[HistoryEntry], *, reviewed: Iterable[Act] = ()
) -> str:
    """A document's issues, newest last, each with its authors and approvals; then all other evidence."""
    head = f"{document.id} {document.title}: {_standing(document)}"
    lines = [click.style(show(head), bold=True)]
    for entry in entries:
        lines += ["", *_entry(entry)]
    acts = (*dict.fromkeys((*reviewed, *document.reviews)), *document.confirmations, *document.withdrawals)
    lines += listed("reviewed, confirmed, withdrawn", [_about(act, document) for act in acts])
    faults = (*(fault for issue in document.issues for fault in issue.faults), *document.faults)
    lines += listed("evidence to look at", list(dict.fromkeys(map(fault_words, faults))))
    return "\n".join(lines) + "\n"


def _standing(document: DocumentControl) -> str:
    """How it stands: with the interim text that applies, and the day on which it will end."""
    if document.interim is not None:
        return f"in force, as an interim text to {interim_last(document.interim)}"
    return document.state.value if leaves_on(document) is None else in_force_words(document)


def _about(act: Act, document: DocumentControl) -> str:
    """An act with the issue that it is about."""
    ends = leaves_on(document)
    from_ = f", which ends {ends}" if act.meaning is Meaning.WITHDRAWAL and ends is not None else ""
    return f"issue {act.issue}{from_}: {_sentence(act)}"


def listed(title: str, sentences: list[str]) -> list[str]:
    """Sentences below a title; nothing where there is none."""
    return ["", click.style(title, bold=True), *(f"  {show(one)}" for one in sentences)] if sentences else []


def fault_words(fault: Fault) -> str:
    """A fault with the place where it was seen."""
    place = f"{fault.path}, " if fault.path else ""
    return f"{fault.words} ({place}commit {_commit(fault.event)})"


def _commit(event: str) -> str:
    return "none yet" if event == WORK_TREE else event[:12]


def _entry(entry: HistoryEntry) -> Iterator[str]:
    head = f"{entry.date.date().isoformat()}  {entry.issue}: {entry.state}"
    yield click.style(show(head), bold=entry.state.startswith("in force"))
    if entry.period:
        yield f"  {entry.period}"
    yield f"  what     {show(entry.summary)}"
    authors = ", ".join(person_name(author) for author in entry.authors)
    unnamed = "before the system was adopted" if entry.level == "adopted" else "nobody is named"
    yield f"  written  {show(authors or unnamed)}"
    yield f"  commit   {_commit(entry.event)}"
    yield f"  approval {entry.given or entry.level}"
    for act in entry.approvals:
        yield f"    {show(_sentence(act))}"


def _sentence(act: Act) -> str:
    return act.sentence or f"{act.meaning.value} by {person_name(act.person)}, {act.level.word}"


def row_history_text(identity: str, title: str, changes: Iterable[RowChange]) -> str:
    """A row's changes, oldest first, field by field."""
    lines = [click.style(show(f"{identity} {title}".rstrip()), bold=True)]
    for change in changes:
        landed = change.event != WORK_TREE
        by = f"by {change.author}: {change.summary}" if landed else "in the work tree, not committed yet"
        lines += [
            "",
            click.style(show(f"{change.date.date().isoformat()}  {change.kind} {by}"), bold=True),
            f"  commit   {_commit(change.event)}  {show(change.path)}",
        ]
        for field in change.fields:
            if change.kind == "changed":
                lines.append(f"  {show(field.field)}: {_value(field.old)} -> {_value(field.new)}")
    return "\n".join(lines) + "\n"


def _value(value: str | None) -> str:
    return "(nothing)" if value is None else show(value)
