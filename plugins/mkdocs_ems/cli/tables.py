"""Registers and traces as text for a terminal. Lays out and colours; decides nothing."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator, Mapping
from datetime import date

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mkdocs_ems.cli.histories import fault_words, listed
from mkdocs_ems.compile import Controlled
from mkdocs_ems.control.periods import in_force_words, leaves_on
from mkdocs_ems.exports.register import Cell, issue_rows, register_rows
from mkdocs_ems.exports.trace import Step, Trace
from mkdocs_ems.text import plural, show

_NARROWEST = 100


def register_table(state: Controlled) -> str:
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
    for row in register_rows(state.control):
        issue = f"{row['issue']}" + (f" ({row['issue_label']})" if row["issue_label"] else "")
        approved = row["issue"] is not None or row["interim_until"]
        cells = (
            row["id"],
            row["title"],
            row["type"],
            _document_state(row, state),
            issue if row["issue"] is not None else "-",
            row["level"] if approved else "-",
            row["effective_from"] or "-",
            _due(row["review_due"], state),
            "yes" if row["pending"] else "",
        )
        table.add_row(*(Text(show(str(cell))) for cell in cells))
    waiting = sum(document.pending is not None for document in state.control.documents.values())
    count = plural(len(state.control.documents), "controlled document")
    if not state.control.documents:
        began = state.control.events[0].date.date()
        return f"Nothing had landed by {state.as_of}: the history that counts begins on {began}.\n"
    last = (
        f"{count}, {waiting} with something waiting for approval; "
        f"{show(state.snapshot.ref)}, as of {state.as_of.isoformat()}. "
        "`ems history ID` tells who approved what.\n"
    )
    stray = listed("Evidence for no document", [fault_words(fault) for fault in state.control.faults])
    return printed(table) + last + "".join(f"{line}\n" for line in stray)


def _document_state(row: Mapping[str, Cell], state: Controlled) -> str:
    """The state, with the interim text that applies, or the approved withdrawal that will end it."""
    if row["interim_until"]:
        suspended = row["suspended_issue"]
        meanwhile = f"; issue {suspended} is suspended meanwhile" if suspended is not None else ""
        return f"interim to {row['interim_until']}{meanwhile}"
    document = state.control.documents[str(row["id"])]
    return str(row["state"]) if leaves_on(document) is None else in_force_words(document)


def _due(due: Cell, state: Controlled) -> str:
    if not isinstance(due, date):
        return "-"
    return f"{due} overdue" if due < state.as_of else str(due)


def issues_table(state: Controlled) -> str:
    """Every issue, interim approval and draft as a table."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    columns = ("Id", "Issue", "State", "In force", "Level", "Written by", "What changed")
    for title in (*columns, "Approved, reviewed, confirmed, withdrawn"):
        table.add_column(title, overflow="fold", no_wrap=title in ("Id", "Issue"))
    rows = issue_rows(state.control)
    for row in rows:
        issue = f"{row['issue']}" + (f" ({row['issue_label']})" if row["issue_label"] else "")
        cells = (
            row["id"],
            issue if row["issue"] is not None else "-",
            _issue_state(row),
            _period(row),
            row["level"],
            row["authors"] or "-",
            row["summary"],
            _acts(row),
        )
        table.add_row(*(Text(show(str(cell), newlines=True)) for cell in cells))
    counted = f"{plural(len(rows), 'issue or draft', 'issues and drafts')}; "
    return printed(table) + f"{counted}{show(state.snapshot.ref)}, as of {state.as_of.isoformat()}.\n"


def _issue_state(row: Mapping[str, Cell]) -> str:
    """The state, with the word interim where it is one that has ended."""
    state = str(row["state"])
    return f"interim, {state}" if row["valid_until"] and not state.startswith("interim") else state


def _period(row: Mapping[str, Cell]) -> str:
    begin, end, last = row["effective_from"], row["effective_to"], row["last_day"]
    if last:
        return f"{begin} to {last}"
    if isinstance(begin, date) and isinstance(end, date):
        # Replaced before it began; or on the day of its own approval, of which it was in force for a part.
        return f"part of {begin}" if begin == end == row["approved_on"] else "never"
    return f"{begin or '-'}"


def _acts(row: Mapping[str, Cell]) -> str:
    """All that was done to an issue, one below the other."""
    done = [row[name] for name in ("approved", "reviewed", "confirmed", "withdrawn")]
    return "\n".join(str(one) for one in done if one) or "-"


def printed(table: Table) -> str:
    """A table as text, as wide as the terminal; in a pipe wide enough for every cell."""
    out = io.StringIO()
    terminal = shutil.get_terminal_size((200, 24)).columns
    Console(file=out, width=max(_NARROWEST, terminal), highlight=False).print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


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
