"""The document register as rows and as CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mkdocs_ems.compile import compile_state
from mkdocs_ems.control import ControlState
from mkdocs_ems.exports import register_csv, register_rows
from mkdocs_ems.exports.register import COLUMNS
from mkdocs_ems.git import Repository
from support.demonstration import AS_OF


@pytest.fixture(scope="module")
def control(demo: Path) -> ControlState:
    with Repository.open(demo) as repository:
        now = datetime(2026, 11, 20, tzinfo=UTC)
        state = compile_state(repository, ref="main", as_of=date.fromisoformat(AS_OF), now=now).control
        assert state is not None
        return state


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
