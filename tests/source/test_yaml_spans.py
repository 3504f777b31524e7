from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_ems.diagnostics import Route, Span
from mkdocs_ems.source import Source, parse_file
from mkdocs_ems.source.values import Data

TEXT = """\
id: REG-1 # the head
rows:
  - id: A-1
    title: "one"
    note: |
      first
      second

    tags: [x, "y z", {k: v}]
    empty:
  - id: A-2
"""


def parsed(text: str, path: str = "ems/a.yml") -> Source:
    return parse_file(path, text.encode(), content="ems")[0]


def shown(text: str, span: Span) -> str:
    lines = text.split("\n")
    if span.line == span.end_line:
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]
    inner = lines[span.line : span.end_line - 1]
    return "\n".join(
        [lines[span.line - 1][span.column - 1 :], *inner, lines[span.end_line - 1][: span.end_column - 1]]
    )


@pytest.mark.parametrize(
    ("route", "key", "expected"),
    [
        (("id",), False, "REG-1"),
        (("id",), True, "id"),
        (("rows", 0, "title"), False, '"one"'),
        (("rows", 0, "title"), True, "title"),
        (("rows", 0, "note"), False, "|\n      first\n      second"),
        (("rows", 0, "tags"), False, '[x, "y z", {k: v}]'),
        (("rows", 0, "tags", 1), False, '"y z"'),
        (("rows", 0, "tags", 2), False, "{k: v}"),
        (("rows", 0, "tags", 2, "k"), False, "v"),
        (("rows", 0, "tags", 2, "k"), True, "k"),
        (("rows", 0, "empty"), False, ""),
        (("rows", 1), False, "id: A-2"),
        (("rows", 1), True, "id: A-2"),
    ],
)
def test_a_route_leads_to_what_was_written(route: Route, key: bool, expected: str) -> None:  # noqa: FBT001 -- a table
    assert shown(TEXT, parsed(TEXT).spans.span(route, key=key)) == expected


@pytest.mark.parametrize(
    ("route", "parent"),
    [
        (("rows", 1, "owner"), ("rows", 1)),
        (("rows", 1, "owner", 3, "x"), ("rows", 1)),
        (("rows", 7), ("rows",)),
        (("rows", -1), ("rows",)),
        (("rows", "x"), ("rows",)),
        (("id", "x"), ("id",)),
        ((0,), ()),
        (("none",), ()),
    ],
)
def test_a_route_to_nothing_falls_back_to_its_nearest_parent(route: Route, parent: Route) -> None:
    spans = parsed(TEXT).spans
    assert spans.span(route) == spans.span(parent)
    assert spans.span(route, key=True) == spans.span(parent)


def test_the_place_of_a_row_hangs_on_nothing_that_was_asked_before() -> None:
    behind = TEXT + "  - id: A-3\n    tags:\n      - x\nnotes: behind\n"
    asked: list[Route] = [
        ("rows", 1, "id"),
        ("rows", 0),
        ("rows", 2, "tags", 0),
        ("rows", 9, "id"),
        ("rows",),
        ("notes",),
        ("rows", "id"),
        (),
    ]
    together, backwards = parsed(behind).spans, parsed(behind).spans
    alone = [parsed(behind).spans.span(route) for route in asked]
    assert [together.span(route) for route in asked] == alone
    assert [backwards.span(route) for route in reversed(asked)] == alone[::-1]
    assert (shown(behind, alone[0]), shown(behind, alone[2])) == ("A-2", "x")
    assert shown(behind, alone[1]).endswith("empty:")


def test_rows_before_a_syntax_error_have_their_places_after_it_was_met() -> None:
    spans = parsed("rows:\n  - id: A-1\n  - id: [\n").spans
    first = spans.span(("rows", 0, "id"))
    assert spans.span(("rows", 1, "id")).line >= 3
    assert spans.span(("rows", 0, "id")) == first == Span("ems/a.yml", 2, 9, 2, 12)


def test_an_empty_value_stands_after_its_colon() -> None:
    assert parsed(TEXT).spans.span(("rows", 0, "empty")) == Span("ems/a.yml", 10, 11, 10, 11)


def test_columns_count_characters_not_bytes() -> None:
    text = "😀é: e\u0301x # 😀\nb: {é😀: 😀, c: d}\n"
    spans = parsed(text).spans
    assert spans.span(("😀é",)) == Span("ems/a.yml", 1, 5, 1, 8)
    assert spans.span(("b", "é😀"), key=True) == Span("ems/a.yml", 2, 5, 2, 7)
    assert spans.span(("b", "c")) == Span("ems/a.yml", 2, 15, 2, 16)


def test_windows_line_ends_and_a_byte_order_mark_do_not_shift_lines() -> None:
    text = "\ufeffa: b\r\nc:\r\n  - d\r\n"
    spans = parsed(text).spans
    assert spans.span(("c", 0)) == Span("ems/a.yml", 3, 5, 3, 6)


def test_front_matter_is_placed_in_its_file() -> None:
    spans = parsed("---\nid: POL-1\nowner: ROL-1\n---\n# Policy\n", "ems/policy.md").spans
    assert spans.span(("owner",)) == Span("ems/policy.md", 3, 8, 3, 13)
    assert spans.span(("none",)) == Span("ems/policy.md", 2, 1, 3, 13)


def test_a_file_that_cannot_be_read_has_its_first_line_as_the_place_of_everything() -> None:
    assert parsed("# No front matter\n", "ems/a.md").spans.span(("id",)) == Span("ems/a.md", 1, 1, 1, 1)
    assert parsed("").spans.span(("id",)) == Span("ems/a.yml", 1, 1, 1, 1)


def test_places_before_a_syntax_error_still_hold() -> None:
    assert parsed("a: b\nc: [d\n").spans.span(("a",)) == Span("ems/a.yml", 1, 4, 1, 5)


def test_places_pass_over_what_was_not_kept() -> None:
    spans = parsed("a: b\na: c\n? [x, y]\n: {z: w}\n<<: d\ne: f\n").spans
    assert spans.span(("a",)) == Span("ems/a.yml", 1, 4, 1, 5)
    assert spans.span(("e",)) == Span("ems/a.yml", 6, 4, 6, 5)


PLAIN = st.from_regex(r"[A-Za-zäö😀][A-Za-z0-9 .,;/()äöü😀-]{0,12}[A-Za-z0-9😀]", fullmatch=True)
ROW = st.dictionaries(PLAIN, PLAIN | st.lists(PLAIN, min_size=1, max_size=3), min_size=1, max_size=5)


def routes(data: Data, route: Route = ()) -> list[tuple[Route, str]]:
    match data:
        case dict():
            return [found for key, value in data.items() for found in routes(value, (*route, key))]
        case list():
            return [found for number, value in enumerate(data) for found in routes(value, (*route, number))]
        case _:
            return [(route, data or "")]


@given(st.lists(ROW, min_size=1, max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_the_source_at_a_plain_scalars_span_is_the_scalar(rows: list[dict[str, Data]], end: str) -> None:
    text = "rows:\n"
    for row in rows:
        for number, (key, value) in enumerate(row.items()):
            text += ("- " if number == 0 else "  ") + f"{key}:"
            text += "".join(f"\n    - {one}" for one in value) if isinstance(value, list) else f" {value}"
            text += "\n"
    text = text.replace("\n", end)
    source = parsed(text)
    assert source.data == {"rows": rows}
    for route, scalar in routes(source.data["rows"], ("rows",)):
        assert shown(text, source.spans.span(route)) == scalar
        name = route[-1]
        if isinstance(name, str):
            assert shown(text, source.spans.span(route, key=True)) == name
