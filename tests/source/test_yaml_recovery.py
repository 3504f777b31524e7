from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_ems.diagnostics import Span
from mkdocs_ems.source import Source, parse_file


def read(text: str) -> tuple[Source, list[tuple[int, int, str]]]:
    source, findings = parse_file("ems/a.yml", text.encode(), content="ems")
    places = [(finding.at, finding.message) for finding in findings]
    return source, [(at.line, at.column, message) for at, message in places if isinstance(at, Span)]


REGISTER = """\
id: REG-1
rows:
  - id: A-1
    title: one
  - id: A-2
    title: {}
    note:
      - x
  - id: A-3
    title: {}

  # the last one
  - id: A-4
    title: four
owner: ROL-1
"""


def test_a_broken_row_hides_neither_the_other_rows_nor_their_faults() -> None:
    source, found = read(REGISTER.format("Oil: waste", "[a"))
    assert [(line, column) for line, column, _ in found] == [(6, 15), (10, 12)]
    assert source.readable
    assert source.data == {
        "id": "REG-1",
        "rows": [{"id": "A-1", "title": "one"}, {"id": "A-4", "title": "four"}],
        "owner": "ROL-1",
    }


def test_the_finding_says_that_the_row_is_left_out() -> None:
    _, findings = parse_file("ems/a.yml", REGISTER.format("a: b", "three").encode(), content="ems")
    assert [finding.help for finding in findings] == [
        'put the whole value in quotes: "…"; until then this row is left out',
    ]


def test_places_after_a_row_that_is_left_out_are_right() -> None:
    source, _ = read(REGISTER.format("@x", "three"))
    assert source.spans.span(("rows", 1, "title")) == Span("ems/a.yml", 10, 12, 10, 17)
    assert source.spans.span(("rows", 2, "id")) == Span("ems/a.yml", 13, 9, 13, 12)
    assert source.spans.span(("owner",)) == Span("ems/a.yml", 15, 8, 15, 13)


def test_a_quote_that_closes_rows_below_is_found_where_it_opens() -> None:
    source, found = read(REGISTER.format('"Oil', '"three"'))
    assert found == [(6, 12, "a quotation mark is opened here and not closed in its line")]
    assert source.data["rows"] == [{"id": "A-1", "title": "one"}, {"id": "A-4", "title": "four"}]


def test_a_quote_that_is_never_closed_is_found_where_it_opens() -> None:
    source, found = read(REGISTER.format("three", "'Oil"))
    assert found == [(10, 12, "a quotation mark is opened here and never closed")]
    assert source.data["rows"][0] == {"id": "A-1", "title": "one"}  # type: ignore[index]


def test_faults_of_other_sorts_are_told_once_each() -> None:
    _, found = read(REGISTER.format("!x two", "three: four") + "owner: ROL-2\n")
    assert [(line, column) for line, column, _ in found] == [(6, 12), (10, 17), (16, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "id: a: b\nrows:\n  - id: A-1\n",
        "id: REG-1\nrows:\n  - id: A-1\nowner: a: b\n",
        "authors:\n  - a: b: c\n  - d\n",
        "matrix:\n  - [a\n  - b\nrows:\n  - id: A-1\n",
        "rows: [{a: b: c}]\n",
        "x:\n  rows:\n    - a: b: c\n",
    ],
    ids=["head", "after the rows", "another list", "a list before", "rows in brackets", "rows within"],
)
def test_a_syntax_error_outside_the_rows_ends_the_reading(text: str) -> None:
    source, found = read(text)
    assert len(found) == 1
    assert not source.readable
    assert source.data == {}


def test_rows_may_stand_at_the_margin() -> None:
    source, found = read("id: REG-1\nrows:\n- id: A-1\n  t: a: b\n- id: A-2\n")
    assert [(line, column) for line, column, _ in found] == [(4, 7)]
    assert source.data["rows"] == [{"id": "A-2"}]


def test_after_very_many_broken_rows_nobody_reads_on() -> None:
    source, found = read("rows:\n" + "".join(f"  - t{n}: a: b\n" for n in range(60)))
    assert len(found) == 20
    assert not source.readable


LINE = st.sampled_from(
    (
        "  - id: A-1",
        "    t: x",
        "    t: a: b",
        '    t: "x',
        "    t: [x",
        "   bad",
        "- x",
        "  x: 'y'",
        "",
        "z: w",
        "\t",
        "  -",
    ),
)


@given(st.lists(LINE, max_size=12))
@example(["    t: x", "  - id: A-1"])
def test_no_register_makes_the_going_on_raise_or_go_astray(lines: list[str]) -> None:
    source, found = read("\n".join(["id: REG-1", "rows:", *lines, ""]))
    assert source.readable or found
    for number in range(len(source.data.get("rows") or ())):
        span = source.spans.span(("rows", number))
        assert 3 <= span.line <= len(lines) + 3
