"""The document register as rows, as CSV and as a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from mkdocs_ems.compile import Controlled, controlled_state
from mkdocs_ems.control import ControlState, DocumentControl
from mkdocs_ems.exports import issue_rows, register_csv, register_rows
from mkdocs_ems.exports.register import COLUMNS, ISSUE_COLUMNS
from mkdocs_ems.exports.spreadsheet import register_xlsx
from mkdocs_ems.git import Repository
from support.demonstration import AS_OF


@pytest.fixture(scope="module")
def state(demo: Path) -> Iterator[Controlled]:
    with Repository.open(demo) as repository:
        now = datetime(2026, 11, 20, tzinfo=UTC)
        yield controlled_state(repository, ref="main", as_of=date.fromisoformat(AS_OF), now=now)


@pytest.fixture
def control(state: Controlled) -> ControlState:
    return state.control


def one_document(state: Controlled, **changed: object) -> Controlled:
    """A register of one document that says something else."""
    document: DocumentControl = replace(next(iter(state.control.documents.values())), **changed)  # type: ignore[arg-type]
    return replace(state, control=replace(state.control, documents={document.id: document}))


def test_a_row_has_every_column_in_the_promised_order(control: ControlState) -> None:
    assert all(tuple(row) == COLUMNS for row in register_rows(control))


def test_what_waits_for_approval_is_said_beside_the_issue_in_force(control: ControlState) -> None:
    row = next(row for row in register_rows(control) if row["id"] == "P-08")
    assert row["issue"] == 4
    assert "waits for approval" in str(row["pending"])


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\uff1d1"])
def test_no_cell_of_the_csv_is_a_live_formula(control: ControlState, title: str) -> None:
    document = replace(next(iter(control.documents.values())), title=title)
    text = register_csv(replace(control, documents={document.id: document}))
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["title"] == f"'{title}"


def test_every_issue_has_a_row_with_its_columns(control: ControlState) -> None:
    rows = issue_rows(control)
    assert all(tuple(row) == ISSUE_COLUMNS for row in rows)
    policy = [row for row in rows if row["id"] == "P-01"]
    assert [(row["issue"], row["issue_label"], row["state"]) for row in policy] == [
        (4, "Rev D", "superseded"),
        (5, "Rev E", "in force"),
    ]
    assert policy[0]["approved"] == "Taken over as approved when the system was adopted."
    assert "Priya Nair approved it on 2025-09-02" in str(policy[1]["approved"])
    assert policy[0]["effective_to"] == date(2025, 9, 2)


def test_a_confirmation_stands_with_the_issue_that_it_confirms(control: ControlState) -> None:
    confirmed = [row for row in issue_rows(control) if row["confirmed"]]
    assert {row["id"] for row in confirmed} >= {"POL-001", "P-09"}
    assert all("confirmed" in str(row["confirmed"]) for row in confirmed)


def test_a_withdrawn_document_says_who_withdrew_it(control: ControlState) -> None:
    (row,) = (row for row in issue_rows(control) if row["id"] == "WI-04")
    assert row["state"] == "withdrawn"
    assert "withdrew" in str(row["withdrawn"]) or "withdrawal" in str(row["withdrawn"])


def test_the_csv_of_issues_has_typed_days_and_yes_or_no(control: ControlState) -> None:
    rows = list(csv.DictReader(io.StringIO(register_csv(control, issues=True))))
    assert {row["editorial"] for row in rows} <= {"yes", "no"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", rows[0]["effective_from"])


_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def parts_of(data: bytes) -> dict[str, str]:
    """The parts of an xlsx file as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name).decode("utf-8") for name in book.namelist()}


def test_the_same_register_gives_the_same_bytes_whenever_it_is_written(
    state: Controlled, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = register_xlsx(state, issues=True)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert register_xlsx(state, issues=True) == first
    assert f"{AS_OF}T00:00:00Z" in parts_of(first)["docProps/core.xml"]


def test_days_and_numbers_of_the_spreadsheet_are_no_text(state: Controlled) -> None:
    sheet = ET.fromstring(parts_of(register_xlsx(state, issues=False))["xl/worksheets/sheet1.xml"])  # noqa: S314 - our own
    row = sheet.find(f"{_MAIN}sheetData/{_MAIN}row[2]")
    assert row is not None
    kinds = {cell.get("r", "")[0]: cell.get("t", "n") for cell in row}
    assert kinds[chr(ord("A") + COLUMNS.index("id"))] == "s"
    assert kinds[chr(ord("A") + COLUMNS.index("issue"))] == "n"
    assert kinds[chr(ord("A") + COLUMNS.index("effective_from"))] == "n"


def test_the_spreadsheet_keeps_its_head_and_filters(state: Controlled) -> None:
    for sheet in ("sheet1", "sheet2"):
        text = parts_of(register_xlsx(state, issues=True))[f"xl/worksheets/{sheet}.xml"]
        assert 'state="frozen"' in text
        assert "<autoFilter" in text


@pytest.mark.parametrize(
    "title", ["=1+1", "+1", "@SUM(A1)", "https://evil.example", "\x00\x1b[31m\ufffe", "\ud800", "x" * 40_000]
)
def test_no_cell_of_the_spreadsheet_is_a_live_formula_or_breaks_the_file(
    state: Controlled, title: str
) -> None:
    parts = parts_of(register_xlsx(one_document(state, title=title, owner=title), issues=True))
    for name, text in parts.items():
        if name.endswith((".xml", ".rels")):
            ET.fromstring(text)  # noqa: S314 - our own
    assert all("<f>" not in text and "hyperlink" not in text for text in parts.values())
    assert all(
        len(shared) < 32_767 for shared in re.findall(r"<t[^>]*>([^<]*)", parts["xl/sharedStrings.xml"])
    )
