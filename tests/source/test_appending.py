"""A row at the end of a register: every other byte stays, in whatever way the register is written."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mkdocs_ems.source import parse_file
from mkdocs_ems.source.appending import Appended, append_row, plain_or_quoted
from mkdocs_ems.source.values import Data
from mkdocs_ems.text import deceives

HEAD = "id: REG-A\ntype: aspect\ntitle: Aspects\n"
ROW = {"id": "ASP-010", "title": "It's 5 % [more]: a #1"}


def data(text: str) -> dict[str, Data]:
    source, _ = parse_file("r.yml", text.encode(), content="")
    assert source.whole
    return dict(source.data)


def appended(text: str) -> str:
    made = append_row("r.yml", text, ROW)
    assert isinstance(made, Appended), made
    return made.text


def is_insertion(before: str, after: str) -> bool:
    """Whether nothing was taken away or moved: the one is the other with a stretch put in."""
    return _alike(before, after) + _alike(before[::-1], after[::-1]) >= len(before)


def _alike(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))


def sound(before: str, after: str) -> bool:
    had, has = data(before), data(after)
    rows = had["rows"] or []
    assert isinstance(rows, list)
    row: dict[str, Data] = dict(ROW)
    wanted: dict[str, Data] = {**had, "rows": [*rows, row]}
    # The line break that was missing at the end of the file belongs to a text that ends there.
    return has == wanted or (not before.endswith("\n") and stripped(has) == stripped(wanted))


def stripped(value: Data) -> Data:
    match value:
        case str():
            return value.rstrip("\n")
        case list():
            return [stripped(one) for one in value]
        case dict():
            return {name: stripped(one) for name, one in value.items()}
        case None:
            return None


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("rows: []\n", "rows:\n  - id: ASP-010\n    title: T\n"),
        ("rows: []  # none yet\nnotes: x\n", "rows:  # none yet\n  - id: ASP-010\n    title: T\nnotes: x\n"),
        ("rows:\nnotes: x\n", "rows:\n  - id: ASP-010\n    title: T\nnotes: x\n"),
        ("rows:", "rows:\n  - id: ASP-010\n    title: T"),
        (
            "rows:\n  # add them here\n\nnotes: x\n",
            "rows:\n  # add them here\n  - id: ASP-010\n    title: T\n\nnotes: x\n",
        ),
        ("rows:\n- id: A\n", "rows:\n- id: A\n- id: ASP-010\n  title: T\n"),
        ("rows:\n    -   id: A", "rows:\n    -   id: A\n    -   id: ASP-010\n        title: T"),
        ("rows:\n  -\n    id: A\n", "rows:\n  -\n    id: A\n  - id: ASP-010\n    title: T\n"),
        ("rows:\n  -\n", "rows:\n  -\n  - id: ASP-010\n    title: T\n"),
        (
            "rows:\n  - id: A # a\n    # of A\n  # the end\n",
            "rows:\n  - id: A # a\n    # of A\n  - id: ASP-010\n    title: T\n  # the end\n",
        ),
        (
            "rows:\n  - id: A\n\n  - id: B\n\n\nnotes: x\n",
            "rows:\n  - id: A\n\n  - id: B\n\n  - id: ASP-010\n    title: T\n\n\nnotes: x\n",
        ),
        (
            "rows:\n  - id: A\n    notes: |+\n      x\n\n\n",
            "rows:\n  - id: A\n    notes: |+\n      x\n\n\n  - id: ASP-010\n    title: T\n",
        ),
        (
            "rows:\n  - id: A\n    notes: >-\n      x\n\n\nlinks: []\n",
            "rows:\n  - id: A\n    notes: >-\n      x\n  - id: ASP-010\n    title: T\n\n\nlinks: []\n",
        ),
        ("rows:\n  - {id: A}\n", "rows:\n  - {id: A}\n  - {id: ASP-010, title: T}\n"),
        ("rows:\n  - { id: A }\n", "rows:\n  - { id: A }\n  - { id: ASP-010, title: T }\n"),
        ("rows: [{id: A}, ]\n", "rows: [{id: A}, {id: ASP-010, title: T}, ]\n"),
        (
            "rows: [\n  {id: A},\n  {id: B} # b\n]\n",
            "rows: [\n  {id: A},\n  {id: B},\n  {id: ASP-010, title: T} # b\n]\n",
        ),
        ("rows: [\n  # none\n]\n", "rows: [{id: ASP-010, title: T}\n  # none\n]\n"),
        ("? rows\n: - id: A\n", "? rows\n: - id: A\n  - id: ASP-010\n    title: T\n"),
    ],
)
def test_the_row_takes_the_form_of_those_before_it(rows: str, expected: str) -> None:
    made = append_row("r.yml", HEAD + rows, {"id": "ASP-010", "title": "T"})
    assert isinstance(made, Appended)
    assert made.text == HEAD + expected
    assert "ASP-010" in made.added


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{id: REG-A, rows: []}\n", "{id: REG-A, rows: [{id: ASP-010, title: T}]}\n"),
        ("{id: REG-A, rows: }\n", "{id: REG-A, rows: [{id: ASP-010, title: T}]}\n"),
        ("{rows: [{id: A}], id: B}", "{rows: [{id: A}, {id: ASP-010, title: T}], id: B}"),
    ],
)
def test_a_register_in_braces_gets_its_row_in_braces(text: str, expected: str) -> None:
    made = append_row("r.yml", text, {"id": "ASP-010", "title": "T"})
    assert isinstance(made, Appended)
    assert made.text == expected


def test_line_ends_byte_order_mark_and_a_missing_last_line_break_stay() -> None:
    text = "\ufeff" + (HEAD + "rows:\n  - id: A\n    title: x").replace("\n", "\r\n")
    after = appended(text)
    assert after.startswith(text)
    assert after.count("\n") == after.count("\r\n")
    assert not after.endswith("\n")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("", "it has no `rows:`"),
        ("rows: none\n", "its `rows` are no list"),
        ("rows: {a: b}\n", "its `rows` are no list"),
        ("rows:\n  - id: A\n    - b\n", "it cannot be read whole"),
        ("rows: [\n", "it cannot be read whole"),
        ("rows:\n<<<<<<< a\n  - id: A\n=======\n  - id: B\n>>>>>>> b\n", "a merge left a conflict in it"),
        ("rows:\n\t- id: A\n", "it cannot be read whole"),
    ],
)
def test_what_cannot_be_read_whole_is_refused_with_the_reason(rows: str, reason: str) -> None:
    assert append_row("r.yml", HEAD + rows, ROW) == reason


@dataclass(frozen=True)
class Style:
    indent: int
    gap: int
    flow: bool
    blank: bool
    comments: bool
    after: str
    crlf: bool
    mark: bool
    last_break: bool


STYLES = st.builds(
    Style,
    indent=st.integers(0, 5),
    gap=st.integers(1, 4),
    flow=st.booleans(),
    blank=st.booleans(),
    comments=st.booleans(),
    after=st.sampled_from(["", "\n\n", "# end\n", "notes: after\n", "\n# a\n\nlinks:\n- x\n"]),
    crlf=st.booleans(),
    mark=st.booleans(),
    last_break=st.booleans(),
)
WORDS = st.text(st.sampled_from("abc XYZ#:-'\"[]{},&*!|>%@`é漢"), max_size=12)
VALUES = st.one_of(
    WORDS.map(plain_or_quoted),
    WORDS.map(lambda word: f"[{plain_or_quoted(word, flow=True)}, x]"),
    st.just(""),
    st.sampled_from(["|", ">", "|-", "|+", ">+", "|2-"]),
)


def written(rows: list[list[str]], style: Style) -> str:
    lines: list[str] = []
    hyphen = " " * style.indent + "-" + " " * style.gap
    for number, values in enumerate(rows):
        fields = [f"id: A-{number}"]
        for place, value in enumerate(values):
            scalar = value.startswith(("|", ">"))
            fields.append(f"f{place}: {value}".rstrip())
            if scalar and not style.flow:
                fields.append(f"  text {number}\n\n{' ' * len(hyphen)}  more # not a comment")
        if style.blank and number:
            lines.append("")
        if style.comments:
            lines.append(" " * style.indent + f"# row {number}")
        if style.flow:
            sound_in_flow = [one for one in fields if not one.partition(": ")[2].startswith(("|", ">"))]
            quoted = [
                f"{name}: {one}" if one else f"{name}"
                for name, _, one in (f.partition(": ") for f in sound_in_flow)
            ]
            lines.append(f"{hyphen}{{{', '.join(quoted)}}}")
        else:
            lines.append(hyphen + fields[0])
            lines += [" " * len(hyphen) + one for one in fields[1:]]
        if style.comments:
            lines.append(" " * (style.indent + 2) + "# of it")
    text = HEAD + "rows:" + "".join(f"\n{line}" for line in lines)
    text += "\n" + style.after if style.last_break or style.after else ""
    return ("\ufeff" if style.mark else "") + (text.replace("\n", "\r\n") if style.crlf else text)


@given(rows=st.lists(st.lists(VALUES, max_size=3), max_size=4), style=STYLES)
def test_a_row_is_put_behind_the_others_and_nothing_else_changes(rows: list[list[str]], style: Style) -> None:
    text = written(rows, style)
    assume(parse_file("r.yml", text.encode(), content="")[0].whole)
    after = appended(text)
    assert sound(text, after)
    assert is_insertion(text, after)
    if style.crlf:
        assert after.count("\n") == after.count("\r\n")


@given(title=st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=40))
def test_any_title_reads_as_it_was_given(title: str) -> None:
    for rows in ("rows:\n  - id: A\n", "rows: [{id: A}]\n"):
        made = append_row("r.yml", HEAD + rows, {"id": "A-1", "title": title})
        if isinstance(made, Appended):
            row = data(made.text)["rows"]
            assert isinstance(row, list)
            assert row[-1] == {"id": "A-1", "title": title}
        else:
            # What no text file may hold: a mark in the middle, a character that is none.
            none = any(char in title for char in "\ufeff\ufffe\uffff\U0001fffe\U0001ffff\x85")
            assert none or deceives(title)
