"""Lines of rows read off their dashes: the same as a walk through the YAML tells, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_ems.source import parse_file
from mkdocs_ems.source.row_lines import row_lines

REGISTERS = sorted((Path(__file__).parents[2] / "ems" / "registers").glob("*.yml"))


@pytest.mark.parametrize("path", REGISTERS, ids=lambda path: path.stem)
def test_the_lines_are_those_of_the_walk(path: Path) -> None:
    data = path.read_bytes()
    source, _ = parse_file(f"ems/registers/{path.name}", data, content="ems")
    rows = source.data["rows"]
    assert isinstance(rows, list)
    walked = tuple(source.spans.span(("rows", number)).line for number in range(len(rows)))
    assert row_lines(data, len(rows)) == walked


@pytest.mark.parametrize(
    "text",
    [
        'rows:\n  - id: A\n    title: "one\n  - two"\n',
        "rows: [{id: A}]\n",
        "rows:\r\n  - id: A\r\n",
        "title: |\n  x\nrows:\n  - id: A\nrows:\n  - id: B\n",
        "other:\n  - id: A\n",
        "",
    ],
    ids=["dash in a text", "flow", "carriage return", "twice", "no rows", "empty"],
)
def test_where_dashes_do_not_tell_nothing_is_said(text: str) -> None:
    assert row_lines(text.encode(), 1) is None


def test_rows_may_stand_at_the_edge_and_after_comments() -> None:
    assert row_lines(b"id: X\nrows:  # all\n# first\n\n- id: A\n  x: 1\n- id: B\n", 2) == (5, 7)
