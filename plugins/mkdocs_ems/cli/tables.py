"""Registers, histories and traces as text for a terminal. Lays out and colours; decides nothing."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Iterator

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mkdocs_ems.compile import Compilation
from mkdocs_ems.control import Act, ControlState, DocumentControl, Fault
from mkdocs_ems.exports.history import HistoryEntry, RowChange
from mkdocs_ems.exports.register import person_name, register_rows
from mkdocs_ems.exports.trace import Step, Trace
from mkdocs_ems.git import WORK_TREE
from mkdocs_ems.text import plural, show

_NARROWEST = 100


def register_table(compilation: Compilation, control: ControlState) -> str:
    """The register as a table as wide as the terminal (in a pipe: wide enough for every cell)."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in (
        "Id",
        "Title",
        "Type",
        "State",
        "Issue",
        "Approval",
        "In force from",
        "Review due",
        "Pending",
    ):
        table.add_column(
            title, overflow="fold", no_wrap=title in ("Id", "Issue", "In force from", "Review due")
        )
    for row in register_rows(control):
        issue = f"{row['issue']}" + (f" ({row['issue_label']})" if row["issue_label"] else "")
        cells = (
            row["id"],
            row["title"],
            row["type"],
            row["state"],
            issue if row["issue"] is not None else "-",
            row["level"] if row["issue"] is not None else "-",
            row["effective_from"] or "-",
            row["review_due"] or "-",
            "yes" if row["pending"] else "",
        )
        table.add_row(*(Text(show(str(cell))) for cell in cells))
    waiting = sum(document.pending is not None for document in control.documents.values())
    count = plural(len(control.documents), "controlled document")
    last = (
        f"{count}, {waiting} with something waiting for approval; "
        f"{show(compilation.snapshot.ref)}, as of {compilation.as_of.isoformat()}. "
        "`ems history ID` tells who approved what.\n"
    )
    stray = _listed("Evidence for no document", [_fault(fault) for fault in control.faults])
    return printed(table) + last + "".join(f"{line}\n" for line in stray)


def printed(table: Table) -> str:
    """A table as text, as wide as the terminal; in a pipe wide enough for every cell."""
    out = io.StringIO()
    terminal = shutil.get_terminal_size((200, 24)).columns
    Console(file=out, width=max(_NARROWEST, terminal), highlight=False).print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def history_text(document: DocumentControl, entries: Iterable[HistoryEntry]) -> str:
    """A document's issues, newest last, each with its authors and approvals; then all other evidence."""
    head = f"{document.id} {document.title}: {document.state.value}"
    lines = [click.style(show(head), bold=True)]
    for entry in entries:
        lines += ["", *_entry(entry)]
    acts = (*document.reviews, *document.confirmations, *document.withdrawals)
    lines += _listed("reviewed, confirmed, withdrawn", [_sentence(act) for act in acts])
    faults = (*(fault for issue in document.issues for fault in issue.faults), *document.faults)
    lines += _listed("evidence to look at", list(dict.fromkeys(map(_fault, faults))))
    return "\n".join(lines) + "\n"


def _listed(title: str, sentences: list[str]) -> list[str]:
    return ["", click.style(title, bold=True), *(f"  {show(one)}" for one in sentences)] if sentences else []


def _fault(fault: Fault) -> str:
    place = f"{fault.path}, " if fault.path else ""
    return f"{fault.words} ({place}commit {_commit(fault.event)})"


def _commit(event: str) -> str:
    return "none yet" if event == WORK_TREE else event[:12]


def _entry(entry: HistoryEntry) -> Iterator[str]:
    head = f"{entry.date.date().isoformat()}  {entry.issue}: {entry.state}"
    yield click.style(show(head), bold=entry.state == "in force")
    yield f"  what     {show(entry.summary)}"
    authors = ", ".join(person_name(author) for author in entry.authors)
    unnamed = "before the system was adopted" if entry.level == "adopted" else "nobody is named"
    yield f"  written  {show(authors or unnamed)}"
    yield f"  commit   {_commit(entry.event)}"
    yield f"  approval {'none' if entry.level == 'draft' else entry.level}"
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


def trace_text(found: Trace) -> str:
    """Both directions as trees."""
    top = found.leads_to
    lines = [click.style(show(f"{top.id} {top.title} ({top.kind})"), bold=True), "", "leads to"]
    lines += list(_steps(top, "  ")) or ["  nothing"]
    lines += [
        f"  nowhere: {show(field)} -> {show(target)} ({reason})" for field, target, reason in found.nowhere
    ]
    lines += ["", "is led to by"]
    lines += list(_steps(found.led_to_by, "  ")) or ["  nothing"]
    return "\n".join(lines) + "\n"


def _steps(step: Step, indent: str) -> Iterator[str]:
    for one in step.steps:
        again = ", listed elsewhere" if one.again else ""
        by = " and ".join("in the text" if field == "text" else field for field in one.fields)
        yield show(f"{indent}{one.id} {one.title} ({one.kind}, {by}{again})")
        yield from _steps(one, indent + "  ")
