"""CSV read as rows of text: what Excel writes, what people break, and what a hostile file does."""

from __future__ import annotations

import pytest

from mkdocs_ems.diagnostics import Span
from mkdocs_ems.source import read_table
from mkdocs_ems.source.tables import MOST_ROWS

PATH = "ems/records/readings/a.csv"


def read(data: str | bytes) -> tuple[list[tuple[int, list[str]]], list[tuple[int, str]]]:
    """The rows, and the line and message of every finding."""
    table, findings = read_table(PATH, data.encode() if isinstance(data, str) else data)
    rows = list(table.rows()) if table is not None else []
    findings += table.findings() if table is not None else ()
    return rows, [(one.at.line, one.message) for one in findings if isinstance(one.at, Span)]


@pytest.mark.parametrize(
    "data",
    [
        b"a,b\n1,2\n",
        b"a,b\r\n1,2\r\n",
        b"\xef\xbb\xbfa,b\r\n1,2",
        b"a;b\r\n1;2\r\n",
        b"sep=;\r\na;b\r\n1;2\r\n",
        b"a\tb\n1\t2\n",
        b"\n,,\na, b\n1,2\n\n",
        b'"a","b"\n"1","2"\n',
    ],
)
def test_what_spreadsheets_write_is_one_and_the_same_table(data: bytes) -> None:
    rows, findings = read(data)
    assert [cells for _, cells in rows] == [["1", "2"]]
    assert findings == []


def test_a_row_is_placed_at_the_line_in_which_it_begins() -> None:
    rows, findings = read('a,b\n1,"two\nlines, and a ""quote"""\n\n3,4\n')
    assert rows == [(2, ["1", 'two\nlines, and a "quote"']), (5, ["3", "4"])]
    assert findings == []


def test_what_a_spreadsheet_would_take_for_a_formula_is_text() -> None:
    rows, _ = read("a,b\n=1+1,@x\n")
    assert rows == [(2, ["=1+1", "@x"])]


def test_a_line_with_another_count_of_cells_costs_itself_alone() -> None:
    rows, findings = read("a,b\n1\n1,2\n1,2,3\n ,\n \n")
    assert [line for line, _ in rows] == [3, 5]
    assert findings == [
        (2, "the line has 1 cell, fewer than the header has columns (2)"),
        (4, "the line has 3 cells, more than the header has columns (2)"),
    ]


@pytest.mark.parametrize("broken", ['"open', '"shut"too early,2', '1,"open'])
def test_quotes_that_go_astray_cost_one_line_and_not_the_rest_of_the_file(broken: str) -> None:
    rows, findings = read(f"a,b\n1,2\n{broken}\n3,4\n5,6\n")
    assert rows == [(2, ["1", "2"]), (4, ["3", "4"]), (5, ["5", "6"])]
    assert findings == [(3, "the quotes in this line do not close")]


def test_a_quote_inside_a_cell_is_a_character() -> None:
    rows, findings = read('a,b\n5" pipe,2\n')
    assert rows == [(2, ['5" pipe', "2"])]
    assert findings == []


def test_a_cell_beyond_all_measure_is_refused() -> None:
    rows, findings = read(f"a,b\n1,{'x' * 200_000}\n3,4\n")
    assert rows == [(3, ["3", "4"])]
    assert findings == [(2, "the line has a cell that is too long")]


def test_a_file_full_of_broken_quotes_ends_soon() -> None:
    rows, findings = read("a,b\n" + '"x"y,1\n' * 200_000)
    assert rows == []
    assert len(findings) == 101
    assert findings[-1][1].endswith("not listed")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no header"),
        (b"\n\n,,,\n", "no header"),
        (b"a,b\n1,\x00\n", "NUL byte"),
        (b"\xff\xfea\x00,\x00", "UTF-16"),
        (b"version https://git-lfs.github.com/spec/v1\n", "LFS"),
        (b'"a,b\n1,2\n', "header cannot be read"),
    ],
)
def test_what_is_no_table_is_one_finding(data: bytes, said: str) -> None:
    rows, findings = read(data)
    assert rows == []
    assert len(findings) == 1
    assert said in findings[0][1]


def test_another_encoding_is_told_once_and_the_numbers_are_still_there() -> None:
    rows, findings = read("a,b\n1,m³\n2,m³\n".encode("latin-1"))
    assert [cells[0] for _, cells in rows] == ["1", "2"]
    assert [line for line, _ in findings] == [2]
    assert "is not UTF-8" in findings[0][1]


def test_a_conflict_that_a_merge_left_is_told_and_the_lines_of_both_sides_are_read() -> None:
    rows, findings = read("a,b\n<<<<<<< ours\n1,2\n=======\n3,4\n>>>>>>> theirs\n")
    assert [cells for _, cells in rows] == [["1", "2"], ["3", "4"]]
    assert (2, "an unresolved merge conflict") in findings


def test_line_ends_of_an_old_machine_are_told_and_nothing_is_raised() -> None:
    rows, findings = read("a,b\r1,2\r3,4\r")
    assert rows == []
    assert {line for line, _ in findings} == {1}


def test_a_control_character_moves_no_line() -> None:
    rows, findings = read("a,b\n1,\u2028x\x07\n3,4\n")
    assert [line for line, _ in rows] == [2, 3]
    assert {line for line, _ in findings} == {2}


def test_rows_beyond_the_limit_are_left_out_and_told() -> None:
    rows, findings = read("a,b\n" + "1,2\n" * (MOST_ROWS + 2))
    assert len(rows) == MOST_ROWS
    assert findings == [(MOST_ROWS + 2, "the file has more than 500,000 rows, and the rest is not used")]
