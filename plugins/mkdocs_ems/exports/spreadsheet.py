"""The document register as a spreadsheet (xlsx): typed cells, a frozen head, filters, no formula.

The same register gives the same bytes: the moment of its making is the day that it
speaks of, and nothing else in the file depends on where or when it was written.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from mkdocs_ems.compile import Controlled
from mkdocs_ems.exports.register import COLUMNS, ISSUE_COLUMNS, Cell, issue_rows, register_rows
from mkdocs_ems.text import show

_LONGEST = 32_000
"""A cell holds 32,767 characters; the last ones of a longer text are left out, and it says so."""
_EARLIEST = date(1900, 3, 1)
"""Earlier days are text: the calendar of spreadsheets has a day in 1900 that never was."""
_WIDE = {"title": 34, "path": 34, "approved": 60, "confirmed": 40, "pending": 40, "waits_for": 40}
_WIDE |= {"summary": 44, "withdrawn": 40, "authors": 30, "doubts": 40, "manifest": 20, "event": 20}
_TRUST = (
    "Declared and recorded trust everyone who can push to the main branch; attested trusts the forge and the "
    "importer's key; signed trusts the listed keys. All trust whoever named the trust root. None proves "
    "wall-clock time. None resists all approvers colluding."
)


def register_xlsx(state: Controlled, *, issues: bool) -> bytes:
    """The register as the bytes of an xlsx file.

    Args:
        state: the documents, and which state and day they are of.
        issues: with a second sheet of every issue, interim approval and draft.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - only where somebody asks for a spreadsheet

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = Workbook(out, options)
    made = datetime.combine(state.as_of, time(), tzinfo=UTC).replace(tzinfo=None)
    book.set_properties({"title": "Document register", "created": made})
    sheets = _Sheets(book)
    sheets.table("Documents", COLUMNS, register_rows(state.control))
    if issues:
        sheets.table("Issues", ISSUE_COLUMNS, issue_rows(state.control))
    sheets.about(
        {
            "What this is": "The document register, derived from git; nothing of it was typed.",
            "State": state.snapshot.ref,
            "Commit": state.snapshot.commit or "none yet",
            "As of": state.as_of,
            "Trust root": state.control.trust_root,
            "What approvals rest on": _TRUST,
        }
    )
    book.close()
    return out.getvalue()


class _Sheets:
    """Writes the sheets of one book."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter ships no types
        self._book = book
        self._head = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
        self._text = book.add_format({"valign": "top", "text_wrap": True})
        self._day = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"})

    def table(self, name: str, columns: Sequence[str], rows: Iterable[Mapping[str, Cell]]) -> None:
        """One sheet with a head that stays and filters."""
        sheet = self._book.add_worksheet(name)
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                self._write(sheet, last, place, row[column])
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.replace("_", " ").capitalize(), self._head)
            sheet.set_column(place, place, _WIDE.get(column, 14))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)

    def about(self, facts: Mapping[str, Cell]) -> None:
        """A sheet that says what the others speak of."""
        sheet = self._book.add_worksheet("About")
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 90)
        for place, (name, value) in enumerate(facts.items()):
            sheet.write_string(place, 0, name, self._head)
            self._write(sheet, place, 1, value)

    def _write(self, sheet: Any, row: int, column: int, value: Cell) -> None:  # noqa: ANN401 - as above
        match value:
            case None:
                sheet.write_blank(row, column, None, self._text)
            case bool():
                sheet.write_boolean(row, column, value, self._text)
            case int():
                sheet.write_number(row, column, value, self._text)
            case date() if value >= _EARLIEST:
                sheet.write_datetime(row, column, datetime.combine(value, time()), self._day)
            case _:
                sheet.write_string(row, column, _text(value), self._text)


def _text(value: str | date) -> str:
    """Text that a cell can hold; written as text, it is never taken for a formula."""
    text = show(value if isinstance(value, str) else value.isoformat(), newlines=True)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} … (cut here)"
